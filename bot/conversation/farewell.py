"""The end and what follows: the goodbye, the questions at 3 and 6 months, and the erasure that was announced."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import afterwards, phase_moves, rights, workbook
from bot.conversation.turn import Turn
from bot.message import Document, Message
from bot.programme import ending
from bot.programme.lifecycle import Move
from bot.storage import due, erasures, exercises, outflows, phases
from bot.storage.due import Due
from bot.storage.exercises import Exercise
from bot.storage.outflows import Outflow
from bot.storage.people import Person
from dialogs.text import Span

ON_THE_WAY_OUT = frozenset({"outflow", "aftercare"})
LOOK_AGAIN = timedelta(days=1)
"""How often an erasure that was not announced yet is looked at."""


def current(turn: Turn, youth: Person, one: Due) -> Outflow | None:
    """What this moment belongs to; none when somebody came back meanwhile or it was taken back."""
    found = outflows.of_youth(turn.conn, youth.id)
    if found is None or found.id != one.subject.get("outflow"):
        return None
    return found if phases.phase_of(turn.conn, youth.id) in ON_THE_WAY_OUT else None


def said_goodbye(turn: Turn, youth: Person, one: Outflow) -> None:
    """From now on the days of the end are known, and nothing comes any more but what belongs to the end."""
    if one.state != "agreed":
        return
    days = ending.ending(turn.today, aftercare=bool(one.aftercare))
    outflows.change(turn.conn, one.id, state="ended", erase_on=days.erase_on)
    why = "chosen" if one.aftercare else "quiet"
    phase_moves.record(turn, youth.id, Move("aftercare", why, turn.today, turn.now, one.proposed_by))
    afterwards.plan_end(turn, one, days)


def erase(turn: Turn, youth: Person, one: Due) -> str:
    """The term that was announced is over: the existing way of erasing, with its proof, waits for an open alert.

    Nothing is erased that was not said first.
    """
    found = current(turn, youth, one)
    if found is None or found.state != "ended" or found.erase_on is None or found.erase_on > turn.today:
        return "over"
    if any(ahead.kind == afterwards.ANNOUNCES for ahead in due.waiting_of(turn.conn, youth.id)):
        due.replan(turn.conn, youth.id, one.kind, one.occurrence, turn.now + LOOK_AGAIN, None)
        return "moved"
    if erasures.pending(turn.conn, youth.id) is None:
        number = erasures.ask(turn.conn, youth.id, "term", turn.now, turn.now)
        due.plan(turn.conn, youth.id, rights.KIND, str(number), turn.now, None, {"erasure": number}, turn.now)
    return "sent"


def plan_of(turn: Turn, youth: Person) -> Exercise | None:
    """The own plan for when it goes less well, if somebody made one."""
    return next(iter(exercises.latest(turn.conn, youth.id, "relapse_plan")), None)


def plan_page(turn: Turn, youth: Person) -> Message | None:
    """The own plan as a page to print; none without a plan."""
    one = plan_of(turn, youth)
    if one is None:
        return None
    # Drawing loads a library that few conversations need.
    from bot.paper.own_plan import page

    name = turn.phrase("plan_file", youth)
    said = workbook.lines(turn, youth, one)
    title, help_said = turn.phrase("plan_title", youth), turn.phrase("plan_help", youth)
    content = page(youth.language, title, str(said), help_said, turn.now)
    words = (Span(turn.phrase("plan_said", youth)),)
    return Message(words, document=Document(f"{name}.pdf", content))
