"""``python -m benchmarks``: measure, and print the figures as a table for docs/performance.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks import profiling, report
from benchmarks.measuring import BOTS, OURS, Idle, Load, Result, idle, measure
from benchmarks.programme import prepare
from benchmarks.users import Users

USUAL = Load()


def main() -> int:
    """Exit code 1 when any bot gave a wrong answer or lost something: then no figure counts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one repetition with few turns")
    parser.add_argument("--reps", type=int, help="repetitions, interleaved (default 5)")
    parser.add_argument("--users", type=int, default=USUAL.users, help="users at once (default 50)")
    parser.add_argument("--talks", type=int, help="how often each walks the talk (default 3)")
    parser.add_argument("--profile", action="store_true", help="instead: where the companion's CPU goes")
    wanted = parser.parse_args()
    load = Load(wanted.users, talks=wanted.talks or (1 if wanted.quick else USUAL.talks))
    if wanted.profile:
        asyncio.run(_profile(load))
        return 0
    results, idles = asyncio.run(run(load, wanted.reps or (1 if wanted.quick else 5)))
    print(report.table(load, results, idles))
    return 1 if any(one.mistakes for one in results) else 0


async def run(load: Load, reps: int) -> tuple[list[Result], list[Idle]]:
    """Every bot, *reps* times, one after another: the machine's moods hit all alike."""
    results, idles = [], []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepared = await _prepared(folder, load)
        for rep in range(reps):
            for bot in BOTS:
                print(f"{rep + 1}/{reps} {bot}", file=sys.stderr)
                results.append(await measure(bot, load, prepared, folder / f"{bot}{rep}"))
                idles.append(await idle(bot, prepared, folder / f"{bot}{rep}-idle"))
    return results, idles


async def _profile(load: Load) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepared = await _prepared(folder, load)
        await measure(OURS, load, prepared, folder / OURS, folder / "profile")
        profiling.show(folder)


async def _prepared(folder: Path, load: Load) -> Path:
    users = Users(load.users)
    async with users.stub:
        return await prepare(folder / "prepared", users)


if __name__ == "__main__":
    sys.exit(main())
