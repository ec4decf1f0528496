"""How much may arrive unasked: one a day, four a week, less after silence. Pure.

The table stands in docs/architecture.md. Source: care research 1.13: more prompts are not
the lever; back off after 2 and 4 silences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

PRECEDENCE = ("meeting_48h", "meeting_3h", "two_weekly", "challenge", "measure", "positive_log")
"""Kinds of unasked messages, most important first. Whatever is not named elsewhere is unasked."""

DAILY = 1
WEEKLY = 4
HALVED_AFTER = 2
STOPPED_AFTER = 4
WEEK = timedelta(days=7)

Verdict = Literal["send", "wait", "silent"]
"""``wait``: try again tomorrow; ``silent``: the person has not answered for so long that nothing more is sent."""


def outranked(kind: str, waiting: Collection[str]) -> bool:
    """Whether something more important than *kind* is *waiting* to go out the same day, and so takes its place."""
    return any(rank(other) < rank(kind) for other in waiting)


def rank(kind: str) -> int:
    """The place in the order of precedence; what nobody named comes last, what counts as asked for outranks nothing."""
    return PRECEDENCE.index(kind) if kind in PRECEDENCE else len(PRECEDENCE)


def verdict(
    kind: str,
    sent: Sequence[datetime],
    heard_at: datetime | None,
    now: datetime,
    zone: ZoneInfo,
    *,
    attends: bool,
) -> Verdict:
    """Whether an unasked message may go out now.

    *sent* are the moments of earlier unasked messages of the last week and of the time since *heard_at*, oldest
    first. *attends*: a meeting reminder of somebody who attends is never silenced by cap or back-off.
    """
    if attends and kind.startswith("meeting_"):
        return "send"
    silences = sum(1 for moment in sent if heard_at is None or moment > heard_at)
    if silences >= STOPPED_AFTER:
        return "silent"
    today = now.astimezone(zone).date()
    on_this_day = sum(1 for moment in sent if moment.astimezone(zone).date() == today)
    in_this_week = sum(1 for moment in sent if moment > now - WEEK)
    weekly = WEEKLY // 2 if silences >= HALVED_AFTER else WEEKLY
    return "send" if on_this_day < DAILY and in_this_week < weekly else "wait"
