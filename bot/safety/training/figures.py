"""How well the detector does, with intervals, per kind, language and style; and what it misses."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.safety.finding import Finding
from bot.safety.training.corpus import Item

Row = dict[str, str | int | float]
SHORT, LONG = 3, 40
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """An item and what was found in it."""

    item: Item
    finding: Finding


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    size = 1 + z * z / of
    return max(0.0, (middle - spread) / size), min(1.0, (middle + spread) / size)


def figures(judged: Sequence[Judged]) -> list[Row]:
    """Recall of crisis and shares of false alerts: in all, and per author, language, style and kind."""
    crisis = [one for one in judged if one.item.label == "crisis"]
    concern = [one for one in judged if one.item.label == "concern"]
    ordinary = [one for one in judged if one.item.label == "none" and not one.item.lookalike]
    lookalike = [one for one in judged if one.item.lookalike]
    rows = [
        _row("crisis found", "all", crisis),
        _row("crisis found or asked", "all", crisis, asked=True),
        _row("concern found or asked", "all", concern, asked=True),
        _row("false alert, ordinary", "all", ordinary),
        _row("asked or alerted, ordinary", "all", ordinary, asked=True),
        _row("false alert, look-alike", "all", lookalike),
        _row("asked or alerted, look-alike", "all", lookalike, asked=True),
    ]
    for name, group in (
        ("crisis found", crisis),
        ("false alert, ordinary", ordinary),
        ("false alert, look-alike", lookalike),
    ):
        for title, key in _SPLITS.items():
            rows += [
                _row(name, f"{title}: {value}", [one for one in group if key(one) == value])
                for value in sorted({key(one) for one in group})
            ]
    return rows


def _row(what: str, which: str, group: Sequence[Judged], *, asked: bool = False) -> Row:
    hits = sum(one.finding.label == "crisis" or (asked and one.finding.label == "concern") for one in group)
    low, high = wilson(hits, len(group))
    share = hits / len(group) if group else 0.0
    return {"what": what, "which": which, "n": len(group), "share": share, "low": low, "high": high}


def _style(one: Judged) -> str:
    count = len(one.item.text.split())
    return "1-3 words" if count <= SHORT else "over 40 words" if count > LONG else "sentence"


_SPLITS: Mapping[str, Callable[[Judged], str]] = {
    "author": lambda one: one.item.author,
    "language": lambda one: one.item.lang,
    "style": _style,
    "a rule fired": lambda one: "yes" if one.finding.explicit else "no",
    "meant as plain": lambda one: "yes" if one.item.plain else "no",
    "kind": lambda one: one.item.danger or one.item.kind,
}


def misses(judged: Sequence[Judged]) -> dict[str, list[str]]:
    """Some texts in which danger was not seen, and some in which it was seen and is not; evenly spread."""
    missed = [one.item.text for one in judged if one.item.label == "crisis" and one.finding.label == "none"]
    false = [one.item.text for one in judged if one.item.label == "none" and one.finding.label == "crisis"]
    return {"missed": _some(missed), "false": _some(false)}


def _some(texts: Sequence[str]) -> list[str]:
    step = max(1, len(texts) // SHOWN)
    return list(texts[::step][:SHOWN])


def as_table(rows: Sequence[Row]) -> str:
    """*rows* as a Markdown table with percentages."""
    lines = ["| what | which | n | % | 95 % interval |", "|---|---|---|---|---|"]
    for row in rows:
        share, low, high = (100 * float(row[name]) for name in ("share", "low", "high"))
        lines.append(
            f"| {row['what']} | {row['which']} | {row['n']} | {share:.1f} | {low:.1f} - {high:.1f} |"
        )
    return "\n".join(lines)
