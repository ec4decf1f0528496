"""The journey, step by step: what a person does, and what stands on whose phone afterwards.

Texts of a marker are words that occur nowhere else, so that they can be followed everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["open", "tap", "type", "code", "wait"]
CODE = "271828"
_ZONE = ZoneInfo("Europe/Amsterdam")
LINK = "t.me/"


@dataclass(frozen=True, slots=True)
class Step:
    """*what*: a label, words, a marker in braces, or a moment. *sees*: phone and what is new there afterwards."""

    who: str
    kind: Kind
    what: str
    sees: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """How a report calls it."""
        return f"{self.who} {self.kind} {self.what}".strip()

    @property
    def moment(self) -> datetime:
        """Until when a step waits."""
        return datetime.fromisoformat(self.what).replace(tzinfo=_ZONE)

    def words(self, known: dict[str, str]) -> str:
        """What is typed."""
        return self.what.format_map(known)


Actor = Callable[..., Step]


def _of(who: str) -> tuple[Actor, Actor, Actor]:
    def sees(own: str, others: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return ((who, own), *((name, what) for name, what in others.items()))

    def taps(label: str, own: str, **others: str) -> Step:
        return Step(who, "tap", label, sees(own, others))

    def types(words: str, own: str, **others: str) -> Step:
        return Step(who, "type", words, sees(own, others))

    def opens(invitation: str, own: str, **others: str) -> Step:
        return Step(who, "open", invitation, sees(own, others))

    return taps, types, opens


def _code(own: str) -> Step:
    return Step("Vera", "code", "", (("Vera", own),))


def _until(moment: str, **sees: str) -> Step:
    return Step("", "wait", moment, tuple(sees.items()))


_sam_taps, _sam_types, _sam_opens = _of("Sam")
_vera_taps, _vera_types, _vera_opens = _of("Vera")
_, _lisa_types, _ = _of("Lisa")

MARKERS = (
    "prediction",
    "place",
    "obstacle",
    "plan_b",
    "happened",
    "surprised",
    "learned",
    "reply",
    "danger",
    "silence",
    "hello",
)
KEPT = ("prediction", "place", "obstacle", "plan_b", "happened", "surprised", "learned", "reply")
"""Markers that must be in the database: what Sam was told to be kept, and what Vera answered."""

SENT = ("prediction", "happened", "learned")
"""Markers Sam chose to send; the other ones Vera never sees."""

STEPS = (
    _vera_opens("{vera}", "Verder"),
    _vera_taps("Verder", "Verder"),
    _vera_taps("Verder", "Verder"),
    _vera_taps("Verder", "⌫"),
    _code("dezelfde code"),
    _code("Overslaan"),
    _vera_taps("Overslaan", "Jongere uitnodigen"),
    _vera_taps("Jongere uitnodigen", "Hoe heet de jongere"),
    _vera_types("Sam", "2004"),
    _vera_taps("2004", "maart"),
    _vera_taps("maart", "Vaardigheden"),
    _vera_taps("Vaardigheden", "Nee, alleen dit"),
    _vera_taps("Nee, alleen dit", "Klopt"),
    _vera_taps("Klopt", LINK),
    _lisa_types("Hallo daar {hello}", "uitnodiging"),
    _sam_opens("{sam}", "Begrepen"),
    _sam_taps("Begrepen", "Begrepen"),
    _sam_taps("Begrepen", "Verder"),
    _sam_taps("Verder", "Begrepen"),
    _sam_taps("Begrepen", "Ja, dat mag"),
    _sam_taps("Ja, dat mag", "Onderaan staat nu", Vera="Er is nieuws"),
    _sam_types("/hulp", "Terug"),
    _sam_taps("Terug", "Oké."),
    _vera_types("Menu", "Mijn jongeren"),
    _vera_taps("Mijn jongeren", "Welke jongere"),
    _vera_taps("Sam", "Uitdaging geven"),
    _vera_taps("Uitdaging geven", "Een groet per dag"),
    _vera_taps("Een groet per dag", "Gegeven aan", Sam="Lees"),
    _sam_taps("Lees", "Ja, die wil ik"),
    _sam_taps("Ja, die wil ik", "Cijfers geven"),
    _sam_taps("Cijfers geven", "Hoe spannend"),
    *(_sam_taps(figure, "Hoe spannend") for figure in "42567"),
    _sam_taps("8", "Een knik naar iemand"),
    _sam_taps("Een knik naar iemand", "vrijdag 20 nov"),
    _sam_taps("vrijdag 20 nov", "16:00"),
    _sam_taps("16:00", "Nog even voorbereiden"),
    _sam_taps("Nog even voorbereiden", "Iets anders"),
    _sam_taps("Iets anders", "Sla over"),
    _sam_types("Ze kijken weg {prediction}", "70"),
    _sam_taps("70", "Weet ik niet"),
    _sam_taps("6", "Wegkijken"),
    _sam_taps("Wegkijken", "Een beetje"),
    _sam_taps("Een beetje", "Nee"),
    _sam_taps("Nee", "Waar doe je het"),
    _sam_types("Bij de bus {place}", "lukt het misschien niet"),
    _sam_types("Veel mensen {obstacle}", "Een uur later"),
    _sam_types("Dan wacht ik even {plan_b}", "Gelezen"),
    _sam_taps("Gelezen", "plan is klaar"),
    _until("2026-11-20T16:00", Sam="Laat zien"),
    _sam_taps("Laat zien", "Jouw stap"),
    _sam_taps("Ik ga", "vraag ik hoe het ging"),
    _until("2026-11-20T18:00", Sam="Gedaan"),
    _sam_taps("Gedaan", "Meer vertellen"),
    _sam_taps("Meer vertellen", "Kwam dat uit"),
    _sam_taps("Een beetje", "Wat gebeurde er echt"),
    _sam_types("Iemand zwaaide {happened}", "Weet ik niet"),
    _sam_taps("4", "verraste"),
    _sam_types("De hond blafte {surprised}", "leerde"),
    _sam_types("Het was zo voorbij {learned}", "30"),
    _sam_taps("30", "Aanpassen"),
    _sam_taps("Aanpassen", "✓ Wat me verraste"),
    _sam_taps("✓ Wat me verraste", "Weg: Wat me verraste"),
    _sam_taps("Klaar", "Niet sturen"),
    _sam_taps("Sturen", "Verstuurd"),
    _until("2026-11-23T09:00", Vera="Lees"),
    _vera_taps("Lees", "⌫"),
    _code("Antwoord"),
    _vera_taps("Antwoord", "Typ je antwoord"),
    _vera_types("Mooi dat je keek {reply}", "Tot dan kun je het terughalen"),
    _until("2026-11-23T09:05", Sam="Lees"),
    _sam_taps("Lees", "schrijft"),
    _sam_taps("Klaar", "schrijft"),
    _vera_taps("Open", "Sluiten"),
    _vera_taps("Sluiten", "gesloten"),
    _until("2026-11-29T19:00", Sam="Lees"),
    _sam_taps("Lees", "Ik kom"),
    _sam_taps("Ik kom", "Toch anders"),
    _sam_taps("Klaar", "Je komt"),
    _until("2026-11-30T09:00", Vera="Open"),
    _vera_taps("Open", "⌫"),
    _code("Sluiten"),
    _vera_taps("Sluiten", "gesloten"),
    _until("2026-12-01T16:00", Sam="Lees"),
    _sam_types("Ik wil niet meer leven {danger}", "Ja, nu"),
    _sam_taps("Ja, nu", "Niet deze persoon", Vera="Kijk nu"),
    _vera_taps("Kijk nu", "Gezien, ik pak het op"),
    _vera_taps("Gezien, ik pak het op", "Afgehandeld"),
    _vera_taps("Afgehandeld", "Hoe is het afgelopen"),
    _vera_taps("Gesproken", "Afgehandeld."),
    _sam_types("Ik wil niet meer leven {silence}", "Ja, nu"),
    _until("2026-12-01T16:15", Sam="Je koos niets", Vera="Kijk nu"),
    _until("2026-12-03T14:00", Sam="Er is een bericht"),
)
