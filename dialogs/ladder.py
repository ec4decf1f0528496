"""What fits after an attempt: the rules of the ladder. Pure; the youngster decides, nothing moves up by itself.

Source: care research 1.5, the table "after an attempt". A function for each row, in the order in which they count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from dialogs import signs

Advice = Literal["none", "reflect", "down", "learned", "repeat", "up"]
"""What is offered; *reflect*: first look back, then choose once more, smaller, or wait."""

TENSE = 7
SURPRISED = 20
CONFIDENT = 6
EXPECTED = 30
HAPPENED = 100
TWICE = 2
CONTEXTS = 2
WITHOUT_PROGRESS = 3
STILL = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt that was reported. *context* is where or with whom, empty when that is not known.

    *belief* and *belief_again* (0-100) are how sure they were that it would happen, before and for a next time;
    *feared* (0, 50, 100) is whether it happened; *after* and *confidence* are 0-10.
    """

    step: str
    outcome: str
    belief: int | None = None
    feared: int | None = None
    belief_again: int | None = None
    after: int | None = None
    confidence: int | None = None
    context: str = ""

    @property
    def done(self) -> bool:
        return self.outcome == "done"

    @property
    def surprise(self) -> int | None:
        return signs.surprise(self.belief, self.feared)

    @property
    def expectancy(self) -> int | None:
        """How sure they are by now that it happens."""
        return self.belief if self.belief_again is None else self.belief_again


def feared_happened(tries: Sequence[Tried]) -> bool:
    """What was feared happened the last time: no change of step before there was time to look back."""
    return bool(tries) and tries[-1].feared == HAPPENED


def not_started_twice(tries: Sequence[Tried]) -> bool:
    """The same step was not started two times running: it is too big as it is."""
    last = tries[-TWICE:]
    return len(last) == TWICE and all(one.outcome == "not_done" and one.step == last[0].step for one in last)


def learned(tries: Sequence[Tried]) -> bool:
    """The last step was done twice, in two contexts, and by now they expect little of what they feared.

    The tension may have stayed: getting used to it is not asked for.
    """
    if not tries or not tries[-1].done:
        return False
    done = [one for one in tries if one.done and one.step == tries[-1].step]
    contexts = {one.context.strip().casefold() for one in done} - {""}
    expectancy = tries[-1].expectancy
    return (
        len(done) >= TWICE and len(contexts) >= CONTEXTS and expectancy is not None and expectancy <= EXPECTED
    )


def still_tense(tries: Sequence[Tried]) -> bool:
    """Done, as tense afterwards, and little was different from expected: the same step elsewhere teaches more.

    Without a prediction nothing surprised as far as we know.
    """
    if not tries or not tries[-1].done:
        return False
    last = tries[-1]
    return last.after is not None and last.after >= TENSE and (last.surprise or 0) < SURPRISED


def ready_for_more(tries: Sequence[Tried]) -> bool:
    """Done, and it differed from what was expected or they have confidence in a next step."""
    if not tries or not tries[-1].done:
        return False
    last = tries[-1]
    surprised = last.surprise is not None and last.surprise >= SURPRISED
    return surprised or (last.confidence is not None and last.confidence >= CONFIDENT)


def advice(tries: Sequence[Tried]) -> Advice:
    """What to offer after the last of *tries* (of one challenge, oldest first): the first rule that holds."""
    if feared_happened(tries):
        return "reflect"
    if not_started_twice(tries):
        return "down"
    if learned(tries):
        return "learned"
    if still_tense(tries):
        return "repeat"
    if ready_for_more(tries):
        return "up"
    return "none"


def without_progress(tries: Sequence[Tried]) -> bool:
    """Three attempts running and none of them done: better to look at it together.

    The professional sees this as a status, so only outcomes count, which they see anyway; never a figure nobody sent.
    """
    last = tries[-WITHOUT_PROGRESS:]
    return len(last) == WITHOUT_PROGRESS and not any(one.done for one in last)


def stands_still(moved_at: datetime, now: datetime) -> bool:
    """Nothing happened with the challenge for fourteen days."""
    return now - moved_at >= STILL
