"""Stretches of conversation about exercises, and a table in which a way through one is a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.rehearsal.phone import Phone
from bot.storage import exercises
from bot.storage.exercises import Exercise
from dialogs.steering import EXERCISES
from tests.talk.journeys import chapter, did, gives, has_plan, has_prepared_plan, picks, plans
from tests.talk.stage import Stage

NAMES = {
    "five_g": "Een rotmoment bekijken",
    "helping_thought": "Een helpende gedachte",
    "positive_log": "Wat ging een beetje goed",
    "experiment": "Een proef doen",
    "kinder": "Minder streng voor mezelf",
    "ladder": "Mijn ladder maken",
    "practice": "Iets oefenen",
    "problem": "Een probleem oplossen",
    "if_then": "Een als-danplan maken",
    "places": "Een plek zoeken",
    "goal": "Mijn doel",
    "relapse_plan": "Plan voor als het minder gaat",
}
"""What each exercise is called in the menu."""

assert tuple(sorted(NAMES)) == tuple(sorted(EXERCISES))


@dataclass(frozen=True, slots=True)
class Way:
    """One way through *script*: what was done before, what is tapped (or typed, after ``~``), where it ends."""

    script: str
    end: str
    taps: tuple[str, ...]
    said: str
    before: Callable[[Stage], Phone] | None = None
    opens: bool = True

    def __str__(self) -> str:
        return f"{self.script}-{self.end}"


def opens(phone: Phone, script: str) -> Phone:
    """From the menu, through the whole list."""
    return phone.types("Menu").taps("Oefeningen", "Alles laten zien", NAMES[script])


def does(phone: Phone, *steps: str) -> Phone:
    """Tap, or type what begins with ``~``."""
    for step in steps:
        if step.startswith("~"):
            phone.types(step[1:])
        else:
            phone.taps(step)
    return phone


def walks(stage: Stage, way: Way) -> Phone:
    """Play *way*; the phone with its last message."""
    phone = (way.before or Stage.youth_begins)(stage)
    if way.opens:
        opens(phone, way.script)
    return does(phone, *way.taps)


def latest(stage: Stage, phone: Phone, script: str) -> Exercise:
    """The latest exercise of somebody."""
    number = stage.id_of(phone)
    return stage.reads(lambda conn: exercises.latest(conn, number, script))[0]


@chapter
def has_step(stage: Stage) -> Phone:
    """A step was chosen, no moment yet."""
    stage.youth_begins()
    gives(stage)
    return picks(stage.of("Sam")).taps("Later")


@chapter
def has_challenge(stage: Stage) -> Phone:
    """A challenge was accepted, no step yet."""
    stage.youth_begins()
    return gives(stage).taps("Ja, die wil ik", "Later")


def was_not_done(stage: Stage) -> Phone:
    """A step was not done; the question what fits now is open."""
    has_plan(stage)
    return did(stage, outcome="Niet gedaan")


def worry_came_true(stage: Stage) -> Phone:
    """A step was done and what was feared happened; the question what fits now is open."""
    has_prepared_plan(stage)
    phone = did(stage).taps("Meer vertellen", "Ja", "Sla over", "9", "8", "Sla over", "Weet ik niet")
    return phone.taps("Niet sturen")


def at_the_lowest(stage: Stage) -> Phone:
    """The smallest step was not done."""
    stage.youth_begins()
    gives(stage)
    plans(picks(stage.of("Sam"), "Een knik naar iemand")).taps("Zo is het genoeg")
    return did(stage, outcome="Niet gedaan")
