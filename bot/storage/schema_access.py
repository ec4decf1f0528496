"""Table of access to somebody else's words: who read along, with which reason."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Table

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

inspection = Table(
    "inspection",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("inspector_id", ForeignKey("person.id"), nullable=False),
    Column("reason", Sealed),  # the youngster gets to read it
    Column("at", Moment, nullable=False),
)
