"""What fits after an attempt: facts and actions of the advice. The youngster decides; nothing moves up by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import lines, progress, subject
from bot.conversation.asked import Asked
from bot.conversation.deed import OK, Deed, Outcome
from bot.storage import challenges, journal
from bot.storage.challenges import Attempt, Given
from dialogs import ladder
from dialogs.ladder import Advice

TOLD = ("happened", "surprised", "learned")


def advice(ask: Asked) -> Advice:
    """What the rules offer now: about the step that was tried last, as long as nothing else was chosen or planned."""
    found = _tried(ask)
    return ladder.advice([progress.tried(one) for one in found]) if found else "none"


def together(ask: Asked) -> bool:
    """Whether the professional is told that looking together would help, because of the attempts."""
    return ladder.without_progress([progress.tried(one) for one in _tried(ask)])


def has_advice(ask: Asked) -> bool:
    """Whether there is anything to offer after the attempt this dialog is about."""
    if "attempt" not in ask.state.subject:
        return False
    return advice(ask) not in ("none", "reflect") or asks_confidence(ask) or together(ask)


def asks_confidence(ask: Asked) -> bool:
    """Whether it is worth asking: done, more was told than that, no rule applies, and there is a next step."""
    found = _tried(ask)
    if not found or advice(ask) != "none" or step_up(ask) == "":
        return False
    last = found[-1]
    figures = (last.highest, last.after, last.feared)
    told = any(name in last.words for name in TOLD) or any(one is not None for one in figures)
    return last.outcome == "done" and told and last.confidence is None


def step_up(ask: Asked) -> str:
    """The title of the step above the chosen one; empty at the top."""
    given = subject.given(ask.turn, ask.person.id)
    found = progress.beside(ask.turn, given, ask.person.language, 1) if given else None
    return found.title if found else ""


def surprise(ask: Asked) -> str:
    """How sure they were and what happened, in words; empty without a prediction or an answer to it."""
    found = _tried(ask)
    return lines.surprise(ask.turn, ask.person, found[-1]) if found else ""


def hint(ask: Asked) -> str:
    """One sentence beside the own step, from the same rules."""
    offered = advice(ask)
    nowhere = offered == "none" or (offered in ("up", "learned") and step_up(ask) == "")
    said = [] if nowhere else [ask.turn.phrase(f"hint_{offered}", ask.person)]
    if together(ask):
        main = subject.main_of(ask.turn, ask.person.id)
        name = main.name if main else ask.turn.phrase("somebody", ask.person)
        said.append(ask.turn.phrase("hint_together", ask.person, professional=name))
    return "\n".join(said)


def choose_bigger(deed: Deed) -> Outcome:
    """One step up from the step that was tried last, because the youngster said so; not from another one by now."""
    turn, person = deed.turn, deed.person
    given = subject.given(turn, person.id)
    found = progress.beside(turn, given, person.language, 1) if given else None
    if given is None or found is None:
        return Outcome("highest")
    tries = progress.reported(turn, given)
    if tries and tries[-1].step != given.step:
        return Outcome("other")
    challenges.choose_step(turn.conn, given.id, found.key)
    journal.add(turn.conn, person.id, "step", turn.now, None, given.id)
    return OK


def note_confidence(deed: Deed) -> Outcome:
    number = deed.number("confidence")
    one = subject.attempt(deed.turn, deed.person, deed.session.state)
    if one is not None and one.youth_id == deed.person.id and number is not None:
        challenges.note(deed.turn.conn, one, {}, confidence=number)
    return OK


def _tried(ask: Asked) -> list[Attempt]:
    """The attempts the rules look at; none when the dialog is about another one or they went on since."""
    given = subject.given(ask.turn, ask.person.id)
    if given is None or challenges.planned(ask.turn.conn, ask.person.id) is not None:
        return []
    found = progress.reported(ask.turn, given)
    about = ask.state.subject.get("attempt")
    return found if found and _counts(found[-1], given, about) else []


def _counts(last: Attempt, given: Given, about: int | None) -> bool:
    return last.step == given.step and about in (None, last.id)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_bigger": choose_bigger,
    "note_confidence": note_confidence,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "advice": advice,
    "advice_together": together,
    "has_advice": has_advice,
    "asks_confidence": asks_confidence,
    "step_up_title": step_up,
    "has_step_up": lambda ask: step_up(ask) != "",
    "surprise_said": surprise,
    "has_surprise": lambda ask: surprise(ask) != "",
    "step_hint": hint,
    "has_step_hint": lambda ask: hint(ask) != "",
    "offers_up": lambda ask: advice(ask) in ("up", "learned") and step_up(ask) != "",
}
