"""What flows through: updates that came in, messages that go out, due moments; keys and counters."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("source", Text, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("account_lookup", LargeBinary),
    Column("payload", Sealed),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("lease_until", Moment),
    Column("worker", Text),
    UniqueConstraint("source", "update_id"),
    CheckConstraint("state IN ('waiting', 'done', 'quarantined')", name="state"),
    Index(None, "state", "id"),
    Index(None, "account_lookup", "state", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("person_id", BigInteger),
    Column("lane", SmallInteger, nullable=False),
    Column("promise", Text, nullable=False),
    Column("payload", Sealed),
    Column("state", Text, nullable=False),
    Column("edits", ForeignKey("outbox.id")),
    Column("dedupe_key", Text, unique=True),
    Column("not_before", Moment, nullable=False),
    Column("not_after", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubted", SmallInteger, nullable=False, server_default="0"),
    Column("message_id", BigInteger),
    Column("lease_until", Moment),
    Column("worker", Text),
    Column("error", Text),
    Column("reference", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    CheckConstraint("state IN ('ready', 'sending', 'sent', 'uncertain', 'dead', 'cancelled')", name="state"),
    Index(None, "state", "lane", "id"),
    Index(None, "account_id", "state", "lane", "id"),
    Index(None, "edits"),
    Index(None, "person_id"),
)

due = Table(
    "due",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("occurrence", Text, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("not_after", Moment),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("because", Text),  # why it is at another moment than was planned: a code
    Column("subject", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("person_id", "kind", "occurrence"),
    CheckConstraint("state IN ('waiting', 'done', 'dropped', 'cancelled')", name="state"),
    Index(None, "state", "not_before", "id"),
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

person_key = Table(
    "person_key",
    metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("key_id", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

throttle = Table(
    "throttle",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("who", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "purpose", "who", "at"),
    Index(None, "purpose", "at"),
)

counter = Table(
    "counter", metadata, Column("name", Text, primary_key=True), Column("value", BigInteger, nullable=False)
)
