"""The steps at 16, 18 and 26, counted from the month of birth: when they are, and from when they are prepared. Pure.

Somebody is N from the first day of the month after the birth month (the only part of it that is kept).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

STEPS = (16, 18, 26)
"""16: an account of one's own without a guardian's letter. 18: the other group, texts and quiet hours. 26: outflow."""
PREPARED = timedelta(weeks=6)
TOLD = timedelta(weeks=4)
"""How long before it the youngster hears what changes and when."""


@dataclass(frozen=True, slots=True)
class AgeStep:
    """*on*: the day from which somebody counts as *age*. *prepare_on*: six weeks before."""

    age: int
    on: date

    @property
    def prepare_on(self) -> date:
        return self.on - PREPARED

    @property
    def tell_on(self) -> date:
        return self.on - TOLD


def turns(born: str, age: int) -> date:
    """The first day on which somebody born in month *born* (YYYY-MM) is *age*."""
    year, month = (int(part) for part in born.split("-"))
    years, following = divmod(month, 12)
    return date(year + age + years, following + 1, 1)


def ahead(born: str, today: date) -> tuple[AgeStep, ...]:
    """The steps that are still to come on *today*."""
    return tuple(step for age in STEPS if (step := AgeStep(age, turns(born, age))).on > today)


def in_preparation(born: str, today: date) -> AgeStep | None:
    """The step that is less than six weeks away; none when there is none."""
    return next((step for step in ahead(born, today) if step.prepare_on <= today), None)


def moves_on(on: date) -> date:
    """The Monday from which another group counts: the one on or after the day, so never in the middle of a week."""
    return on + timedelta(days=-on.weekday() % 7)
