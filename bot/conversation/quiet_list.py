"""Who is quiet for long, by the thresholds of each group: a list that is opened, never a message that is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import sheet
from bot.conversation import handle, naming
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_group, code_is_open
from bot.conversation.handle import named
from bot.conversation.turn import Turn
from bot.programme import lifecycle, signals
from bot.programme.signals import Known, Signal, Threshold
from bot.storage import attendance, halts, meetings, pauses, people, phases
from bot.storage import signals as stored
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

QUIET_SHEET, GROUP, KEPT = "quiet_sheet", "group", "quiet"


@dataclass(frozen=True, slots=True)
class Quiet:
    """A youngster past a threshold."""

    id: int
    signal: Signal


def found(turn: Turn, professional: Person) -> list[Quiet]:
    """The own youngsters past a threshold, longest silent first; who never began, rests or left is not in it."""
    mine = [one for one in people.youngsters_of(turn.conn, professional.id) if one.group_id is not None]
    counts = stored.thresholds(turn.conn, {one.group_id for one in mine if one.group_id is not None})
    ids = [one.id for one in mine]
    rest = halts.halted(turn.conn) | pauses.resting(turn.conn, ids, turn.now)
    gone = {
        number
        for number, moves in phases.histories(turn.conn, ids).items()
        if lifecycle.current(moves) in lifecycle.NO_REMINDERS
    }
    states = attendance.states_of(turn.conn, ids, turn.now, signals.LOOK_BACK)
    listed = []
    for one in mine:
        rests = one.id in rest or one.id in gone or one.state not in ("active", people.ASSISTED)
        known = _known(turn, one, states.get(one.id, []), rests=rests)
        signal = signals.signal(known, counts[one.group_id or 0], turn.today)
        if signal is not None:
            listed.append(Quiet(one.id, signal))
    return sorted(listed, key=lambda one: (-(one.signal.silent_days or 0), -(one.signal.missed or 0), one.id))


def _known(turn: Turn, youth: Person, states: Sequence[str], *, rests: bool) -> Known:
    if rests:
        return Known(None, (), rests=True)
    heard = youth.heard_at or youth.began_at
    day = heard.astimezone(turn.world.settings.zone).date() if heard and youth.state == "active" else None
    return Known(day, states, rests=False)


def _line(turn: Turn, reader: Person, one: Quiet) -> str:
    return turn.phrase(
        "quiet_line",
        reader,
        age=turn.phrase("days_old", reader, age=one.signal.silent_days) if one.signal.silent_days else "",
        missed=one.signal.missed or 0,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen of the list."""

    head: str
    body: str
    numbers: tuple[tuple[int, int], ...]
    more: bool


def shown(turn: Turn, professional: Person, place: int) -> Shown:
    """The list as it is read, a screen at a time."""
    everybody = found(turn, professional)
    names = naming.called(turn, professional, [one.id for one in everybody])
    texts = [
        sheet.fitted(f"{number}. {names[one.id]}: {_line(turn, professional, one)}")
        for number, one in enumerate(everybody, start=1)
    ]
    lines = sheet.numbered(texts)
    head = turn.phrase("quiet_head" if everybody else "quiet_nobody", professional, count=len(everybody))
    screens = sheet.sheets(lines, (), head, head)
    screen = screens[min(place, len(screens) - 1)]
    body = sheet.body(lines, (), screen)
    if screen.rest:
        body += "\n\n" + turn.phrase("digest_rest", professional, count=screen.rest)
    numbers = tuple((number, everybody[number - 1].id) for number in screen.numbers)
    return Shown(head, body, numbers, screen.rest > 0)


# What the dialogs ask for


def open_quiet(deed: Deed) -> Outcome:
    """The list, behind the code; whom it names is written down."""
    return _open(deed, 0)


def next_quiet(deed: Deed) -> Outcome:
    """What did not fit on the screen."""
    return _open(deed, deed.session.state.subject.get(QUIET_SHEET, 0) + 1)


def _open(deed: Deed, place: int) -> Outcome:
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    for _, youth_id in shown(turn, person, place).numbers:
        turn.note(person, "see_digest", "person", youth_id, youth_id)
    return Outcome("ok", {QUIET_SHEET: place})


def choose_group(deed: Deed) -> Outcome:
    """The group whose threshold is set: the one that was tapped, or the only one."""
    turn, person = deed.turn, deed.person
    chosen, own = deed.answer("group"), people.groups_of(turn.conn, person.id)
    number = handle.meant(turn, person, "group", chosen) if chosen else (own[0][0] if own else None)
    if number is None or not turn.allowed(person, "set_quiet", about_group(turn, person, number)):
        return GONE
    return Outcome("ok", {GROUP: number})


def set_quiet(deed: Deed) -> Outcome:
    """From when somebody of this group stands in the list. It changes nothing for anybody else."""
    turn, person, number = deed.turn, deed.person, deed.row(GROUP)
    if not turn.allowed(person, "set_quiet", about_group(turn, person, number)):
        return GONE
    chosen = Threshold(int(str(deed.answer("silent_days"))), int(str(deed.answer("missed"))))
    if chosen.silent_days not in signals.DAYS_OFFERED or chosen.missed not in signals.MISSED_OFFERED:
        return GONE
    stored.choose(turn.conn, number, chosen)
    return Outcome("ok")


def usual_quiet(deed: Deed) -> Outcome:
    """What is usual for this group again: by the seed file, else as everywhere."""
    turn, person, number = deed.turn, deed.person, deed.row(GROUP)
    if not turn.allowed(person, "set_quiet", about_group(turn, person, number)):
        return GONE
    stored.choose(turn.conn, number, None)
    return Outcome("ok")


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_quiet": open_quiet,
    "next_quiet": next_quiet,
    "choose_quiet_group": choose_group,
    "set_quiet": set_quiet,
    "usual_quiet": usual_quiet,
}


# Facts


def _shown(ask: Asked) -> Shown:
    if KEPT not in ask.found:
        ask.found[KEPT] = shown(ask.turn, ask.person, ask.state.subject.get(QUIET_SHEET, 0))
    kept: Shown = ask.found[KEPT]
    return kept


def _numbers(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(named(ask.turn, ask.person, "youth", youth_id), str(number))
        for number, youth_id in _shown(ask).numbers
    )


def _threshold(ask: Asked) -> Threshold:
    number = ask.state.subject.get(GROUP, 0)
    return stored.thresholds(ask.turn.conn, [number]).get(number, signals.USUAL)


def _group_name(ask: Asked) -> str:
    number = ask.state.subject.get(GROUP)
    return meetings.group_name(ask.turn.conn, number) if number else ""


def _options(kind: str, offered: Sequence[int]) -> Callable[[Asked], tuple[Option, ...]]:
    return lambda ask: tuple(
        Option(str(count), ask.turn.phrase(kind, ask.person, count=count)) for count in offered
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "quiet_head": lambda ask: _shown(ask).head,
    "quiet_lines": lambda ask: Words(_shown(ask).body),
    "quiet_numbers": _numbers,
    "quiet_more": lambda ask: _shown(ask).more,
    "has_quiet_list": lambda ask: bool(_shown(ask).numbers),
    "quiet_group": _group_name,
    "quiet_days": lambda ask: _threshold(ask).silent_days,
    "quiet_missed": lambda ask: _threshold(ask).missed,
    "quiet_day_options": _options("quiet_days_option", signals.DAYS_OFFERED),
    "quiet_missed_options": _options("quiet_missed_option", signals.MISSED_OFFERED),
}
