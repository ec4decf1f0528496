"""The waiting list: an honest number, a day on which something is heard, a way off. A person gives a place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from bot.conversation import (
    colleague_link,
    handle,
    phase_moves,
    place_news,
    relay,
    sign_of_life,
    unread,
    wording,
)
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, about_youth, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import capacity
from bot.programme.lifecycle import Move, Phase
from bot.schedule.local import to_utc
from bot.storage import admissions, chats, people, phases, waiting
from bot.storage.people import Person
from bot.storage.waiting import Place
from dialogs.effects import Option
from dialogs.words import Words

NEWS = "waiting_news"
OWN_WISH = "own_wish"
GIVEN: dict[Phase, str] = {"trial": "fits", "participating": "from_waiting"}
OFF: dict[str, tuple[Phase, str]] = {
    OWN_WISH: ("left", "own_wish"),
    "moved_away": ("left", "moved_away"),
    "referred": ("referred", "other"),
}
"""Why somebody comes off the list, and the move that records it."""


def look_ahead(turn: Turn) -> None:
    """Once a day: the next sign of life of everybody who waits, and a free place for whoever is next."""
    for room in waiting.rooms(turn.conn):
        places = waiting.of_group(turn.conn, room.id)
        for place in places:
            sign_of_life.plan(turn, place)
        if places:
            _propose(turn, room.id, places)


def for_staff(turn: Turn, person: Person, place: Place) -> bool:
    """Who has no account hears it from a person: they are told that it is due. False for who has one."""
    account = people.account_of(turn.conn, person.id)
    if account is not None and account.state == "active" and person.state == "active":
        return False
    _tell(turn, place.group_id, f"due:{place.id}:{place.next_sign_on}")
    return True


def _propose(turn: Turn, group_id: int, places: list[Place]) -> None:
    free = admissions.free_places(turn.conn, group_id)
    for number in capacity.proposed([one.youth_id for one in places], free):
        place = next(one for one in places if one.youth_id == number)
        week = turn.today.isocalendar()
        _tell(turn, group_id, f"free:{place.id}:{week.year}-{week.week}")


def _tell(turn: Turn, group_id: int, key: str) -> None:
    for one in people.staff_of_group(turn.conn, group_id):
        whole = f"waiting:{key}:{one.id}"
        if one.state != "active" or chats.was_put(turn.conn, whole):
            continue
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=relay.reading_moment(turn),
            silent=True,
            dedupe_key=whole,
        )
        turn.begin(one, NEWS, {"group": group_id}, opening)


# What a youngster can do


def leave_waiting(deed: Deed) -> Outcome:
    """Off the list, at once. The professional hears so; for a day it can be undone, at the same number."""
    turn, person = deed.turn, deed.person
    people.locked(turn.conn, person.id)
    place = waiting.of_youth(turn.conn, person.id)
    if place is None or not _moves(turn, person.id, "left", "own_wish", person.id, OWN_WISH):
        return GONE
    relay.notify_staff(turn, person, "waiting_off")
    return Outcome("ok", {"waiting": place.id})


def stay_waiting(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("waiting")
    place = waiting.load(turn.conn, number) if number else None
    if place is None or place.youth_id != person.id or place.why != OWN_WISH:
        return GONE
    if not _takes_back(turn, place, person):
        return GONE
    relay.notify_staff(turn, person, "waiting_back")
    return OK


# What staff can do


def open_waiting(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number = handle.meant(turn, person, "waiting", deed.answer("who"))
    place = waiting.load(turn.conn, number) if number is not None else None
    if place is None or place.ended_at is not None:
        return GONE
    if not turn.allowed(person, "see_waiting", about_group(turn, person, place.group_id)):
        return GONE
    turn.note(person, "see_waiting", "person", place.youth_id, place.youth_id)
    return Outcome("ok", {"waiting": place.id, "youth": place.youth_id})


def give_place(deed: Deed) -> Outcome:
    """A person decides: refused when the group is full, and when somebody was first."""
    turn = deed.turn
    place = _mine(deed)
    phase = str(deed.answer("gives"))
    if place is None or phase not in GIVEN:
        return GONE
    room = admissions.has_room(turn.conn, place.group_id)
    youth = people.locked(turn.conn, place.youth_id)
    place = waiting.load(turn.conn, place.id)
    if place is None or place.ended_at is not None:
        return GONE
    if not room:
        return Outcome("full")
    alone = colleague_link.lacking_for(turn, youth.id) or unread.refused_for(turn, youth)
    if alone is not None:
        return alone
    chosen: Phase = "trial" if phase == "trial" else "participating"
    if not _moves(turn, place.youth_id, chosen, GIVEN[chosen], deed.person.id):
        return GONE
    place_news.given(turn, youth, place)
    return OK


def spoke_waiting(deed: Deed) -> Outcome:
    """A person told them how it stands: the next sign of life is four weeks on."""
    place = _mine(deed)
    if place is None:
        return GONE
    sign_of_life.promised(deed.turn, place)
    return OK


def end_waiting(deed: Deed) -> Outcome:
    turn, place = deed.turn, _mine(deed)
    why = str(deed.answer("off"))
    if place is None or why not in OFF:
        return GONE
    phase, reason = OFF[why]
    if not _moves(turn, place.youth_id, phase, reason, deed.person.id, why):
        return GONE
    return OK


def undo_waiting(deed: Deed) -> Outcome:
    """Undo what the same person did just now: the same number as before. Nothing else is undone with it."""
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("waiting")
    place = waiting.load(turn.conn, number) if number else None
    if place is None or place.ended_at is None:
        return GONE
    if not turn.allowed(person, "give_place", about_youth(turn, person, place.youth_id)):
        return GONE
    return OK if _takes_back(turn, place, person) else GONE


def _mine(deed: Deed) -> Place | None:
    number = deed.session.state.subject.get("waiting")
    place = waiting.load(deed.turn.conn, number) if number else None
    if place is None or place.ended_at is not None:
        return None
    target = about_youth(deed.turn, deed.person, place.youth_id)
    return place if deed.turn.allowed(deed.person, "give_place", target) else None


def _moves(turn: Turn, youth_id: int, phase: Phase, reason: str, by: int, off: str = "") -> bool:
    """Out of *waiting*, with all that follows: the place on the list ends as well."""
    wanted = Move(phase, reason, turn.today, turn.now, by)
    return isinstance(phase_moves.record(turn, youth_id, wanted, off=off), Move)


def _takes_back(turn: Turn, place: Place, person: Person) -> bool:
    """Undo the move with which *person* ended *place*, when it is still the last one."""
    people.locked(turn.conn, place.youth_id)
    history, now = phases.history(turn.conn, place.youth_id), waiting.load(turn.conn, place.id)
    if not history or now is None or now.ended_at is None:
        return False
    if history[-1].by != person.id or history[-1].at != now.ended_at:
        return False
    return isinstance(phase_moves.take_back(turn, place.youth_id, person.id), Move)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "leave_waiting": leave_waiting,
    "stay_waiting": stay_waiting,
    "open_waiting": open_waiting,
    "give_place": give_place,
    "spoke_waiting": spoke_waiting,
    "end_waiting": end_waiting,
    "undo_waiting": undo_waiting,
}


# Facts


def _place(ask: Asked) -> Place | None:
    number = ask.state.subject.get("waiting")
    if number:
        return waiting.load(ask.turn.conn, number)
    return waiting.of_youth(ask.turn.conn, ask.person.id) if ask.person.role == "youth" else None


def number(ask: Asked) -> int:
    """The honest place on the list, from 1; 0 for who does not wait."""
    place = _place(ask)
    if place is None:
        return 0
    waiters = [one.youth_id for one in waiting.of_group(ask.turn.conn, place.group_id)]
    return capacity.number_of(place.youth_id, waiters) or 0


def sign_day(ask: Asked) -> str:
    place = _place(ask)
    return _said(ask, place.next_sign_on) if place else ""


def group_name(ask: Asked) -> str:
    place = _place(ask)
    return waiting.room(ask.turn.conn, place.group_id).name if place else ""


def _of_staff(ask: Asked) -> list[tuple[int, str, list[Place]]]:
    if ask.person.role != "professional":
        return []
    return [
        (group_id, name, found)
        for group_id, name in people.groups_of(ask.turn.conn, ask.person.id)
        if (found := waiting.of_group(ask.turn.conn, group_id))
    ]


def lines(ask: Asked) -> Words:
    """Each group with its free places, and who waits: number, since when, and by when they hear something."""
    turn, said = ask.turn, []
    for group_id, name, places in _of_staff(ask):
        free = admissions.free_places(turn.conn, group_id)
        said.append(turn.phrase("waiting_head", ask.person, group_name=name, free=free))
        for place_number, place in enumerate(places, start=1):
            said.append(
                turn.phrase(
                    "waiting_line",
                    ask.person,
                    number=place_number,
                    youth_name=people.load(turn.conn, place.youth_id).name,
                    day=wording.day(turn, ask.person, place.since),
                    sign=_said(ask, place.next_sign_on),
                    proposed=place_number <= free,
                )
            )
        said.append("")
    return Words("\n".join(said).strip())


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(
            handle.named(ask.turn, ask.person, "waiting", place.id),
            str(people.load(ask.turn.conn, place.youth_id).name),
        )
        for _, _, places in _of_staff(ask)
        for place in places
    )


def free_here(ask: Asked) -> bool:
    place = _place(ask)
    return place is not None and admissions.free_places(ask.turn.conn, place.group_id) > 0


def may_give(ask: Asked) -> bool:
    """Whether this is one of the youngster's own two professionals."""
    place = _place(ask)
    return (
        place is not None and ask.person.id in people.looked_after_by(ask.turn.conn, place.youth_id).values()
    )


def _said(ask: Asked, day: date) -> str:
    return wording.day(ask.turn, ask.person, to_utc(day, time(12), ask.turn.world.settings.zone))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "waiting_number": number,
    "waiting_sign": sign_day,
    "waiting_sent": lambda ask: "sent" in ask.state.subject,
    "waiting_group": group_name,
    "on_waiting_list": lambda ask: _place(ask) is not None and number(ask) > 0,
    "waiting_lines": lines,
    "waiting_options": options,
    "has_waiting": lambda ask: bool(_of_staff(ask)),
    "waiting_free": free_here,
    "waiting_own": may_give,
}
