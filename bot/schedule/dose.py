"""How much may arrive unasked: one a day, four a week, less after silence. Pure.

The table stands in docs/architecture.md; ``WEIGHTS`` holds it. Source: care research 1.13: more prompts are not
the lever; back off after 2 and 4 silences.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

PRECEDENCE = (
    "meeting_48h",
    "meeting_3h",
    "talk_planned",
    "two_weekly",
    "challenge",
    "measure",
    "readiness",
    "aftercare",
    "waiting_sign",
    "positive_log",
    "quieter",
)
"""Kinds of unasked messages, most important first. Whatever is not named elsewhere is unasked."""

Weight = Literal["care", "asked", "owed", "unasked"]
"""*asked* for by the youngster, *owed* by us (once each), or *unasked*; only what is unasked counts for the cap."""

WEIGHTS: Mapping[str, Weight] = {
    "meeting_48h": "unasked",
    "meeting_3h": "unasked",
    "talk_planned": "unasked",
    "two_weekly": "unasked",
    "challenge": "unasked",
    "measure": "unasked",
    "readiness": "unasked",
    "aftercare": "unasked",
    "waiting_sign": "unasked",
    "positive_log": "unasked",
    "quieter": "unasked",
    "danger_silence": "care",
    "lost_hours": "owed",
    "nudge": "asked",
    "follow_up": "asked",
    "answer": "asked",
    "cue": "asked",
    "evaluate": "asked",
    "look_back": "asked",
    "pause_over": "asked",
    "trial_briefing": "asked",
    "trial_day_after": "asked",
    "talk_soon": "asked",
    "talk_off": "asked",
    "talk_wished": "asked",
    "meeting_moved": "asked",
    "meeting_cancelled": "asked",
    "place_moved": "asked",
    "reader_changed": "owed",
    "age_told": "owed",
    "holiday_told": "owed",
    "goodbye": "owed",
    "deletion_soon": "owed",
    "term_ended": "owed",
    "withdrawn": "owed",
    "step_adapted": "owed",
    "pause_given": "owed",
    "limits_again": "owed",
    "terms": "owed",
    "reconfirm": "owed",
    "inspection_told": "owed",
    "card_told": "owed",
    "erase": "owed",
}
"""The table of ARCHITECTURE (docs/architecture.md), kind by kind."""

PASSES_PAUSE = frozenset(
    {
        "danger_silence",
        "lost_hours",
        "answer",
        "meeting_moved",
        "meeting_cancelled",
        "place_moved",
        "talk_off",
        "talk_wished",
        "pause_given",
        "erase",
    }
)
"""What comes in a pause: care, a moved or cancelled evening, another place, a talk that is called off, an answer that
was asked for, a talk that answers a wish to talk, and that there is a pause which somebody else chose. An erasure that
was asked for is carried out, and lost hours are told because words about danger may have been among them."""

OWN_MOMENTS = ("two_weekly", "challenge", "positive_log")
"""Kinds for which somebody may choose moments of their own, together or one by one."""

ANNOUNCES = frozenset({"meeting_48h", "meeting_3h", "positive_log"})
"""What lies before something: out of a quiet hour it moves earlier. Everything else asks, and moves later."""

DAILY = 1
WEEKLY = 4
HALVED_AFTER = 2
STOPPED_AFTER = 4
WEEK = timedelta(days=7)

Verdict = Literal["send", "wait", "silent"]
"""``wait``: try again tomorrow; ``silent``: the person has not answered for so long that nothing more is sent."""


def weight(kind: str) -> Weight:
    """How a kind of message counts; whatever is not named is unasked."""
    return WEIGHTS.get(kind, "unasked")


def passes_pause(kind: str) -> bool:
    """Whether it comes all the same when the youngster paused the bot."""
    return kind in PASSES_PAUSE


def attends(said: str | None, last_two: Sequence[bool] | None) -> bool:
    """Whether somebody counts as coming to evenings, so that nothing silences a reminder of one.

    *said* is their answer for this evening; *last_two* whether they came to the last two, none when nobody noted it.
    """
    if said == "come":
        return True
    return any(last_two) if last_two is not None else said != "not"


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
    attending: bool,
    quieter: bool = False,
) -> Verdict:
    """Whether an unasked message may go out now.

    *sent* are the moments of earlier unasked messages of the last week and of the time since *heard_at*, oldest
    first. *attending*: a meeting reminder of somebody who attends is never silenced by cap or back-off.
    *quieter*: they asked for half of it.
    """
    if attending and kind.startswith("meeting_"):
        return "send"
    silences = silences_of(sent, heard_at)
    if silences >= STOPPED_AFTER:
        return "silent"
    today = now.astimezone(zone).date()
    on_this_day = sum(1 for moment in sent if moment.astimezone(zone).date() == today)
    in_this_week = sum(1 for moment in sent if moment > now - WEEK)
    weekly = WEEKLY // 2 if quieter or silences >= HALVED_AFTER else WEEKLY
    return "send" if on_this_day < DAILY and in_this_week < weekly else "wait"


def silences_of(sent: Sequence[datetime], heard_at: datetime | None) -> int:
    """How many unasked messages nobody answered."""
    return sum(1 for moment in sent if heard_at is None or moment > heard_at)


def may_ask_quieter(
    sent: Sequence[datetime], heard_at: datetime | None, now: datetime, zone: ZoneInfo
) -> Verdict:
    """Whether the one question after so much silence may go now: once nobody was heard, on a day with nothing else."""
    if silences_of(sent, heard_at) < STOPPED_AFTER:
        return "silent"
    today = now.astimezone(zone).date()
    return "wait" if any(moment.astimezone(zone).date() == today for moment in sent) else "send"
