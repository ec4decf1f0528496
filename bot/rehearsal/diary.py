"""The calendar of a rehearsal: what came, what was answered, and what must never happen. Pure but for its words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.age import Band
from bot.content.dates import LOCALES
from bot.schedule import dose
from bot.schedule.quiet import QuietHours, is_quiet

OWN = "own"
"""The kind of an entry that the person began: they opened the menu."""
ANSWER = "answer"
"""The kind of what a professional sent back."""
CARE = "care"
"""The kind of what comes because of danger, from people and not from the schedule."""
CHOSEN = frozenset({"nudge", "cue"})
"""Kinds that come at a moment the youngster chose: also in quiet hours."""


@dataclass(slots=True)
class Entry:
    """Something that came by itself, or that the person began, with what they answered: labels and typed words.

    *sender* is the programme, or the professional whose words these are.
    """

    at: datetime
    sender: str
    kind: str
    line: str
    answers: list[str] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A question that was left open: of which dialog, since when, and its first line."""

    script: str
    step: str
    since: datetime
    line: str


@dataclass(frozen=True, slots=True)
class Diary:
    """What was played. *failed* are the rules that were broken; the texts or the program are wrong then."""

    persona: str
    challenge: str
    zone: ZoneInfo
    entries: tuple[Entry, ...]
    stopped: tuple[Stopped, ...]
    failed: tuple[str, ...]

    def lines(self, language: str = "en") -> list[str]:
        """For people: one line for each thing that came, and under it what was answered."""
        words = _words()[language]
        told: list[str] = []
        for one in self.entries:
            kind = words["kinds"].get(one.kind, one.kind)
            told.append(f"{_when(one.at, self.zone, language)}  {one.sender:8.8}  {kind:14}  {one.line}")
            if one.answers:
                told.append(f"{'':18}-> {' | '.join(one.answers)}")
            elif one.kind != OWN:
                told.append(f"{'':18}-> {words['no_answer']}")
        if self.stopped:
            told += ["", words["left_open"]]
            told += [f"  {one.script}.{one.step}: {one.line}" for one in self.stopped]
        told += ["", self.counted(language)]
        told += [words["must_not"].format(what=one) for one in self.failed]
        return told

    def counted(self, language: str = "en") -> str:
        """In one line how much came, and how much of it was not answered."""
        return str(_words()[language]["counted"]).format(count=self.count(), unanswered=self.unanswered())

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "persona": self.persona,
            "challenge": self.challenge,
            "entries": [
                {
                    "at": one.at.isoformat(),
                    "from": one.sender,
                    "kind": one.kind,
                    "line": one.line,
                    "answers": one.answers,
                    "endings": one.endings,
                }
                for one in self.entries
            ],
            "stopped": [
                {"dialog": one.script, "step": one.step, "since": one.since.isoformat(), "line": one.line}
                for one in self.stopped
            ],
            "failed": list(self.failed),
        }

    def count(self) -> int:
        return sum(one.kind != OWN for one in self.entries)

    def unanswered(self) -> int:
        return sum(one.kind != OWN and not one.answers for one in self.entries)


def _when(moment: datetime, zone: ZoneInfo, language: str) -> str:
    return format_datetime(moment.astimezone(zone), "EEE dd MMM HH:mm", locale=LOCALES[language]).replace(
        ".", ""
    )


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("calendar.toml").read_text("utf-8"))


def broken_rules(entries: Sequence[Entry], band: Band, quiet: QuietHours, zone: ZoneInfo) -> tuple[str, ...]:
    """A second unasked message on a day, a fifth in seven days, anything in quiet hours; nothing when all is well.

    Reminders of an evening are the exception of the table of the dose: they are counted, but never held back. What
    concerns care, and a moment somebody chose, may come at any hour.
    """
    apart = (OWN, ANSWER, CARE)
    unasked = [one for one in entries if one.kind not in apart and dose.weight(one.kind) == "unasked"]
    found: list[str] = []
    for place, one in enumerate(unasked):
        if one.kind.startswith("meeting_"):
            continue
        before = unasked[:place]
        day = one.at.astimezone(zone).date()
        if any(other.at.astimezone(zone).date() == day for other in before):
            found.append(f"a second unasked message on {day}: {one.kind}")
        if 1 + sum(other.at > one.at - timedelta(days=7) for other in before) > dose.WEEKLY:
            found.append(f"more than {dose.WEEKLY} unasked messages in the week until {day}: {one.kind}")
    for one in entries:
        free = one.kind in (OWN, CARE, *CHOSEN) or dose.weight(one.kind) == "care"
        if not free and is_quiet(one.at, band, quiet, zone):
            found.append(f"{one.kind} came in quiet hours, at {one.at.astimezone(zone):%Y-%m-%d %H:%M}")
    return tuple(found)
