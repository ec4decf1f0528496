"""Where the CPU goes: the most expensive functions of each busy thread."""

from __future__ import annotations

import pstats
from pathlib import Path

SHOWN = 45


def show(folder: Path) -> None:
    """Print own and cumulative time of every thread that did something."""
    for path in sorted(folder.glob("profile.*")):
        stats = pstats.Stats(str(path))
        if stats.total_tt < 0.1:  # type: ignore[attr-defined]  # typeshed does not know it
            continue
        print(f"== thread {path.suffix}")
        for order in ("tottime", "cumulative"):
            stats.sort_stats(order).print_stats(SHOWN)
