"""The questions of a commissioning record, and what is still missing before it may be kept. Pure.

What people decided they say; what a machine can see is looked at: helplines, rosters, drills, the texts themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.care import commissioning
from bot.care.helplines import STALE_AFTER

SHORTEST_HASH = 12
QUESTIONS: dict[str, str] = {
    "dpia_by": "Who carried out the DPIA (name, function)?",
    "dpia_on": "On which day was the DPIA adopted (YYYY-MM-DD)?",
    "dpia_reference": "Where can the DPIA be found (file number or place)?",
    "content_by": "Who approved the texts (names, function)?",
    "content_on": "On which day (YYYY-MM-DD)?",
    "content_hash": "Which texts: the first 12 characters or more of their hash?",
    "helplines_by": "Who checked the helplines on their real pages (names)?",
    "minimum_age": "From which age are youngsters admitted?",
    "minimum_age_by": "Who decided on that age, and when (name, YYYY-MM-DD)?",
    "by": "Who commissions (name, function)?",
}
"""What is asked, by the name of its option."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the database shows of one organisation. *drilled_at*: the last drill that somebody acknowledged."""

    key: str
    on_call: bool
    decided_by: str
    covered_until: datetime
    drilled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the installation shows. *unchecked*: helplines that nobody checked within half a year."""

    content_hash: str
    unchecked: tuple[str, ...]
    minimum_age: int
    minimum_age_decided_by: str
    rings: bool
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """One point that is not in order, and how to mend it."""

    point: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.point}: {self.problem}. {self.mend}."


def missing(answers: Mapping[str, str], found: Found, now: datetime, today: date) -> tuple[Missing, ...]:
    """Everything that is missing, all at once; empty when the record is complete."""
    return (
        *_said(answers, found),
        *_days(answers, today),
        *_texts(answers, found),
        *_helplines(found),
        *_age(answers, found),
        *_organisations(found, now),
    )


def record(answers: Mapping[str, str], found: Found) -> dict[str, Any]:
    """What is kept of a complete record, with what the machine saw at that moment."""
    said = {name: answers.get(name, "").strip() for name in QUESTIONS}
    said["minimum_age_by"] = said["minimum_age_by"] or found.minimum_age_decided_by
    seen = [
        {
            "organisation": one.key,
            "on_call": "roster" if one.on_call else "none",
            "decided_by": one.decided_by,
            "covered_until": one.covered_until.isoformat() if one.on_call else None,
            "drill": one.drilled_at.isoformat() if one.drilled_at else None,
        }
        for one in found.organisations
    ]
    return {**said, "content_hash": found.content_hash, "organisations": seen}


def _said(answers: Mapping[str, str], found: Found) -> list[Missing]:
    left = [name for name in QUESTIONS if name != "content_hash" and not answers.get(name, "").strip()]
    if found.minimum_age_decided_by and "minimum_age_by" in left:
        left.remove("minimum_age_by")
    return [Missing(_option(name), "is not answered", QUESTIONS[name]) for name in left]


def _days(answers: Mapping[str, str], today: date) -> list[Missing]:
    wrong = []
    for name in ("dpia_on", "content_on"):
        text = answers.get(name, "").strip()
        try:
            too_late = bool(text) and date.fromisoformat(text) > today
        except ValueError:
            wrong.append(Missing(_option(name), f'"{text}" is no day', "Write it as 2026-11-20"))
            continue
        if too_late:
            wrong.append(Missing(_option(name), "is still to come", "Give the day on which it was done"))
    return wrong


def _texts(answers: Mapping[str, str], found: Found) -> list[Missing]:
    given = answers.get("content_hash", "").strip().lower()
    shown = f"The texts of this installation have hash {found.content_hash[:SHORTEST_HASH]}"
    if not given:
        return [Missing("content", "nobody said which texts were approved", shown)]
    if len(given) < SHORTEST_HASH or not found.content_hash.startswith(given):
        return [Missing("content", "other texts were approved than the ones published here", shown)]
    return []


def _helplines(found: Found) -> list[Missing]:
    mend = "Look at the real page, then fill in verified_on and verified_by in dialogs/nl/helplines.yaml"
    problem = f"nobody checked it in the last {STALE_AFTER.days} days"
    return [Missing(f"helpline {key}", problem, mend) for key in found.unchecked]


def _age(answers: Mapping[str, str], found: Found) -> list[Missing]:
    given = answers.get("minimum_age", "").strip()
    if not given or given == str(found.minimum_age):
        return []
    mend = "Change [telegram] minimum_age in the configuration, or decide again"
    return [Missing("--minimum-age", f"the configuration says {found.minimum_age}", mend)]


def _organisations(found: Found, now: datetime) -> list[Missing]:
    if not found.organisations:
        return [Missing("organisation", "there is none", "Run 'companion seed FILE'")]
    wrong = []
    for one in found.organisations:
        place = f"organisation {one.key}"
        if not one.decided_by:
            mend = "Fill in on_call and decided_by in the seed file, and run 'companion seed FILE'"
            wrong.append(Missing(place, "nobody decided about being on call outside working hours", mend))
        if one.on_call and not found.rings:
            mend = "Fill in [operator] alarm_command: the gateway that makes a telephone ring"
            wrong.append(Missing(place, '"on call" without a telephone that rings is a promise', mend))
        covered = commissioning.duty_is_covered(on_call=one.on_call, covered_until=one.covered_until, now=now)
        if not covered:
            mend = "The coordinator fills the roster in the bot, or [[duty]] in the seed file"
            wrong.append(Missing(place, "the roster has a gap within the next 7 days", mend))
        if not commissioning.drill_is_fresh(one.drilled_at, now):
            mend = f"Run 'companion drill --organisation {one.key}' beside the running bot"
            wrong.append(Missing(place, "no drill was acknowledged in the last 31 days", mend))
    return wrong


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
