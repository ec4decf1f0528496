"""Where people stop, per step; small numbers are hidden, also from whoever subtracts. Pure.

A number under five could point at somebody. Therefore a small number is shown as none, together with enough others
that the rest of a known total is no small number either; and the total itself is hidden when nothing else helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""Fewer people than this are never shown as a number."""


@dataclass(frozen=True, slots=True)
class Counts:
    """*each* by name in reading order; none: fewer than five, or hidden to protect another. So with *total*."""

    each: Mapping[str, int | None]
    total: int | None


def hidden(counts: Mapping[str, int], least: int = LEAST) -> Counts:
    """*counts* as they may be shown. What is hidden adds up to nothing or to at least *least* people."""
    total = sum(counts.values())
    if total < least:
        return Counts(dict.fromkeys(counts), None)
    secret = {name for name, count in counts.items() if count < least}
    left = sorted((name for name in counts if name not in secret), key=lambda name: counts[name])
    while secret and left and not _safe(counts, secret, least):
        secret.add(left.pop(0))
    shown = {name: None if name in secret else count for name, count in counts.items()}
    return Counts(shown, total if not secret or _safe(counts, secret, least) else None)


def _safe(counts: Mapping[str, int], secret: set[str], least: int) -> bool:
    return sum(counts[name] for name in secret) >= least
