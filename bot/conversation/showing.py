"""A question of a dialog as a message in a chat: sent, edited in place, and marked once it is answered."""

from __future__ import annotations

from dataclasses import replace

from bot import buttons
from bot.conversation import keyboard, made_up, playing
from bot.conversation.turn import REPLY, Opening, Turn
from bot.conversation.world import PRIVATE_FOR
from bot.message import Button, Lane, Message, Picture, Promise
from bot.storage import care, due, outbox, outbox_state
from bot.storage.people import Account, Person
from bot.storage.sessions import Session
from dialogs import engine
from dialogs.effects import Chosen, Effect, Say
from dialogs.script import Script
from dialogs.text import Span

CAN_BE_EDITED = frozenset({"ready", "sending", "sent"})
"""States of a message that an edit can still reach; any other is shown anew."""


class DialogFailed(Exception):
    """A script led nowhere. The turn is rolled back and the person is told."""


def show(
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
    """Send what *say* says, or change the message that is there; the session, with the row of its question."""
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
        text=(*made_up.mark(turn, person, one.state.subject), *say.text),
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
        and outbox_state.state_of(turn.conn, one.message_id) in CAN_BE_EDITED
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


def as_answered(
    turn: Turn, person: Person, script: Script, before: Session, effects: tuple[Effect, ...]
) -> Message | None:
    """An answered question without its buttons, and what was chosen; None when nothing was answered."""
    label = next((effect.label for effect in effects if isinstance(effect, Chosen)), None)
    if label is None or before.message_id is None:
        return None
    if not label:
        return Message((), do="unbutton")
    text = engine.wording(script, before.state, playing.known(turn, person, before.state))
    if not text:
        return None
    mark = f"\n\n{turn.phrase('chosen_mark', person)} {label}"
    practice = made_up.mark(turn, person, before.state.subject)
    return Message((*practice, *text, Span(mark, "plain")), do="unbutton")


def mark_answered(turn: Turn, person: Person, account: Account, before: Session, message: Message) -> None:
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
    picture = playing.known(turn, person, one.state)[say.picture]
    if not isinstance(picture, Picture):
        raise DialogFailed(f"{one.script}: {say.picture} is no picture")
    return picture
