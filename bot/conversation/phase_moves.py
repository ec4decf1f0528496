"""A move in the programme and what it changes: reminders stop or come back, a place on the waiting list ends."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import afterwards, place_news, planning, sign_of_life
from bot.conversation.turn import Turn
from bot.programme import capacity, lifecycle
from bot.programme.lifecycle import Move, Phase, Refused
from bot.storage import admissions, due, people, phases, waiting

EVENINGS = frozenset({"meeting_48h", "meeting_3h"})
REMINDERS = EVENINGS | {
    "two_weekly", "challenge", "positive_log", "quieter", "nudge", "follow_up", "cue", "evaluate", "look_back",
    "limits_again", "readiness", "readiness_staff",
}  # fmt: skip
"""What comes by itself or was planned with the program. Care, rights and an answer of a person always come."""

PLACED = "placed"
"""Why a place on the waiting list ended: they got in."""


def silenced(phase: Phase | None) -> frozenset[str]:
    """Due moments that do not happen in this phase; who was there before phases were recorded takes part."""
    if phase in lifecycle.NO_REMINDERS:
        return REMINDERS
    return frozenset() if phase is None or phase in lifecycle.TAKING_PART else EVENINGS


def record(turn: Turn, youth_id: int, wanted: Move, note: str = "", off: str = "") -> Move | Refused:
    """Record *wanted* with all that follows from it, or say why not and where one can go.

    *off* is why a place on the waiting list ends, when the phase alone does not say so.
    """
    people.locked(turn.conn, youth_id)
    history = phases.history(turn.conn, youth_id)
    decided = lifecycle.decide(history, wanted, turn.today)
    return _made(turn, youth_id, history, decided, note, off)


def waits_again(turn: Turn, youth_id: int, by: int) -> Move | Refused:
    """Out of a halt onto the waiting list: the place was given away."""
    people.locked(turn.conn, youth_id)
    history = phases.history(turn.conn, youth_id)
    return _made(turn, youth_id, history, _wait(turn, history, by), "", "")


def can_wait(turn: Turn, youth_id: int, by: int) -> bool:
    """Whether ``waits_again`` would be made now."""
    people.locked(turn.conn, youth_id)
    return isinstance(_wait(turn, phases.history(turn.conn, youth_id), by), Move)


def _wait(turn: Turn, history: list[Move], by: int) -> Move | Refused:
    wanted = Move("waiting", "full", turn.today, turn.now, by)
    return lifecycle.without_place(history, wanted, turn.today)


def _made(
    turn: Turn, youth_id: int, history: list[Move], decided: Move | Refused, note: str, off: str
) -> Move | Refused:
    """What was decided is recorded, with all that follows."""
    if isinstance(decided, Refused):
        return decided
    phases.add(turn.conn, youth_id, decided, note)
    _listed(turn, youth_id, lifecycle.current(history), decided.phase, off)
    afterwards.moved(turn, youth_id, decided)
    _follow(turn, youth_id, history, [*history, decided])
    return decided


def take_back(turn: Turn, youth_id: int, by: int) -> Move | Refused:
    """Undo the last move with all that followed from it. A halt is lifted by lifting it, not here.

    Refused as *full* when it would bring somebody back into a group whose place went to another meanwhile.
    """
    if _was_given_away(turn, youth_id):
        return Refused("full")
    people.locked(turn.conn, youth_id)
    history = phases.history(turn.conn, youth_id)
    last = lifecycle.undo(history, turn.now)
    if isinstance(last, Refused):
        return last
    if not lifecycle.may_undo(history, turn.now):
        return Refused("nothing")
    phases.undo_last(turn.conn, youth_id, by, turn.now)
    before = history[:-1]
    _unlisted(turn, youth_id, lifecycle.current(before), last.phase)
    afterwards.moved_back(turn, youth_id, last)
    _follow(turn, youth_id, history, before)
    return last


def _was_given_away(turn: Turn, youth_id: int) -> bool:
    youth, history = people.load(turn.conn, youth_id), phases.history(turn.conn, youth_id)
    before, now = lifecycle.current(history[:-1]), lifecycle.current(history)
    if youth.practice or youth.group_id is None or before is None or now is None or before == "halted":
        return False
    comes_back = capacity.takes_place(before) and not capacity.takes_place(now)
    return comes_back and not admissions.has_room(turn.conn, youth.group_id)


def halted(turn: Turn, youth_id: int, reason: str, by: int) -> None:
    """A halt is a move as well; it has stopped everything itself. Nothing for whom no phase is recorded."""
    _note(turn, youth_id, Move("halted", reason, turn.today, turn.now, by))


def lifted(turn: Turn, youth_id: int, by: int) -> None:
    """Back to where they were before the halt."""
    back = lifecycle.before_halt(phases.history(turn.conn, youth_id))
    if back is not None:
        _note(turn, youth_id, Move(back, "lifted", turn.today, turn.now, by))


def _note(turn: Turn, youth_id: int, wanted: Move) -> None:
    decided = lifecycle.decide(phases.history(turn.conn, youth_id), wanted, turn.today)
    if isinstance(decided, Move):
        phases.add(turn.conn, youth_id, decided)


def _listed(turn: Turn, youth_id: int, before: Phase | None, now: Phase, off: str) -> None:
    if now == "waiting":
        group_id = people.load(turn.conn, youth_id).group_id
        if group_id is not None:
            waiting.add(turn.conn, youth_id, group_id, capacity.next_sign(turn.today), turn.now)
    elif before == "waiting" and (place := waiting.of_youth(turn.conn, youth_id)) is not None:
        waiting.end(turn.conn, place.id, off or (PLACED if capacity.takes_place(now) else now), turn.now)


def _unlisted(turn: Turn, youth_id: int, now: Phase | None, undone: Phase) -> None:
    place = waiting.last_of_youth(turn.conn, youth_id)
    if place is None:
        return
    if undone == "waiting" and place.ended_at is None:
        waiting.end(turn.conn, place.id, "undone", turn.now)
    elif now == "waiting" and place.ended_at is not None:
        waiting.reopen(turn.conn, place.id)
        sign_of_life.reopened(turn, place)
        if place.why == PLACED:
            place_news.withdrawn(turn, place)


def _follow(turn: Turn, youth_id: int, was: Sequence[Move], stands: Sequence[Move]) -> None:
    """What was cancelled by the moves before and still lies ahead comes back; what is out of place now goes."""
    before, now = silenced(lifecycle.current(was)), silenced(lifecycle.current(stands))
    if before - now:
        for one in reversed(was):
            if not silenced(one.phase):
                break
            due.restore(turn.conn, youth_id, one.at, turn.now)
    if now:
        due.cancel_all(turn.conn, youth_id, now, turn.now)
    planning.plan_again(turn)
