"""Lines of what is sent or read back, put together from phrases of the content files."""

from __future__ import annotations

from bot.conversation import subject, wording
from bot.conversation.checkin import text as parts_text
from bot.conversation.turn import Turn
from bot.storage import challenges
from bot.storage.challenges import Attempt
from bot.storage.people import Person

OUTCOMES = {"done": "gedaan", "partly": "deels", "not_done": "niet"}
FEARED = {0: "nee", 50: "beetje", 100: "ja"}


def step_title(turn: Turn, person: Person, one: Attempt) -> str:
    """The title of the step an attempt was about."""
    held = challenges.load(turn.conn, one.challenge_id)
    text = subject.challenge_text(turn, held, person.language)
    step = text.step(one.step)
    return step.title if step else one.step


def part(turn: Turn, person: Person, name: str, one: Attempt) -> str:
    """One line of a check-in, worded for *person*."""
    match name:
        case "step":
            return turn.phrase("line_step", person, step_title=step_title(turn, person, one))
        case "outcome":
            said = turn.phrase(f"outcome_{OUTCOMES[one.outcome or 'not_done']}", person)
            return turn.phrase("line_outcome", person, outcome=said)
        case "prediction":
            return turn.phrase(
                "line_prediction", person, prediction=one.words["prediction"], belief=one.belief
            )
        case "feared":
            said = turn.phrase(f"feared_{FEARED[one.feared or 0]}", person)
            return turn.phrase("line_feared", person, feared=said)
        case "before":
            return turn.phrase("line_before", person, tension=one.tension)
        case "tension":
            return turn.phrase("line_tension", person, tension=one.highest)
        case "after":
            return turn.phrase("line_after", person, after=one.after)
        case "belief_again":
            return turn.phrase("line_belief_again", person, belief_again=one.belief_again)
        case _:
            return turn.phrase(f"line_{name}", person, **{name: one.words[name]})


def check_in(turn: Turn, person: Person, one: Attempt, left_out: frozenset[str]) -> str:
    """Exactly what a check-in about *one* sends."""
    return parts_text(one, left_out, lambda name, attempt: part(turn, person, name, attempt))


def surprise(turn: Turn, person: Person, one: Attempt) -> str:
    """How an attempt differed from what was expected, in words; empty without a prediction or an answer to it."""
    if one.belief is None or one.feared is None:
        return ""
    return turn.phrase(f"surprise_{FEARED[one.feared]}", person, belief=one.belief)


def if_then(turn: Turn, person: Person, one: Attempt) -> str:
    """The if-then plan read back (care research 1.9): moment and place, the step, and what helps when it is hard."""
    day, time = wording.day(turn, person, one.planned_at), wording.clock(turn, person, one.planned_at)
    title = step_title(turn, person, one)
    place = one.words.get("place")
    said = [
        turn.phrase("if_then_place", person, day=day, time=time, place=place, step_title=title)
        if place
        else turn.phrase("if_then", person, day=day, time=time, step_title=title)
    ]
    if one.words.get("obstacle") and one.words.get("plan_b"):
        said.append(
            turn.phrase(
                "if_then_obstacle", person, obstacle=one.words["obstacle"], plan_b=one.words["plan_b"]
            )
        )
    return "\n".join(said)
