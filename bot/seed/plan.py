"""What a seed file says, once it is known to be right. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.schedule.evenings import Change, Policy, Stop
from bot.schedule.school import Region
from bot.schedule.series import Series

StaffRole = Literal["professional", "coordinator", "confidant", "dpo"]
OnCall = Literal["none", "roster"]
AgeGroup = Literal["12-18", "18-25"]


@dataclass(frozen=True, slots=True)
class Named:
    """A municipality. *region* is that of its school holidays; none: that of the configuration."""

    key: str
    name: str
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who employs the professionals, and what was decided about the hours in which nobody works.

    *on_call* is none, roster, or empty: nothing was decided yet. *decided_by* is "name, date".
    """

    key: str
    name: str
    on_call: str = ""
    decided_by: str = ""
    meldcode_url: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """*person* is on call from one local moment until another."""

    person: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Location:
    """Where a group meets: *name* of the building, *place* it stands in; *texts*: the way, the noise, the corner.

    *photos*: the paths of one of the door and one of the room, as far as there are any.
    """

    key: str
    name: str
    place: str
    address: str | None
    map_url: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    photos: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works for one organisation. *practice*: a tester's account, in no figure.

    *digest_at* is the wall time (HH:MM) of their own digest; empty for the usual one.
    """

    key: str
    name: str
    role: StaffRole
    organisation: str
    practice: bool
    digest_at: str = ""


@dataclass(frozen=True, slots=True)
class Special:
    """What is different about one evening; *location* is the key of another place."""

    change: Change
    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class SummerStop:
    """*message* is what youngsters read."""

    stop: Stop
    message: str


@dataclass(frozen=True, slots=True)
class Group:
    """*example*: nobody confirmed its times and names. *silent_days*, *missed_evenings*: when somebody is quiet."""

    key: str
    name: str
    age_group: AgeGroup
    organisation: str
    municipality: str
    location: str
    staff: tuple[str, ...]
    series: tuple[Series, ...]
    example: bool
    holidays: Policy = "meet"
    capacity: int = 15
    least: int = 3
    silent_days: int | None = None
    missed_evenings: int | None = None
    exceptions: tuple[Special, ...] = ()
    stops: tuple[SummerStop, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole seed file; every key that is referred to is in it."""

    organisations: tuple[Organisation, ...]
    municipalities: tuple[Named, ...]
    locations: tuple[Location, ...]
    staff: tuple[Staff, ...]
    groups: tuple[Group, ...]
    duties: tuple[Duty, ...] = ()
