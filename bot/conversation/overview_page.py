"""The coordinator's overview: staff and load, what is open, alarms, gaps, sign-ups, waiting, hours. Numbers only.

No word and no name of a youngster stands here. Each line has a number that opens a second screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import sheet
from bot.conversation import taking_on, unread, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import Deed, Outcome, about_organisation, code_is_open
from bot.conversation.turn import Turn
from bot.label import Named, labels
from bot.programme import workload
from bot.programme.caseload import BOUNDS, Load, days, loads, oldest, piles
from bot.programme.cover import Stretch
from bot.storage import admissions, alerts, caseload, duty, meetings, people, waiting
from bot.storage.people import Person
from dialogs.words import Words

SPAN = timedelta(days=28)
"""Over which hours are counted."""
PARTS = ("alarms", "unread", "open", "sign_ups", "waiting", "hours", "staff")
"""In the order of the numbers. The names of the staff come last: how many there are is not known beforehand."""
PLACE, PART_SHEET, KEPT = "part", "part_sheet", "coordinator_overview"


@dataclass(frozen=True, slots=True)
class Shown:
    """A second screen. *later*, *more*: whether screens stand before and after it."""

    text: str
    later: bool
    more: bool


# What is counted


def staff(turn: Turn, organisation_id: int) -> list[Person]:
    """The professionals of an organisation in the order of their names; testers count in nothing."""
    found = [
        one
        for one in people.staff_of_organisation(turn.conn, organisation_id)
        if one.role == "professional" and not one.practice and one.state != "erased"
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def called(turn: Turn, reader: Person, found: Sequence[Person]) -> dict[int, str]:
    """What professionals are called here: two of one name are told apart by their group, else by their first day."""
    return dict(
        labels(
            [
                Named(
                    one.id,
                    str(one.name),
                    ", ".join(name for _, name in people.groups_of(turn.conn, one.id)),
                    turn.phrase(
                        "label_since", reader, day=wording.day(turn, reader, one.began_at or one.created_at)
                    ),
                )
                for one in found
            ]
        )
    )


def _loads(turn: Turn, organisation_id: int, found: Sequence[Person]) -> tuple[Load, ...]:
    mains = caseload.mains(turn.conn, organisation_id)
    open_items = caseload.waiting(turn.conn, organisation_id)
    return loads([one.id for one in found], mains, open_items, turn.now)


def _alarms(turn: Turn, reader: Person, organisation_id: int) -> tuple[int, int]:
    """How many alarms nobody handled, and how many of those nobody saw. What passes the reader by is not counted."""
    found = [
        one
        for one in alerts.of_organisation(turn.conn, organisation_id, turn.now)
        if one.state in alerts.RUNNING and not one.drill and reader.id not in one.excluded
    ]
    return len(found), sum(one.state in alerts.UNSEEN for one in found)


def _unread(turn: Turn, organisation_id: int) -> int:
    gaps = unread.gaps(turn, organisation_id, unread.SHOWN)
    working = unread.workdays(turn, Stretch(turn.today, turn.today + unread.SHOWN))
    return sum(any(day in one.days for one in gaps) for day in working)


def _sign_ups(turn: Turn, reader: Person) -> tuple[int, int]:
    """How many sign-ups wait, and how many days the oldest does."""
    found = taking_on.visible(turn, reader)
    return len(found), max((days(one.at, turn.now) for one in found), default=0)


@dataclass(frozen=True, slots=True)
class _Queue:
    name: str
    number: int
    longest: int
    free: int


def _queues(turn: Turn, organisation_id: int) -> list[_Queue]:
    found = []
    for room in waiting.rooms(turn.conn, organisation_id):
        places = [
            one
            for one in waiting.of_group(turn.conn, room.id)
            if not people.load(turn.conn, one.youth_id).practice
        ]
        longest = max((days(one.since, turn.now) for one in places), default=0)
        free = admissions.free_places(turn.conn, room.id)
        found.append(_Queue(room.name, len(places), longest, free))
    return found


@dataclass(frozen=True, slots=True)
class _Hours:
    evenings: int
    hours: float
    minutes: int


def _hours(turn: Turn, organisation_id: int, found: Sequence[Person]) -> list[_Hours]:
    since = turn.now - SPAN
    noted = caseload.noted(turn.conn, organisation_id, since)
    listed = []
    for one in found:
        evenings = [
            each
            for group_id, _ in people.groups_of(turn.conn, one.id)
            for each in meetings.between(turn.conn, group_id, since, turn.now)
            if each.ends_at <= turn.now
        ]
        lasted = sum((each.ends_at - each.starts_at).total_seconds() for each in evenings)
        minutes = round(workload.from_trail(noted.get(one.id, {})).minutes)
        listed.append(_Hours(len(evenings), lasted / 3600, minutes))
    return listed


# In words


def first_screen(turn: Turn, reader: Person) -> str:
    """The overview: one phone screen, with as many professionals by name as fit; the rest stands behind its number."""
    organisation_id = _organisation(turn, reader)
    if organisation_id is None:
        return ""
    found = staff(turn, organisation_id)
    loaded = _loads(turn, organisation_id, found)
    total = sum(one.open for one in loaded)
    ages = [one.oldest for one in loaded if one.oldest is not None]
    alarms, unseen = _alarms(turn, reader, organisation_id)
    signed, signed_oldest = _sign_ups(turn, reader)
    queues = _queues(turn, organisation_id)
    hours = _hours(turn, organisation_id, found)
    facts: dict[str, dict[str, Any]] = {
        "alarms": {"count": alarms, "unseen": unseen},
        "unread": {"count": _unread(turn, organisation_id)},
        "open": {"count": total, "oldest": _age(turn, reader, max(ages, default=0))},
        "sign_ups": {"count": signed, "oldest": _age(turn, reader, signed_oldest)},
        "waiting": {
            "count": sum(one.number for one in queues),
            "oldest": _age(turn, reader, max((one.longest for one in queues), default=0)),
        },
        "hours": {
            "evening": round(sum(one.hours for one in hours)),
            "bot": round(sum(one.minutes for one in hours) / 60),
        },
        "staff": {"count": len(found), "reads_for": sum(one.youngsters for one in loaded)},
    }
    said = [turn.phrase("overview_head", reader, day=wording.day(turn, reader, turn.now)), ""]
    for number, part in enumerate(PARTS, start=1):
        line = turn.phrase(f"overview_{part}", reader, **facts[part])
        said.append(sheet.fitted(f"{number}. {line}"))
    names = called(turn, reader, found)
    entries = [sheet.fitted(turn.phrase("overview_load", reader, **_load(one, names)), 1) for one in loaded]
    room = sheet.LINES - sheet.height("\n".join(said))
    shown = entries if len(entries) <= room else entries[: room - 1]
    said += shown
    if len(entries) > len(shown):
        rest = len(entries) - len(shown)
        said.append(turn.phrase("overview_more_staff", reader, count=rest, number=len(PARTS)))
    return "\n".join(said)


def second_screen(turn: Turn, reader: Person, place: int, number: int) -> Shown:
    """What stands behind one of the numbers, a screen at a time."""
    organisation_id = _organisation(turn, reader)
    if organisation_id is None or not 0 <= place < len(PARTS):
        return Shown("", later=False, more=False)
    part = PARTS[place]
    found = _ENTRIES[part](turn, reader, organisation_id) if part in _ENTRIES else []
    entries = sheet.numbered(found)
    head = turn.phrase(f"overview_{part}_head" if entries else f"overview_{part}_none", reader)
    screens = sheet.sheets(entries, (), head, head)
    one = screens[min(number, len(screens) - 1)]
    text = f"{head}\n\n{sheet.body(entries, (), one)}".strip()
    if one.rest:
        text += "\n\n" + turn.phrase("digest_rest", reader, count=one.rest)
    return Shown(text, later=one.first > 0, more=one.rest > 0)


def _open_lines(turn: Turn, reader: Person, organisation_id: int) -> list[str]:
    """How many wait for how long, then each professional who has something open."""
    found = staff(turn, organisation_id)
    names = called(turn, reader, found)
    open_items = [one for one in caseload.waiting(turn.conn, organisation_id) if one.holder_id in names]
    if not open_items:
        return []
    bounds = (0, *BOUNDS)
    said = [
        turn.phrase("overview_pile", reader, pile=pile, count=count)
        for pile, count in zip(bounds, piles(open_items, turn.now), strict=True)
    ]
    for one in found:
        mine = [each for each in open_items if each.holder_id == one.id]
        if mine:
            age = _age(turn, reader, oldest(mine, turn.now) or 0)
            line = turn.phrase(
                "overview_holder", reader, staff_name=names[one.id], count=len(mine), oldest=age
            )
            said.append(sheet.fitted(line))
    return said


def _staff_lines(turn: Turn, reader: Person, organisation_id: int) -> list[str]:
    found = staff(turn, organisation_id)
    names = called(turn, reader, found)
    said = []
    for person, one in zip(found, _loads(turn, organisation_id, found), strict=True):
        until = duty.absent_until(turn.conn, person.id, turn.now)
        line = turn.phrase(
            "overview_staff_line",
            reader,
            begun=person.state == "active",
            until=wording.day(turn, reader, until) if until else "",
            **_load(one, names),
        )
        said.append(sheet.fitted(line))
    return said


def _waiting_lines(turn: Turn, reader: Person, organisation_id: int) -> list[str]:
    return [
        sheet.fitted(
            turn.phrase(
                "overview_queue",
                reader,
                group_name=one.name,
                count=one.number,
                oldest=_age(turn, reader, one.longest),
                free=one.free,
            )
        )
        for one in _queues(turn, organisation_id)
    ]


def _hour_lines(turn: Turn, reader: Person, organisation_id: int) -> list[str]:
    found = staff(turn, organisation_id)
    names = called(turn, reader, found)
    return [
        sheet.fitted(
            turn.phrase(
                "overview_hours_line",
                reader,
                staff_name=names[person.id],
                evenings=one.evenings,
                hours=f"{one.hours:g}",
                minutes=one.minutes,
            )
        )
        for person, one in zip(found, _hours(turn, organisation_id, found), strict=True)
    ]


_ENTRIES: dict[str, Callable[[Turn, Person, int], list[str]]] = {
    "open": _open_lines,
    "staff": _staff_lines,
    "waiting": _waiting_lines,
    "hours": _hour_lines,
}
"""The parts with a second screen of their own; the others have a dialog, or nothing to show."""


def _load(one: Load, names: dict[int, str]) -> dict[str, Any]:
    return {"staff_name": names[one.person_id], "reads_for": one.youngsters, "open": one.open}


def _age(turn: Turn, reader: Person, number: int) -> str:
    return turn.phrase("days_old", reader, age=number) if number else ""


def _organisation(turn: Turn, reader: Person) -> int | None:
    """The own organisation, for whoever may look; none for everybody else. Looking is written down."""
    target = about_organisation(turn, reader, reader.organisation_id)
    return reader.organisation_id if turn.may_see(reader, "see_overview", target) else None


# What the dialog asks for


def open_part(deed: Deed) -> Outcome:
    """The number that was tapped: a second screen, or the dialog that is about it."""
    if not code_is_open(deed):
        return Outcome("code")
    key = deed.answer("part")
    if key not in PARTS:
        return Outcome("gone")
    if key in ("alarms", "unread"):
        return Outcome(str(key))
    if key == "sign_ups" and taking_on.visible(deed.turn, deed.person):
        return Outcome("sign_ups")
    return Outcome("ok", {PLACE: PARTS.index(str(key)), PART_SHEET: 0})


def next_part(deed: Deed) -> Outcome:
    return _turned(deed, deed.session.state.subject.get(PART_SHEET, 0) + 1)


def first_part(deed: Deed) -> Outcome:
    return _turned(deed, 0)


def _turned(deed: Deed, number: int) -> Outcome:
    return Outcome("ok", {PART_SHEET: number}) if code_is_open(deed) else Outcome("code")


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_part": open_part,
    "next_part": next_part,
    "first_part": first_part,
}


# Facts


def _shown(ask: Asked) -> Shown:
    if KEPT not in ask.found:
        subject = ask.state.subject
        ask.found[KEPT] = second_screen(
            ask.turn, ask.person, subject.get(PLACE, -1), subject.get(PART_SHEET, 0)
        )
    kept: Shown = ask.found[KEPT]
    return kept


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "overview_said": lambda ask: Words(first_screen(ask.turn, ask.person)),
    "overview_part": lambda ask: Words(_shown(ask).text),
    "overview_later": lambda ask: _shown(ask).later,
    "overview_more": lambda ask: _shown(ask).more,
}
