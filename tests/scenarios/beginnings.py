"""Where a scenario begins, by the Dutch words in its file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.rehearsal.phone import Phone, Shown
from tests.talk.stage import Stage

Begin = Callable[[Stage, dict[str, Any]], Phone]
STEP = "hoi"


def _invited(stage: Stage, who: dict[str, Any]) -> Phone:
    number = stage.youth("Sam", **who)
    return stage.phone("Sam", who["language"]).opens(stage.invitation(number))


def _begun(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _invited(stage, who)
    for _ in range(5):
        taps(sam, first(sam))
    return sam


def _given(stage: Stage, who: dict[str, Any]) -> Phone:
    """By the professional, in the list of youngsters; then it suits the youngster to hear of it."""
    sam = _begun(stage, who)
    staff = stage.of(who["main"])
    staff.types("Menu").taps("Mijn jongeren")
    if "Tik je code" in staff.said:
        staff.taps_code()
    staff.taps("Sam", "Uitdaging geven", "Een groet per dag")
    # Under 18 nothing comes in school hours.
    stage.passes(timedelta(hours=4))
    return sam


def _read(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _given(stage, who)
    if "lees" in keys(sam):
        taps(sam, "lees")
    return sam


def _step(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_read(stage, who), "ja", "kiezen", STEP)


def _planned(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_step(stage, who), "2026-11-21", "1600", "genoeg")


def _prepared(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_step(stage, who), "2026-11-21", "1600", "meer")
    return taps(sam, "wegkijken", "80", "6", "wegkijken", "ja", "nee", "buurt", "bang", "uur", "gelezen")


def _moment(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _prepared(stage, who)
    stage.passes("2026-11-21 16:00")
    return sam


def _afterwards(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_moment(stage, who), "ga")
    stage.passes("2026-11-21 18:05")
    return sam


def _evening(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    stage.passes("2026-11-29 19:05" if who["group"] == "18-25" else "2026-11-21 19:05")
    return sam


def _soon(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    stage.passes("2026-12-01 16:05" if who["group"] == "18-25" else "2026-11-23 16:05")
    return sam


def _fortnight(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    stage.passes("2026-12-04 19:00")
    return sam


def _after_meeting(stage: Stage, who: dict[str, Any]) -> Phone:
    """The question how it goes stands there: the one about the meeting was answered."""
    sam = taps(_evening(stage, who), "lees", "kom")
    stage.passes("2026-12-02 16:30" if who["group"] == "18-25" else "2026-11-25 18:30")
    return sam


def _idea(stage: Stage, who: dict[str, Any]) -> Phone:
    """With the question whether it helped in a week."""
    sam = taps(
        _exercise(stage, who, "problem"), "vervoer", "deel", "mee", "dichtbij", "done", "skip", "kiezen"
    )
    return taps(sam, first(sam), "ja", "klaar")


def _did(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_afterwards(stage, who), "gedaan", "klaar")


def _did_not_twice(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_afterwards(stage, who), "niet", "moment", "2026-11-22", "1600", "genoeg")
    stage.passes("2026-11-22 18:05")
    return sam


def _monday(stage: Stage, who: dict[str, Any]) -> Phone:
    """The question how it went still stands there when the professional is at work."""
    sam = _afterwards(stage, who)
    stage.passes("2026-11-23 15:30")
    return sam


def _sent(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_monday(stage, who), "gedaan", "meer", "nee", "terug", "7", "3", "niets", "viel_mee", "20")
    return taps(sam, "sturen")


def _answered(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _sent(stage, who)
    staff = stage.of(who["main"])
    staff.taps_data([one for one in staff.shown if one.labels == ["Lees"]][-1].button("Lees").data)
    if "Tik je code" in staff.said:
        staff.taps_code()
    staff.taps("Antwoord").types("Mooi dat je ging.")
    stage.passes(timedelta(minutes=1))
    return sam


def _top(stage: Stage, who: dict[str, Any]) -> Phone:
    """The last step of the ladder was planned, prepared, and its moment is past."""
    sam = taps(_read(stage, who), "ja", "kiezen")
    taps(sam, [one for one in keys(sam) if one != "later"][-1])
    taps(sam, "2026-11-21", "1600", "meer")
    taps(sam, first(sam), "80", "6", "niks", "nee", "buurt", "skip", "gelezen")
    stage.passes("2026-11-21 18:05")
    return sam


def _danger(stage: Stage, who: dict[str, Any]) -> Phone:
    return _begun(stage, who).types("ik wil dood")


def _stopped(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_begun(stage, who).types("/stop"), "stop")


def _voice(stage: Stage, who: dict[str, Any]) -> Phone:
    return _begun(stage, who).sends("voice")


def _exercise(stage: Stage, who: dict[str, Any], name: str) -> Phone:
    return taps(_begun(stage, who).types("Menu"), "oefeningen", "alles", name)


def _card(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _exercise(stage, who, "helping_thought").types("Ze vinden me raar")
    taps(sam, "60", "anders").types("Misschien was die ander druk")
    return taps(sam, "70", "ja", "30", "klaar")


def _goal(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_exercise(stage, who, "goal"), "rust", "done", "praten", "week", "joinus", "twee", "klaar")
    stage.passes("2026-12-06 19:00")
    return sam


def _paused(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who).types("/pauze")
    return taps(sam, first(sam))


def _silent(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _given(stage, who)
    stage.passes("2026-12-20 19:00")
    return sam


BEGINNINGS: dict[str, Begin] = {
    "Sam opent de uitnodiging": _invited,
    "Sam doet mee": _begun,
    "Sam heeft een bericht over een uitdaging": _given,
    "Sam leest over de uitdaging": _read,
    "Sam koos een stap": _step,
    "Sam heeft een moment": _planned,
    "Sam heeft zich voorbereid": _prepared,
    "het moment van Sam is er": _moment,
    "na de stap van Sam": _afterwards,
    "Sam deed de stap": _did,
    "het lukte twee keer niet": _did_not_twice,
    "maandag na de stap van Sam": _monday,
    "Sam stuurde hoe het ging": _sent,
    "er is een antwoord voor Sam": _answered,
    "na de laatste stap van de ladder": _top,
    "Sam typt over de dood": _danger,
    "Sam is gestopt": _stopped,
    "Sam stuurt een spraakbericht": _voice,
    "Sam bewaarde een kaart": _card,
    "Sam maakte een doel": _goal,
    "Sam heeft pauze": _paused,
    "Sam is lang stil": _silent,
    "twee dagen voor de bijeenkomst": _evening,
    "drie uur voor de bijeenkomst": _soon,
    "na twee weken": _fortnight,
    "na een bijeenkomst": _after_meeting,
    "Sam koos een idee": _idea,
}


def keys(phone: Phone) -> list[str]:
    """The keys of the buttons on the last message that has any of a dialog."""
    return next((found for shown in reversed(phone.shown) if (found := keys_on(shown))), [])


def keys_on(shown: Shown) -> list[str]:
    """The keys of the buttons of a dialog on one message."""
    return [one.data.split(".", 3)[3] for one in shown.buttons if one.data.startswith("d.")]


def first(phone: Phone) -> str:
    return keys(phone)[0]


def taps(phone: Phone, *wanted: str, higher: bool = False) -> Phone:
    """Tap by key: the same in every language. On the latest message that has it; with *higher* on the first."""
    for key in wanted:
        if key.startswith("g."):
            phone.taps_data(key)
            continue
        for shown in phone.shown if higher else reversed(phone.shown):
            found = [
                one for one in shown.buttons if one.data.startswith("d.") and one.data.split(".", 3)[3] == key
            ]
            if found:
                phone.taps_data(found[0].data)
                break
        else:
            raise AssertionError(f"no key {key!r} on {phone.screen}")
    return phone
