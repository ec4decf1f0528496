"""Tables about youngsters without an account: what a person has to tell them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text, UniqueConstraint

from bot.storage.columns import Moment
from bot.storage.metadata import metadata

errand = Table(
    "errand",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # of the moment that would have been a message
    Column("occurrence", Text, nullable=False),
    Column("subject", Text, nullable=False),  # JSON: row numbers only
    Column("at", Moment, nullable=False),
    Column("not_after", Moment),  # from then on it is of no use any more
    Column("done_at", Moment),  # a person told it
    Column("done_by", ForeignKey("person.id")),
    UniqueConstraint("youth_id", "kind", "occurrence"),
)
