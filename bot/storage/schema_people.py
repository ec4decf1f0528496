"""Tables about people: who they are, how they are reached, who belongs to whom, and what they agreed to."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

person = Table(
    "person",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("role", Text, nullable=False),
    Column("key", Text, unique=True),  # the name a seed file uses; youngsters have none
    Column("organisation_id", ForeignKey("organisation.id")),
    Column("group_id", ForeignKey("meeting_group.id")),
    Column("practice", Boolean, nullable=False),  # a tester's own account: counts in no figure
    Column("name", Sealed),
    Column("digest_at", Text),  # HH:MM, staff only
    Column("born", Text),  # YYYY-MM: only the month is kept
    Column("causes", Text, nullable=False),  # comma separated, the professional's choice
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("acknowledged_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("began_at", Moment),
    Column("heard_at", Moment),  # the last time anything came from them
)

account = Table(
    "account",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", ForeignKey("person.id"), index=True),  # nobody yet: a stranger
    Column("channel", Text, nullable=False),
    Column("lookup", LargeBinary, nullable=False),
    Column("address", Sealed, nullable=False),
    Column("state", Text, nullable=False),
    Column("wait_until", Moment),
    Column("linked_at", Moment, nullable=False),
    UniqueConstraint("channel", "lookup"),
)

staff_code = Table(
    "staff_code",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("open_until", Moment),
    Column("chosen_at", Moment, nullable=False),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("professional_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # main | backup
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Index(
        "assignment_of_now",
        "youth_id",
        "kind",
        unique=True,
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("token", LargeBinary, nullable=False, unique=True),  # keyed hash, never the link
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("created_by", ForeignKey("person.id")),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

consent = Table(
    "consent",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("text_hash", Text, nullable=False),  # which words were agreed to
    Column("at", Moment, nullable=False),
)

handle = Table(
    "handle",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("token", LargeBinary, nullable=False, unique=True),
    Column("actor_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("object_id", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", Integer),
    Column("actor_role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object_type", Text, nullable=False),
    Column("object_id", Integer),
    Column("subject_id", Integer, index=True),  # whose data it was about
    Column("outcome", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False, unique=True),
    Column("hash", LargeBinary, nullable=False),
)
