"""The coordinator closes a group: who it is about, what they read, the day, who goes where, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.conversation import closing, closing_news, closing_way, handle
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, code_is_open
from bot.conversation.turn import Turn
from bot.programme import closing as rules
from bot.storage import closings, meetings, people, phases, waiting
from bot.storage import team as teams
from bot.storage.closings import Closing
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

CODE = Outcome("code")
TODAY, ALONE = "today", "alleen"
YOUTH, TO = "closing_youth", "closing_to"
"""Purposes of handles."""


def open_closing(deed: Deed) -> Outcome:
    """What there is: nothing decided, a day that was announced, or a group that is closed."""
    group_id, refused = _group(deed)
    if refused:
        return refused
    one = closings.of_group(deed.turn.conn, group_id)
    if one is None:
        return OK
    return Outcome("running" if one.closed_at is None else "closed")


def draft_closing(deed: Deed) -> Outcome:
    """Whether it can be that day; nothing is kept yet."""
    group_id, refused = _group(deed)
    if refused:
        return refused
    return Outcome(_refusal(deed.turn, group_id, _day(deed.turn, deed.answer("closing_day"))))


def announce_closing(deed: Deed) -> Outcome:
    """Keep it and tell everybody. The second of two people is told that it was done."""
    turn, person = deed.turn, deed.person
    group_id, refused = _group(deed)
    if refused:
        return refused
    if closings.of_group(turn.conn, group_id) is not None:
        return Outcome("already")
    day = _day(turn, deed.answer("closing_day"))
    verdict = _refusal(turn, group_id, day)
    if verdict != "ok" or day is None:
        return Outcome(verdict)
    closing.announce(turn, group_id, day, person)
    return OK


def undo_closing(deed: Deed) -> Outcome:
    group_id, refused = _group(deed)
    one = closings.of_group(deed.turn.conn, group_id) if not refused else None
    if refused or one is None:
        return refused or GONE
    if closings.of_organisation(deed.turn.conn, one.organisation_id) is not None:
        return Outcome("whole")
    return OK if closing.take_back(deed.turn, one, deed.person) else Outcome("late")


def pick_closing_youth(deed: Deed) -> Outcome:
    group_id, refused = _group(deed)
    number = handle.meant(deed.turn, deed.person, YOUTH, deed.answer("closing_youth"))
    if refused or number is None or people.load(deed.turn.conn, number).group_id != group_id:
        return refused or GONE
    return Outcome("ok", {"youth": number})


def settle_closing(deed: Deed) -> Outcome:
    """Note for a youngster what was agreed on with them: another group, or going on without one."""
    turn, person = deed.turn, deed.person
    token = deed.answer("closing_way")
    chosen = None if token == ALONE else handle.meant(turn, person, TO, token)
    group_id, refused = _group(deed, chosen)
    one = closings.of_group(turn.conn, group_id) if not refused else None
    youth = people.locked(turn.conn, deed.row("youth"))
    if refused or one is None or youth.group_id != group_id or (chosen is None and token != ALONE):
        return refused or GONE
    if youth.id not in closings.ways(turn.conn, one.id):
        closings.expect(turn.conn, one.id, youth.id, None)
    way = closing_way.choose(turn, youth, one, chosen, person, aftercare=False)
    return Outcome(way if way in ("gone", "full") else "ok")


def _group(deed: Deed, other: int | None = None) -> tuple[int, Outcome | None]:
    turn, number = deed.turn, deed.session.state.subject.get("group", 0)
    if not code_is_open(deed):
        return number, CODE
    if not number or not turn.allowed(deed.person, "close_group", about_group(turn, deed.person, number)):
        return number, GONE
    closing_way.lock(turn, number, other)
    return number, None


def _day(turn: Turn, answer: object) -> date | None:
    if answer == TODAY:
        return turn.today
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def _refusal(turn: Turn, group_id: int, day: date | None) -> str:
    if day is None:
        return "gone"
    return rules.refusal(day, turn.today, len(closing.undecided(turn, group_id))) or "ok"


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_closing": open_closing,
    "draft_closing": draft_closing,
    "announce_closing": announce_closing,
    "undo_closing": undo_closing,
    "pick_closing_youth": pick_closing_youth,
    "settle_closing": settle_closing,
}


# Facts


def _of(ask: Asked) -> int | None:
    """The group the dialog is about; none for who may not see it."""
    number = ask.state.subject.get("group")
    if not number or not ask.turn.may_see(
        ask.person, "close_group", about_group(ask.turn, ask.person, number)
    ):
        return None
    return number


def _closing(ask: Asked) -> Closing | None:
    group_id = _of(ask)
    return closings.of_group(ask.turn.conn, group_id) if group_id else None


def days(ask: Asked) -> tuple[Option, ...]:
    """Days to choose from: today when nobody is inside who needs a way, and some weeks ahead."""
    turn, person, group_id = ask.turn, ask.person, _of(ask)
    if group_id is None:
        return ()
    found = [turn.today + timedelta(weeks=weeks) for weeks in rules.WEEKS_OFFERED]
    if not closing.undecided(turn, group_id):
        found.insert(0, turn.today)
    return tuple(Option(day.isoformat(), closing_news.day_of(turn, person, day)) for day in found)


def who(ask: Asked) -> Words:
    """Who it is about: youngsters who choose, who are out already, who wait, and staff."""
    turn, person, group_id = ask.turn, ask.person, _of(ask)
    if group_id is None:
        return Words("")
    choose = closing.undecided(turn, group_id)
    told = [one for one in choose if closing_news.can_be_told(turn, one)]
    called = [one for one in choose if one not in told]
    done = len(teams.youngsters(turn.conn, group_id)) - len(choose)
    staff = people.staff_of_group(turn.conn, group_id)
    lines = [waiting.room(turn.conn, group_id).name]
    for phrase, found in (("closing_told_list", told), ("closing_called_list", called)):
        if found:
            lines.append(turn.phrase(phrase, person, names=_names(found)))
    if done:
        lines.append(turn.phrase("closing_done_list", person, count=done))
    if not choose:
        lines.append(turn.phrase("closing_nobody", person))
    lines.append(turn.phrase("closing_staff_list", person, names=_names(staff)))
    return Words("\n".join(lines))


def preview(ask: Asked) -> Words:
    """The day, the groups youngsters can go to, and the words they read."""
    turn, person, group_id = ask.turn, ask.person, _of(ask)
    day = _day(turn, ask.state.answers.get("closing_day"))
    if group_id is None or day is None:
        return Words("")
    room = waiting.room(turn.conn, group_id)
    rooms = [one.name for one in _others(turn, group_id, day)]
    lines = [
        turn.phrase("closing_preview", person, group=room.name, day=closing_news.day_of(turn, person, day))
    ]
    lines.append(turn.phrase("closing_rooms", person, rooms=", ".join(rooms), some=bool(rooms)))
    return Words("\n\n".join(lines))


def lines(ask: Asked) -> Words:
    """How each youngster goes on, and since when that is known."""
    turn, person, one = ask.turn, ask.person, _closing(ask)
    if one is None or one.group_id is None:
        return Words("")
    said = []
    for youth_id, way in closings.ways(turn.conn, one.id).items():
        youth = people.load(turn.conn, youth_id)
        said.append(
            turn.phrase(
                f"closing_line_{closing_way.standing(turn, youth, way) or 'open'}",
                person,
                youth_name=youth.name,
                told=way.told_at is not None,
            )
        )
    return Words("\n".join(said) or turn.phrase("closing_nobody", person))


def status(ask: Asked) -> str:
    """What went and what is still here, once it is closed: numbers, and the hash of every proof."""
    turn, person, one = ask.turn, ask.person, _closing(ask)
    if one is None:
        return ""
    proofs = closings.proofs(turn.conn, one)
    left = closings.left(turn.conn, one)
    head = turn.phrase("closing_status", person, erased=len(proofs), left=left)
    return "\n".join([head, *(f"{number}. {found.proof}" for number, found in enumerate(proofs, start=1))])


def open_youngsters(ask: Asked) -> tuple[Option, ...]:
    group_id = _of(ask)
    found = closing.undecided(ask.turn, group_id) if group_id else []
    return tuple(Option(handle.named(ask.turn, ask.person, YOUTH, one.id), str(one.name)) for one in found)


def ways(ask: Asked) -> tuple[Option, ...]:
    group_id = _of(ask)
    if group_id is None:
        return ()
    return tuple(
        Option(handle.named(ask.turn, ask.person, TO, room.id), room.name)
        for room in _others(ask.turn, group_id)
    )


def _others(turn: Turn, group_id: int, closes_on: date | None = None) -> list[waiting.Room]:
    """Where youngsters of this group could go."""
    return closing_way.rooms(turn, group_id, closes_on)


def _goodbye(ask: Asked) -> bool:
    number = ask.state.subject.get("youth")
    return bool(number) and rules.alone(phases.phase_of(ask.turn.conn, number or 0)) == "outflow"


def _names(found: list[Person]) -> Words:
    return Words(", ".join(str(one.name) for one in found))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "closing_name": lambda ask: meetings.group_name(ask.turn.conn, number) if (number := _of(ask)) else "",
    "closing_days": days,
    "closing_who": who,
    "closing_preview": preview,
    "closing_on": lambda ask: (
        closing_news.day_of(ask.turn, ask.person, one.closes_on) if (one := _closing(ask)) else ""
    ),
    "closing_lines": lines,
    "closing_status": status,
    "closing_open": open_youngsters,
    "closing_has_open": lambda ask: bool(open_youngsters(ask)),
    "closing_rooms": ways,
    "closing_says_goodbye": _goodbye,
}
