"""Tables of what happens around one evening: who was there, who finds it scary, ideas, what was seen."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

attendance = Table(
    "attendance",
    metadata,
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),  # present | away | excused
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("meeting_id", "youth_id"),
)

door_wish = Table(
    "door_wish",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("wish", Text, nullable=False),  # door | early | bring | leave | talk
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("promised_by", ForeignKey("person.id")),  # the name the youngster hears
    Column("promised_at", Moment),
    Column("ended_at", Moment),  # taken back, or another wish took its place
)

idea = Table(
    "idea",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("words", Sealed, nullable=False),
    Column("at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("taken_back_at", Moment),
)

observation = Table(
    "observation",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("challenge_id", ForeignKey("challenge.id")),  # which they worked on then
    Column("contact", Text, nullable=False),  # sought | joined | apart
    Column("mood", Text, nullable=False),  # easy | tense | mixed
    Column("step", Text, nullable=False),  # did | began | not_seen
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

trial_view = Table(
    "trial_view",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("youth_says", Text),  # yes | unsure | no
    Column("youth_at", Moment),
    Column("staff_says", Text),  # yes | unsure | no
    Column("staff_by", ForeignKey("person.id")),
    Column("staff_at", Moment),
)
