"""Changing an evening by chat: look, choose, read exactly what will be sent to whom, and only then send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.conversation import handle, news_of_evening, paging, telling
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, code_is_open
from bot.conversation.news_of_evening import News, calendar_of
from bot.conversation.turn import Turn
from bot.schedule.evenings import (
    Calendar,
    Change,
    Evening,
    Stop,
    evening,
    evenings,
    refusal,
    standing,
    stop_refusal,
    undo_refusal,
)
from bot.schedule.rhythm import Rhythm
from bot.storage import calendars, changes, meetings, people, waiting
from bot.storage.changes import Made
from bot.storage.people import Person
from dialogs.state import State
from dialogs.words import Words

EVENING, STOP, GROUP, PLACE = "evening", "stop", "evening_group", "place"
"""Purposes of handles; that of an evening carries the group, and its number is the day."""
SHOWN = 8
SHOWN_WITHIN = timedelta(days=150)
STOPS_WITHIN = timedelta(days=400)
SAME = "same"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is about to be decided: a new change, stop or rhythm, or one that is taken back."""

    one: Change | Stop | Rhythm | None
    made: Made | None
    reason: str


def groups(turn: Turn, person: Person) -> list[tuple[int, str]]:
    """The groups whose evenings somebody may change: their own, or all of the organisation."""
    if person.role == "coordinator" and person.organisation_id is not None:
        return meetings.groups_of_organisation(turn.conn, person.organisation_id)
    return people.groups_of(turn.conn, person.id)


def coming(turn: Turn, group_id: int, within: timedelta = SHOWN_WITHIN) -> list[Evening]:
    """The evenings that are not over, also those that do not go on."""
    found = evenings(calendar_of(turn, group_id), turn.today, turn.today + within, turn.world.settings.zone)
    return [one for one in found if one.ends_at > turn.now]


def chosen(turn: Turn, state: State) -> Evening | None:
    """The evening the dialog is about."""
    if not state.subject.get("evening"):
        return None
    day = date.fromordinal(state.subject["evening"])
    return evening(calendar_of(turn, state.subject["group"]), day, turn.world.settings.zone)


def wanted(turn: Turn, person: Person, state: State) -> Wanted | None:
    """What the answers so far ask for; none when they ask for nothing that exists."""
    group_id, answers = state.subject.get("group"), state.answers
    if group_id is None:
        return None
    words = reason_in(state)
    if answers.get("evening") == "stop":
        stop = _stop(turn, group_id, answers.get("stop_from"), answers.get("stop_until"))
        return Wanted(stop, None, words) if stop else None
    if state.subject.get("stop"):
        made = changes.load(turn.conn, "stop", state.subject["stop"])
        return Wanted(None, made, words) if made and made.undone_at is None else None
    if answers.get("evening") == "extra":
        return _extra(turn, group_id, state, words)
    one = chosen(turn, state)
    if one is None:
        return None
    if answers.get("wish") == "undo":
        made = changes.topmost(turn.conn, group_id, one.day)
        return Wanted(None, made, words) if made else None
    change = _change(turn, person, one, state)
    return Wanted(change, None, words) if change else None


def news_of(turn: Turn, actor: Person, group_id: int, found: Wanted) -> News | None:
    """What the group will read when *actor* decides this."""
    if found.made is not None:
        return news_of_evening.undoing(turn, actor, found.made, found.reason)
    if found.one is None:
        return None
    return news_of_evening.planned(turn, actor, group_id, found.one, found.reason)


def receivers(turn: Turn, group_id: int, found: Wanted) -> list[Person]:
    """Who is told: everybody; of what is taken back only who had heard of it."""
    everybody = telling.audience(turn, group_id)
    if found.made is None:
        return everybody
    heard = changes.told(turn.conn, found.made, "made")
    return [one for one in everybody if one.id in heard]


# What the dialog does


def open_evenings(deed: Deed) -> Outcome:
    return only_group(deed, _into)


def pick_group(deed: Deed) -> Outcome:
    return picked_group(deed, _into)


def only_group(deed: Deed, into: Callable[[Deed, int], Outcome]) -> Outcome:
    """*into* the group somebody may change; ``several`` or ``none`` when there is not just one."""
    found = groups(deed.turn, deed.person)
    if len(found) != 1:
        return Outcome("several" if found else "none")
    return into(deed, found[0][0])


def picked_group(deed: Deed, into: Callable[[Deed, int], Outcome]) -> Outcome:
    """*into* the group that was tapped."""
    group_id = handle.meant(deed.turn, deed.person, GROUP, deed.answer("evening_group"))
    return into(deed, group_id) if group_id is not None else GONE


def look_again(deed: Deed) -> Outcome:
    """Back to the list: what was chosen before counts no more."""
    group_id = deed.session.state.subject.get("group")
    return _into(deed, group_id) if group_id is not None else GONE


def pick_evening(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    turn, person, token = deed.turn, deed.person, deed.answer("evening")
    group_id = deed.row("group")
    if not turn.allowed(person, "change_meeting", about_group(turn, person, group_id)):
        return GONE
    number = handle.meant(turn, person, f"{EVENING}:{group_id}", token)
    if number is not None:
        return Outcome("ok", {"evening": number, "stop": 0})
    number = handle.meant(turn, person, f"{STOP}:{group_id}", token)
    return Outcome("stop", {"stop": number, "evening": 0}) if number is not None else GONE


def draft_change(deed: Deed) -> Outcome:
    """Whether it can be done at all; nothing is kept yet."""
    refused = _refused(deed)
    return Outcome(refused) if refused else OK


def send_change(deed: Deed) -> Outcome:
    """Keep it, move the evenings, and tell the group. The second of two people is told instead."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    group_id = deed.row("group")
    calendars.lock(turn.conn, group_id)
    if not turn.allowed(person, "change_meeting", about_group(turn, person, group_id)):
        return GONE
    if changes.version(turn.conn, group_id) != deed.row("version"):
        return Outcome("changed")
    refused = _refused(deed)
    found = wanted(turn, person, deed.session.state)
    news = news_of(turn, person, group_id, found) if found else None
    if refused or found is None or news is None:
        return Outcome(refused or "gone")
    to = receivers(turn, group_id, found)
    made = keep(turn, person, group_id, found)
    if made is None:
        return Outcome("changed")
    turn.note(person, f"{news.kind}_meeting", "group", group_id, None)
    telling.carry_out(turn, made, news, person, to)
    return Outcome("sent", {"told": len(to), "version": changes.version(turn.conn, group_id)})


def keep(turn: Turn, person: Person, group_id: int, found: Wanted) -> Made | None:
    """Write down what was decided; none when somebody took it back meanwhile."""
    if found.made is not None:
        if not changes.undo(turn.conn, found.made, person.id, turn.now, found.reason):
            return None
        return changes.load(turn.conn, found.made.what, found.made.id)
    if found.one is None:
        return None
    number = changes.add(turn.conn, group_id, found.one, found.reason, person.id, turn.now)
    what: changes.What = "rhythm" if isinstance(found.one, Rhythm) else "change"
    return changes.load(turn.conn, "stop" if isinstance(found.one, Stop) else what, number)


def _into(deed: Deed, group_id: int) -> Outcome:
    turn, person = deed.turn, deed.person
    if not turn.allowed(person, "change_meeting", about_group(turn, person, group_id)):
        return GONE
    version = changes.version(turn.conn, group_id)
    lists = paging.first(("day", "stop_from", "stop_until"))
    return Outcome("ok", {"group": group_id, "evening": 0, "stop": 0, "version": version, **lists})


def _refused(deed: Deed) -> str:
    turn, state = deed.turn, deed.session.state
    found = wanted(turn, deed.person, state)
    if found is None:
        return "gone"
    calendar = calendar_of(turn, deed.row("group"))
    if isinstance(found.one, Stop):
        why = stop_refusal(calendar.stops, found.one, turn.today)
        return why or ("standing" if in_stop(turn, calendar, found.one) else "")
    if isinstance(found.one, Change):
        why = refusal(calendar, found.one, turn.world.settings.zone, turn.now)
        return {"nothing": "gone"}.get(why, why) if why else ""
    news = news_of(turn, deed.person, deed.row("group"), found)
    if news is None or news.stop is not None:
        return ""
    for one in news.spans:
        if one.is_held and one.starts_at <= turn.now:
            return "over"
    made = found.made.change if found.made is not None else None
    return undo_refusal(calendar, made, turn.world.settings.zone) or "" if made is not None else ""


def in_stop(turn: Turn, calendar: Calendar, stop: Stop) -> list[Evening]:
    """The evenings that would go on within a stop, while the group reads that there are none."""
    return [one for one in standing(calendar, stop, turn.world.settings.zone) if one.ends_at > turn.now]


def _change(turn: Turn, person: Person, one: Evening, state: State) -> Change | None:
    answers, zone = state.answers, turn.world.settings.zone
    begins, ends = (moment.astimezone(zone) for moment in (one.starts_at, one.ends_at))
    match answers.get("wish"):
        case "cancel":
            return Change("cancelled", one.day)
        case "hold":
            return Change("held", one.day)
        case "place":
            place = handle.meant(turn, person, PLACE, answers.get("place"))
            if place is None or not _may_choose(turn, state.subject.get("group", 0), place):
                return None
            return Change("moved", one.day, one.on, begins.time(), ends.time(), place)
        case "move":
            day = day_in(answers.get("day"))
            start = clock_in(answers.get("time"), begins.time())
            if day is None or start is None:
                return None
            return Change("moved", one.day, day, start, plus(start, one.ends_at - one.starts_at))
        case _:
            return None


def _may_choose(turn: Turn, group_id: int, location_id: int) -> bool:
    """Whether it is still a place of the group's organisation: it may be retired since the button was shown."""
    organisation_id = waiting.room(turn.conn, group_id).organisation_id
    return any(one.id == location_id for one in calendars.places(turn.conn, organisation_id))


def _extra(turn: Turn, group_id: int, state: State, reason: str) -> Wanted | None:
    series = calendar_of(turn, group_id).series
    usual = series[-1] if series else None
    starts, ends = (usual.starts, usual.ends) if usual else (time(19), time(22))
    day, start = day_in(state.answers.get("day")), clock_in(state.answers.get("time"), starts)
    if day is None or start is None:
        return None
    length = datetime.combine(day, ends) - datetime.combine(day, starts)
    return Wanted(Change("extra", day, day, start, plus(start, length % timedelta(days=1))), None, reason)


def _stop(turn: Turn, group_id: int, first: object, again: object) -> Stop | None:
    """From the first evening that does not go on until the day before the one they meet again."""
    since, back = day_in(first), day_in(again)
    return Stop(since, back - timedelta(days=1)) if since and back and since < back else None


def reason_in(state: State) -> str:
    """What was typed, or the label of what was tapped instead."""
    said = state.answers.get("reason")
    if isinstance(said, Words):
        return str(said)
    return str(state.labels.get("reason", said)) if isinstance(said, str) else ""


def day_in(answer: object) -> date | None:
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def clock_in(answer: object, usual: time) -> time | None:
    text = str(answer)
    if text == SAME:
        return usual
    try:
        return time(int(text[:2]), int(text[2:]))
    except ValueError:
        return None


def plus(start: time, length: timedelta) -> time:
    return (datetime.combine(date.min, start) + length).time()


def said_in(ask: Asked) -> Wanted | None:
    """The same for a sentence of the dialog."""
    return wanted(ask.turn, ask.person, ask.state)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_evenings": open_evenings,
    "pick_evening_group": pick_group,
    "look_at_evenings": look_again,
    "pick_evening": pick_evening,
    "draft_change": draft_change,
    "send_change": send_change,
}
