"""The table of what coordinators changed by chat about places and groups."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from bot.storage.columns import Moment
from bot.storage.metadata import metadata

place_change = Table(
    "place_change",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # added | changed | retired
    Column("about", Text, nullable=False),  # location | group
    # No reference: what was added and taken back is gone, and this remains.
    Column("row_id", BigInteger, nullable=False),
    Column("field", Text),  # for changed: the name of the column
    Column("was", Text),
    Column("became", Text),
    Column("municipality_id", BigInteger),  # a municipality that came with it
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)
