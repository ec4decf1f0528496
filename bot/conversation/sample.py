"""Facts of a made-up youngster, with which a text is tried: nothing in them is about anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.age import Band
from bot.conversation import wording
from bot.conversation.turn import Turn
from bot.storage.people import Person
from challenge_catalog.model import Challenge
from dialogs.effects import Option
from dialogs.facts import FACTS

DAYS = 7
HOURS = range(9, 22)
ASKED_AFTER = timedelta(hours=2)
BORN = {"under18": 16, "18plus": 20}


def samples(
    turn: Turn, person: Person, band: Band, challenge: Challenge | None, place: int
) -> dict[str, Any]:
    """Every fact, with a value. *person* speaks the language that is played; *challenge* is on step *place*."""
    made = replace(person, role="youth", born=f"{turn.today.year - BORN[band]}-01")
    days = [turn.now + timedelta(days=shift) for shift in range(1, DAYS + 1)]
    return {
        **FACTS,
        "band": band,
        "language": person.language,
        "role": "youth",
        "helplines": wording.helplines_for(turn, made, made.born, ""),
        "first_helplines": wording.helplines_for(turn, made, made.born, "", brief=True),
        "days": tuple(Option(f"{day.date()}", wording.day_label(turn, person, day)) for day in days),
        "times": tuple(Option(f"{hour:02d}00", f"{hour:02d}:00") for hour in HOURS),
        "planned_for": wording.day_and_clock(turn, person, days[0]),
        "asked_for": wording.day_and_clock(turn, person, days[0] + ASKED_AFTER),
        "meeting_day": wording.day(turn, person, days[-1]),
        **(_of_challenge(turn, person, band, challenge, place) if challenge else {}),
    }


def _of_challenge(turn: Turn, person: Person, band: Band, challenge: Challenge, place: int) -> dict[str, Any]:
    ladder = tuple(Option(step.key, step.title) for step in challenge.steps)
    step = challenge.steps[min(place, len(challenge.steps) - 1)]
    where = [step.where, step.with_adult if band == "under18" else ""]
    exercise = turn.phrase(f"exercise_{step.exercise}", person) if step.exercise else ""
    return {
        "challenge_title": challenge.title,
        "challenge_about": challenge.about,
        "ladder": ladder,
        "ladder_rated": ladder,
        "step_title": step.title,
        "step_do": step.do,
        "step_where": " ".join(part for part in where if part),
        "step_end": step.take_to_meeting,
        "predictions": tuple(Option(key, said) for key, said in step.predictions.items()),
        "has_story": step.told is not None,
        "step_story": step.told.say if step.told else "",
        "story_origin": step.told.origin if step.told else "",
        "has_step_exercise": bool(step.exercise),
        "step_exercise_name": exercise,
        "has_step_hint": False,
        "step_hint": "",
    }
