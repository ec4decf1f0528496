"""Withdrawing a text at once, also from youngsters who are on it: nothing of it happens any more, and they hear why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.content.pages import Actor, allow, pages_of
from bot.content.rollback import rollback
from bot.content.source import Kind
from bot.conversation import relay, talk
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.quiet import is_quiet, moved
from bot.storage import challenges, due, journal, people, publications, revisions, sessions, withdrawals
from bot.storage.due import Due
from bot.storage.people import Person
from bot.storage.withdrawals import Withdrawal

KIND = "withdrawn"
"""The due moment at which a youngster is told: a notice we owe, once for each withdrawal."""

ON_THE_WAY = frozenset({"nudge", "prepare", "plan", "step_now", "challenge", "challenge_new", "ladder"})
"""Dialogs about the step somebody is going to do; what is about a step that was done goes on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """*revisions* it holds for now; *told* is how many youngsters hear of it; *rows* are the withdrawals made."""

    revisions: tuple[str, ...] = ()
    told: int = 0
    rows: tuple[int, ...] = ()


class NothingToWithdraw(Exception):
    """There is no such text or step, or no other text that could take its place. *known* are the steps there are."""

    def __init__(self, why: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why, self.known = why, known


def withdraw(
    turn: Turn, by: Actor, kind: Kind, key: str, step: str | None, because: str, revision: str = ""
) -> Outcome:
    """Withdraw a text, or one *step* of a challenge, in every revision there ever was (or only in *revision*).

    Of a dialog it is the current text: the one before takes its place at once. ``NothingToWithdraw`` or ``Refused``.
    """
    known = [name for name in revisions.of_key(turn.conn, kind, key) if name.startswith(revision)]
    if not known or kind not in ("challenge", "dialog"):
        raise NothingToWithdraw("text")
    allow(turn.conn, by, "withdraw_content", pages_of(turn.conn, known[-1]), turn.now)
    if kind == "dialog":
        return _dialog(turn, by, key, step, because, known if revision else [])
    if step is not None:
        known = _with_step(turn, key, known, step)
    rows = withdrawals.add(turn.conn, kind, key, known, step, because, by.id, turn.now)
    told = sum(_reach(turn, withdrawals.load(turn.conn, number)) for number in rows)
    return Outcome(tuple(known), told, tuple(rows))


def lift(turn: Turn, by: Actor, kind: Kind, key: str, step: str | None) -> Outcome:
    """Undo: it is offered again. Who was not told yet has their plan back as if nothing had happened."""
    standing = [one for one in withdrawals.standing(turn.conn, kind, key) if one.step == step]
    if not standing:
        raise NothingToWithdraw("standing")
    allow(turn.conn, by, "lift_content", pages_of(turn.conn, standing[0].revision), turn.now)
    withdrawals.lift(turn.conn, [one.id for one in standing], by.id, turn.now)
    untold = sum(_undo(turn, one) for one in standing)
    return Outcome(tuple(one.revision for one in standing), untold, tuple(one.id for one in standing))


def tell(turn: Turn, person: Person, one: Due) -> str:
    """A due moment: say once that it was taken away, outside quiet hours, with another choice."""
    found = withdrawals.load(turn.conn, one.subject["withdrawal"])
    if not withdrawals.is_standing(turn.conn, found.id):
        return "lifted"
    settings, band = turn.world.settings, turn.band(person)
    if is_quiet(turn.now, band, settings.quiet, settings.zone):
        later = moved(turn.now, "asks", band, settings.quiet, settings.zone)
        due.replan(turn.conn, person.id, one.kind, one.occurrence, later, one.not_after)
        return "moved"
    script = "step_withdrawn" if found.step else "challenge_gone"
    opening = Opening(Lane.REMINDER, Promise.AT_LEAST_ONCE, dedupe_key=f"due:{one.id}")
    begun = talk.begin(turn, person, script, one.subject, opening, foreground=False)
    return "sent" if begun is not None else "not_reachable"


def _dialog(turn: Turn, by: Actor, key: str, step: str | None, because: str, chosen: list[str]) -> Outcome:
    if step is not None:
        raise NothingToWithdraw("dialog_step")
    current = publications.current(turn.conn, "dialog", key)
    names = chosen or ([current] if current else [])
    rows = withdrawals.add(turn.conn, "dialog", key, names, None, because, by.id, turn.now)
    if (
        current in names
        and rollback(turn.conn, "dialog", key, by, turn.now, urgent=True).state != "published"
    ):
        withdrawals.lift(turn.conn, rows, by.id, turn.now)
        raise NothingToWithdraw("no_other")
    return Outcome(tuple(names), 0, tuple(rows))


def _with_step(turn: Turn, key: str, names: list[str], step: str) -> list[str]:
    found, known = [], dict[str, None]()
    for name in names:
        steps = _steps(turn, key, name)
        known |= dict.fromkeys(steps)
        if step in steps:
            found.append(name)
    if not found:
        raise NothingToWithdraw("step", tuple(known))
    return found


def _steps(turn: Turn, key: str, name: str) -> list[str]:
    text = turn.world.library.challenge(key, "nl", name, turn.conn)
    return [one.key for one in text.steps]


def _reach(turn: Turn, one: Withdrawal) -> int:
    """Take it away from everybody who has it; how many are told."""
    told = 0
    for given in challenges.holding(turn.conn, [one.revision]):
        youth = people.locked(turn.conn, given.youth_id)
        aside = challenges.set_aside(turn.conn, given.id, one.step, turn.now)
        for number in aside:
            for kind in ("nudge", "follow_up"):
                due.cancel(turn.conn, youth.id, kind, str(number), turn.now)
        unheard = one.step is None and due.cancel(turn.conn, youth.id, "challenge", str(given.id), turn.now)
        mine = one.step is None or given.step == one.step or bool(aside)
        _close(turn, youth, one, aside, mine=mine)
        if one.step is not None and given.step == one.step:
            challenges.choose_step(turn.conn, given.id, None)
        if mine and youth.state == "active" and not unheard:
            about = {"withdrawal": one.id, "challenge": given.id}
            told += due.plan(turn.conn, youth.id, KIND, str(one.id), turn.now, None, about, turn.now)
        if one.step is None:
            relay.notify_staff(turn, youth, "withdrawn")
        elif mine:
            journal.add(turn.conn, youth.id, "step_withdrawn", turn.now, None, given.id)
    return told


def _close(turn: Turn, youth: Person, one: Withdrawal, aside: list[int], *, mine: bool) -> None:
    """End open dialogs that lead to the step: their buttons become old."""
    for session in sessions.open_of(turn.conn, youth.id):
        about = session.state.subject.get("attempt") in aside
        leads = session.script in ON_THE_WAY and "attempt" not in session.state.subject and mine
        shown = any(option.key == one.step for option in session.state.shown)
        if about or leads or (shown and session.script in ON_THE_WAY):
            sessions.save(turn.conn, replace(session, status="ended"), turn.now)


def _undo(turn: Turn, one: Withdrawal) -> bool:
    """Give back what was set aside to whoever was not told yet; whether there was anybody."""
    some = False
    for given in challenges.holding(turn.conn, [one.revision]):
        if not due.cancel(turn.conn, given.youth_id, KIND, str(one.id), turn.now):
            continue
        some = True
        challenges.plan_again(turn.conn, given.id, one.at, turn.now)
        due.restore(turn.conn, given.youth_id, one.at, turn.now)
        if one.step is not None and given.step is None:
            challenges.choose_step(turn.conn, given.id, one.step)
    return some
