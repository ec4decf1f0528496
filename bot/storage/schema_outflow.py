"""Tables of the way out: how both see it, what was agreed on, and what comes after."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from bot.storage.columns import Day, Moment, Sealed
from bot.storage.metadata import metadata

readiness = Table(
    "readiness",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("side", Text, nullable=False),  # youth | staff
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("answers", Sealed),
    Column("at", Moment, nullable=False),
    Index("readiness_of_youth", "youth_id", "side", "id"),
)

outflow = Table(
    "outflow",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("proposed_by", ForeignKey("person.id"), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("ends_on", Day, nullable=False),
    Column("taper", Boolean, nullable=False),  # fewer messages and optional evenings until then
    Column("farewell", Sealed),  # the professional's own words at the end
    Column("answer", Text),  # yes | not_yet; empty: not answered
    Column("answered_at", Moment),
    Column("aftercare", Boolean),  # a question at 3 and 6 months
    Column("erase_on", Day),  # known from the goodbye on
    Column("state", Text, nullable=False),  # proposed | agreed | ended | withdrawn
)
