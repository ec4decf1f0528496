"""An answer, typed or tapped: which of the open dialogs it is for, and whether that may run."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from bot import buttons
from bot.authorize import Target
from bot.conversation import commands, danger, talk
from bot.conversation.passing import CARE, LEAVES
from bot.conversation.turn import Turn
from bot.storage import sessions
from bot.storage.people import Person
from bot.storage.sessions import Session
from dialogs.events import ChoiceTapped, TextReceived
from dialogs.words import Words

STAYS_OPEN = timedelta(days=3)
"""How long a question for words keeps taking them when another dialog came after it (care research 1.2)."""

BEFORE_CONSENT = frozenset(
    {"welcome", "again", "too_young", "help", "privacy", "language", "unasked", "unreadable",
     "my_data", "who_looked", "erase", "stop", "guardian_wait", "what_i_sent", "sent", "terms", "pause", "computer"}
)  # fmt: skip
"""Dialogs that work for a youngster who has not said yes."""

AFTER_A_STOP = CARE | {"alert_seen", "alert_nobody", "card_told", "guardian_told"}
"""Dialogs that also work for a youngster who stopped: a case goes on, and what became of it can be read.

So can why it stopped, when a parent or guardian wanted that."""


def typed(turn: Turn, person: Person, event: TextReceived) -> str:
    """Give typed words to the dialog they are for; words for none are not kept. The outcome in one word."""
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


def asks_now(turn: Turn, person: Person) -> bool:
    """Whether the dialog that staff touched last waits for typed words: it goes on waiting."""
    found = sessions.open_of(turn.conn, person.id)
    latest = next((one for one in found if one.status == "open" and one.foreground), None)
    if latest is None or sessions.last_touched(turn.conn, person.id) != latest.id:
        return False
    return talk.asks_for_words(turn, person, latest)


def tapped(turn: Turn, person: Person, button: buttons.ButtonData) -> str:
    """Let a tap happen when the dialog is this person's and still runs; else say why not. The outcome in one word."""
    match button:
        case buttons.FixedButton(name="help"):
            return commands.begin(turn, person, "help")
        case buttons.FixedButton(name="menu"):
            return commands.home(turn, person, linked=False)
        case buttons.DialogButton(session=number, screen=screen, choice=choice):
            one = sessions.load(turn.conn, number)
            if one is None or not owns(turn, person, one):
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


def owns(turn: Turn, person: Person, one: Session) -> bool:
    """Whether a dialog is this person's; a tap on somebody else's is written down."""
    return one.person_id == person.id or turn.allowed(
        person, "own_dialog", Target("session", one.id, one.person_id, "none")
    )


def _may_run(person: Person, script: str) -> bool:
    return person.role != "youth" or person.state == "active" or script in BEFORE_CONSENT | AFTER_A_STOP
