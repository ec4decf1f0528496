"""That a group meets somewhere else: told to each youngster at a moment that suits, as it holds by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.conversation import changing, quieting, talk, telling, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import Deed, Outcome
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.evenings import Evening
from bot.storage import calendars, due, errands, meetings
from bot.storage import places as storage
from bot.storage.due import Due
from bot.storage.errands import Errand
from bot.storage.people import Person
from bot.storage.places import Change
from dialogs.words import Words

KIND = "place_moved"
"""The kind of the moment, and the name of the dialog."""
MADE, UNDONE = "made", "undone"


def plan(turn: Turn, one: Change, group_ids: Iterable[int]) -> None:
    """Everybody who comes to these groups hears of the change. Taken back before they heard, they hear nothing."""
    for group_id in group_ids:
        spared = _unheard(turn, one, group_id) if one.undone else set()
        for youth in telling.audience(turn, group_id):
            if youth.id in spared:
                continue
            about = {"place_change": one.id, "group": group_id}
            moment = quieting.free_moment(turn, youth, KIND, turn.now, "asks")
            due.plan(turn.conn, youth.id, KIND, _occurrence(one, group_id), moment, None, about, turn.now)


def tell(turn: Turn, youth: Person, one: Due) -> str:
    """The message to one youngster."""
    why = why_not(turn, youth, one)
    if why is not None:
        return why
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", youth),
    )
    begun = talk.begin(turn, youth, KIND, one.subject, opening, foreground=False)
    return due.SENT if begun is not None else "not_reachable"


def why_not(turn: Turn, youth: Person, one: Due | Errand) -> str | None:
    """Why this is no news to somebody any more, in one word as in ``moments``; none when it is."""
    group_id = one.subject["group"]
    change = storage.find(turn.conn, one.subject["place_change"])
    if change is None or _occurrence(change, group_id) != one.occurrence:
        return "undone"
    if not _is_of(turn, youth, group_id):
        return "left"
    if not words(turn, youth, change, group_id):
        return "over"
    # What is said is how it stands now: of two about the same place the newest says it all.
    newer: list[Due] | list[Errand]
    if isinstance(one, Errand):
        newer = errands.newer(turn.conn, one)
    else:
        waiting = due.waiting_of(turn.conn, youth.id)
        newer = [other for other in waiting if other.kind == KIND and other.id > one.id]
    about = _place(turn, change, group_id)
    for other in newer:
        later = storage.find(turn.conn, other.subject["place_change"])
        if later is not None and _place(turn, later, other.subject["group"]) == about:
            return "said_once"
    return None


def words(turn: Turn, reader: Person, one: Change, group_id: int) -> str:
    """What is said of a change that was kept or taken back, as it stands now; empty when it concerns no evening."""
    number = _place(turn, one, group_id)
    now = calendars.place_of(turn.conn, group_id, number or None)
    will = {"name": now.name, "place": now.place, "address": now.address}
    return said(turn, reader, group_id, will, number, again=one.undone)


def said(
    turn: Turn, reader: Person, group_id: int, will: Mapping[str, str], number: int, *, again: bool = False
) -> str:
    """Where the group meets, at a place like *will*: always, or on its evenings at place *number* when not 0."""
    days = evenings_at(turn, group_id, number) if number else []
    if number and not days:
        return ""
    return turn.phrase(
        "place_news_once" if number else "place_news_always",
        reader,
        group=meetings.group_name(turn.conn, group_id),
        place=f"{will['name']}, {will['place']}",
        address=will["address"],
        period=", ".join(wording.day(turn, reader, one.starts_at) for one in days),
        again=again,
    )


def number_of(turn: Turn, group_id: int, location_id: int) -> int:
    """0 when the group always meets at this place, else the number of the place."""
    usual = int(storage.column(turn.conn, "group", group_id, "location_id"))
    return 0 if location_id == usual else location_id


def evenings_at(turn: Turn, group_id: int, location_id: int) -> list[Evening]:
    """The coming evenings for which somebody chose this place."""
    found = changing.coming(turn, group_id, changing.STOPS_WITHIN)
    return [one for one in found if one.is_held and one.location == location_id]


def _occurrence(one: Change, group_id: int) -> str:
    return f"{one.id}:{group_id}:{UNDONE if one.undone else MADE}"


def _place(turn: Turn, one: Change, group_id: int) -> int:
    return number_of(turn, group_id, one.row_id) if one.about == "location" else 0


def _is_of(turn: Turn, youth: Person, group_id: int) -> bool:
    return any(other.id == youth.id for other in telling.audience(turn, group_id))


def _unheard(turn: Turn, one: Change, group_id: int) -> set[int]:
    """Take back what was not told yet, also of who left the group meanwhile; whose it was."""
    untold = f"{one.id}:{group_id}:{MADE}"
    waiting = due.cancel_everywhere(turn.conn, KIND, untold, turn.now, "undone")
    return waiting | errands.drop_everywhere(turn.conn, KIND, untold)


# What the dialog does and shows


def open_news(deed: Deed) -> Outcome:
    """Whether there is still something to read for who tapped."""
    return Outcome("news" if _read(deed.turn, deed.person, deed.session.state.subject) else "over")


def _read(turn: Turn, person: Person, subject: Mapping[str, int]) -> str:
    change, group_id = storage.find(turn.conn, subject.get("place_change", 0)), subject.get("group", 0)
    if change is None or not _is_of(turn, person, group_id):
        return ""
    return words(turn, person, change, group_id)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"open_place_news": open_news}
LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "place_news": lambda ask: Words(_read(ask.turn, ask.person, ask.state.subject)),
}
