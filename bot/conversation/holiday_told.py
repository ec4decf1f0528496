"""What youngsters hear of a holiday of their professional: beforehand, with names and days; once when it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

from bot.conversation import quieting, talk, unread
from bot.conversation.asked import Asked
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.programme import cover, holiday_news, lifecycle
from bot.programme.cover import AGAIN_BEFORE, ASK_BEFORE, Stretch
from bot.programme.holiday_news import HolidayNews
from bot.schedule.escalation import next_working_day
from bot.schedule.local import to_utc
from bot.storage import due, holidays, people, phases
from bot.storage.due import Due
from bot.storage.holidays import Holiday
from bot.storage.people import Person
from dialogs.words import Words

KIND = "holiday_told"
TOLD_AT = time(16)
WHILE_CHOOSING = timedelta(minutes=30)
"""Somebody who plans a holiday of next week is about to say who reads: one message then, not two."""


def news_for(turn: Turn, one: Holiday, youth: Person) -> HolidayNews:
    """What holds for a youngster now."""
    if one.withdrawn_at is not None:
        return HolidayNews("off", one.days)
    if one.ends_at <= turn.now and turn.today <= one.days.last:
        return HolidayNews("back", one.days)
    settings, pair = turn.world.settings, people.looked_after_by(turn.conn, youth.id)
    # Every day of it, also what is past: the same news stays the same while it runs.
    working = cover.workdays(one.days, settings.working_hours, settings.zone)
    missing = holidays.unread(turn.conn, pair.values(), working, turn.now)
    reader = one.reader_id if one.reads == "colleague" else pair.get("backup")
    away = holidays.away(turn.conn, [reader], working, accounts=True) if reader else {}
    if reader is not None and working and set(away[reader]) >= set(working):
        reader = None
    return HolidayNews("away", one.days, reader, cover.runs(missing, list(working)))


def is_time(turn: Turn, one: Holiday) -> bool:
    """Two weeks before when it is known who reads, one week before in any case."""
    ahead = one.days.first - turn.today
    return ahead <= (ASK_BEFORE if one.reads is not None else AGAIN_BEFORE)


def plan(turn: Turn, one: Holiday, *, at_once: bool = True) -> None:
    """Plan the message for everybody to whom it is news. Twice changes nothing."""
    own = {youth.id: youth for youth in people.youngsters_of(turn.conn, one.person_id)}
    for number, youth in own.items():
        earlier = holidays.told(turn.conn, one.id, number)
        if not _hears(turn, youth) or (not earlier and not is_time(turn, one)):
            continue
        if not holiday_news.is_news(news_for(turn, one, youth), earlier[-1] if earlier else None):
            continue
        if any(w.kind == KIND and w.subject["absence"] == one.id for w in due.waiting_of(turn.conn, number)):
            continue
        moment = quieting.free_moment(turn, youth, KIND, _from(turn, one, at_once=at_once), "asks")
        about = {"absence": one.id}
        due.plan(turn.conn, number, KIND, f"{one.id}:{turn.now.isoformat()}", moment, None, about, turn.now)


def tell(turn: Turn, youth: Person, one: Due) -> str:
    """Its moment came: what holds now is said, if it is news to this youngster."""
    number = noted(turn, youth, one)
    if isinstance(number, str):
        return number
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", youth),
    )
    begun = talk.begin(turn, youth, KIND, {KIND: number}, opening, foreground=False)
    if begun is None:
        holidays.untold(turn.conn, number)
        return "not_reachable"
    return due.SENT


def noted(turn: Turn, youth: Person, one: Due) -> int | str:
    """Keep what this youngster hears now, and its number; else why there is nothing to hear."""
    found = holidays.find(turn.conn, one.subject["absence"])
    pair = people.looked_after_by(turn.conn, youth.id)
    if found is None or pair.get("main") != found.person_id or turn.today > found.days.last:
        return "over"
    earlier = holidays.told(turn.conn, found.id, youth.id)
    news = news_for(turn, found, youth)
    if not _hears(turn, youth) or not holiday_news.is_news(news, earlier[-1] if earlier else None):
        return "no_news"
    return holidays.note_told(turn.conn, found.id, youth.id, news, turn.now)


def stands(turn: Turn, youth: Person, about: Mapping[str, int]) -> bool:
    """Whether what a person is to tell still holds: the holiday, its days, and who is there instead."""
    one = holidays.find(turn.conn, about["absence"])
    told = holidays.news_of(turn.conn, about[KIND])
    if one is None or told is None or turn.today > one.days.last:
        return False
    if people.looked_after_by(turn.conn, youth.id).get("main") != one.person_id:
        return False
    return news_for(turn, one, youth).dump() == told[1].dump()


def words_for(turn: Turn, reader: Person, about: Mapping[str, int]) -> dict[str, Any]:
    """The same news for whoever tells it in person."""
    one, told = holidays.find(turn.conn, about["absence"]), holidays.news_of(turn.conn, about[KIND])
    if one is None or told is None:
        return {}
    news = told[1]
    return {
        "news": news.kind,
        "professional": people.load(turn.conn, one.person_id).name,
        "first": unread.day_of(turn, reader, news.days.first),
        "last": unread.day_of(turn, reader, news.days.last),
        "one": news.days.first == news.days.last,
        "reader": people.load(turn.conn, news.reader_id).name if news.reader_id is not None else "",
        "period": ", ".join(unread.said(turn, reader, run) for run in news.unread),
    }


def _last_day(turn: Turn, one: Holiday, last: date) -> date:
    """The day before they are back: holidays that follow on each other are one, also with a weekend in between."""
    settings = turn.world.settings
    for other in holidays.of_person(turn.conn, one.person_id, turn.now):
        between = Stretch(last + timedelta(days=1), other.days.first - timedelta(days=1))
        follows = other.days.first > last and not cover.workdays(
            between, settings.working_hours, settings.zone
        )
        last = other.days.last if follows else last
    return last


def _hears(turn: Turn, youth: Person) -> bool:
    account = people.account_of(turn.conn, youth.id)
    reached = youth.state == "active" and account is not None and account.state == "active"
    # Who has no account hears it from a person.
    if not reached and youth.state != people.ASSISTED:
        return False
    return phases.phase_of(turn.conn, youth.id) not in lifecycle.NO_REMINDERS


def _from(turn: Turn, one: Holiday, *, at_once: bool) -> Any:
    if not at_once:
        return max(turn.now, to_utc(turn.today, TOLD_AT, turn.world.settings.zone))
    return turn.now + WHILE_CHOOSING if one.reads is None and one.withdrawn_at is None else turn.now


# Facts


def said(ask: Asked) -> Words:
    """The whole message: who, from when until when, who reads, and the days on which perhaps nobody does."""
    turn, reader = ask.turn, ask.person
    found = holidays.news_of(turn.conn, ask.state.subject.get(KIND, 0))
    one = holidays.find(turn.conn, found[0]) if found else None
    if found is None or one is None:
        return Words("")
    _, news, again = found
    own = people.load(turn.conn, one.person_id).name
    first, last = (unread.day_of(turn, reader, day) for day in (news.days.first, news.days.last))
    if news.kind != "away":
        return Words(turn.phrase(f"holiday_{news.kind}", reader, professional=own, first=first))
    settings = turn.world.settings
    noon = to_utc(_last_day(turn, one, news.days.last), time(12), settings.zone)
    back = next_working_day(noon, settings.working_hours, settings.zone).astimezone(settings.zone).date()
    lines = [turn.phrase("holiday_again", reader)] if again else []
    lines.append(
        turn.phrase(
            "holiday_away",
            reader,
            professional=own,
            first=first,
            last=last,
            one=news.days.first == news.days.last,
        )
    )
    if news.reader_id is not None:
        name = people.load(turn.conn, news.reader_id).name
        lines.append(turn.phrase("holiday_reader", reader, reader=name))
    if news.unread:
        days = "\n".join(f"• {unread.said(turn, reader, run)}" for run in news.unread)
        lines.append(turn.phrase("holiday_nobody", reader, period=days))
    day = unread.day_of(turn, reader, back)
    lines.append(turn.phrase("holiday_back_on", reader, professional=own, day=day))
    return Words("\n\n".join(lines))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {"holiday_news": said}
