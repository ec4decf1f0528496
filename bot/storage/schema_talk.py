"""Tables of the talk: dialogs, challenges and attempts, what was sent to whom, what staff always see."""

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
)

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

session = Table(
    "session",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("script", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("state", Sealed),
    Column("status", Text, nullable=False),  # open | ended
    Column("foreground", Boolean, nullable=False),  # typed words go here
    Column("message_id", ForeignKey("outbox.id")),  # the question that is open
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("session_of_person", "person_id", "status"),
)

revision = Table(
    "revision",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # dialog | challenge | phrases | helplines
    Column("key", Text, nullable=False),
    Column("nl", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("origin", Text, nullable=False),  # release | local
    Column("published_at", Moment, nullable=False),
    Index("revision_of_key", "kind", "key"),
)

challenge = Table(
    "challenge",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("revision", ForeignKey("revision.hash"), nullable=False),  # pinned when it was given
    Column("given_by", ForeignKey("person.id"), nullable=False),
    Column("state", Text, nullable=False),  # given | active | resting | declined | done | taken_back
    Column("step", Text),  # the step the youngster chose
    Column("given_at", Moment, nullable=False),
    Column("answered_at", Moment),
)

rating = Table(
    "rating",
    metadata,
    Column("challenge_id", ForeignKey("challenge.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("tension", Integer, nullable=False),  # 0-10, the youngster's own
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("challenge_id", "step"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("challenge_id", ForeignKey("challenge.id"), nullable=False, index=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("step", Text, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # planned | aside | closed
    Column("outcome", Text),  # done | partly | not_done
    Column("words", Sealed),  # JSON of everything typed about this attempt
    Column("belief", Integer),  # 0-100 before
    Column("tension", Integer),  # 0-10 before
    Column("highest", Integer),  # 0-10 during
    Column("after", Integer),  # 0-10 when it was over
    Column("feared", Integer),  # 0 no, 50 a little, 100 yes
    Column("belief_again", Integer),  # 0-100 for a next time
    Column("confidence", Integer),  # 0-10 in a next step
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
)

item = Table(
    "item",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # checkin | talk | alert
    Column("level", Text),  # of an alert: p1 | p2 | p3; of words that sound heavy: concern
    Column("attempt_id", ForeignKey("attempt.id")),
    Column("recipient_id", ForeignKey("person.id"), index=True),
    Column("state", Text, nullable=False),  # draft | kept | sent | opened | handled | withdrawn
    Column("content", Sealed),  # exactly what the recipient gets to read
    Column("left_out", Text, nullable=False),  # parts of a draft the youngster took out
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("passed_on_at", Moment),  # when the colleague got it, because nobody handled it in time
    Column("opened_at", Moment),
    Column("opened_by", ForeignKey("person.id")),
    Column("handled_at", Moment),
    Column("handled_by", ForeignKey("person.id")),
    Column("handling", Text),  # answered | meeting | seen | acknowledged ...
    Column("reply_id", BigInteger),  # the answer of staff that this answers
)

reply = Table(
    "reply",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("content", Sealed),
    Column("sent_at", Moment, nullable=False),
    Column("opened_at", Moment),
)

journal = Table(
    "journal",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False),
    Column("kind", Text, nullable=False),  # a line of the fixed list that the professional always sees
    Column("value", Text),  # a code such as come or done, never words
    Column("object_id", Integer),
    Column("at", Moment, nullable=False),
    Index("journal_of_youth", "youth_id", "at"),
)

digest = Table(
    "digest",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("professional_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("opened_at", Moment),
)
