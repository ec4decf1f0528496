"""Tables of the programme: organisations, places, groups, the evenings and who comes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Day, Moment, Sealed
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
    Column("region", Text),  # noord | midden | zuid: of the school holidays; empty: that of the installation
)

location = Table(
    "location",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("address", Text),
    Column("map_url", Text),
    # How to come, how loud it is and where it is quiet, for who comes the first time.
    Column("route_nl", Text),
    Column("route_en", Text),
    Column("noise_nl", Text),
    Column("noise_en", Text),
    Column("corner_nl", Text),
    Column("corner_en", Text),
    # How the door and the room look.
    Column("door_png", LargeBinary),
    Column("room_png", LargeBinary),
    Column("organisation_id", ForeignKey("organisation.id")),  # who added it by chat; empty: the seed file
    Column("retired_at", Moment),  # nobody meets there any more
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
    Column("holidays", Text, nullable=False, default="meet"),  # skip | meet: in school holidays
    Column("capacity", Integer, nullable=False, default=15),
    Column("least", Integer, nullable=False, default=3),
    Column("closes_on", Day),  # the last local day, once that is decided
    # From when somebody stands in the list of who is quiet: chosen in the chat; empty: what is usual here.
    Column("silent_days", Integer),
    Column("missed_evenings", Integer),
    Column("usual_silent_days", Integer),  # what the seed file calls usual here; empty: as everywhere
    Column("usual_missed", Integer),
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
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("first_date", Text, nullable=False),  # local date
    Column("starts", Text, nullable=False),  # HH:MM, local
    Column("ends", Text, nullable=False),
    Column("every_weeks", Integer, nullable=False),
    Column("until", Text),  # last local date; empty: it goes on
    UniqueConstraint("group_id", "first_date"),
)

series_exception = Table(
    "series_exception",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("local_date", Text, nullable=False),  # the name of the evening
    Column("kind", Text, nullable=False),  # cancelled | moved | extra | held
    Column("to_date", Text),
    Column("starts", Text),
    Column("ends", Text),
    Column("location_id", ForeignKey("location.id")),
    Column("reason", Sealed),
    Column("made_by", ForeignKey("person.id")),  # empty: the seed file
    Column("made_at", Moment, nullable=False),
    Column("undone_by", ForeignKey("person.id")),
    Column("undone_at", Moment),
    Column("undone_reason", Sealed),
)

summer_stop = Table(
    "summer_stop",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("message", Sealed),
    Column("made_by", ForeignKey("person.id")),
    Column("made_at", Moment, nullable=False),
    Column("undone_by", ForeignKey("person.id")),
    Column("undone_at", Moment),
    Column("undone_reason", Sealed),
)

series_change = Table(
    "series_change",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("since", Text, nullable=False),  # local date of the first evening that is not on its old day
    Column("first_date", Text, nullable=False),  # of the new series
    Column("was", Text, nullable=False),  # the series of the group before, JSON
    Column("became", Text, nullable=False),
    Column("reason", Sealed),
    Column("made_by", ForeignKey("person.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("undone_by", ForeignKey("person.id")),
    Column("undone_at", Moment),
    Column("undone_reason", Sealed),
)

change_notice = Table(
    "change_notice",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("exception_id", ForeignKey("series_exception.id")),  # or one of the next two
    Column("stop_id", ForeignKey("summer_stop.id")),
    Column("rhythm_id", ForeignKey("series_change.id")),
    Column("step", Text, nullable=False),  # made | undone
    Column("told_at", Moment, nullable=False),
    Column("opened_at", Moment),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("group_id", ForeignKey("meeting_group.id"), nullable=False),
    Column("local_date", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # planned | moved | cancelled | dropped
    Column("location_id", ForeignKey("location.id")),  # empty: where the group always meets
    Column("sequence", Integer, nullable=False, default=0),  # raised by every change, for calendars
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
