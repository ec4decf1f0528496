"""Another weekday or time for a group that runs, by chat: chosen, read as it will be sent, and for a day undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.conversation import changing, news_of_evening, paging, planning, telling
from bot.conversation.changing import STOPS_WITHIN, Wanted
from bot.conversation.deed import GONE, Deed, Outcome, about_group, code_is_open
from bot.conversation.group_setup import WEEKDAYS
from bot.conversation.turn import Turn
from bot.programme.lifecycle import UNDO_WITHIN
from bot.schedule import rhythm as rules
from bot.schedule.evenings import Evening
from bot.schedule.rhythm import Rhythm
from bot.schedule.series import Series, span
from bot.storage import calendars, changes
from bot.storage.changes import Made
from dialogs.state import State

FROM = "rhythm_from"
UNDO = "undo"


def starting(turn: Turn, group_id: int) -> list[Evening]:
    """The evenings of the series that have not begun: with each of them something else can begin."""
    series = raw(turn, group_id)
    return [
        one
        for one in changing.coming(turn, group_id, STOPS_WITHIN)
        if one.starts_at > turn.now
        and not one.extra
        and one.state in ("planned", "moved", "cancelled")
        and rules.of_day(series, one.day) is not None
    ]


def raw(turn: Turn, group_id: int) -> tuple[Series, ...]:
    return tuple(calendars.series_of(turn.conn, group_id))


def firsts(turn: Turn, state: State) -> list[date]:
    """The days the new series can begin on; several when both weeks are possible."""
    found = _old(turn, state)
    if found is None:
        return []
    old, since = found
    weekday, start = WEEKDAYS.index(str(state.answers["rhythm_weekday"])), _start(state, old)
    if start is None:
        return []
    if weekday == since.weekday() and start != old.starts:
        return [since]
    zone = turn.world.settings.zone
    same = since if start == old.starts else None
    return [
        day
        for day in rules.firsts(old, since, weekday)
        if day != same and span(day, start, _ends(start, old), zone)[0] > turn.now
    ]


def wanted(turn: Turn, state: State) -> Wanted | None:
    """What the answers so far ask for; none when they ask for nothing that exists."""
    group_id = state.subject.get("group")
    if not group_id:
        return None
    if state.answers.get("rhythm_wish") == UNDO:
        made = changes.rhythm(turn.conn, group_id)
        return Wanted(None, made, changing.reason_in(state)) if made is not None else None
    found = _old(turn, state)
    if found is None:
        return None
    old, since = found
    possible, start = firsts(turn, state), _start(state, old)
    said = changing.day_in(state.answers.get("rhythm_first"))
    first = said if said in possible else possible[0] if len(possible) == 1 else None
    if start is None or first is None:
        return None
    one = rules.turned(raw(turn, group_id), since, first, start, _ends(start, old))
    return Wanted(one, None, changing.reason_in(state)) if one is not None else None


def undoable(turn: Turn, group_id: int) -> Made | None:
    """The newest rhythm, while it can be taken back."""
    made = changes.rhythm(turn.conn, group_id)
    return made if made is not None and not _undo_refusal(turn, made) else None


# What the dialog does


def open_rhythm(deed: Deed) -> Outcome:
    """The group the dialog came from, else the only one there is."""
    if not code_is_open(deed):
        return Outcome("code")
    number = deed.session.state.subject.get("group")
    if number:
        return _into(deed, number)
    return changing.only_group(deed, _into)


def pick_group(deed: Deed) -> Outcome:
    return changing.picked_group(deed, _into)


def weigh(deed: Deed) -> Outcome:
    """Whether two weeks are possible, so that somebody has to say which."""
    possible = firsts(deed.turn, deed.session.state)
    return Outcome("which" if len(possible) > 1 else "clear" if possible else "gone")


def draft(deed: Deed) -> Outcome:
    """Whether it can be done at all; nothing is kept yet."""
    return Outcome(_refused(deed) or "ok")


def send(deed: Deed) -> Outcome:
    """Keep it, let the evenings follow, and tell the group. The second of two people is told instead."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    group_id = deed.row("group")
    calendars.lock(turn.conn, group_id)
    if not turn.allowed(person, "change_meeting", about_group(turn, person, group_id)):
        return GONE
    if changes.version(turn.conn, group_id) != deed.row("version"):
        return Outcome("changed")
    refused, found = _refused(deed), wanted(turn, deed.session.state)
    news = changing.news_of(turn, person, group_id, found) if found else None
    if refused or found is None or news is None:
        return Outcome(refused or "gone")
    to = changing.receivers(turn, group_id, found)
    made = changing.keep(turn, person, group_id, found)
    if made is None or made.rhythm is None:
        return Outcome("changed")
    series = made.rhythm.became if made.step == "made" else made.rhythm.was
    calendars.replace_series(turn.conn, group_id, series)
    turn.note(person, f"{news.kind}_meeting", "group", group_id, None)
    telling.carry_out(turn, made, news, person, to)
    planning.plan_again(turn)
    return Outcome("sent", {"told": len(to), "version": changes.version(turn.conn, group_id)})


def _into(deed: Deed, group_id: int) -> Outcome:
    turn, person = deed.turn, deed.person
    if not turn.allowed(person, "change_meeting", about_group(turn, person, group_id)):
        return GONE
    version = changes.version(turn.conn, group_id)
    return Outcome("ok", {"group": group_id, "version": version, **paging.first((FROM,))})


def _refused(deed: Deed) -> str:
    turn, found = deed.turn, wanted(deed.turn, deed.session.state)
    if found is None:
        return "gone"
    if found.made is not None:
        return _undo_refusal(turn, found.made)
    if not isinstance(found.one, Rhythm):
        return "gone"
    group_id = deed.row("group")
    why = rules.refusal(found.one, turn.world.settings.zone, turn.now, _decided(turn, group_id))
    if why is not None:
        return why
    after = news_of_evening.calendar_of(turn, group_id, found.one.became)
    return "" if news_of_evening.first_new(turn, after, found.one) is not None else "ended"


def _decided(turn: Turn, group_id: int) -> Rhythm | None:
    """The newest rhythm, unless the series were written anew since."""
    made = changes.rhythm(turn.conn, group_id)
    one = made.rhythm if made is not None else None
    return one if one is not None and raw(turn, group_id) == one.became else None


def _undo_refusal(turn: Turn, made: Made) -> str:
    """A new evening that was held stays held, and what was changed about evenings since then would hang in the air."""
    if made.rhythm is None or turn.now - made.at > UNDO_WITHIN or changes.is_changed_since(turn.conn, made):
        return "late_undo"
    if raw(turn, made.group_id) != made.rhythm.became:
        return "late_undo"
    new, zone = made.rhythm.new, turn.world.settings.zone
    return "late_undo" if span(new.first, new.starts, new.ends, zone)[0] <= turn.now else ""


def _old(turn: Turn, state: State) -> tuple[Series, date] | None:
    """The series that changes and the first of its evenings that does."""
    since, group_id = changing.day_in(state.answers.get(FROM)), state.subject.get("group")
    if since is None or not group_id or str(state.answers.get("rhythm_weekday")) not in WEEKDAYS:
        return None
    old = rules.of_day(raw(turn, group_id), since)
    return (old, since) if old is not None else None


def _start(state: State, old: Series) -> time | None:
    return changing.clock_in(state.answers.get("rhythm_time"), old.starts)


def _ends(start: time, old: Series) -> time:
    """As long as it was."""
    length = datetime.combine(date.min, old.ends) - datetime.combine(date.min, old.starts)
    return changing.plus(start, length % timedelta(days=1))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_rhythm": open_rhythm,
    "pick_rhythm_group": pick_group,
    "weigh_rhythm": weigh,
    "draft_rhythm": draft,
    "send_rhythm": send,
}
