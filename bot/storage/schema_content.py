"""Tables of publishing: drafts, which text is current and why, what was withdrawn, who approved, who owns a file."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from bot.storage.columns import Day, Moment, Sealed
from bot.storage.metadata import metadata

draft = Table(
    "draft",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("nl", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("base", Text),  # the revision it was edited from; none for something new
    Column("author_id", ForeignKey("person.id")),  # none: at the shell
    Column("because", Sealed),  # "toch, omdat": why it may be published in spite of warnings
    Column("saved_at", Moment, nullable=False),
    Column("proposed_at", Moment),  # the author wants it published and a second person has to agree
    Index("draft_of_key", "kind", "key"),
)

publication = Table(
    "publication",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("revision", ForeignKey("revision.hash"), nullable=False),
    Column("action", Text, nullable=False),  # release | gone | publish | rollback | adopt | keep
    Column("by_id", ForeignKey("person.id")),  # none: at the shell, or the program itself
    Column("second_id", ForeignKey("person.id")),  # who agreed, where a second approver is asked for
    Column("because", Sealed),
    Column("at", Moment, nullable=False),
    Index("publication_of_key", "kind", "key", "id"),
)

withdrawal = Table(
    "withdrawal",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("revision", ForeignKey("revision.hash"), nullable=False, index=True),
    Column("step", Text),  # none: the whole revision
    Column("because", Sealed),
    Column("by_id", ForeignKey("person.id")),
    Column("at", Moment, nullable=False),
    Column("lifted_by", ForeignKey("person.id")),
    Column("lifted_at", Moment),
    Index("withdrawal_of_key", "kind", "key"),
)

approval = Table(
    "approval",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("revision", ForeignKey("revision.hash"), nullable=False, index=True),  # the hash of both texts
    Column("name", Sealed),  # who approved: name and function
    Column("approved_on", Day, nullable=False),
    Column("by_id", ForeignKey("person.id")),  # who recorded it
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

content_owner = Table(
    "content_owner",
    metadata,
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("given_by", ForeignKey("person.id")),
    Column("since", Moment, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
)
