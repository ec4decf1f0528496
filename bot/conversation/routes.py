"""One incoming thing: who it is from, what it may mean in their situation, and which dialog it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from bot import buttons
from bot.conversation import (
    access,
    answers,
    asking,
    blocking,
    commands,
    danger,
    editing,
    halting,
    identity,
    keyboard,
    relay,
    signing_up,
    starting,
    talk,
    unknown,
)
from bot.conversation.commands import AT_ONCE, EVERYBODY
from bot.conversation.turn import Alarm, Turn
from bot.conversation.world import World
from bot.incoming import Blocked, Command, Incoming, OtherChat, Started, Tapped, Typed, Unreadable, words_of
from bot.message import Message
from bot.safety.finding import Finding
from bot.storage import items, people, sessions
from bot.storage.people import Account, Person
from dialogs.events import TextReceived
from dialogs.text import Span


@dataclass(frozen=True, slots=True)
class Done:
    """*outcome* is one word for the inbox; *toast* answers a tap; *alarms* go to the operator; *leave* a group.

    *ended* are the dialogs that ended, each with its ending: what a rehearsal looks at.
    """

    outcome: str
    toast: str = ""
    alarms: tuple[Alarm, ...] = ()
    leave: bool = False
    ended: tuple[tuple[str, str], ...] = ()


def handle(
    conn: Connection,
    world: World,
    channel: str,
    incoming: Incoming,
    finding: Finding,
    now: datetime,
    looked: editing.Looked | None = None,
) -> Done:
    """Let one incoming thing happen, in the open transaction. *finding* was made before the transaction opened.

    So was *looked*: what is in a document that somebody who edits texts sent.
    """
    turn = Turn(conn, world, now, danger_kind=finding.kind)
    if isinstance(incoming.what, OtherChat):
        return Done("other_chat", leave=True)
    sender = incoming.sender
    if sender.language in world.library.languages:
        turn.stranger_language = sender.language
    account = people.find_account(conn, channel, sender.account)
    if account is None:
        account = people.add_account(conn, channel, sender.account, sender.chat, now)
    person = people.locked(conn, account.person_id) if account.person_id is not None else None
    turn.speaker = person.id if person else None
    if isinstance(incoming.what, Blocked):
        outcome = _blocked(turn, account, person, incoming.what.blocked)
    else:
        if account.state == "blocked":
            people.set_account_state(conn, account.id, "active")
        doubted = person is not None and access.is_doubted(turn, person, account)
        if person is not None and person.state not in talk.LEFT_ALONE and not doubted:
            people.change(conn, person.id, heard_at=now)
        outcome = (
            _known(turn, person, incoming, finding, looked, doubted=doubted)
            if person
            else unknown.answer(turn, account, incoming, finding, EVERYBODY)
        )
    starting.begin_all(turn)
    return Done(outcome, turn.toast, tuple(turn.alarms), ended=tuple(turn.ended))


def apologise(conn: Connection, world: World, channel: str, incoming: Incoming, now: datetime) -> None:
    """A turn failed for good: say so once, honestly, with the way to help."""
    turn = Turn(conn, world, now)
    account = people.find_account(conn, channel, incoming.sender.account)
    if account is None or account.person_id is None:
        return
    person = people.load(conn, account.person_id)
    phrase = "error_lost" if person.role == "youth" else "error_staff"
    turn.tell(person, Message((Span(turn.phrase(phrase, person)),)))


def _known(
    turn: Turn,
    person: Person,
    incoming: Incoming,
    finding: Finding,
    looked: editing.Looked | None,
    *,
    doubted: bool,
) -> str:
    heavy = finding.label != "none" and not commands.is_bare(incoming)
    asked = asking.asked_first(turn, person, incoming, doubted=doubted, crisis=heavy)
    if asked is not None:
        return asked
    calls = isinstance(incoming.what, Typed) and keyboard.is_help(turn.world, incoming.what.text)
    if calls and finding.label != "crisis":
        return commands.begin(turn, person, "help")
    if heavy and person.role == "youth" and danger.may_ask(turn, person, finding, words_of(incoming)):
        edited = isinstance(incoming.what, Typed) and incoming.what.edited
        done = danger.noticed(turn, person, finding, str(words_of(incoming)), edited=edited)
        if done is not None:
            return done
    if heavy and doubted:
        # It was no danger after all: then whose account this is comes first again.
        asked = asking.asked_first(turn, person, incoming, doubted=True, crisis=False)
        if asked is not None:
            return asked
    if person.role == "youth" and halting.answers(turn, person, incoming):
        return halting.wrote(turn, person)
    match incoming.what:
        case Started(payload=payload):
            from_invitation = bool(payload) and not payload.startswith(signing_up.PREFIX)
            return commands.home(turn, person, linked=from_invitation)
        case Command(name=name):
            return commands.run(turn, person, name)
        case Typed(text=text, edited=edited):
            if edited:
                return commands.say(turn, person, "edited")
            pressed = keyboard.pressed(turn.world, text)
            if pressed == "help":
                return commands.begin(turn, person, "help")
            if pressed == "menu":
                return commands.home(turn, person, linked=False)
            if person.role == "youth":
                said = text.strip(" .!").casefold()
                if said in AT_ONCE and not any(
                    talk.offers(one, text) for one in sessions.open_of(turn.conn, person.id)
                ):
                    return commands.begin(turn, person, AT_ONCE[said])
                if person.state not in talk.LEFT_ALONE and identity.asks(text):
                    return commands.begin(turn, person, "computer")
            return answers.typed(turn, person, TextReceived(text))
        case Unreadable(file=file):
            if file is not None and editing.may_edit(person):
                return editing.arrived(turn, person, file, looked)
            if person.role == "youth" and person.state not in talk.LEFT_ALONE:
                return commands.begin(turn, person, "unreadable")
            if person.role != "youth" and person.state == "active":
                typed_into = answers.asks_now(turn, person)
                return commands.say(turn, person, "unreadable_asked" if typed_into else "unreadable_staff")
            return talk.unasked(turn, person)
        case Tapped(data=data):
            return answers.tapped(turn, person, buttons.parse(data))
        case Blocked() | OtherChat():
            return "nothing"
        case _:
            assert_never(incoming.what)


def _blocked(turn: Turn, account: Account, person: Person | None, blocked: bool) -> str:
    if blocked:
        turn.alarms += blocking.found_blocked(turn.conn, turn.world, account.id, turn.now)
        return "blocked"
    people.set_account_state(turn.conn, account.id, "active")
    if (
        person is not None
        and person.role == "youth"
        and person.state == "active"
        and account.state == "blocked"
    ):
        relay.notify_staff(turn, person, "back")
        commands.say(turn, person, "blocked_again")
        for reply_id in items.unopened_replies(turn.conn, person.id):
            relay.answer_youth(turn, person, reply_id, again=True)
    return "unblocked"
