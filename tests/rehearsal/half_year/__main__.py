"""`make half-year`: plays all of it, prints what was asked, and writes the digests to ``docs/examples``."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.programme.workload import AFTER_EVENING, WEEKLY
from tests.rehearsal.half_year.play import WEEKS, play

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
DIGESTS = EXAMPLES / "weekly-digests.txt"
WORK = EXAMPLES / "workload.txt"


def main() -> int:
    """Code 1 when it asks more than it may, or shows what nobody shared."""
    year = play(WEEKS)
    EXAMPLES.mkdir(exist_ok=True)
    DIGESTS.write_text(year.text(), encoding="utf-8")
    WORK.write_text(year.counts(), encoding="utf-8")
    print(year.report())
    fits = year.a_week() <= WEEKLY and year.after_an_evening() <= AFTER_EVENING
    print(f"at most {WEEKLY:g} a week and {AFTER_EVENING:g} after an evening: {'yes' if fits else 'NO'}")
    for one in year.leaks:
        print(f"shows what nobody shared: {one}")
    return 0 if fits and not year.leaks else 1


if __name__ == "__main__":
    sys.exit(main())
