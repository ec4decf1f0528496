"""Tables of how a youngster wants it: how much is explained, when something may be asked, and for how long nothing."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from bot.storage.columns import Moment
from bot.storage.metadata import metadata

preference = Table(
    "preference",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("name", Text, nullable=False),  # explained | quieter | moments | moments:two_weekly ...
    Column("value", Text, nullable=False),  # codes, never words
    Column("since", Moment, nullable=False),
    Column("until", Moment),  # they chose something else
    Index("preference_of_youth", "youth_id", "name"),
)

pause = Table(
    "pause",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),  # none: until they say so
    Column("ended_at", Moment),
    Column("by_id", ForeignKey("person.id")),  # the professional who gave it; none: their own choice
)
