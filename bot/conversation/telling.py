"""Telling a group that an evening changed: once each, seen or not, and who has to be called two hours before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import news_of_evening, planning, quieting, relay, scary, talk
from bot.conversation.news_of_evening import News
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.schedule.evenings import evenings
from bot.storage import admissions, changes, due, halts, meetings, people
from bot.storage.changes import Made
from bot.storage.due import Due
from bot.storage.errands import Errand
from bot.storage.people import Person
from dialogs.text import Span

MOVED, CANCELLED = "meeting_moved", "meeting_cancelled"
UNOPENED = "change_unopened"
TOLD: frozenset[str] = frozenset({MOVED, CANCELLED})
CALL_BEFORE = timedelta(hours=2)
"""So long before the evening the professional hears who has not opened it: there is still time to call."""
TELL_BEFORE = timedelta(hours=3)
"""A message that waits for the end of the quiet hours goes out at least so long before; else it goes at once."""


def audience(turn: Turn, group_id: int) -> list[Person]:
    """The youngsters who come to the evenings of a group, by name; not who was halted."""
    halted = halts.halted(turn.conn)
    found = [one for one in people.youngsters_in(turn.conn, group_id) if one.id not in halted]
    coming = admissions.belongs_to_evenings(turn.conn, [one.id for one in found])
    found = [one for one in found if one.id in coming]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def reached(turn: Turn, one: Person) -> bool:
    """Whether a message can arrive there now."""
    account = people.account_of(turn.conn, one.id)
    return account is not None and account.state == "active"


def carry_out(turn: Turn, made: Made, news: News, actor: Person, to: list[Person]) -> None:
    """A change was kept: the evenings follow, the group is told, the colleagues too, and the list is planned.

    *to*: who is told; everybody, or of something that was taken back those who had heard of it.
    """
    had_answered = answered(turn, news)
    promised = [
        wish for day in _days(turn, made, news) for wish in scary.promised_for(turn, made.group_id, day)
    ]
    planning.plan_evenings(turn, made.group_id)
    scary.ask_again(turn, promised)
    _drop_waiting(turn, made)
    first, last = moments(turn, news)
    for one in people.youngsters_in(turn.conn, made.group_id):
        planning.plan_for(turn, one)
    for one in to:
        kind = CANCELLED if news.kind in ("cancelled", "extra_gone", "stop") else MOVED
        about = {made.what: made.id, "answered": int(one.id in had_answered)}
        moment = tell_at(turn, one, kind, first)
        due.plan(turn.conn, one.id, kind, _occurrence(made), moment, last, about, turn.now)
        if news.rhythm is None or news.asks:
            _drop_asked(turn, one)
    _tell_leaders(turn, made, news, actor, first, heard=bool(to))
    if to and first is not None:
        moment = max(turn.now, first - CALL_BEFORE)
        for leader in people.staff_of_group(turn.conn, made.group_id):
            about = {made.what: made.id}
            due.plan(turn.conn, leader.id, UNOPENED, _occurrence(made), moment, first, about, turn.now)


def moments(turn: Turn, news: News) -> tuple[datetime | None, datetime | None]:
    """From when somebody could stand before a closed door, and until when the message is of use."""
    if news.rhythm is not None:
        first = news_of_evening.first_different(turn, news.group_id, news.rhythm, news.step)
        # The message holds for every evening after it, so it is of use for ever.
        return first, None
    if news.stop is not None:
        settings = turn.world.settings
        calendar = news_of_evening.calendar_of(turn, news.group_id)
        if news.step == "made":
            # Before it was decided people would have come.
            calendar = replace(calendar, stops=tuple(one for one in calendar.stops if one != news.stop))
        found = evenings(calendar, news.stop.since, news.stop.until, settings.zone)
        starts = [one.starts_at for one in found if one.is_held and one.starts_at > turn.now]
        return (min(starts), min(starts)) if starts else (None, None)
    starts = [one.starts_at for one in news.spans if one.is_held and one.starts_at > turn.now]
    return (min(starts), max(starts)) if starts else (None, None)


def tell_at(turn: Turn, youth: Person, kind: str, first: datetime | None) -> datetime:
    """Outside quiet hours, unless it is too close to the evening for that."""
    moment = quieting.free_moment(turn, youth, kind, turn.now, "asks")
    return turn.now if first is not None and moment > first - TELL_BEFORE else moment


# What happens at its moment


def tell(turn: Turn, youth: Person, one: Due) -> str:
    """The message to one youngster; a change that was taken back meanwhile was never told."""
    made = current(turn, one)
    if made is None:
        return "undone"
    if not any(other.id == youth.id for other in audience(turn, made.group_id)):
        # They stopped, or went to another group, while it waited for the morning.
        return "left"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_after=one.not_after,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", youth),
    )
    begun = talk.begin(turn, youth, "meeting_changed", one.subject, opening, foreground=False)
    if begun is None:
        return "not_reachable"
    changes.note_told(turn.conn, made, made.step, youth.id, turn.now)
    return "sent"


def call(turn: Turn, leader: Person, one: Due) -> str:
    """The professional hears that somebody has not opened it; the names come after the code."""
    made = change_of(turn, one)
    if made is None or _occurrence(made) != one.occurrence:
        return "undone"
    if not any(number == made.group_id for number, _ in people.groups_of(turn.conn, leader.id)):
        return "left"
    if not unopened(turn, made):
        return "everybody_opened"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_after=one.not_after,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_relay", leader),
    )
    begun = talk.begin(turn, leader, UNOPENED, {made.what: made.id}, opening, foreground=False)
    return "sent" if begun is not None else "not_reachable"


def unopened(turn: Turn, made: Made) -> list[Person]:
    """Who has to be called: the youngsters whom it concerns and who have not opened it."""
    opened = changes.opened(turn.conn, made, made.step)
    found = [one for one in audience(turn, made.group_id) if one.id not in opened]
    if made.step == "made":
        return found
    # What was taken back concerns only who had heard of it.
    heard = changes.told(turn.conn, made, "made")
    return [one for one in found if one.id in heard]


def current(turn: Turn, one: Due | Errand) -> Made | None:
    """The change a message is about, as it still stands; none when it was taken back meanwhile."""
    made = change_of(turn, one)
    if made is None or _occurrence(made) != one.occurrence:
        return None
    if made.rhythm is not None and made.step == "made":
        # Of two weekdays only the newest is news.
        newest = changes.rhythm(turn.conn, made.group_id)
        return made if newest is not None and newest.id == made.id else None
    return made


def change_of(turn: Turn, one: Due | Errand) -> Made | None:
    """The change a message is about, whatever became of it."""
    return changes.named_in(turn.conn, one.subject)


def _days(turn: Turn, made: Made, news: News) -> list[str]:
    """The names of the evenings that are not what they were."""
    if made.change is not None:
        return [made.change.day.isoformat()]
    if news.rhythm is None:
        return []
    since = min(news.rhythm.since, news.rhythm.first)
    until = turn.now + planning.AHEAD
    found = meetings.between(turn.conn, made.group_id, turn.now, until, held=False)
    return [one.local_date for one in found if one.local_date >= since.isoformat()]


def _occurrence(made: Made) -> str:
    return f"{made.what}:{made.id}:{made.step}"


def answered(turn: Turn, news: News) -> set[int]:
    """Who said something about the old moment, and is asked anew."""
    evening = news.before or news.after
    row = (
        meetings.named(turn.conn, news.group_id, evening.day.isoformat())
        if evening is not None and news.asks
        else None
    )
    return set(meetings.answers(turn.conn, row.id)) if row else set()


def _drop_waiting(turn: Turn, made: Made) -> None:
    """What was not told yet about a change that is taken back stays untold."""
    if made.step == "made":
        return
    untold = f"{made.what}:{made.id}:made"
    for one in people.youngsters_in(turn.conn, made.group_id):
        for kind in TOLD:
            due.cancel(turn.conn, one.id, kind, untold, turn.now, "undone")
    for leader in people.staff_of_group(turn.conn, made.group_id):
        due.cancel(turn.conn, leader.id, UNOPENED, untold, turn.now, "undone")


def _drop_asked(turn: Turn, one: Person) -> None:
    """The message asks who comes: the reminder that would ask the same in the same minute stays away."""
    for other in due.waiting_of(turn.conn, one.id):
        if other.kind == "meeting_48h" and other.not_before <= turn.now:
            due.cancel(turn.conn, one.id, other.kind, other.occurrence, turn.now, "changed")


def _tell_leaders(
    turn: Turn, made: Made, news: News, actor: Person, first: datetime | None, *, heard: bool
) -> None:
    """Who leads the group hears what somebody else decided: in working hours, unless that is too late."""
    moment = relay.reading_moment(turn)
    if first is not None and moment > first - TELL_BEFORE:
        moment = turn.now
    for leader in people.staff_of_group(turn.conn, made.group_id):
        if leader.id == actor.id:
            continue
        words = turn.phrase(
            "change_by_colleague",
            leader,
            staff_name=actor.name,
            group=meetings.group_name(turn.conn, made.group_id),
            said=news_of_evening.said(turn, leader, news),
            heard=heard,
        )
        opening = Opening(
            lane=Lane.RELAY,
            promise=Promise.AT_LEAST_ONCE,
            not_before=moment,
            silent=True,
            dedupe_key=f"{_occurrence(made)}:{leader.id}",
        )
        turn.tell(leader, Message((Span(words),)), opening)
