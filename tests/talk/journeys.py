"""Stretches of conversation that many journeys begin with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from bot.rehearsal.phone import Phone, Shown
from tests.talk.stage import CODE, Stage

STEP = "Zeg hoi tegen een bekende"
HAPPENED = "Noor zei hoi terug"
NUDGE = "Het hoeft niet goed te gaan. Kijk wat er gebeurt."


def chapter(play: Callable[[Stage], Phone]) -> Callable[[Stage], Phone]:
    """A beginning that several journeys share: played once, then copied. It gives the youngster's phone."""

    @wraps(play)
    def perform(stage: Stage) -> Phone:
        if stage.skips_to(play):
            return next(one for one in stage.phones.values() if one.name in ("Sam", "Kim"))
        return play(stage)

    return perform


def opens_youngsters(professional: Phone, name: str = "Sam", code: str = CODE) -> Phone:
    """Menu, the list, the code if it is asked, one name: the card."""
    professional.types("Menu").taps("Mijn jongeren")
    if "Tik je code" in professional.said:
        professional.taps_code(code)
    return professional.taps(name)


def gives(stage: Stage, name: str = "Sam", challenge: str = "Een groet per dag", by: str = "Vera") -> Phone:
    """A professional gives a challenge; the youngster hears of it when it suits."""
    card = opens_youngsters(stage.of(by), name).taps("Uitdaging geven")
    if challenge not in card.last.labels:
        card.taps("Alle uitdagingen")
    card.taps(challenge)
    stage.ticks()
    youth = stage.of(name)
    opener = youth.said in ("Er is een bericht voor je.", "There is a message for you.")
    return youth.taps(youth.last.labels[0]) if opener else youth


def picks(youth: Phone, step: str = STEP) -> Phone:
    """Accept the challenge without figures, and pick a step."""
    return youth.taps("Ja, die wil ik", "Meteen een stap kiezen", step)


def plans(youth: Phone, day: str = "zaterdag 21", clock: str = "16:00") -> Phone:
    """Choose a moment."""
    return youth.taps(day, clock)


def has_plan(stage: Stage, name: str = "Sam", **youth: str) -> Phone:
    """A youngster who has a step planned on Saturday 21 November, 16:00, without preparing it."""
    if name == "Sam" and not youth and stage.skips_to(has_plan):
        return stage.of(name)
    phone = stage.youth_begins(name, **youth)
    gives(stage, name, by=youth.get("main", "Vera"))
    return plans(picks(phone)).taps("Zo is het genoeg")


def prepares(youth: Phone, prediction: str = "De ander kijkt weg", belief: str = "80") -> Phone:
    """From [Nog even voorbereiden] to the end, with a prediction."""
    youth.taps("Nog even voorbereiden", prediction, belief, "6", "Wegkijken", "Ja", "Nee")
    return youth.taps("In mijn buurt", "Ik durf ineens niet", "Een uur later", "Gelezen")


def has_prepared_plan(stage: Stage, name: str = "Sam", **youth: str) -> Phone:
    """The same, prepared with a prediction."""
    if name == "Sam" and not youth and stage.skips_to(has_prepared_plan):
        return stage.of(name)
    phone = stage.youth_begins(name, **youth)
    gives(stage, name, by=youth.get("main", "Vera"))
    return prepares(plans(picks(phone)))


def did(stage: Stage, name: str = "Sam", until: str = "2026-11-21 18:00", outcome: str = "Gedaan") -> Phone:
    """The planned step comes and goes, and is reported."""
    stage.passes("2026-11-21 16:00")
    stage.of(name).taps("Ik ga")
    stage.passes(until)
    return stage.of(name).taps(outcome)


def tells(youth: Phone, happened: str = HAPPENED, feared: str = "Nee") -> Phone:
    """[Meer vertellen] up to the preview."""
    youth.taps("Meer vertellen", feared).types(happened)
    return youth.taps("7", "3", "Sla over", "Het viel mee", "20")


def has_sent(stage: Stage, name: str = "Sam", happened: str = HAPPENED, **youth: str) -> Phone:
    """A check-in of Saturday evening, on its way to the professional."""
    if name == "Sam" and happened == HAPPENED and not youth and stage.skips_to(has_sent):
        return stage.of(name)
    has_prepared_plan(stage, name, **youth)
    return tells(did(stage, name), happened).taps("Sturen")


def waiting(professional: Phone) -> list[Shown]:
    """The neutral messages about something sent by a youngster that were not opened yet, oldest first."""
    return [one for one in professional.shown if one.labels == ["Lees"] and "klaar (A-" in one.text]


def opens(professional: Phone, code: str = CODE) -> Shown:
    """Open the latest neutral message, with the code if it is asked: about something sent, else about news."""
    shown = (waiting(professional) or [professional.sees("Lees")])[-1]
    professional.taps_data(shown.button("Lees").data)
    if "Tik je code" in shown.text:
        professional.taps_code(code)
    return shown


def reads(professional: Phone, code: str = CODE) -> str:
    """What stands in the latest neutral message when it is opened."""
    return opens(professional, code).text
