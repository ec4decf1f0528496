"""Where somebody is in the programme, and which moves are legal. One table, one set of reasons. Pure.

The phases follow the programme's own description: after sign-up and screening one trial meeting, then participation,
then outflow; everybody flows in and out at their own time, and coming back is possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

Phase = Literal[
    "applied",
    "screening",
    "waiting",
    "trial",
    "participating",
    "paused",
    "outflow",
    "aftercare",
    "left",
    "referred",
    "halted",
    "erased",
]
"""*paused*: a break that was agreed on; a pause of the chat alone is no phase. *left*: stopped on the way."""
Refusal = Literal[
    "unknown_phase",
    "unknown_reason",
    "same",
    "illegal",
    "future",
    "before_last",
    "too_late",
    "nothing",
    "full",
]
"""Why a move is not made. *before_last*: dated before the move it would follow; *full*: the place was given away."""

PHASES: tuple[Phase, ...] = get_args(Phase)
UNDO_WITHIN = timedelta(days=1)

MOVES: Mapping[Phase | None, frozenset[Phase]] = {
    # Who was invited after a talk begins further on than a stranger does.
    None: frozenset({"applied", "screening", "waiting", "trial", "participating"}),
    "applied": frozenset({"screening", "waiting", "referred", "left", "halted", "erased"}),
    "screening": frozenset({"waiting", "trial", "referred", "left", "halted", "erased"}),
    "waiting": frozenset({"screening", "trial", "participating", "referred", "left", "halted", "erased"}),
    "trial": frozenset({"participating", "screening", "waiting", "referred", "left", "halted", "erased"}),
    "participating": frozenset({"paused", "outflow", "waiting", "referred", "left", "halted", "erased"}),
    "paused": frozenset({"participating", "outflow", "referred", "left", "halted", "erased"}),
    "outflow": frozenset({"aftercare", "participating", "referred", "left", "halted", "erased"}),
    "aftercare": frozenset({"applied", "participating", "referred", "halted", "erased"}),
    "left": frozenset({"applied", "screening", "trial", "participating", "referred", "halted", "erased"}),
    "referred": frozenset({"applied", "screening", "trial", "participating", "left", "halted", "erased"}),
    # Lifted: back to where it was, which the history says.
    "halted": frozenset(PHASES) - {"halted"},
    "erased": frozenset(),
}
"""From which phase to which. ``None``: nothing is recorded yet."""

REASONS: Mapping[Phase, tuple[str, ...]] = {
    "applied": ("self", "family", "school", "professional", "came_back", "lifted"),
    "screening": ("talk", "again", "lifted"),
    "waiting": ("full", "no_group", "own_wish", "moves_group", "lifted"),
    "trial": ("fits", "again", "lifted"),
    "participating": ("both_want", "from_waiting", "back_from_pause", "came_back", "not_yet", "lifted"),
    "paused": ("own_wish", "school", "health", "other", "lifted"),
    "outflow": ("self_reliant", "own_wish", "age", "group_closes", "other", "lifted"),
    "aftercare": ("chosen", "quiet", "lifted"),
    "left": (
        "own_wish",
        "no_time",
        "does_not_fit",
        "moved_away",
        "other_help",
        "no_contact",
        "group_closes",
        "lifted",
    ),
    "referred": ("care", "district_team", "school", "other", "lifted"),
    "halted": ("died", "admitted", "unsafe", "other"),
    "erased": ("own_wish", "term_ended", "closed", "died"),
}
"""Why somebody came into a phase. *lifted*: it is where they were before a halt."""

TAKING_PART: frozenset[Phase] = frozenset({"trial", "participating", "outflow"})
"""Who belongs to the evenings of a group."""
PLACE_TAKEN: frozenset[Phase] = frozenset({"trial", "participating", "paused", "outflow", "halted"})
"""Who takes a place in a group: a pause and a halt keep it; of who died the caller leaves it free."""
NO_REMINDERS: frozenset[Phase] = frozenset({"aftercare", "left", "referred", "halted", "erased"})
"""Who is reminded of nothing: no evening, no step, no question that comes by itself."""
BY_ITSELF: frozenset[Phase] = frozenset({"halted", "erased"})
"""Phases that follow from a halt or an erasure, and are never chosen as a next step."""


@dataclass(frozen=True, slots=True)
class Move:
    """One recorded move. *on* is the local day it is about, *at* the moment it was noted, *by* who noted it."""

    phase: Phase
    reason: str
    on: date
    at: datetime
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """*why* a move is not made, and where one can go instead."""

    why: Refusal
    legal: tuple[Phase, ...] = ()


def current(history: Sequence[Move]) -> Phase | None:
    """The phase somebody is in; *history* oldest first, without what was undone."""
    return history[-1].phase if history else None


def legal_from(history: Sequence[Move]) -> tuple[Phase, ...]:
    """Where one can go from here, in the order of the programme. Out of a halt there is one way: back."""
    here = current(history)
    if here == "halted":
        back = before_halt(history)
        return (*([back] if back else []), "erased")
    return tuple(one for one in PHASES if one in MOVES[here])


def next_steps(history: Sequence[Move]) -> tuple[Phase, ...]:
    """What a person may choose from here. Out of a halt nothing: lifting it is a step of its own."""
    if current(history) == "halted":
        return ()
    return tuple(one for one in legal_from(history) if one not in BY_ITSELF)


def may_undo(history: Sequence[Move], now: datetime) -> bool:
    """Whether the last move is taken back by undoing it. A halt is lifted, and what was lifted is halted anew."""
    last = undo(history, now)
    if not isinstance(last, Move) or current(history[:-1]) == "halted":
        return False
    return last.phase not in BY_ITSELF and last.reason != "lifted"


def before_halt(history: Sequence[Move]) -> Phase | None:
    """The last phase that was no halt."""
    return next((one.phase for one in reversed(history) if one.phase != "halted"), None)


def without_place(history: Sequence[Move], wanted: Move, today: date) -> Move | Refused:
    """Out of a halt for who had a place that went to another meanwhile: onto the waiting list. Else as ``decide``."""
    back = before_halt(history)
    if current(history) == "halted" and back in PLACE_TAKEN and wanted.phase == "waiting":
        # Nothing but the day and the reason is left to judge: a list is open to who is nowhere yet.
        late = wanted.on < history[-1].on
        return Refused("before_last", ("waiting",)) if late else decide((), wanted, today)
    return decide(history, wanted, today)


def decide(history: Sequence[Move], wanted: Move, today: date) -> Move | Refused:
    """*wanted* when it is legal after *history*; else why not, with what is."""
    legal = legal_from(history)
    if wanted.phase not in PHASES:
        return Refused("unknown_phase", legal)
    if wanted.phase == current(history):
        return Refused("same", legal)
    if wanted.phase not in legal:
        return Refused("illegal", legal)
    if wanted.reason not in REASONS[wanted.phase]:
        return Refused("unknown_reason", legal)
    if wanted.on > today:
        return Refused("future", legal)
    if history and wanted.on < history[-1].on:
        return Refused("before_last", legal)
    return wanted


def undo(history: Sequence[Move], now: datetime) -> Move | Refused:
    """The move that is taken back: the last one, within a day. Who was erased stays erased."""
    if not history or history[-1].phase == "erased":
        return Refused("nothing")
    last = history[-1]
    return last if now - last.at <= UNDO_WITHIN else Refused("too_late")


def funnel(histories: Iterable[Sequence[Move]], since: date, until: date) -> Counter[tuple[Phase, str]]:
    """How many people came into each phase for each reason, *since* <= day <= *until*; each person once per pair."""
    counted: Counter[tuple[Phase, str]] = Counter()
    for history in histories:
        counted.update({(one.phase, one.reason) for one in history if since <= one.on <= until})
    return counted
