"""The month card for paper: what was chosen this month, when the evenings are, and where to turn.

Only titles of steps stand on it, never what somebody said, and no name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bot.age import age_on
from bot.care import helplines
from bot.care.helplines import Helpline
from bot.content import dates
from bot.conversation import assisted, assisted_steps, news_of_evening, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.conversation.world import PRIVATE_FOR
from bot.message import Document, Lane, Message, Promise
from bot.schedule.evenings import Evening, evenings, next_after
from bot.storage import admissions, challenges, due, people, withdrawals
from bot.storage.challenges import Attempt
from bot.storage.people import Person
from dialogs.text import Span

if TYPE_CHECKING:
    from bot.paper.month_card import Card, Line, Mark, Size, Step

NEXT_WITHIN = timedelta(days=120)
MOST_HELP = 4


def send_month_card(deed: Deed) -> Outcome:
    """The card as a document in the professional's own chat, gone from it after a day."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    youth = assisted.mine(turn, person, deed.session.state)
    account = people.account_of(turn.conn, person.id)
    if youth is None or account is None or account.state != "active":
        return GONE
    if assisted.consent(turn, youth) != "given":
        return Outcome("no_consent")
    first = month_of(turn.today, ahead=deed.answer("month") == "next")
    size: Size = "A4" if deed.answer("size") == "a4" else "A6"
    document = draw(turn, youth, first, size)
    said = turn.phrase("month_card_sent", person, size=size)
    row = turn.send(
        person.id, account, Message((Span(said),), document=document), Opening(promise=Promise.SCREEN)
    )
    turn.note(person, "month_card", "person", youth.id, youth.id)
    about, moment = {"message": row, "picture": 1}, turn.now + PRIVATE_FOR
    due.plan(turn.conn, person.id, "wipe", f"{row}:card", moment, None, about, turn.now)
    return Outcome("sent", {"sent": row})


def remove_month_card(deed: Deed) -> Outcome:
    """Out of the chat at once; a card that was saved or printed is somebody's own."""
    turn, person = deed.turn, deed.person
    row = deed.session.state.subject.get("sent")
    account = people.account_of(turn.conn, person.id)
    if not row or account is None or not due.cancel(turn.conn, person.id, "wipe", f"{row}:card", turn.now):
        return GONE
    opening = Opening(Lane.TIDY, Promise.IDEMPOTENT)
    turn.send(person.id, account, Message((), do="delete"), opening, edits=row)
    return OK


def month_of(today: date, *, ahead: bool) -> date:
    """The first day of this month, or of the next."""
    first = today.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) if ahead else first


def draw(turn: Turn, youth: Person, first: date, size: Size) -> Document:
    """The file. Its name says nothing about anybody."""
    # Drawing loads a library that few conversations need.
    from bot.paper.month_card import render

    name = turn.phrase("month_card_file", youth)
    return Document(
        f"{name}-{first:%Y-%m}-{size.lower()}.pdf", render(card(turn, youth, first), size, turn.now)
    )


def card(turn: Turn, youth: Person, first: date) -> Card:
    from bot.paper.month_card import Card

    def said(key: str) -> str:
        return turn.phrase(key, youth)

    return Card(
        language=youth.language,
        title=said("month_card_title"),
        month=_month_said(youth.language, first),
        name_label=said("month_card_name"),
        steps_title=said("month_card_steps"),
        steps=_steps(turn, youth, first),
        evenings_title=said("month_card_evenings"),
        evenings=_evenings(turn, youth, first),
        help_title=said("month_card_help"),
        help=_help(turn, youth),
        foot=said("month_card_foot"),
    )


def _month_said(language: str, first: date) -> str:
    return f"{dates.months(language)[first.month - 1]} {first.year}"


def _steps(turn: Turn, youth: Person, first: date) -> tuple[Step, ...]:
    """What was planned or noted in this month, by day; else the step that is chosen now, without a day."""
    from bot.paper.month_card import Step

    zone = turn.world.settings.zone
    planned = challenges.planned(turn.conn, youth.id)
    every = [*challenges.reported(turn.conn, youth.id), *((planned,) if planned is not None else ())]
    found = [
        one
        for one in every
        if one.planned_at.astimezone(zone).date().replace(day=1) == first and not _is_gone(turn, one)
    ]
    steps = [
        Step(_mark(one), wording.day(turn, youth, one.planned_at), title)
        for one in sorted(found, key=lambda one: (one.planned_at, one.id))
        if (title := assisted_steps.title_of(turn, youth, one, youth.language))
    ]
    if not any(one.mark == "open" for one in steps):
        chosen = assisted_steps.title_of(turn, youth, None, youth.language)
        if chosen and chosen not in {one.title for one in steps}:
            steps.append(Step("open", "", chosen))
    return tuple(steps)


def _is_gone(turn: Turn, one: Attempt) -> bool:
    """A step whose text was withdrawn is printed no more."""
    held = challenges.load(turn.conn, one.challenge_id)
    return one.step in withdrawals.steps(turn.conn, held.revision)


def _mark(one: Attempt) -> Mark:
    return "done" if one.outcome == "done" else "partly" if one.outcome == "partly" else "open"


def _evenings(turn: Turn, youth: Person, first: date) -> tuple[str, ...]:
    """The evenings of the month with time and place, also those that do not go on; else when the next one is."""
    if youth.group_id is None or not admissions.belongs_to_evenings(turn.conn, [youth.id]):
        return (turn.phrase("month_card_not_yet", youth),)
    calendar, zone = news_of_evening.calendar_of(turn, youth.group_id), turn.world.settings.zone
    last = month_of(first, ahead=True) - timedelta(days=1)
    found = [
        one
        for one in evenings(calendar, first, last, zone)
        if (one.is_held and first <= one.on <= last)
        or (one.state == "cancelled" and first <= one.day <= last)
    ]
    lines = [_evening(turn, youth, youth.group_id, one) for one in found]
    if any(one.is_held and one.ends_at > turn.now for one in found):
        return tuple(lines)
    coming = next_after(calendar, max(last, turn.today), zone, NEXT_WITHIN)
    if not any(one.is_held for one in found):
        lines.append(turn.phrase("month_card_no_evening", youth))
    if coming is not None:
        when = news_of_evening.when(turn, youth, coming)
        lines.append(turn.phrase("month_card_next", youth, moment=when))
    return tuple(lines)


def _evening(turn: Turn, youth: Person, group_id: int, one: Evening) -> str:
    if not one.is_held:
        day = wording.day(turn, youth, one.starts_at)
        return turn.phrase("month_card_cancelled", youth, day=day)
    return f"{news_of_evening.when(turn, youth, one)}\n{news_of_evening.where(turn, group_id, one)}"


def _help(turn: Turn, youth: Person) -> tuple[Line, ...]:
    """112 and 113, then where one can talk at this age. A line that was checked too long ago is not printed."""
    from bot.paper.month_card import Line

    age = age_on(youth.born, turn.today) if youth.born else None
    rows = turn.world.library.helplines(youth.language)
    always = [one for one in rows if one.always]
    others = [
        one
        for one in rows
        if not one.always
        and "talk" in one.kinds
        and (age is None or age in one.ages)
        and not helplines.is_stale(one, turn.today)
    ]
    found = [*always, *others][: max(MOST_HELP, len(always))]
    return tuple(
        Line(
            one.line.rstrip(":"),
            "  ".join(part for part in (one.number, one.chat) if part),
            ". ".join(part for part in (_hours(turn, youth, one), checked(turn, youth, one)) if part),
        )
        for one in found
    )


def checked(turn: Turn, youth: Person, one: Helpline) -> str:
    """Honestly: when a person looked at the real page, or that nobody did."""
    if one.checked_on is None:
        return turn.phrase("month_card_unchecked", youth)
    day = (
        f"{one.checked_on.day} {dates.months(youth.language)[one.checked_on.month - 1]} {one.checked_on.year}"
    )
    return turn.phrase("month_card_checked", youth, day=day)


def _hours(turn: Turn, youth: Person, one: Helpline) -> str:
    """Paper does not know what time it is: the hours stand there, days with the same hours together."""
    if one.open is None:
        return turn.phrase("helpline_hours_unknown", youth)
    spans = {day: f"{start:%H:%M}-{end:%H:%M}" for day, (start, end) in sorted(one.open.items())}
    if len(spans) == len(helplines.DAYS) and set(spans.values()) == {"00:00-00:00"}:
        return ""
    names = dates.weekdays(youth.language)
    runs: list[list[int]] = []
    for day in spans:
        if runs and runs[-1][-1] == day - 1 and spans[day] == spans[runs[-1][0]]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{names[run[0]]}{f' - {names[run[-1]]}' if len(run) > 1 else ''} {spans[run[0]]}" for run in runs
    )


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "send_month_card": send_month_card,
    "remove_month_card": remove_month_card,
}


# Facts


def _named(*, ahead: bool) -> Callable[[Asked], str]:
    return lambda ask: _month_said(ask.person.language, month_of(ask.turn.today, ahead=ahead))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "month_now": _named(ahead=False),
    "month_next": _named(ahead=True),
}
