"""Tables about rights: who asked to be erased, what was erased, letters to guardians, and what was cleared when."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from bot.storage.columns import Moment
from bot.storage.metadata import metadata

erasure = Table(
    "erasure",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", BigInteger, nullable=False, index=True),  # a number only: the person will be gone
    Column("asked_by", Text, nullable=False),  # self | professional | operator | term | closed | died
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),  # until then it can be undone
    Column("state", Text, nullable=False),  # asked | undone | done
    Column("told_at", Moment),  # the person heard that it waits for an alert
    Column("done_at", Moment),
    Column("rows", Text),  # JSON: how many rows of which table, no words
    Column("proof", Text),  # hash of the proof that was given
    Column("mark", Text),  # keyed hash for the ledger, until it stands in that file
)

guardian = Table(
    "guardian",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("signed_by", Text, nullable=False, default="guardian"),  # guardian | self
    Column("code", LargeBinary, nullable=False),  # keyed hash of the code on the letter
    Column("letter_hash", Text, nullable=False),  # which words were signed
    Column("made_by", ForeignKey("person.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("noted_by", ForeignKey("person.id")),  # who saw the signature and typed the code
    Column("noted_at", Moment),
    Column("withdrawn_by", ForeignKey("person.id")),
    Column("withdrawn_at", Moment),
)

retention_run = Table(
    "retention_run",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),  # a key of bot.storage.retention.RULES
    Column("rows", Integer, nullable=False),
    Index("retention_run_at", "at", "kind"),
)
