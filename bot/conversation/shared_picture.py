"""The picture on the card: tension before and after, and what was thought beside what happened, on the ladder.

A figure is drawn only when the very line that holds it stands in something this professional was sent: what was left
out, kept or never sent is not in it, and neither is what changed after it was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation import lines, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import about_youth
from bot.conversation.turn import Turn
from bot.message import Picture
from bot.picture import progress as drawing
from bot.storage import challenges, items
from bot.storage.challenges import Attempt
from bot.storage.people import Person

IN_PICTURE = 5
LONGEST_CAPTION = 900
LANGUAGES = ("nl", "en")
TENSION = (("before", "before"), ("highest", "tension"), ("after", "after"))
"""What is drawn, and the part of a check-in in which it was sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One attempt as far as it was sent: figures by name, and whether the thought and how it went were."""

    attempt: Attempt
    tension: tuple[tuple[str, int], ...]
    compared: bool


def sent(turn: Turn, reader: Person, youth: Person) -> list[Sent]:
    """The latest attempts of which figures were sent to *reader*, oldest first."""
    told: dict[int, set[str]] = {}
    for one in items.shared_with(turn.conn, youth.id, reader.id):
        if one.kind == "checkin" and one.attempt_id is not None:
            told.setdefault(one.attempt_id, set()).update(str(one.content).splitlines())
    found = []
    for number in sorted(told, reverse=True):
        attempt = _as_sent(turn, youth, challenges.load_attempt(turn.conn, number), told[number])
        if attempt.tension or attempt.compared:
            found.append(attempt)
    newest = sorted(found, key=lambda one: one.attempt.planned_at, reverse=True)[:IN_PICTURE]
    return list(reversed(newest))


def _as_sent(turn: Turn, youth: Person, one: Attempt, said: set[str]) -> Sent:
    def stands(part: str) -> bool:
        return any(
            lines.part(turn, replace(youth, language=language), part, one) in said for language in LANGUAGES
        )

    figures = {"before": one.tension, "highest": one.highest, "after": one.after}
    tension = tuple(
        (name, figure) for name, part in TENSION if (figure := figures[name]) is not None and stands(part)
    )
    compared = one.belief is not None and one.feared is not None and bool(one.words.get("prediction"))
    return Sent(one, tension, compared and stands("prediction") and stands("feared"))


def figures(turn: Turn, reader: Person, youth: Person) -> str:
    """The same as text, for who cannot see it; as much as a caption holds, the latest first to stay."""
    said: list[str] = []
    room = LONGEST_CAPTION
    for one in reversed(sent(turn, reader, youth)):
        text = _said(turn, reader, one)
        room -= len(text) + 2
        if said and room < 0:
            break
        said.insert(0, text)
    return "\n\n".join(said)


def _said(turn: Turn, reader: Person, one: Sent) -> str:
    said = [f"{_day(turn, reader, one)}. {_title(turn, reader, one)}."]
    if one.compared:
        said.append(_compared(turn, reader, one))
    if one.tension:
        tension = ", ".join(
            turn.phrase(
                "tension_figure", reader, moment=turn.phrase(f"tension_{name}", reader), figure=figure
            )
            for name, figure in one.tension
        )
        said.append(turn.phrase("own_tension", reader, said=tension))
    return "\n".join(said)


def picture(turn: Turn, reader: Person, youth: Person) -> Picture:
    """Drawn like the youngster's own picture, with the place of the step on the ladder."""
    rows = [
        drawing.Attempt(
            day=_day(turn, reader, one),
            title=_title(turn, reader, one),
            tension=tuple(
                (name, turn.phrase(f"tension_{name}", reader), figure) for name, figure in one.tension
            ),
            said=_compared(turn, reader, one) if one.compared else "",
        )
        for one in sent(turn, reader, youth)
    ]
    title = turn.phrase("shared_picture_title", reader)
    return Picture(drawing.png(rows, drawing.Legend(title, turn.phrase("picture_scale", reader))))


def _day(turn: Turn, reader: Person, one: Sent) -> str:
    outcome = turn.phrase(f"outcome_{lines.OUTCOMES[one.attempt.outcome or 'not_done']}", reader)
    return turn.phrase(
        "own_day", reader, day=wording.day(turn, reader, one.attempt.planned_at), outcome=outcome
    )


def _title(turn: Turn, reader: Person, one: Sent) -> str:
    held = challenges.load(turn.conn, one.attempt.challenge_id)
    steps = [step.key for step in subject.challenge_text(turn, held, reader.language).steps]
    title = lines.step_title(turn, reader, one.attempt)
    if one.attempt.step not in steps:
        return title
    return turn.phrase(
        "step_on_ladder", reader, place=steps.index(one.attempt.step) + 1, count=len(steps), title=title
    )


def _compared(turn: Turn, reader: Person, one: Sent) -> str:
    how = lines.FEARED[one.attempt.feared or 0]
    return turn.phrase(f"shared_surprise_{how}", reader, belief=one.attempt.belief)


def _youth(ask: Asked) -> Person | None:
    """The youngster of the card, while this professional may see it."""
    if "youth" not in ask.state.subject:
        return None
    youth = subject.youth(ask.turn, ask.state)
    allowed = ask.turn.may_see(ask.person, "see_youth", about_youth(ask.turn, ask.person, youth.id))
    return youth if allowed else None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "has_shared_picture": lambda ask: bool((youth := _youth(ask)) and sent(ask.turn, ask.person, youth)),
    "shared_picture": lambda ask: picture(ask.turn, ask.person, subject.youth(ask.turn, ask.state)),
    "shared_figures": lambda ask: (
        figures(ask.turn, ask.person, youth) if (youth := _youth(ask)) is not None else ""
    ),
}
