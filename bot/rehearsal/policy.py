"""What a persona does with a question: tap, type or leave it. Pure; chance is an argument.

It knows a few keys of buttons, so that steps are planned and sent; everything else is answered by chance. A text
that was changed is played all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Literal

from bot.rehearsal.personas import Character, Persona
from dialogs.script import LATER, SKIP


@dataclass(frozen=True, slots=True)
class Question:
    """What stands open on a phone: the dialog, its step, the keys of the buttons, and whether words may be typed."""

    script: str
    step: str
    keys: tuple[str, ...]
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """*how*: tap the button with the key *what*, or type the words *what*."""

    how: Literal["tap", "type"]
    what: str


@dataclass(frozen=True, slots=True)
class Manners:
    """*answers*: the part of messages that is answered at all; *opens*: the part of days the menu is opened.

    *patience*: how many answers in a row, before it is enough for now. *wait*: minutes before they answer.
    *leanings*: how much likelier a key is than others, by key or by ``dialog.key``.
    """

    answers: float
    opens: float
    patience: int
    wait: tuple[int, int]
    typed: float
    leanings: Mapping[str, float]


_ALWAYS: Mapping[str, float] = {
    # Everybody here goes on to what is to be seen: the step, its moment and what becomes of it.
    "challenge.ja": 12,
    "challenge.anders": 0.3,
    "challenge.later": 0.3,
    "challenge_new.later": 0.1,
    "plan.later": 0.3,
    "welcome.nee": 0,
    "welcome.lezen": 0.2,
    "menu.stap": 6,
    "menu.uitdaging": 6,
    "menu.niets": 0.3,
    "menu.verder": 4,
    "toch": 0.15,
    "terug": 0.3,
    "prepare.ja": 0.4,
    "praten": 0.3,
    "spreken": 0.3,
    "meeting_soon.kom": 2,
}
MANNERS: Mapping[Character, Manners] = {
    "ordinary": Manners(
        0.85, 0.2, 30, (2, 180), 0.3, {"nudge.ga": 6, "checkin.gedaan": 5, "sturen": 3, LATER: 0.1, SKIP: 0.4}
    ),
    "shy": Manners(
        0.65, 0.1, 14, (30, 600), 0.1, {"checkin.niet": 2, "kleiner": 3, "klaar": 3, "genoeg": 4, SKIP: 3, LATER: 0.6}
    ),
    "silent": Manners(0.12, 0.02, 5, (60, 1200), 0.0, {LATER: 2, "klaar": 3, "niets": 3}),
    "goes_wrong": Manners(
        0.75,
        0.15,
        25,
        (1, 240),
        0.5,
        {"checkin.niet": 3, "checkin.ja": 5, "nudge.groot": 2, "praten": 3, "meeting.niet": 2, LATER: 0.5},
    ),
}  # fmt: skip


def manners_of(persona: Persona) -> Manners:
    """How they are; somebody with autism reads all of it and hardly types."""
    own = MANNERS[persona.character]
    if not persona.autism:
        return own
    leanings = {**own.leanings, "zien": 4, "uitleg": 4, LATER: own.leanings.get(LATER, 1) * 0.5}
    return Manners(own.answers, own.opens, own.patience + 6, own.wait, own.typed * 0.3, leanings)


def answer(question: Question, persona: Persona, language: str, seen: int, chance: Random) -> Answer | None:
    """What they do; none when nothing can be done. *seen*: how often this question came in this sitting."""
    manners = manners_of(persona)
    words = persona.words.get(language, ())
    if question.typed and words and chance.random() < manners.typed:
        return Answer("type", chance.choice(words))
    if not question.keys:
        return None
    leave = [key for key in question.keys if key in (LATER, "klaar", "niets", "genoeg")]
    if seen > 2 and leave:
        return Answer("tap", leave[0])
    weights = [_leaning(manners.leanings, question.script, key) for key in question.keys]
    if not any(weights):
        return Answer("tap", question.keys[0])
    return Answer("tap", chance.choices(question.keys, weights)[0])


def answers_at_all(persona: Persona, chance: Random) -> bool:
    """Whether a message that came by itself is answered."""
    return chance.random() < manners_of(persona).answers


def opens_menu(persona: Persona, chance: Random) -> bool:
    """Whether they open the menu themselves today."""
    return chance.random() < manners_of(persona).opens


def waits(persona: Persona, chance: Random) -> timedelta:
    """How long a message lies before they answer."""
    low, high = manners_of(persona).wait
    return timedelta(minutes=chance.randint(low, high))


def staff_answer(question: Question, code: Sequence[str], chance: Random) -> tuple[str, ...]:
    """The keys a professional taps: the code where it is asked, else what closes the matter."""
    if set(code) <= set(question.keys):
        return tuple(code)
    quick = [key for key in ("kijk", "gezien", "klaar", "spoken", "lees") if key in question.keys]
    if quick:
        return (quick[0],)
    return (chance.choice(question.keys),) if question.keys else ()


def _leaning(own: Mapping[str, float], script: str, key: str) -> float:
    full = f"{script}.{key}"
    for leanings, name in ((own, full), (_ALWAYS, full), (own, key), (_ALWAYS, key)):
        if name in leanings:
            return leanings[name]
    return 1.0
