"""Tables of the youngster's side of danger: what waits for an answer, what was asked when, what can be wiped."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

care_case = Table(
    "care_case",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # of the finding; empty when a button started it
    Column("explicit", Boolean, nullable=False),
    Column("quoted", Boolean, nullable=False),
    Column("about", Text, nullable=False),  # self | other | staff
    Column("why", Text, nullable=False),  # comma separated keys of bot/safety/reasons.toml
    Column("word", Text, nullable=False),  # the youngster's own word: zelfmoord | zelfdoding
    Column("words", Sealed),  # until a person has them, or nobody is to get them
    Column("state", Text, nullable=False),  # open | alerted | closed
    Column("level", Text),  # p1 | p2 | p3, of what was sent
    Column("item_id", ForeignKey("item.id")),
    Column("excluded_id", ForeignKey("person.id")),  # not this person
    Column("reading", Text),  # now | later | nobody, as the youngster was told
    Column("reads_from", Moment),
    Column("silent", Boolean, nullable=False),  # sent because nothing was answered
    Column("wiped", Boolean, nullable=False),  # somebody may be looking along
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

care_moment = Table(
    "care_moment",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("kind", Text, nullable=False),  # asked | unsure | limits
    Column("at", Moment, nullable=False),
    Index("care_moment_of_youth", "youth_id", "kind", "at"),
)

sensitive_message = Table(
    "sensitive_message",
    metadata,
    Column("outbox_id", ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
)
