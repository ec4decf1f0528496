"""When a youngster hears of a planned talk: asked once, reminded once, and at once when it is called off."""

from __future__ import annotations

from bot.conversation import talk_endings
from bot.conversation.turn import Turn
from bot.conversation.youth_moments import begin, dosed, out_of_quiet
from bot.storage import appointments, due, duty
from bot.storage.due import Due
from bot.storage.people import Person

SCRIPT = "talk_moment"
PLANNED = talk_endings.PLANNED
"""Who planned it counts on the question: that a pause let it go, they see."""
AWAY = "away"
"""Why it does not go on: who planned it is not there on that day."""


def tell(turn: Turn, person: Person, one: Due) -> str:
    """The question comes by itself, so it counts for the dose; too late for it, the digest says so."""
    return _in_time(turn, person, one, _refused(turn, one) or dosed(turn, person, SCRIPT, one))


def answer(turn: Turn, person: Person, one: Due) -> str:
    """It answers a wish to talk, so it was asked for: the dose and a pause do not hold it."""
    done = _refused(turn, one) or out_of_quiet(turn, person, one) or begin(turn, person, SCRIPT, one)
    return _in_time(turn, person, one, done)


def _in_time(turn: Turn, person: Person, one: Due, done: str) -> str:
    """Put off past its last moment is as good as dropped, and now there is more time left to call."""
    waiting = (each for each in due.waiting_of(turn.conn, person.id) if each.id == one.id)
    moved = next(waiting, None) if done == "moved" else None
    late = moved is not None and one.not_after is not None and moved.not_before >= one.not_after
    return "too_late" if late else done


def remind(turn: Turn, person: Person, one: Due) -> str:
    """Once, unless they never heard of it, asked for another moment or it was called off."""
    refused = _refused(turn, one)
    if refused is not None:
        return refused
    found = appointments.find(turn.conn, one.subject["appointment"])
    if found is None or not talk_endings.was_sent(turn, found):
        return "not_told"
    return out_of_quiet(turn, person, one) or begin(turn, person, SCRIPT, one)


def tell_off(turn: Turn, person: Person, one: Due) -> str:
    """It was called off: at once when it is near."""
    return begin(turn, person, SCRIPT, one)


def _refused(turn: Turn, one: Due) -> str | None:
    """Why nothing is said of it: it stands no more, or nobody would be there; who knew of it hears that."""
    found = appointments.find(turn.conn, one.subject["appointment"])
    if found is None or found.state not in appointments.STANDS or found.starts_at <= turn.now:
        return "over"
    if not talk_endings.is_kept(turn, found):
        talk_endings.end(turn, found)
        return "over"
    if not duty.reachable(turn.conn, found.by_id, found.starts_at):
        talk_endings.end(turn, found)
        return AWAY
    return None
