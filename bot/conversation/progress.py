"""How a youngster goes along their ladder: what was tried, which step lies beside the chosen one, who looks along."""

from __future__ import annotations

from bot.conversation import subject
from bot.conversation.turn import Turn
from bot.storage import challenges, halts, journal
from bot.storage.challenges import Attempt, Given
from bot.storage.people import Person
from challenge_catalog.model import Step
from dialogs import ladder
from dialogs.ladder import Tried

MOVES = frozenset({"challenge", "step", "outcome"})
"""Lines of the journal that say something happened with the challenge."""


def tried(one: Attempt) -> Tried:
    """An attempt as the rules of the ladder read it; words whose time is over leave no context."""
    return Tried(
        step=one.step,
        outcome=one.outcome or "",
        belief=one.belief,
        feared=one.feared,
        belief_again=one.belief_again,
        after=one.after,
        confidence=one.confidence,
        context=str(one.words.get("place", "")),
    )


def reported(turn: Turn, given: Given) -> list[Attempt]:
    """What was reported of one challenge, oldest first."""
    return [one for one in challenges.reported(turn.conn, given.youth_id) if one.challenge_id == given.id]


def ordered(turn: Turn, given: Given, language: str) -> list[Step]:
    """The steps from calm to exciting as the youngster rated them; without ratings as they are written.

    A step they skipped stays behind the one it is written after, with the same figure.
    """
    rated = challenges.ratings(turn.conn, given.id)
    found: list[tuple[int, Step]] = []
    for step in subject.ladder(turn, given, language):
        before = found[-1][0] if found else 0
        found.append((rated.get(step.key, before), step))
    return [step for _, step in sorted(found, key=lambda one: one[0])]


def beside(turn: Turn, given: Given, language: str, shift: int) -> Step | None:
    """The step that lies *shift* above (or below) the chosen one; none at the end of the ladder."""
    steps = ordered(turn, given, language)
    keys = [step.key for step in steps]
    if given.step not in keys:
        return None
    place = keys.index(given.step) + shift
    return steps[place] if 0 <= place < len(steps) else None


def look(turn: Turn, youth: Person) -> None:
    """Let the professional see that looking together would help, never why: once for each time something happened."""
    given = subject.given(turn, youth.id)
    if youth.state != "active" or given is None or given.state != "active":
        return
    if halts.running(turn.conn, youth.id) is not None:
        return
    planned = challenges.planned(turn.conn, youth.id)
    if planned is not None and planned.planned_at > turn.now:
        return
    moments = [line.at for line in journal.latest(turn.conn, youth.id) if line.kind in MOVES]
    moved_at = max([*moments, *([planned.planned_at] if planned else [])], default=None)
    if moved_at is None or journal.has_since(turn.conn, youth.id, "together", moved_at):
        return
    tries = [tried(one) for one in reported(turn, given)]
    if ladder.without_progress(tries) or ladder.stands_still(moved_at, turn.now):
        journal.add(turn.conn, youth.id, "together", turn.now, None, given.id)
