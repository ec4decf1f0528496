"""Tables of the programme: organisations, places, groups, the evenings and who comes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Moment
from bot.storage.metadata import metadata

organisation = Table(
    "organisation",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("on_call", Text),  # none | roster; empty: nothing was decided
    Column("on_call_decided_by", Text),  # name and date
    Column("meldcode_url", Text),  # where the organisation keeps its reporting code
)

municipality = Table(
    "municipality",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

location = Table(
    "location",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("address", Text),
)

meeting_group = Table(
    "meeting_group",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False),
    Column("municipality_id", ForeignKey("municipality.id"), nullable=False),
    Column("location_id", ForeignKey("location.id"), nullable=False),
    Column("age_group", Text, nullable=False),  # 12-18 | 18-25
    Column("example", Boolean, nullable=False),  # times and names are examples, nobody confirmed them
)

group_staff = Table(
    "group_staff",
    metadata,
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    PrimaryKeyConstraint("group_id", "person_id"),
)

series = Table(
    "series",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False, unique=True),
    Column("first_date", Text, nullable=False),  # local date
    Column("starts", Text, nullable=False),  # HH:MM, local
    Column("ends", Text, nullable=False),
    Column("every_weeks", Integer, nullable=False),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("local_date", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    UniqueConstraint("group_id", "local_date"),
)

meeting_answer = Table(
    "meeting_answer",
    metadata,
    Column("meeting_id", ForeignKey("meeting.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("answer", Text, nullable=False),  # come | not | unsure
    Column("changed_at", Moment, nullable=False),
    PrimaryKeyConstraint("meeting_id", "person_id"),
)
