"""Looking back: own sentences first, then steps and figures, and the same figures as a picture. Nothing compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.conversation import goal_scores, lines, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import Deed, Outcome
from bot.message import Picture
from bot.picture import progress as drawing
from bot.storage import challenges, learned
from bot.storage.challenges import Attempt
from dialogs.words import Words

SENTENCES_ON_PAGE = 6
STEPS_ON_PAGE = 4
IN_PICTURE = 5
LONGEST_CAPTION = 900
"""A caption holds 1024; the sentence around the figures needs the rest."""

OWN = ("learned", "surprised")


def sentences(ask: Asked) -> list[str]:
    """Everything they learned in their own words, newest first: cards, and what was told after a step."""
    found: list[str] = []
    told: set[str] = set()
    for one in reversed(_reported(ask)):
        day = wording.day(ask.turn, ask.person, one.planned_at)
        title = lines.step_title(ask.turn, ask.person, one)
        own = [said for name in OWN if (said := one.words.get(name))]
        told.update(map(str, own))
        found += [
            ask.turn.phrase("own_sentence", ask.person, said=said, day=day, step_title=title) for said in own
        ]
    cards = (one for one in learned.active(ask.turn.conn, ask.person.id) if str(one.words) not in told)
    return [*found, *(ask.turn.phrase("own_card", ask.person, said=one.words) for one in cards)]


def steps(ask: Asked) -> list[str]:
    """What was done, newest first, with the figures as words."""
    return [_step(ask, one) for one in reversed(_reported(ask))]


def figures(ask: Asked) -> str:
    """The numbers of the picture as text, for who cannot see it; the same attempts in the same order."""
    return "\n\n".join([*(_step(ask, one) for one in _drawn(ask)), *_goal(ask)])


def picture(ask: Asked) -> Picture:
    turn, person = ask.turn, ask.person
    rows = [
        drawing.Attempt(
            day=_day(ask, one),
            title=lines.step_title(turn, person, one),
            tension=tuple(
                (name, turn.phrase(f"tension_{name}", person), figure) for name, figure in _tension(one)
            ),
            said=lines.surprise(turn, person, one),
        )
        for one in _drawn(ask)
    ]
    rows += _goal_row(ask)
    legend = drawing.Legend(turn.phrase("picture_title", person), turn.phrase("picture_scale", person))
    return Picture(drawing.png(rows, legend))


def first_page(deed: Deed) -> Outcome:
    return Outcome("ok", {"page": 0})


def _reported(ask: Asked) -> list[Attempt]:
    return challenges.reported(ask.turn.conn, ask.person.id)


def _drawn(ask: Asked) -> list[Attempt]:
    """The latest attempts that have figures, oldest first, as many as their words leave room for."""
    found: list[Attempt] = []
    room = LONGEST_CAPTION
    for one in reversed(_reported(ask)):
        if not _tension(one) and not lines.surprise(ask.turn, ask.person, one):
            continue
        room -= len(_step(ask, one)) + 2
        if len(found) == IN_PICTURE or (found and room < 0):
            break
        found.insert(0, one)
    return found


def _step(ask: Asked, one: Attempt) -> str:
    turn, person = ask.turn, ask.person
    title = lines.step_title(turn, person, one)
    said = [turn.phrase("own_step", person, day=_day(ask, one), step_title=title)]
    if surprise := lines.surprise(turn, person, one):
        said.append(surprise)
    figures = [
        turn.phrase("tension_figure", person, moment=turn.phrase(f"tension_{name}", person), figure=figure)
        for name, figure in _tension(one)
    ]
    if figures:
        said.append(turn.phrase("own_tension", person, said=", ".join(figures)))
    return "\n".join(said)


def _goal(ask: Asked) -> list[str]:
    """The own goal with its figures as text; nothing without any."""
    if not (said := goal_scores.said(ask)):
        return []
    head = ask.turn.phrase("picture_goal", ask.person)
    return ["\n".join(part for part in (head, str(goal_scores.change(ask)), str(said)) if part)]


def _goal_row(ask: Asked) -> list[drawing.Attempt]:
    turn, person = ask.turn, ask.person
    figures = tuple(
        ("goal", wording.day(turn, person, moment).partition(" ")[2], figure)
        for moment, figure in goal_scores.history(ask)
    )
    if not figures:
        return []
    day, scale = (turn.phrase(name, person) for name in ("picture_goal", "picture_goal_scale"))
    return [drawing.Attempt(day, str(goal_scores.change(ask)), figures, scale)]


def _day(ask: Asked, one: Attempt) -> str:
    """The day with how it went."""
    outcome = ask.turn.phrase(f"outcome_{lines.OUTCOMES[one.outcome or 'not_done']}", ask.person)
    day = wording.day(ask.turn, ask.person, one.planned_at)
    return ask.turn.phrase("own_day", ask.person, day=day, outcome=outcome)


def _tension(one: Attempt) -> tuple[tuple[str, int], ...]:
    held = (("before", one.tension), ("highest", one.highest), ("after", one.after))
    return tuple((name, figure) for name, figure in held if figure is not None)


def _paged(find: Callable[[Asked], list[str]], size: int, between: str) -> Callable[[Asked], Words]:
    def look(ask: Asked) -> Words:
        first = ask.state.subject.get("page", 0) * size
        return Words(between.join(find(ask)[first : first + size]))

    return look


def _more(find: Callable[[Asked], Iterable[str]], size: int) -> Callable[[Asked], bool]:
    return lambda ask: len(list(find(ask))) > (ask.state.subject.get("page", 0) + 1) * size


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"first_page": first_page}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "own_sentences": _paged(sentences, SENTENCES_ON_PAGE, "\n"),
    "more_sentences": _more(sentences, SENTENCES_ON_PAGE),
    "has_own_sentences": lambda ask: bool(sentences(ask)),
    "own_steps": _paged(steps, STEPS_ON_PAGE, "\n\n"),
    "more_steps": _more(steps, STEPS_ON_PAGE),
    "has_own_steps": lambda ask: bool(_reported(ask)),
    "has_look_back": lambda ask: bool(
        _reported(ask) or learned.active(ask.turn.conn, ask.person.id) or goal_scores.history(ask)
    ),
    "progress_picture": picture,
    "progress_figures": figures,
    "has_progress_picture": lambda ask: bool(_drawn(ask) or goal_scores.history(ask)),
}
