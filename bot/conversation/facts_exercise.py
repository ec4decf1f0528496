"""Facts about exercises: which fit, what one holds, the card that comes back, the days of the positive log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.content import dates
from bot.conversation import checkin, log_days, subject, workbook
from bot.conversation.asked import Asked
from bot.storage import challenges, exercises, items, learned, log_plans
from bot.storage.exercises import Exercise
from dialogs import signs, steering
from dialogs.effects import Option
from dialogs.words import Words

SHOWN_EARLIER = 3
MOST_ON_BUTTON = 60


def proposals(ask: Asked) -> tuple[Option, ...]:
    given = subject.given(ask.turn, ask.person.id) is not None
    return _named(ask, steering.proposals(ask.person.causes, step_exercise(ask), has_challenge=given))


def every(ask: Asked) -> tuple[Option, ...]:
    return _named(ask, steering.EXERCISES)


def step_exercise(ask: Asked) -> str:
    """The exercise that the own step names; empty when it names none."""
    step = subject.step(ask.turn, ask.person, ask.state)
    return step.exercise if step and step.exercise in steering.EXERCISES else ""


def step_exercise_name(ask: Asked) -> str:
    name = step_exercise(ask)
    return workbook.title(ask.turn, ask.person, name) if name else ""


def current(ask: Asked) -> Exercise | None:
    """The exercise the dialog is about, when it is this person's."""
    number = ask.state.subject.get("exercise")
    one = exercises.load(ask.turn.conn, number) if number else None
    return one if one is not None and one.youth_id == ask.person.id else None


def exercise_parts(ask: Asked) -> tuple[Option, ...]:
    """What may be sent of an exercise, with what stands in it; a tap leaves it out."""
    one = current(ask)
    if one is None:
        return ()
    left_out = items.load(ask.turn.conn, ask.row("item")).left_out
    return tuple(
        Option(
            checkin.button(field, left_out),
            ask.turn.phrase(
                "part_off" if field in left_out else "part_on",
                ask.person,
                part=ask.turn.phrase(f"field_{field}", ask.person),
            ),
        )
        for field in workbook.shareable(one)
    )


def ideas(ask: Asked) -> tuple[Option, ...]:
    one = current(ask)
    return tuple(Option(key, _short(said)) for key, said in workbook.ideas(one)) if one else ()


def card(ask: Asked) -> Words:
    """The card the dialog is about; for a dialog about none, the one whose turn it is."""
    number = ask.state.subject.get("card")
    one = learned.load(ask.turn.conn, number) if number else learned.upcoming(ask.turn.conn, ask.person.id)
    return one.words if one is not None and one.youth_id == ask.person.id else Words("")


def cards(ask: Asked) -> tuple[Option, ...]:
    found = learned.active(ask.turn.conn, ask.person.id)
    return tuple(Option(str(one.id), _short(str(one.words))) for one in found)


def my_ladder(ask: Asked) -> tuple[Option, ...]:
    """The steps of the challenge that were rated, from calm to exciting: a step without a figure was left out."""
    given = subject.given(ask.turn, ask.person.id)
    if given is None:
        return ()
    rated = challenges.ratings(ask.turn.conn, given.id)
    steps = subject.ladder(ask.turn, given, ask.person.language)
    own = sorted((one for one in steps if one.key in rated), key=lambda one: rated[one.key])
    return tuple(Option(one.key, f"{one.title} ({rated[one.key]})") for one in own)


def ladder_lines(ask: Asked) -> str:
    return "\n".join(f"{number}. {one.label}" for number, one in enumerate(my_ladder(ask), start=1))


def weekdays(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(str(day), name) for day, name in enumerate(dates.weekdays(ask.person.language)))


def log_days_said(ask: Asked) -> str:
    """*maandag en donderdag*."""
    wanted = log_plans.running(ask.turn.conn, ask.person.id)
    if wanted is None:
        return ""
    names = [dates.weekdays(ask.person.language)[day] for day in wanted.days]
    if len(names) == 1:
        return names[0]
    return ask.turn.phrase("and_last", ask.person, before=", ".join(names[:-1]), last=names[-1])


def log_fifth(ask: Asked) -> bool:
    """Whether this entry is the fifth, the tenth ..."""
    count = exercises.count(ask.turn.conn, ask.person.id, log_days.KIND)
    return count > 0 and count % log_days.EVERY == 0


def log_earlier(ask: Asked) -> Words:
    """Three entries before the latest one, oldest first; entries whose time is over are gone."""
    found = exercises.latest(ask.turn.conn, ask.person.id, log_days.KIND, log_days.EVERY)
    said = [one.said("good") for one in found[1:] if one.said("good")][:SHOWN_EARLIER]
    return Words("\n".join(f"• {one}" for one in reversed(said)))


def relapse_text(ask: Asked) -> Words:
    """The plan for when it goes less well: the one the dialog is about, else the latest."""
    one = current(ask)
    if one is None or one.script != "relapse_plan":
        found = exercises.latest(ask.turn.conn, ask.person.id, "relapse_plan")
        one = next(iter(found), None)
    return Words(workbook.lines(ask.turn, ask.person, one)) if one else Words("")


def attempt_outcome(ask: Asked) -> str:
    """How the attempt went that the dialog is about: done, partly, not_done; empty when it is about none."""
    one = subject.attempt(ask.turn, ask.person, ask.state)
    return (one.outcome or "") if one else ""


def much_surprise(ask: Asked) -> bool:
    """Whether the attempt went so much otherwise than expected that another place teaches more."""
    one = subject.attempt(ask.turn, ask.person, ask.state)
    return one is not None and signs.surprising(one.belief, one.feared)


def _of_exercise(choose: Callable[[Asked, Exercise], Any], without: Any) -> Callable[[Asked], Any]:
    def look(ask: Asked) -> Any:
        one = current(ask)
        return choose(ask, one) if one else without

    return look


def _named(ask: Asked, names: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(name, workbook.title(ask.turn, ask.person, name)) for name in names)


def _short(text: str) -> str:
    """A button holds no more; the whole stands in the message."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_ON_BUTTON else f"{line[: MOST_ON_BUTTON - 1]}…"


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "exercise_proposals": proposals,
    "exercise_all": every,
    "step_exercise": step_exercise,
    "step_exercise_name": step_exercise_name,
    "has_step_exercise": lambda ask: step_exercise(ask) != "",
    "exercise_name": _of_exercise(lambda ask, one: workbook.title(ask.turn, ask.person, one.script), ""),
    "exercise_text": _of_exercise(
        lambda ask, one: Words(workbook.lines(ask.turn, ask.person, one)), Words("")
    ),
    "exercise_parts": exercise_parts,
    "exercise_belief": _of_exercise(lambda ask, one: one.figure("belief"), None),
    "exercise_strength": _of_exercise(lambda ask, one: one.figure("strength"), None),
    "exercise_if_then": _of_exercise(
        lambda ask, one: Words(workbook.if_then(ask.turn, ask.person, one)), Words("")
    ),
    "thought": _of_exercise(lambda ask, one: one.said("thought"), Words("")),
    "has_thought": _of_exercise(lambda ask, one: one.said("thought") != "", False),
    "own_action": _of_exercise(lambda ask, one: workbook.wish(one), Words("")),
    "has_own_action": _of_exercise(lambda ask, one: workbook.wish(one) != "", False),
    "ideas": ideas,
    "has_ideas": lambda ask: bool(ideas(ask)),
    "card": card,
    "cards": cards,
    "has_cards": lambda ask: bool(learned.active(ask.turn.conn, ask.person.id)),
    "my_ladder": my_ladder,
    "ladder_lines": ladder_lines,
    "has_my_ladder": lambda ask: bool(my_ladder(ask)),
    "weekdays": weekdays,
    "log_on": lambda ask: log_plans.running(ask.turn.conn, ask.person.id) is not None,
    "log_days_said": log_days_said,
    "log_fifth": log_fifth,
    "log_earlier": log_earlier,
    "relapse_text": relapse_text,
    "attempt_outcome": attempt_outcome,
    "much_surprise": much_surprise,
    "goal_scaling": lambda ask: ask.turn.world.settings.goal_scaling,
}
