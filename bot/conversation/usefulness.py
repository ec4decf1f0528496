"""Whether what stands on the list of a person is still of use: messages to who has an account are held to the same."""

from __future__ import annotations

from bot.conversation import (
    afterwards,
    assisted,
    holiday_told,
    phase_moves,
    place_moved,
    telling,
    trial,
    youth_moments,
)
from bot.conversation.turn import Turn
from bot.programme import lifecycle
from bot.storage import admissions, challenges, closings, meetings, phases
from bot.storage.due import Due
from bot.storage.errands import Errand
from bot.storage.people import Person

REMINDER: str = "meeting_48h"
HOLIDAY: str = "holiday_told"
ENDING: frozenset[str] = frozenset({afterwards.ASKS, afterwards.ANNOUNCES})
NOT_AFTER_LEAVING = phase_moves.REMINDERS | {"age_told", HOLIDAY}
WITH_PAPER = phase_moves.REMINDERS | trial.KINDS | {"age_told", afterwards.ASKS}
"""What is said only as long as somebody signed. A closed door and a professional who is away are told anyhow."""


def why_not(turn: Turn, youth: Person, one: Due | Errand) -> str | None:
    """Why nobody has to say this any more, in one word as in ``moments``; none when somebody has to."""
    if one.kind in WITH_PAPER and assisted.consent(turn, youth) != "given":
        return "no_consent"
    phase = phases.phase_of(turn.conn, youth.id)
    if one.kind in NOT_AFTER_LEAVING and phase in lifecycle.NO_REMINDERS:
        return "not_taking_part"
    if one.kind in phase_moves.REMINDERS and closings.is_closed(turn.conn, youth.group_id):
        return "group_closed"
    if one.kind in trial.KINDS:
        return trial.not_now(turn, youth, one) or _over(turn, one)
    if one.kind == REMINDER:
        return _of_evening(turn, youth, one)
    if one.kind in telling.TOLD:
        made = telling.current(turn, one)
        if made is None:
            return "undone"
        return (
            None if any(other.id == youth.id for other in telling.audience(turn, made.group_id)) else "left"
        )
    if one.kind == place_moved.KIND:
        return place_moved.why_not(turn, youth, one)
    if one.kind == "follow_up":
        state = challenges.load_attempt(turn.conn, one.subject["attempt"]).state
        return None if state == "planned" else "not_planned"
    if one.kind in ENDING:
        return None if phase == "aftercare" else "over"
    if one.kind == HOLIDAY and HOLIDAY in one.subject:
        return None if holiday_told.stands(turn, youth, one.subject) else "over"
    return None


def _of_evening(turn: Turn, youth: Person, one: Due | Errand) -> str | None:
    if not admissions.belongs_to_evenings(turn.conn, [youth.id]):
        return "not_taking_part"
    evening = meetings.load(turn.conn, one.subject["meeting"])
    if evening.state not in meetings.HELD:
        return "cancelled"
    if one.occurrence != evening.occurrence:
        # It moved meanwhile, and is said anew for its new moment.
        return "evening_moved"
    if evening.starts_at <= turn.now:
        return "too_late"
    return "another_group" if youth_moments.in_another_group(turn, youth, evening) else None


def _over(turn: Turn, one: Due | Errand) -> str | None:
    """What was to be told before an evening is of no use after it."""
    if one.kind != trial.BRIEFING:
        return None
    return "too_late" if meetings.load(turn.conn, one.subject["meeting"]).starts_at <= turn.now else None
