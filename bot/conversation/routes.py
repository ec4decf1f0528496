"""One incoming thing: who it is from, what it may mean in their situation, and which dialog it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import Connection

from bot import buttons
from bot.authorize import Target
from bot.conversation import (
    access,
    asking,
    blocking,
    danger,
    editing,
    halting,
    identity,
    invited,
    keyboard,
    relay,
    starting,
    strangers,
    talk,
)
from bot.conversation.passing import CARE, LEAVES
from bot.conversation.turn import Alarm, Turn
from bot.conversation.world import World
from bot.incoming import (
    Blocked,
    Command,
    Incoming,
    OtherChat,
    Started,
    Tapped,
    Typed,
    Unreadable,
    words_of,
)
from bot.message import Message
from bot.safety.finding import Finding
from bot.storage import items, people, sessions
from bot.storage.people import Account, Person
from bot.storage.sessions import Session
from dialogs.events import ChoiceTapped, TextReceived
from dialogs.text import Span
from dialogs.words import Words

EVERYBODY = {
    "hulp": "help",
    "help": "help",
    "privacy": "privacy",
    "taal": "language",
    "language": "language",
    "telefoon": "my_account",
    "phone": "my_account",
    "mijngegevens": "my_data",
    "mydata": "my_data",
    "wiekeek": "who_looked",
    "wholooked": "who_looked",
}
YOUTH_ONLY = {
    "verwijder": "erase",
    "erase": "erase",
    "stop": "stop",
    "stoppen": "stop",
    "verstuurd": "what_i_sent",
    "sent": "what_i_sent",
    "pauze": "pause",
    "pause": "pause",
    "straks": "upcoming",
    "upcoming": "upcoming",
    "tijden": "moments",
    "times": "moments",
    "instellingen": "settings",
    "settings": "settings",
    "terugkijken": "looking_back",
    "lookback": "looking_back",
}
AT_ONCE = {"stop": "stop", "stoppen": "stop", "pauze": "pause", "pause": "pause"}
"""Words that work in any state when they are the whole message, also without the slash."""
STAFF_ONLY = {
    "uitnodigen": "invite_youth",
    "jongeren": "youngsters",
    "overzicht": "digest",
    "bijeenkomst": "meeting_list",
}
COMMANDS = frozenset({*EVERYBODY, *YOUTH_ONLY, *STAFF_ONLY, "menu", "start"})
"""Everything that may stand behind a slash."""

STAYS_OPEN = timedelta(days=3)
"""How long a question for words keeps taking them when another dialog came after it (care research 1.2)."""

BEFORE_CONSENT = frozenset(
    {"welcome", "again", "too_young", "help", "privacy", "language", "unasked", "unreadable",
     "my_data", "who_looked", "erase", "stop", "guardian_wait", "what_i_sent", "sent", "terms", "pause", "computer"}
)  # fmt: skip
"""Dialogs that work for a youngster who has not said yes."""


AFTER_A_STOP = CARE | {"alert_seen", "alert_nobody", "card_told"}
"""Dialogs that also work for a youngster who stopped: a case goes on, and what became of it can be read."""


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
            else _stranger(turn, account, incoming, finding)
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


def _stranger(turn: Turn, account: Account, incoming: Incoming, finding: Finding) -> str:
    if finding.label == "crisis":
        strangers.show(turn, account, "alone")
        return "help"
    match incoming.what:
        case Started(payload=payload) if payload:
            who = people.lookup(turn.conn, "link", incoming.sender.account)
            return invited.open_link(turn, account, incoming.sender, payload, who)
        case Command(name=name) if name in EVERYBODY and EVERYBODY[name] in ("help", "privacy"):
            strangers.show(turn, account, EVERYBODY[name])
            return name
        case Tapped(data=data):
            if buttons.parse(data) == buttons.FixedButton("help"):
                strangers.show(turn, account, "help")
                return "help"
            turn.toast = turn.phrase("forged_toast")
            return "forged"
        case _:
            strangers.show(turn, account, "stranger")
            return "stranger"


def _known(
    turn: Turn,
    person: Person,
    incoming: Incoming,
    finding: Finding,
    looked: editing.Looked | None,
    *,
    doubted: bool,
) -> str:
    heavy = finding.label != "none" and not _is_bare_command(incoming)
    asked = asking.asked_first(turn, person, incoming, doubted=doubted, crisis=heavy)
    if asked is not None:
        return asked
    calls = isinstance(incoming.what, Typed) and keyboard.is_help(turn.world, incoming.what.text)
    if calls and finding.label != "crisis":
        return _open(turn, person, "help")
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
        case Started():
            return _home(turn, person, linked=bool(incoming.what.payload))
        case Command(name=name):
            return _command(turn, person, name)
        case Typed(text=text, edited=edited):
            if edited:
                return _phrase(turn, person, "edited")
            pressed = keyboard.pressed(turn.world, text)
            if pressed == "help":
                return _open(turn, person, "help")
            if pressed == "menu":
                return _home(turn, person, linked=False)
            if person.role == "youth":
                said = text.strip(" .!").casefold()
                if said in AT_ONCE and not any(
                    talk.offers(one, text) for one in sessions.open_of(turn.conn, person.id)
                ):
                    return _open(turn, person, AT_ONCE[said])
                if person.state not in talk.LEFT_ALONE and identity.asks(text):
                    return _open(turn, person, "computer")
            return _typed(turn, person, TextReceived(text))
        case Unreadable(file=file):
            if file is not None and editing.may_edit(person):
                return editing.arrived(turn, person, file, looked)
            if person.role == "youth" and person.state not in talk.LEFT_ALONE:
                return _open(turn, person, "unreadable")
            return talk.unasked(turn, person)
        case Tapped(data=data):
            return _tapped(turn, person, buttons.parse(data))
        case Blocked() | OtherChat():
            return "nothing"
        case _:
            assert_never(incoming.what)


def _is_bare_command(incoming: Incoming) -> bool:
    """A command of ours with nothing behind it: the word is from our menu, so it says nothing about danger.

    Anything typed behind it, and any command we do not know, is read by the danger check as ever.
    """
    what = incoming.what
    return isinstance(what, Command) and what.name in COMMANDS and not what.rest.strip()


def _home(turn: Turn, person: Person, *, linked: bool) -> str:
    """What Start and the menu button lead to, in every situation."""
    if linked:
        _phrase(turn, person, "already_known")
    match person.state:
        case "started":
            welcome = invited.WELCOMES[person.role]
            for one in sessions.open_of(turn.conn, person.id):
                if one.script == welcome and talk.resume(turn, person):
                    return "resumed"
            return _open(turn, person, welcome)
        case "refused":
            return _open(turn, person, "again")
        case "too_young":
            if invited.is_too_young(turn, person):
                return _open(turn, person, "too_young")
            return invited.welcome(turn, person)
        case _:
            return _open(turn, person, keyboard.menu_of(person.role))


def _command(turn: Turn, person: Person, name: str) -> str:
    if name in EVERYBODY:
        return _open(turn, person, EVERYBODY[name])
    if name in YOUTH_ONLY:
        if person.role == "youth":
            return _open(turn, person, YOUTH_ONLY[name])
        return _phrase(turn, person, "erase_staff" if YOUTH_ONLY[name] == "erase" else "wrong_role")
    if name in ("menu", "start"):
        return _home(turn, person, linked=False)
    if name in STAFF_ONLY:
        if person.role == "professional" and person.state == "active":
            return _open(turn, person, STAFF_ONLY[name])
        return _phrase(turn, person, "wrong_role")
    return _phrase(turn, person, "unknown_command")


def _typed(turn: Turn, person: Person, event: TextReceived) -> str:
    waiting = [
        one
        for one in sessions.open_of(turn.conn, person.id)
        if one.status == "open" and one.foreground and _may_run(person, one.script)
    ]
    meant = _meant(turn, person, waiting, event.text)
    if meant is not None and meant.script in CARE and not talk.offers(meant, event.text):
        return danger.more_words(turn, person, meant, str(event.text))
    if meant is None or meant.script not in CARE:
        danger.say_limits(turn, person)
    if meant is None:
        return talk.unasked(turn, person)
    talk.proceed(turn, person, meant, event, tapped=False)
    return "typed"


def _meant(turn: Turn, person: Person, waiting: list[Session], text: Words) -> Session | None:
    """The dialog typed words are for: see decision 0008.

    Staff write about several youngsters: their words are only for the dialog they touched last.
    """
    if not waiting:
        return None
    latest = waiting[0]
    if person.role != "youth":
        return latest if sessions.last_touched(turn.conn, person.id) == latest.id else None
    if latest.script in CARE or talk.asks_for_words(turn, person, latest) or talk.offers(latest, text):
        return latest
    fresh = (one for one in waiting if turn.now - one.updated_at < STAYS_OPEN)
    asking = (one for one in fresh if one.script not in LEAVES and talk.asks_for_words(turn, person, one))
    return next(asking, latest)


def _tapped(turn: Turn, person: Person, button: buttons.ButtonData) -> str:
    match button:
        case buttons.FixedButton(name="help"):
            return _open(turn, person, "help")
        case buttons.FixedButton(name="menu"):
            return _home(turn, person, linked=False)
        case buttons.DialogButton(session=number, screen=screen, choice=choice):
            one = sessions.load(turn.conn, number)
            if one is None or not _own(turn, person, one):
                turn.toast = turn.phrase("forged_toast", person)
                return "forged"
            if one.status not in sessions.RUNNING or not _may_run(person, one.script):
                turn.toast = turn.phrase("outdated_toast", person)
                return "outdated"
            talk.proceed(turn, person, one, ChoiceTapped(screen, choice), tapped=True)
            return "tapped"
        case buttons.FixedButton() | buttons.HandleButton() | buttons.Forged():
            turn.toast = turn.phrase("forged_toast", person)
            return "forged"
        case _:
            assert_never(button)


def _own(turn: Turn, person: Person, one: Session) -> bool:
    """Whether a dialog is this person's; a tap on somebody else's is written down."""
    return one.person_id == person.id or turn.allowed(
        person, "own_dialog", Target("session", one.id, one.person_id, "none")
    )


def _may_run(person: Person, script: str) -> bool:
    return person.role != "youth" or person.state == "active" or script in BEFORE_CONSENT | AFTER_A_STOP


def _open(turn: Turn, person: Person, script: str) -> str:
    talk.begin(turn, person, script)
    return script


def _phrase(turn: Turn, person: Person, key: str) -> str:
    turn.tell(person, Message((Span(turn.phrase(key, person)),)))
    return key


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
        _phrase(turn, person, "blocked_again")
        for reply_id in items.unopened_replies(turn.conn, person.id):
            relay.answer_youth(turn, person, reply_id, again=True)
    return "unblocked"
