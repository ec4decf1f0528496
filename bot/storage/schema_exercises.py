"""Tables of what youngsters do for themselves: exercises, cards that come back, days of the positive log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

exercise = Table(
    "exercise",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("script", Text, nullable=False),  # the dialog it began with
    Column("answers", Sealed),  # JSON: words by field
    Column("figures", Text, nullable=False),  # JSON: numbers by field, never words
    Column("created_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False),  # when something was last added
    Column("item_id", ForeignKey("item.id")),  # what was or would be sent of it
    Index("exercise_of_youth", "youth_id", "script"),
)

card = Table(
    "card",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("words", Sealed, nullable=False),
    Column("source", Text, nullable=False),  # exercise | attempt
    Column("source_id", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("shown_at", Moment),
    Column("retired_at", Moment),  # the youngster put it away
)

log_plan = Table(
    "log_plan",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("days", Text, nullable=False),  # weekdays, Monday 0: 0,3
    Column("since", Moment, nullable=False),
    Column("until", Moment),  # the youngster stopped it, or chose other days
)
