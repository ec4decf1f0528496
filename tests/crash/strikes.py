"""Where to kill, and runs that do it: one step of the journey, struck at its n-th point."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.crash.baseline import Baseline
from tests.crash.check import copies, findings
from tests.crash.journey import STEPS
from tests.crash.play import Play
from tests.crash.process import Nursery, Strike

START = frozenset(
    f"http.{when}:{method}"
    for when in ("before", "after")
    for method in (
        "getMe",
        "deleteWebhook",
        *(
            f"{verb}My{what}"
            for verb in ("get", "set")
            for what in ("Commands", "Description", "ShortDescription")
        ),
    )
)
"""Points of starting, which may still go on while the first step begins."""


def nth(number: int, *, starting: bool = False, only: str = "") -> Strike:
    """Strike at the *number*-th point from now; points of starting count only if *starting*, else only *only*."""
    seen = 0

    def strike(point: str) -> bool:
        nonlocal seen
        if (point in START and not starting) or (only and point != only):
            return False
        seen += 1
        return seen == number

    return strike


@dataclass(frozen=True, slots=True)
class Run:
    """What one run found. *struck* is empty when it came to rest before the strike.

    *given_up*: a message was in doubt twice, and the promise says that it is not sent a third time.
    """

    struck: tuple[str, ...]
    wrong: tuple[str, ...]
    copies: int
    given_up: bool
    seconds: float


async def strike_step(
    nursery: Nursery, baseline: Baseline, step: int, strikes: Sequence[Strike], *, from_start: bool = False
) -> Run:
    """Play *step* from the moment before it, with these kills, until it is at rest again.

    *from_start*: what the person does waits at Telegram before the process starts, and its start is struck as well.
    """
    began = time.monotonic()
    expected = baseline.before(step + 1)
    async with Play(nursery, baseline.before(step).scene) as play:
        if not from_start:
            await play.begin()
        play.strike(*strikes)
        await play.step(step, begin=from_start)
        # Whoever waits for a digit to show again, or for a second resend, is some seconds later.
        exact = len(strikes) == 1 and STEPS[step].kind != "code"
        wrong = findings(play, expected, exact_times=exact)
        struck = tuple(kill.point for kill in play.played.kills)
        double, given_up = copies(play, expected), bool(play.given_up())
    return Run(struck, tuple(wrong), double, given_up, time.monotonic() - began)
