"""Tables of the worst day: alerts and their course, the roster, emergency cards, and who was halted."""

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
    UniqueConstraint,
)

from bot.storage.columns import Day, Moment, Sealed
from bot.storage.metadata import metadata

alert = Table(
    "alert",
    metadata,
    Column("item_id", ForeignKey("item.id"), primary_key=True),  # the item holds the words
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("organisation_id", ForeignKey("organisation.id"), index=True),
    Column("level", Text, nullable=False),  # p1 | p2 | p3
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),  # self | other | staff
    Column("explicit", Boolean, nullable=False),
    Column("quoted", Boolean, nullable=False),
    Column("why", Text, nullable=False),  # comma separated keys of bot/safety/reasons.toml
    Column("state", Text, nullable=False),  # open | sent | acknowledged | handled
    Column("drill", Boolean, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("began_at", Moment, nullable=False),  # from which moment the minutes of the chain count
    Column(
        "wakes", Integer, nullable=False
    ),  # how often the chain was looked at: makes its due moments unique
    Column("acknowledged_by", ForeignKey("person.id")),
    Column("acknowledged_at", Moment),
    Column("try_again_at", Moment),  # the holder did not reach the youngster
    Column("outcome", Text),  # spoken | not_reached | referred | false_alarm
    Column("handled_by", ForeignKey("person.id")),
    Column("handled_at", Moment),
    Column("reader_id", ForeignKey("person.id")),  # the second reader
    Column("read_at", Moment),
    Column("code_noted_on", Text),  # local date at which the professional says the meldcode was noted
)

alert_exclusion = Table(
    "alert_exclusion",
    metadata,
    Column("item_id", ForeignKey("item.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),  # never gets, sees or opens it
    PrimaryKeyConstraint("item_id", "person_id"),
)

alert_step = Table(
    "alert_step",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("person_id", ForeignKey("person.id")),  # who got it, or who did it
    Column("at", Moment, nullable=False),
)

duty = Table(
    "duty",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("begins_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    UniqueConstraint("organisation_id", "person_id", "begins_at", "ends_at"),
    Index("duty_of_organisation", "organisation_id", "begins_at"),
)

absence = Table(
    "absence",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("begins_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("noted_by", ForeignKey("person.id"), nullable=False),
    Column("planned", Boolean, nullable=False, default=False),  # a holiday; else noted when it began
    # The days it is about, and who reads then; none of these while nobody was asked.
    Column("first_on", Day),
    Column("last_on", Day),
    Column("cover", Text),  # backup | colleague; empty: nobody said yet who reads
    Column("reader_id", ForeignKey("person.id")),  # the colleague
    Column("withdrawn_at", Moment),
)

holiday_told = Table(
    "holiday_told",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    # No reference: absences go with the staff member, what a youngster was told stays theirs.
    Column("absence_id", Integer, nullable=False),
    Column("said", Text, nullable=False),  # days and numbers, as bot/programme/holiday_news.py writes them
    Column("at", Moment, nullable=False),
)

emergency_card = Table(
    "emergency_card",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, unique=True),
    Column("contact", Sealed),  # whom to call
    Column("relation", Sealed),  # who that is to the youngster
    Column("phone", Sealed),
    Column("kept_at", Sealed),  # or where the organisation keeps all this
    Column("filled_by", ForeignKey("person.id"), nullable=False),
    Column("filled_at", Moment, nullable=False),
)

card_view = Table(
    "card_view",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("item_id", ForeignKey("item.id"), nullable=False),  # the alert it was opened on
    Column("viewer_id", ForeignKey("person.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told_at", Moment),  # when the youngster was told
)

halt = Table(
    "halt",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("youth_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),  # died | admitted | unsafe | other
    Column("halted_by", ForeignKey("person.id"), nullable=False),
    Column("halted_at", Moment, nullable=False),
    Column("lifted_by", ForeignKey("person.id")),
    Column("lifted_at", Moment),
)
