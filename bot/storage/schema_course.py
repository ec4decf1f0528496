"""Tables of the way through the programme: where somebody is since when and why, and through which door they came."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from bot.storage.columns import Day, Moment, Sealed
from bot.storage.metadata import metadata

phase_move = Table(
    "phase_move",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("phase", Text, nullable=False),  # of bot/programme/lifecycle.py
    Column("reason", Text, nullable=False),
    Column("note", Sealed),  # a word of the professional, never needed
    Column("happened_on", Day, nullable=False),  # the local day it is about
    Column("by_id", ForeignKey("person.id")),  # none: the shell, or the program itself
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", ForeignKey("person.id")),
    Index("phase_move_of_youth", "youth_id", "id"),
)

phase_tally = Table(
    "phase_tally",
    metadata,
    Column("month", Text, nullable=False),  # 2026-11
    Column("municipality_id", ForeignKey("municipality.id"), nullable=False),
    Column("age_group", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("month", "municipality_id", "age_group", "phase", "reason"),
)
"""How many who were erased since came into a phase: figures survive, people do not."""

source = Table(
    "source",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # school-x, as the poster is named
    Column("municipality_id", ForeignKey("municipality.id")),
    Column("group_id", ForeignKey("meeting_group.id")),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

source_count = Table(
    "source_count",
    metadata,
    Column("source_id", ForeignKey("source.id"), nullable=False),
    Column("day", Day, nullable=False),
    Column("what", Text, nullable=False),  # opened | signed_up
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("source_id", "day", "what"),
)

sign_up = Table(
    "sign_up",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), nullable=False),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),  # who takes it on
    Column("age_group", Text, nullable=False),  # 12-18 | 18-25
    Column("young", Boolean, nullable=False),  # under the age that Telegram asks for: a person calls
    Column("source_id", ForeignKey("source.id")),
    Column("account_id", ForeignKey("account.id"), index=True),  # of who signed up, for an answer in the chat
    Column("name", Sealed),
    Column("reach", Text, nullable=False),  # chat | phone | mail
    Column("contact", Sealed),  # number or address, when not in the chat
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),  # open | taken | referred | withdrawn | closed
    Column("why", Text),  # a code: where somebody was referred to, or why it was closed
    Column("youth_id", ForeignKey("person.id")),  # who it became
    Column("at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),  # how often nobody was reached
    Column("tried_at", Moment),
    Column("handled_by", ForeignKey("person.id")),
    Column("handled_at", Moment),
    # Of one chat never two wait.
    Index(
        "sign_up_open_of_account",
        "account_id",
        unique=True,
        postgresql_where=text("state = 'open'"),
        sqlite_where=text("state = 'open'"),
    ),
)

stranger_talk = Table(
    "stranger_talk",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, unique=True),
    Column("script", Text, nullable=False),
    Column("state", Sealed),
    Column("message_id", Integer),  # of the outbox: the question that is open
    Column("updated_at", Moment, nullable=False),
)

screening = Table(
    "screening",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("revision", Text, nullable=False),  # of screening.yaml
    Column("answers", Sealed, nullable=False),  # JSON: what was tapped for each item
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("decision", Text),  # trial | waiting | referred | talk
    Column("at", Moment, nullable=False),
)

group_move = Table(
    "group_move",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),  # where to
    Column("moves_on", Day, nullable=False),
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("undone_at", Moment),
)

waiting_place = Table(
    "waiting_place",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("next_sign_on", Day, nullable=False),  # the day of the next sign of life
    Column("ended_at", Moment),
    Column("why", Text),  # placed | own_wish | referred | closed
    Index(
        "waiting_place_of_now",
        "youth_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)
