"""What is asked before anything else, and what somebody is told about access: whose account it is, a new code."""

from __future__ import annotations

from datetime import timedelta

from bot import buttons
from bot.conversation import access, keyboard, relay, talk
from bot.conversation.passing import WITHOUT_KNOWING
from bot.conversation.turn import Opening, Turn
from bot.incoming import Command, Incoming, Tapped, Typed
from bot.message import Lane, Promise
from bot.storage import codes, due, inspections, items, people, sessions
from bot.storage.due import Due
from bot.storage.people import Person

TOLD_WITHIN = timedelta(days=90)
"""How long we go on trying to tell somebody that a confidant read along."""

FOR_EVERYBODY = frozenset({"hulp", "help", "privacy", "taal", "language"})
WITHOUT_CODE = frozenset({"help", "privacy", "language", "new_code", "my_account", "alert_item"})
"""Dialogs that need no code: somebody whose code was reset still acknowledges alerts."""


def relinked(turn: Turn, youth: Person) -> str:
    """A youngster who was in already opened a new link; the professional sees that it was used. The outcome."""
    relay.notify_staff(turn, youth, "relinked")
    talk.begin(turn, youth, "linked_again")
    for reply_id in items.unopened_replies(turn.conn, youth.id):
        relay.answer_youth(turn, youth, reply_id, again=True)
    return "relinked"


def reconfirm(turn: Turn, person: Person, one: Due) -> str:
    """A due moment: ask whose account it is; until the answer nothing personal goes there."""
    account = people.account_of(turn.conn, person.id)
    if account is None or account.state != "active":
        return "not_reachable"
    if not access.is_silent(turn, person):
        return "answered"
    access.doubt(turn, account)
    opening = Opening(lane=Lane.RELAY, promise=Promise.AT_LEAST_ONCE, silent=True, dedupe_key=f"due:{one.id}")
    talk.begin(turn, person, "reconfirm", opening=opening, foreground=False)
    return "sent"


def asked_first(turn: Turn, person: Person, incoming: Incoming, *, doubted: bool, crisis: bool) -> str | None:
    """The outcome when something is asked before anything else: whose account this is, or a new code.

    None: what came may go its ordinary way. Danger and help always may; in an account of which we ask whose it is,
    nothing personal can begin (``passing.WITHOUT_KNOWING``).
    """
    if doubted:
        return (
            None if crisis or _is_about_help(turn, person, incoming, WITHOUT_KNOWING) else _ask(turn, person)
        )
    if person.role == "youth" or person.state != "active" or codes.load(turn.conn, person.id) is not None:
        return None
    if _is_about_help(turn, person, incoming, WITHOUT_CODE):
        return None
    talk.begin(turn, person, "new_code")
    return "new_code"


def _ask(turn: Turn, person: Person) -> str:
    turn.toast = turn.phrase("outdated_toast", person)
    talk.begin(turn, person, "reconfirm")
    return "reconfirm"


def _is_about_help(turn: Turn, person: Person, incoming: Incoming, scripts: frozenset[str]) -> bool:
    """Whether something asks for help, or goes on in one of these *scripts*."""
    match incoming.what:
        case Command(name=name):
            return name in FOR_EVERYBODY
        case Tapped(data=data):
            match buttons.parse(data):
                case buttons.FixedButton(name="help"):
                    return True
                case buttons.DialogButton(session=number):
                    one = sessions.load(turn.conn, number)
                    return one is not None and one.person_id == person.id and one.script in scripts
                case _:
                    return False
        case Typed(text=text):
            running = sessions.open_of(turn.conn, person.id)
            return keyboard.is_help(turn.world, text) or bool(
                running and running[0].foreground and running[0].script in scripts - {"reconfirm", "new_code"}
            )
        case _:
            return False


def tell_inspection(turn: Turn, person: Person, due_row: Due) -> str:
    """A due moment: tell somebody that a confidant read along; again tomorrow while they cannot be reached."""
    one = inspections.load(turn.conn, due_row.subject["inspection"])
    script = "inspected" if person.role == "youth" else "inspected_staff"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        silent=person.role != "youth",
        dedupe_key=f"due:{due_row.id}",
    )
    if talk.begin(turn, person, script, {"inspection": one.id}, opening, foreground=False) is not None:
        return "sent"
    if turn.now - one.at >= TOLD_WITHIN:
        return "not_reachable"
    tomorrow = turn.now + timedelta(days=1)
    due.replan(turn.conn, person.id, due_row.kind, due_row.occurrence, tomorrow, None)
    return "moved"
