"""What an exercise holds: which answers are kept, in which order they are read, and which are never sent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.turn import Turn
from bot.storage.exercises import Exercise, Figure, Said
from bot.storage.people import Person
from dialogs.state import State
from dialogs.words import Words

FIELDS = (
    "event", "thought", "belief", "feelings", "strength", "behaviour", "short", "long",
    "card", "believable", "smaller", "belief_again", "strength_again",
    "problem", "control", "ideas", "own_idea", "feasible", "nice", "idea", "went",
    "dare", "between", "places", "find_out", "company", "practise", "together", "noticed",
    "action", "cue", "obstacle", "plan_b",
    "good", "says",
    "strict", "friend", "gentle", "strict_again",
    "values", "change", "often", "with_whom", "by_when",
    "level_now", "level_bit", "level_more", "level_much",
    "signal", "helped", "ask", "first_week",
)  # fmt: skip
"""Everything an exercise can hold, in the order in which it is read. Other answers only choose the way."""

PRIVATE = frozenset({"ask", "friend", "gentle"})
"""Names of people to turn to, and what somebody says to themselves: never part of what is sent."""

PERCENT = frozenset({"belief", "believable", "belief_again"})
"""Figures from 0 to 100; the others go to 10."""


def gathered(state: State) -> tuple[dict[str, Said], dict[str, Figure]]:
    """The words and the figures among the answers of a dialog, by field."""
    words: dict[str, Said] = {}
    figures: dict[str, Figure] = {}
    for field in FIELDS:
        match state.answers.get(field):
            case Words() as typed:
                words[field] = typed
            case int(figure):
                figures[field] = figure
            case str(key):
                words[field] = Words(state.labels.get(field, key))
            case Mapping() as several:
                labels = tuple(Words(one) for one in several.values() if isinstance(one, str))
                numbers = {key: one for key, one in several.items() if isinstance(one, int)}
                if labels:
                    words[field] = labels
                if numbers:
                    figures[field] = numbers
            case _:
                pass
    return words, figures


def shareable(one: Exercise) -> tuple[str, ...]:
    """The fields that may be sent, as far as they hold something."""
    return tuple(field for field in filled(one) if field not in PRIVATE)


def filled(one: Exercise) -> tuple[str, ...]:
    """The fields that hold something to read, in order."""
    return tuple(field for field in FIELDS if one.words.get(field) or one.figure(field) is not None)


def line(turn: Turn, person: Person, one: Exercise, field: str) -> str:
    """One field, worded for *person*."""
    figure = one.figure(field)
    said: str = one.said(field)
    if figure is not None:
        said = turn.phrase("said_percent" if field in PERCENT else "said_of_ten", person, said=figure)
    return turn.phrase("line_exercise", person, field=turn.phrase(f"field_{field}", person), said=said)


def lines(turn: Turn, person: Person, one: Exercise) -> str:
    """Everything in it, for the youngster's own eyes."""
    return "\n".join(line(turn, person, one, field) for field in filled(one))


def sent(turn: Turn, person: Person, one: Exercise, left_out: frozenset[str]) -> str:
    """Exactly what the professional would get."""
    head = turn.phrase("line_exercise_head", person, said=title(turn, person, one.script))
    parts = [field for field in shareable(one) if field not in left_out]
    return "\n".join([head, *(line(turn, person, one, field) for field in parts)])


def title(turn: Turn, person: Person, script: str) -> str:
    """What an exercise is called."""
    return turn.phrase(f"exercise_{script}", person)


def wish(one: Exercise) -> Words:
    """What somebody wants to do: an own action, the idea they picked, the step between, what they want to find out."""
    fields = ("action", "idea", "between", "find_out", "practise")
    return next((said for field in fields if (said := one.said(field))), Words(""))


def if_then(turn: Turn, person: Person, one: Exercise) -> str:
    """The own if-then plan read back (care research 1.9)."""
    said = [turn.phrase("own_if_then", person, cue=one.said("cue"), action=wish(one))]
    if one.said("obstacle") and one.said("plan_b"):
        said.append(
            turn.phrase("if_then_obstacle", person, obstacle=one.said("obstacle"), plan_b=one.said("plan_b"))
        )
    return "\n".join(said)


def ideas(one: Exercise) -> tuple[tuple[str, str], ...]:
    """The ideas for a problem, by key; those that can be done and are pleasant first, as the youngster rated them."""
    held = one.words.get("ideas", ())
    found = [
        *([held] if isinstance(held, Words) else held),
        *([one.said("own_idea")] if one.said("own_idea") else []),
    ]
    keyed = {str(number): str(said) for number, said in enumerate(dict.fromkeys(found), start=1)}
    return tuple(sorted(keyed.items(), key=lambda pair: (-_points(one, pair[0]), int(pair[0]))))


def _points(one: Exercise, key: str) -> int:
    ratings = (one.figures.get(name) for name in ("feasible", "nice"))
    return sum(rated.get(key, 0) for rated in ratings if isinstance(rated, Mapping))
