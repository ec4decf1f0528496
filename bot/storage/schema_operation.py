"""Tables of the operation: commissioning, drills, and the alarms an operator has not heard yet."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.columns import Moment, Sealed
from bot.storage.metadata import metadata

commissioning = Table(
    "commissioning",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("record", Sealed, nullable=False),  # JSON: who decided what, and when
    Column("content_hash", Text, nullable=False),  # of everything that was published
    Column("care_hash", Text, nullable=False),  # of the texts about care, consent and privacy
    Column("duty_hash", Text, nullable=False),  # of the on-call decision of every organisation
    Column("minimum_age", Integer, nullable=False),
    Column("withdrawn_at", Moment),
    Column("withdrawal", Sealed),  # who withdrew it
)

drill = Table(
    "drill",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False, index=True),
    Column("item_id", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Text, nullable=False),  # running | acknowledged | nobody | broken_off
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", ForeignKey("person.id")),
    Column("timeline", Text, nullable=False),  # JSON: moments, steps and staff numbers, no words
)

alarm = Table(
    "alarm",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("slot", Text, nullable=False),  # what is raised again within one slot is the same alarm
    Column("times", Integer, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("rung_at", Moment),  # the alarm command took it
    Column("mailed_at", Moment),  # the mail server took it
    Column("seen_at", Moment),  # the operator says so
    UniqueConstraint("kind", "reference", "slot"),
    Index(None, "raised_at"),
)
