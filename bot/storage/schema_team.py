"""Tables of who leads and looks after whom, and of groups and organisations that close."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text, text

from bot.storage.columns import Day, Moment
from bot.storage.metadata import metadata

team_change = Table(
    "team_change",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("kind", Text, nullable=False),  # added | removed | readers
    Column("professional_id", ForeignKey("person.id")),  # who came or went; empty for readers
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

team_handover = Table(
    "team_handover",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("change_id", ForeignKey("team_change.id"), nullable=False, index=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # main | backup
    Column("was_id", ForeignKey("person.id")),
    Column("now_id", ForeignKey("person.id"), nullable=False),
)

closing = Table(
    "closing",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), index=True),  # or the whole organisation
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("closes_on", Day, nullable=False),  # the last local day
    Column("made_by", ForeignKey("person.id")),  # empty: the shell
    Column("made_at", Moment, nullable=False),
    Column("undone_by", ForeignKey("person.id")),
    Column("undone_at", Moment),
    Column("closed_at", Moment),  # nothing goes out any more
    Column("proved_at", Moment),  # everybody of it was erased
    Index(
        "closing_of_group",
        "group_id",
        unique=True,
        sqlite_where=text("undone_at IS NULL AND group_id IS NOT NULL"),
        postgresql_where=text("undone_at IS NULL AND group_id IS NOT NULL"),
    ),
    Index(
        "closing_of_organisation",
        "organisation_id",
        unique=True,
        sqlite_where=text("undone_at IS NULL AND group_id IS NULL"),
        postgresql_where=text("undone_at IS NULL AND group_id IS NULL"),
    ),
)

closing_way = Table(
    "closing_way",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("closing_id", ForeignKey("closing.id"), nullable=False, index=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("told_at", Moment),  # empty: they hear it from a person, or not at all
    Column("way", Text),  # group | outflow | ends; empty: not known yet
    Column("row_id", BigInteger),  # of the move or the outflow that follows
    Column("by_id", ForeignKey("person.id")),  # the youngster, or who noted it for them
    Column("at", Moment),
    Index("closing_way_of_youth", "closing_id", "youth_id", unique=True),
)

closing_proof = Table(
    "closing_proof",
    metadata,
    Column("closing_id", ForeignKey("closing.id"), nullable=False),
    Column("erasure_id", ForeignKey("erasure.id"), nullable=False),
    PrimaryKeyConstraint("closing_id", "erasure_id"),
)
