"""Running dialogs: load the session, let the engine decide, write what it decided. Decides nothing about content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from bot import buttons
from bot.conversation import actions, facts, keyboard
from bot.conversation.deed import Deed
from bot.conversation.passing import NEUTRAL, PASSING, UNPINNED, WHILE_HALTED
from bot.conversation.turn import REPLY, Opening, Turn
from bot.conversation.world import PRIVATE_FOR
from bot.message import Button, Lane, Message, Picture, Promise
from bot.storage import care, due, halts, outbox, people, sessions
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
from dialogs.events import Event, Performed, Resumed
from dialogs.script import LATER, FreeText, Script
from dialogs.state import State
from dialogs.text import Span
from dialogs.words import Words

ACTION_LIMIT = 20
CAN_BE_EDITED = frozenset({"ready", "sending", "sent"})
"""States of a message that an edit can still reach; any other is shown anew."""

RESUME = "resume"
"""The ending that gives the floor back to the dialog that was interrupted."""

STAYS_NEW = timedelta(days=3)
"""How long a question that came by itself may be meant by words that no question took."""

TYPED_NOWHERE = frozenset({"unasked", "unreadable"})
"""Dialogs that answer words, pictures and voice that no question took."""


LEFT_ALONE = frozenset({"refused", "too_young"})
"""States of a youngster of whom nothing is kept and to whom nothing is sent but help."""


class DialogFailed(Exception):
    """A script led nowhere. The turn is rolled back and the person is told."""


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
    script = turn.world.library.script(script_name, person.language)
    known = facts.Facts(turn, person, State(script_name, None, subject=dict(subject or {})))
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
    known = facts.Facts(turn, person, one.state)
    state, effects = engine.step(script, one.state, event, known)
    if tapped and state != one.state:
        one = replace(one, foreground=True, status="open")
    before = one
    one = replace(one, state=state)
    _carry_out(turn, person, account, script, one, effects, REPLY, tapped=tapped, before=before)


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
        if one.id != but and wanted and one.script not in PASSING:
            proceed(turn, person, replace(one, status="open", foreground=True), Resumed(), tapped=False)
            return True
    return False


def _end_earlier(turn: Turn, person: Person, script_name: str, about: Mapping[str, int]) -> None:
    """Earlier dialogs of this name end; one that waits to be opened and is about something else stays."""
    for one in sessions.open_of(turn.conn, person.id):
        earlier = one.state.subject
        other = any(earlier[name] != about[name] for name in earlier.keys() & about.keys())
        if one.script == script_name and (one.foreground or not other):
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
    return turn.world.library.script(one.script, person.language, pinned, turn.conn)


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
    marked = _marked(turn, person, script, before, effects) if before is not None else None
    for _ in range(ACTION_LIMIT):
        pending: str | None = None
        for effect in effects:
            match effect:
                case Say():
                    redrawn = redrawn or (effect.in_place and tapped)
                    one = _say(
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
                    turn.tell(person, Message((Span(turn.phrase("too_long", person, limit=limit)),)))
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
        outcome = actions.perform(pending, Deed(turn, person, one))
        person = people.load(turn.conn, person.id)
        script = script_of(turn, person, one)
        state = replace(one.state, subject={**one.state.subject, **outcome.subject})
        known = facts.Facts(turn, person, state)
        state, effects = engine.step(script, state, Performed(pending, outcome.result), known)
        one = replace(one, state=state)
    else:
        raise DialogFailed(f"{script.name}: a loop of actions")
    if before is not None and marked is not None and not redrawn:
        _mark(turn, person, account, before, marked)
    if follow is not None:
        _after(turn, person, one, follow)


def _after(turn: Turn, person: Person, one: Session, ended: Ended) -> None:
    if ended.then is not None:
        begin(turn, person, ended.then, one.state.subject)
    elif (
        ended.ending == RESUME
        and not resume(turn, person, one.id, also_new=one.script in TYPED_NOWHERE)
        and person.state == "active"
    ):
        begin(turn, person, keyboard.menu_of(person.role))


def _say(
    turn: Turn,
    person: Person,
    account: Account,
    script: Script,
    one: Session,
    say: Say,
    opening: Opening,
    *,
    in_place: bool,
) -> Session:
    rows = [
        tuple(Button(option.label, buttons.dialog(one.id, say.screen, option.key)) for option in row)
        for row in say.rows
    ]
    if script.help and say.question and person.role == "youth" and person.state != "active":
        # From consent on the lasting keyboard holds this button, on every screen.
        rows.append((Button(turn.phrase("help_button", person), buttons.fixed("help")),))
    # What anybody may open holds no words of a youngster.
    staff = person.role != "youth" and script.audience != "anyone"
    message = Message(
        text=say.text,
        rows=tuple(rows),
        keyboard=keyboard.kind_of(person.role) if say.keyboard else None,
        keyboard_rows=keyboard.rows_of(turn, person) if say.keyboard else (),
        placeholder=turn.phrase("placeholder", person) if say.keyboard else "",
        picture=_picture(turn, person, one, say),
        protect=staff and _holds_words(script),
        silent=say.silent or opening.silent,
        doubt=opening.doubt,
    )
    if (
        in_place
        and one.message_id is not None
        and outbox.state_of(turn.conn, one.message_id) in CAN_BE_EDITED
    ):
        edit = Opening(Lane.REPLY, Promise.IDEMPOTENT)
        outbox.supersede(turn.conn, one.message_id, turn.now)
        turn.send(person.id, account, replace(message, do="edit"), edit, edits=one.message_id)
        shown = one.message_id
    else:
        shown = turn.send(person.id, account, message, REPLY if in_place else opening)
    if say.private and staff:
        _plan_wipe(turn, person, shown, picture=message.picture is not None)
    elif say.private and person.role == "youth":
        care.remember_message(turn.conn, person.id, shown, turn.now)
    return replace(one, message_id=shown) if say.question or in_place else one


def _marked(
    turn: Turn, person: Person, script: Script, before: Session, effects: tuple[Effect, ...]
) -> Message | None:
    """An answered question without its buttons, and what was chosen; None when nothing was answered."""
    label = next((effect.label for effect in effects if isinstance(effect, Chosen)), None)
    if label is None or before.message_id is None:
        return None
    if not label:
        return Message((), do="unbutton")
    text = engine.wording(script, before.state, facts.Facts(turn, person, before.state))
    if not text:
        return None
    mark = f"\n\n{turn.phrase('chosen_mark', person)} {label}"
    return Message((*text, Span(mark, "plain")), do="unbutton")


def _mark(turn: Turn, person: Person, account: Account, before: Session, message: Message) -> None:
    """Take the buttons off an answered question and show there what was chosen."""
    tidy = Opening(Lane.TIDY, Promise.IDEMPOTENT)
    turn.send(person.id, account, message, tidy, edits=before.message_id)


def _plan_wipe(turn: Turn, person: Person, row: int, *, picture: bool) -> None:
    """Once a day and message: what is shown again in a message that was wiped is wiped again."""
    occurrence = f"{row}:{turn.today.isoformat()}"
    about = {"message": row, "picture": int(picture)}
    due.plan(turn.conn, person.id, "wipe", occurrence, turn.now + PRIVATE_FOR, None, about, turn.now)


def _holds_words(script: Script) -> bool:
    """Whether a message of *script* may come to hold personal words: an edit cannot protect what was sent open."""
    return any(step.private for step in script.steps.values())


def _picture(turn: Turn, person: Person, one: Session, say: Say) -> Picture | None:
    if say.picture is None:
        return None
    picture = facts.Facts(turn, person, one.state)[say.picture]
    if not isinstance(picture, Picture):
        raise DialogFailed(f"{one.script}: {say.picture} is no picture")
    return picture
