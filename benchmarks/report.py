"""The figures as text: medians of each bot, and medians of the ratios within each repetition."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.measuring import BOTS, OURS, PEERS, Idle, Load, Result

T = TypeVar("T", Result, Idle)


def table(load: Load, results: Sequence[Result], idles: Sequence[Idle]) -> str:
    """Everything that was measured, as Markdown."""
    reps = len(results) // len(BOTS)
    lines = [
        f"{datetime.now(UTC):%d %B %Y}; {reps} repetitions, {load.users} users at once; {machine()}",
        "",
        "| bot | CPU s per 1000 turns | turns/s | calls per turn | transactions per turn | start s | idle MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for bot in BOTS:
        mine, still = _of(results, bot), _of(idles, bot)
        made = mine[0].transactions_per_turn
        lines.append(
            f"| {bot} | {_spread(mine, lambda one: one.cpu)} | {_median(mine, lambda one: one.turns_per_second):.0f} "
            f"| {_median(mine, lambda one: one.calls_per_turn):.2f} "
            f"| {'-' if made is None else f'{_median(mine, lambda one: one.transactions_per_turn or 0):.2f}'} "
            f"| {_spread(still, lambda one: one.start)} | {_median(still, lambda one: one.memory):.0f} |"
        )
    lines += [
        "",
        f"| {OURS} divided by | CPU per turn | CPU per call | start | idle memory |",
        "|---|---|---|---|---|",
    ]
    for peer in PEERS:
        lines.append(
            f"| {peer} | {_ratio(results, peer, lambda one: one.cpu)} "
            f"| {_ratio(results, peer, lambda one: one.cpu / one.calls_per_turn)} "
            f"| {_ratio(idles, peer, lambda one: one.start)} | {_ratio(idles, peer, lambda one: one.memory)} |"
        )
    foreign = max(one.foreign for one in results)
    mistakes = [f"{one.bot}: {what}" for one in results for what in one.mistakes]
    lines += ["", f"Other work on the machine: up to {foreign:.2f} cores in a repetition."]
    lines += [f"Wrong, double or lost: {len(mistakes)}.", *mistakes[:20]]
    return "\n".join(lines)


def machine() -> str:
    """What it ran on."""
    cpus = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in cpus if line.startswith("model name")), "unknown CPU"
    )
    return (
        f"{os.cpu_count()} x {model}, {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"python-telegram-bot {version('python-telegram-bot')}"
    )


def _of(measured: Sequence[T], bot: str) -> list[T]:
    return [one for one in measured if one.bot == bot]


def _median(measured: Sequence[T], figure: Callable[[T], float]) -> float:
    return median(figure(one) for one in measured)


def _spread(measured: Sequence[T], figure: Callable[[T], float]) -> str:
    figures = sorted(figure(one) for one in measured)
    return f"{median(figures):.2f} ({figures[0]:.2f}-{figures[-1]:.2f})"


def _ratio(measured: Sequence[T], peer: str, figure: Callable[[T], float]) -> str:
    pairs = zip(_of(measured, OURS), _of(measured, peer), strict=True)
    ratios = sorted(figure(ours) / figure(theirs) for ours, theirs in pairs)
    return f"{median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
