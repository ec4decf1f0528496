"""Running dialogs: load the session, let the engine decide, write what it decided. Decides nothing about content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from bot.conversation import keyboard, playing, showing
from bot.conversation.deed import Deed, Outcome
from bot.conversation.passing import BESIDE, NEUTRAL, PASSING, UNPINNED, WHILE_HALTED
from bot.conversation.showing import DialogFailed
from bot.conversation.turn import REPLY, Opening, Turn
from bot.message import Lane, Message
from bot.storage import halts, people, replies, sessions
from bot.storage.people import Account, Person
from bot.storage.sessions import Session
from dialogs import engine
from dialogs.effects import (
    Chosen,
    Effect,
    Ended,
    ExplainOutdated,
    Failed,
    Paused,
    Perform,
    Say,
    TooLong,
    Unasked,
)
from dialogs.events import Event, Performed, Resumed, TextReceived
from dialogs.script import LATER, FreeText, Script
from dialogs.state import State
from dialogs.text import Span
from dialogs.words import Words

ACTION_LIMIT = 20

ONE_LINE = 120
"""Up to so many characters words are one line, like a name: there is no sending them in parts."""

RESUME = "resume"
"""The ending that gives the floor back to the dialog that was interrupted."""

STAYS_NEW = timedelta(days=3)
"""How long a question that came by itself may be meant by words that no question took."""

TOGETHER = timedelta(seconds=10)
"""Pieces of one message that the app cut in two arrive within this time."""

TYPED_NOWHERE = frozenset({"unasked", "unreadable"})
"""Dialogs that answer words, pictures and voice that no question took."""

LEFT_ALONE = frozenset({"refused", "too_young"})
"""States of a youngster of whom nothing is kept and to whom nothing is sent but help."""


def begin(
    turn: Turn,
    person: Person,
    script_name: str,
    subject: Mapping[str, int] | None = None,
    opening: Opening = REPLY,
    *,
    foreground: bool = True,
) -> int | None:
    """Start a dialog with a person; an earlier one of the same name about the same thing ends.

    *foreground* false is for what nobody asked for just now: it never takes over typed words. Returns the session.
    """
    account = people.account_of(turn.conn, person.id)
    if account is None or not _may_get(account, script_name) or _halted(turn, person, script_name):
        return None
    if foreground:
        _end_earlier(turn, person, script_name, subject or {})
    revision = turn.world.library.revision("dialog", script_name)
    script = playing.script(turn, person, script_name, subject or {}, None)
    known = playing.known(turn, person, State(script_name, None, subject=dict(subject or {})))
    state, effects = engine.start(script, subject or {}, known)
    session_id = sessions.add(turn.conn, person.id, script_name, revision, state, foreground, turn.now)
    one = Session(session_id, person.id, script_name, revision, state, "open", foreground, None, turn.now)
    _carry_out(turn, person, account, script, one, effects, opening, tapped=False)
    return session_id


def _may_get(account: Account, script_name: str) -> bool:
    """An account whose owner is asked about gets that question, help, and for staff neutral first lines."""
    return account.state == "active" or (account.state == people.UNCONFIRMED and script_name in NEUTRAL)


def _halted(turn: Turn, person: Person, script_name: str) -> bool:
    """Nothing goes to somebody who was halted, but help when they write themselves."""
    if person.role != "youth" or (turn.speaker == person.id and script_name in WHILE_HALTED):
        return False
    return halts.running(turn.conn, person.id) is not None


def unasked(turn: Turn, person: Person) -> str:
    """Words nobody asked for: they are not kept, and the answer says so. The outcome in one word."""
    if person.role == "youth" and person.state not in LEFT_ALONE:
        begin(turn, person, "unasked")
        return "unasked"
    phrase = "refused_only" if person.role == "youth" else "unasked_staff"
    turn.tell(person, Message((Span(turn.phrase(phrase, person)),)))
    return phrase


def proceed(turn: Turn, person: Person, one: Session, event: Event, *, tapped: bool) -> None:
    """Let one event happen to a session of *person*."""
    account = people.account_of(turn.conn, person.id)
    if account is None:
        return
    script = script_of(turn, person, one)
    if one.state.at is not None and one.state.at not in script.steps:
        # The text that counts now has no such step any more: the dialog begins anew.
        begin(turn, person, one.script, one.state.subject)
        return
    if _goes_on(turn, one, event):
        # Half of an answer that was refused must not pass for the whole of it.
        sessions.save(turn.conn, one, turn.now)
        turn.tell(person, Message((Span(turn.phrase("too_long_rest", person)),)))
        return
    known = playing.known(turn, person, one.state)
    state, effects = playing.step(turn, person, script, one.state, event, known)
    if tapped and state != one.state:
        one = replace(one, foreground=True, status="open")
    before = one
    one = replace(one, state=state)
    _carry_out(turn, person, account, script, one, effects, REPLY, tapped=tapped, before=before)


def _goes_on(turn: Turn, one: Session, event: Event) -> bool:
    """Whether these words are the rest of a message that was too long."""
    if not isinstance(event, TextReceived) or not one.state.cut or offers(one, event.text):
        return False
    return turn.now - one.updated_at < TOGETHER


def resume(turn: Turn, person: Person, but: int | None = None, *, also_new: bool = False) -> bool:
    """Show the question again that was open before session *but* came in between; false when there was none.

    *also_new*: somebody typed where words were not taken; most likely they meant the newest question, also when it
    is one that nobody asked for.
    """
    if person.role != "youth":
        # What staff had open may be somebody's words: those come back only after the code.
        return False
    for one in sessions.open_of(turn.conn, person.id):
        fresh = one.status == "open" and turn.now - one.updated_at < STAYS_NEW
        wanted = one.foreground or (also_new and fresh)
        wanted = wanted and not replies.waits(turn.conn, one.message_id, turn.now)
        if one.id != but and wanted and one.script not in PASSING:
            proceed(turn, person, replace(one, status="open", foreground=True), Resumed(), tapped=False)
            return True
    return False


def _end_earlier(turn: Turn, person: Person, script_name: str, about: Mapping[str, int]) -> None:
    """Earlier dialogs of this name end; one that waits to be opened and is about something else stays."""
    for one in sessions.open_of(turn.conn, person.id):
        earlier = one.state.subject
        other = any(earlier[name] != about[name] for name in earlier.keys() & about.keys())
        over = one.foreground and script_name not in BESIDE
        if one.script == script_name and (over or not other):
            sessions.save(turn.conn, replace(one, status="ended"), turn.now)


def asks_for_words(turn: Turn, person: Person, one: Session) -> bool:
    """Whether the open question of a session takes typed words."""
    here = script_of(turn, person, one).steps.get(one.state.at or "")
    return here is not None and isinstance(here.kind, FreeText)


def offers(one: Session, text: Words) -> bool:
    """Whether typed words are what stands on a button of the open question."""
    wanted = text.strip().casefold()
    return any(option.label.casefold() == wanted for option in one.state.shown)


def script_of(turn: Turn, person: Person, one: Session) -> Script:
    """The script a session runs on: its own revision, unless the content is of the kind that is never pinned."""
    pinned = None if one.script in UNPINNED else one.revision
    return playing.script(turn, person, one.script, one.state.subject, pinned)


def _carry_out(
    turn: Turn,
    person: Person,
    account: Account,
    script: Script,
    one: Session,
    effects: tuple[Effect, ...],
    opening: Opening,
    *,
    tapped: bool,
    before: Session | None = None,
) -> None:
    follow: Ended | None = None
    redrawn = False
    # What was asked is shown as it stood then: the actions that follow may change what the sentence names.
    marked = showing.as_answered(turn, person, script, before, effects) if before is not None else None
    for _ in range(ACTION_LIMIT):
        pending: str | None = None
        for effect in effects:
            match effect:
                case Say():
                    redrawn = redrawn or (effect.in_place and tapped)
                    one = showing.show(
                        turn,
                        person,
                        account,
                        script,
                        one,
                        effect,
                        opening,
                        in_place=effect.in_place and tapped,
                    )
                    opening = REPLY if opening.lane is not Lane.REPLY else opening
                case Chosen():
                    pass
                case Perform(action=action):
                    pending = action
                case ExplainOutdated():
                    turn.toast = turn.phrase("outdated_toast", person)
                case Unasked():
                    unasked(turn, person)
                case TooLong(limit=limit):
                    said = turn.phrase("too_long", person, limit=limit, parts=limit > ONE_LINE)
                    turn.tell(person, Message((Span(said),)))
                case Paused():
                    one = replace(one, status="paused", foreground=True)
                    turn.ended.append((one.script, LATER))
                    turn.tell(person, Message((Span(turn.phrase("later_said", person)),)))
                case Ended():
                    one = replace(one, status="ended")
                    turn.ended.append((one.script, effect.ending))
                    follow = effect
                case Failed(reason=reason):
                    raise DialogFailed(f"{script.name}: {reason}")
                case _:
                    assert_never(effect)
        sessions.save(turn.conn, one, turn.now)
        if pending is None:
            break
        outcome = _perform(pending, Deed(turn, person, one))
        person = people.load(turn.conn, person.id)
        script = script_of(turn, person, one)
        state = replace(one.state, subject={**one.state.subject, **outcome.subject})
        known = playing.known(turn, person, state)
        state, effects = playing.step(turn, person, script, state, Performed(pending, outcome.result), known)
        one = replace(one, state=state)
    else:
        raise DialogFailed(f"{script.name}: a loop of actions")
    if marked is None and follow is not None:
        # A number pad says nothing of what was tapped; when another dialog follows nothing takes its place.
        marked = Message((), do="unbutton")
    if before is not None and before.message_id is not None and marked is not None and not redrawn:
        showing.mark_answered(turn, person, account, before, marked)
    if follow is not None:
        _after(turn, person, one, follow)


def _perform(name: str, deed: Deed) -> Outcome:
    from bot.conversation import actions  # actions begin dialogs too: at the top it would be a ring

    return actions.perform(name, deed)


def _after(turn: Turn, person: Person, one: Session, ended: Ended) -> None:
    if ended.then is not None:
        begin(turn, person, ended.then, one.state.subject)
    elif (
        ended.ending == RESUME
        and not resume(turn, person, one.id, also_new=one.script in TYPED_NOWHERE)
        and person.state == "active"
    ):
        begin(turn, person, keyboard.menu_of(person.role))
