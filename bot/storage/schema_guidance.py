"""Tables of the guidance of one youngster: steps in words of their own, notes of professionals, talks with a day."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

adapted_step = Table(
    "adapted_step",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("challenge_id", ForeignKey("challenge.id"), nullable=False, index=True),
    Column("step", Text, nullable=False),
    Column("revision", ForeignKey("revision.hash"), nullable=False),  # the text it was made on
    Column("kept_at", ForeignKey("revision.hash")),  # the newer text beside which it was kept on purpose
    Column("words", Sealed),  # JSON: the title and what to do
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # standing | undone | replaced | refused | renewed
    Column("ended_at", Moment),
)

staff_note = Table(
    "staff_note",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("words", Sealed),
    Column("at", Moment, nullable=False),
    Column("removed_at", Moment),
)

appointment = Table(
    "appointment",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("by_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("starts_at", Moment, nullable=False),
    Column("way", Text, nullable=False),  # call | place | walk | video
    Column("state", Text, nullable=False),  # asked | agreed | other | off
    Column("at", Moment, nullable=False),
    Column("told_at", Moment),  # the youngster opened it
    Column("answered_at", Moment),
    Index("appointment_of_youth", "youth_id", "state"),
)
