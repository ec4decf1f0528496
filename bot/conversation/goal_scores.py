"""How the own goal goes, 0-10 by day: asked every four weeks within the two-weekly question, for their own eyes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.schedule.local import to_utc
from bot.storage import exercises
from bot.storage.exercises import Exercise
from dialogs.words import Words

SCRIPT, FIELD = "goal", "scores"
SHOWN = 4
AGAIN = timedelta(days=22)
"""Every second two-weekly question: four weeks, less the days that an answer may have taken (PRODUCT row 56)."""


def keep(deed: Deed) -> Outcome:
    """The figure of today, beside those of earlier days; said again on one day, the later takes its place."""
    turn, figure = deed.turn, deed.number("score")
    one = _latest(turn, deed.person.id)
    if one is None or figure is None:
        return GONE
    exercises.note(turn.conn, one, {}, {FIELD: {**_by_day(one), turn.today.isoformat(): figure}}, turn.now)
    return OK


def history(ask: Asked) -> list[tuple[datetime, int]]:
    """The figures of the goal that stands, oldest first, each at noon of its day; at most the latest four."""
    one = _latest(ask.turn, ask.person.id)
    zone = ask.turn.world.settings.zone
    days = sorted(_by_day(one).items())[-SHOWN:] if one is not None else []
    return [(to_utc(date.fromisoformat(day), time(12), zone), figure) for day, figure in days]


def change(ask: Asked) -> Words:
    """The goal in the youngster's own words; empty without one, or when its time is over."""
    one = _latest(ask.turn, ask.person.id)
    return one.said("change") if one is not None else Words("")


def said(ask: Asked) -> Words:
    """The figures as text, a day a line."""
    turn, person = ask.turn, ask.person
    return Words(
        "\n".join(
            turn.phrase("goal_score", person, day=wording.day(turn, person, moment), figure=figure)
            for moment, figure in history(ask)
        )
    )


def is_due(ask: Asked) -> bool:
    """Whether the figure is asked now: there is a goal in words, and no figure of the last four weeks."""
    one = _latest(ask.turn, ask.person.id)
    if one is None or not one.said("change"):
        return False
    days = _by_day(one)
    return not days or date.fromisoformat(max(days)) + AGAIN <= ask.turn.today


def _latest(turn: Turn, youth_id: int) -> Exercise | None:
    return next(iter(exercises.latest(turn.conn, youth_id, SCRIPT)), None)


def _by_day(one: Exercise) -> Mapping[str, int]:
    found = one.figures.get(FIELD)
    return found if isinstance(found, Mapping) else {}


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"keep_goal_score": keep}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "goal_change": change,
    "goal_scores": said,
    "has_goal_scores": lambda ask: bool(history(ask)),
    "goal_score_due": is_due,
}
