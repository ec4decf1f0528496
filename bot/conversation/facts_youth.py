"""Facts about the youngster whose dialog it is: their people, challenge, plan, and what would be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from bot.conversation import adapted_page, checkin, lines, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.passing import PASSING
from bot.schedule.local import to_utc
from bot.schedule.quiet import is_quiet
from bot.storage import alerts, challenges, due, items, meetings, people, sessions
from bot.storage.challenges import Attempt
from bot.storage.meetings import Meeting
from challenge_catalog.model import Step
from dialogs.effects import Option
from dialogs.text import Scope
from dialogs.words import Words

DAYS_AHEAD = 7
TIMES = tuple(time(hour) for hour in range(8, 22))
EARLIEST = timedelta(minutes=30)
"""A moment that is offered lies at least this far ahead: the nudge has to be of use."""


def professional(ask: Asked) -> Words:
    one = subject.main_of(ask.turn, ask.person.id)
    return one.name if one else Words(ask.turn.phrase("somebody", ask.person))


def colleague(ask: Asked) -> Words:
    one = subject.backup_of(ask.turn, ask.person.id)
    return one.name if one else Words(ask.turn.phrase("somebody", ask.person))


def alerted(ask: Asked) -> Words:
    """Who got what this dialog is about; of an alert, who has it in hand at this moment or handled it."""
    number = ask.state.subject.get("item")
    one = alerts.find(ask.turn.conn, number) if number else None
    recipient = items.load(ask.turn.conn, number).recipient_id if number else None
    if one is not None and one.state in ("acknowledged", "handled"):
        recipient = one.handled_by or one.acknowledged_by
    return people.load(ask.turn.conn, recipient).name if recipient else professional(ask)


def alert_stand(ask: Asked) -> str:
    """seen, handled, or waiting: nobody has it in hand, or no longer, whatever was true when the message was sent."""
    one = alerts.load(ask.turn.conn, ask.row("item"))
    busy = one.handled_by if one.state == "handled" else one.acknowledged_by
    if busy is None or busy in one.excluded:
        return "waiting"
    return "handled" if one.state == "handled" else "seen"


def talk_to(ask: Asked) -> Words:
    """Whom the question named, else who would get a wish to talk."""
    one = subject.named(ask.turn, ask.state) or subject.listener(ask.turn, ask.person.id)
    return one.name if one else professional(ask)


def consented(ask: Asked) -> bool:
    return ask.person.role == "youth" and ask.person.state == "active"


def has_open_question(ask: Asked) -> bool:
    return any(
        one.foreground and one.script not in PASSING for one in sessions.open_of(ask.turn.conn, ask.person.id)
    )


def has_any_question(ask: Asked) -> bool:
    """Also one that came by itself and was not touched yet."""
    return any(one.script not in PASSING for one in sessions.open_of(ask.turn.conn, ask.person.id))


def ladder(ask: Asked) -> tuple[Option, ...]:
    one = subject.given(ask.turn, ask.person.id)
    if one is None:
        return ()
    return tuple(Option(step.key, step.title) for step in subject.ladder(ask.turn, one, ask.person.language))


def ladder_rated(ask: Asked) -> tuple[Option, ...]:
    one = subject.given(ask.turn, ask.person.id)
    if one is None:
        return ()
    ratings = challenges.ratings(ask.turn.conn, one.id)
    return tuple(
        Option(step.key, f"{step.label} ({ratings[step.key]})" if step.key in ratings else step.label)
        for step in ladder(ask)
    )


def predictions(ask: Asked) -> tuple[Option, ...]:
    step = subject.step(ask.turn, ask.person, ask.state)
    return tuple(Option(key, text) for key, text in step.predictions.items()) if step else ()


def days(ask: Asked) -> tuple[Option, ...]:
    zone = ask.turn.world.settings.zone
    found = []
    for shift in range(DAYS_AHEAD + 1):
        day = ask.turn.today + timedelta(days=shift)
        if _free(ask, day.isoformat()):
            noon = to_utc(day, time(12), zone)
            found.append(Option(day.isoformat(), wording.day_label(ask.turn, ask.person, noon)))
    return tuple(found)


def times(ask: Asked) -> Callable[[Scope], tuple[Option, ...]]:
    """The whole hours that are free on the day that was just chosen."""

    def of_day(names: Scope) -> tuple[Option, ...]:
        day = str(names["answers"]["day"])
        return tuple(Option(f"{wall:%H%M}", f"{wall:%H:%M}") for wall in _free(ask, day))

    return of_day


def step_where(ask: Asked) -> str:
    """A place, for who is under 18 the adult who knows of it, and who adapted the step when somebody did."""
    step = subject.step(ask.turn, ask.person, ask.state)
    return adapted_page.where(ask.turn, ask.person, step, adapted_page.adapter(ask)) if step else ""


def planned_for(ask: Asked) -> str:
    one = subject.attempt(ask.turn, ask.person, ask.state)
    return wording.day_and_clock(ask.turn, ask.person, one.planned_at) if one else ""


def asked_for(ask: Asked) -> str:
    """When we ask how the planned step went; empty when that was let go."""
    one = subject.attempt(ask.turn, ask.person, ask.state)
    for row in due.waiting_of(ask.turn.conn, ask.person.id):
        if one is not None and row.kind == "follow_up" and row.subject.get("attempt") == one.id:
            return wording.day_and_clock(ask.turn, ask.person, row.not_before)
    return ""


def belief(ask: Asked) -> int | None:
    one = subject.attempt(ask.turn, ask.person, ask.state)
    return one.belief if one else None


def prediction(ask: Asked) -> Words:
    one = subject.attempt(ask.turn, ask.person, ask.state)
    return one.words.get("prediction", Words("")) if one else Words("")


def has_prediction(ask: Asked) -> bool:
    return prediction(ask) != ""


def if_then(ask: Asked) -> Words:
    one = subject.attempt(ask.turn, ask.person, ask.state)
    return Words(lines.if_then(ask.turn, ask.person, one)) if one else Words("")


def preview(ask: Asked) -> Words:
    return _draft(ask)[1]


def parts(ask: Asked) -> tuple[Option, ...]:
    one, _ = _draft(ask)
    attempt = _attempt(ask)
    return tuple(
        Option(
            checkin.button(part, one.left_out),
            ask.turn.phrase(
                "part_off" if part in one.left_out else "part_on",
                ask.person,
                part=ask.turn.phrase(f"part_{part}", ask.person),
            ),
        )
        for part in checkin.parts_of(attempt)
    )


def answer(ask: Asked) -> Words:
    return items.load_reply(ask.turn.conn, ask.row("reply")).content


def author(ask: Asked) -> Words:
    """Who answered: the colleague may have taken over."""
    return people.load(ask.turn.conn, items.load_reply(ask.turn.conn, ask.row("reply")).author_id).name


def meeting_answer(ask: Asked) -> str:
    evening = subject.meeting(ask.turn, ask.person, ask.state)
    said = meetings.answers(ask.turn.conn, evening.id).get(ask.person.id) if evening else None
    return {"come": "kom", "not": "niet", "unsure": "weet_niet"}.get(said or "", "")


def _of_step(choose: Callable[[Step], str]) -> Callable[[Asked], str]:
    def look(ask: Asked) -> str:
        step = subject.step(ask.turn, ask.person, ask.state)
        return choose(step) if step else ""

    return look


def _of_challenge(name: str) -> Callable[[Asked], str]:
    def look(ask: Asked) -> str:
        one = subject.given(ask.turn, ask.person.id)
        return str(getattr(subject.challenge_text(ask.turn, one, ask.person.language), name)) if one else ""

    return look


def _of_meeting(choose: Callable[[Asked, Meeting], str]) -> Callable[[Asked], str]:
    def look(ask: Asked) -> str:
        evening = subject.meeting(ask.turn, ask.person, ask.state)
        return choose(ask, evening) if evening else ""

    return look


def _attempt(ask: Asked) -> Attempt:
    return challenges.load_attempt(ask.turn.conn, ask.row("attempt"))


def _draft(ask: Asked) -> tuple[items.Item, Words]:
    one = items.load(ask.turn.conn, ask.row("item"))
    return one, one.content


def _free(ask: Asked, day: str) -> tuple[time, ...]:
    """The whole hours of a local day that lie ahead and outside quiet hours."""
    zone = ask.turn.world.settings.zone
    local = datetime.fromisoformat(day).date()
    return tuple(
        wall
        for wall in TIMES
        if (moment := to_utc(local, wall, zone)) >= ask.turn.now + EARLIEST
        and not is_quiet(moment, ask.turn.band(ask.person), ask.turn.world.settings.quiet, zone)
    )


def organisation(ask: Asked) -> str:
    return people.organisation_name(ask.turn.conn, ask.person)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "professional": professional,
    "colleague": colleague,
    "alerted": alerted,
    "alert_stand": alert_stand,
    "talk_to": talk_to,
    "has_listener": lambda ask: subject.listener(ask.turn, ask.person.id) is not None,
    "consented": consented,
    "organisation": organisation,
    "group": lambda ask: (
        meetings.group_name(ask.turn.conn, ask.person.group_id) if ask.person.group_id else ""
    ),
    "has_challenge": lambda ask: subject.given(ask.turn, ask.person.id) is not None,
    "has_step": lambda ask: (
        (one := subject.given(ask.turn, ask.person.id)) is not None and one.step is not None
    ),
    "has_plan": lambda ask: challenges.planned(ask.turn.conn, ask.person.id) is not None,
    "has_any_question": has_any_question,
    "has_open_question": has_open_question,
    "challenge_title": _of_challenge("title"),
    "challenge_about": _of_challenge("about"),
    "ladder": ladder,
    "ladder_rated": ladder_rated,
    "step_title": _of_step(lambda step: step.title),
    "step_do": _of_step(lambda step: step.do),
    "step_where": step_where,
    "step_end": _of_step(lambda step: step.take_to_meeting),
    "predictions": predictions,
    "days": days,
    "times": times,
    "planned_for": planned_for,
    "asked_for": asked_for,
    "has_prediction": has_prediction,
    "prediction": prediction,
    "belief": belief,
    "if_then": if_then,
    "preview": preview,
    "parts": parts,
    "reference": lambda ask: items.load(ask.turn.conn, ask.row("item")).reference,
    "author": author,
    "answer": answer,
    "has_meeting": lambda ask: subject.meeting(ask.turn, ask.person, ask.state) is not None,
    "meeting_day": _of_meeting(lambda ask, evening: wording.day(ask.turn, ask.person, evening.starts_at)),
    "meeting_from": _of_meeting(lambda ask, evening: wording.clock(ask.turn, ask.person, evening.starts_at)),
    "meeting_until": _of_meeting(lambda ask, evening: wording.clock(ask.turn, ask.person, evening.ends_at)),
    "meeting_place": _of_meeting(lambda ask, evening: evening.place),
    "meeting_answer": meeting_answer,
}
