"""A dialog with somebody unknown: the same scripts and engine, without a person. What was tapped is kept for a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot import buttons
from bot.conversation import signing_up
from bot.conversation.signing_up import Guest, Made
from bot.conversation.strangers import ANSWER, StrangerFacts
from bot.conversation.turn import Opening, Turn
from bot.message import Button, Lane, Message, Promise
from bot.storage import stranger_talks
from bot.storage.people import Account
from bot.storage.stranger_talks import StrangerTalk
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
from dialogs.events import ChoiceTapped, Event, Performed, Resumed, TextReceived
from dialogs.script import FreeText, Script
from dialogs.state import State
from dialogs.text import Span
from dialogs.words import Words

ACTION_LIMIT = 10


class GuestFailed(Exception):
    """A script led nowhere. The turn is rolled back."""


class GuestFacts(Mapping[str, Any]):
    """What can be told to anybody, and what belongs to a sign-up; looked up only when a sentence names it."""

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self._plain = StrangerFacts(guest.turn)

    def __getitem__(self, name: str) -> Any:
        look = signing_up.LOOKUPS.get(name)
        return self._plain[name] if look is None else look(self._guest)

    def __contains__(self, name: object) -> bool:
        return name in signing_up.LOOKUPS or name in self._plain

    def __iter__(self) -> Iterator[str]:
        yield from self._plain
        yield from (name for name in signing_up.LOOKUPS if name not in self._plain)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def begin(
    turn: Turn,
    account: Account,
    script_name: str,
    subject: Mapping[str, int] | None = None,
    *,
    name: str = "",
    opening: Opening = ANSWER,
) -> None:
    """Start a dialog in the chat of somebody unknown; an earlier one is over. *name*: what the account calls itself."""
    script = _script(turn, script_name, account)
    state = State(script_name, None, subject=dict(subject or {}))
    guest = Guest(turn, account, state, name)
    state, effects = engine.start(script, subject or {}, GuestFacts(guest))
    talk = stranger_talks.begin(turn.conn, account.id, state, turn.now)
    _carry_out(turn, account, script, talk, effects, name, opening)


def tapped(turn: Turn, account: Account, button: buttons.DialogButton, name: str) -> str:
    """A tap on a screen; the outcome in one word."""
    talk = stranger_talks.of(turn.conn, account.id)
    if talk is None:
        turn.toast = turn.phrase("forged_toast")
        return "forged"
    if talk.id != button.session:
        turn.toast = turn.phrase("outdated_toast")
        return "outdated"
    _proceed(turn, account, talk, ChoiceTapped(button.screen, button.choice), name)
    return "tapped"


def typed(turn: Turn, account: Account, text: Words, name: str) -> bool:
    """Words for the question that is open; false when none takes words, so that nothing is kept of them."""
    talk = stranger_talks.of(turn.conn, account.id)
    if talk is None or talk.state.at is None:
        return False
    here = _script(turn, talk.script, account).steps.get(talk.state.at)
    offered = any(one.label.casefold() == text.strip().casefold() for one in talk.state.shown)
    if here is None or not (isinstance(here.kind, FreeText) or offered):
        return False
    _proceed(turn, account, talk, TextReceived(text), name)
    return True


def asks_for_words(turn: Turn, account: Account) -> bool:
    """Whether the open question takes typed words."""
    talk = stranger_talks.of(turn.conn, account.id)
    if talk is None or talk.state.at is None:
        return False
    here = _script(turn, talk.script, account).steps.get(talk.state.at)
    return here is not None and isinstance(here.kind, FreeText)


def is_running(turn: Turn, account: Account, *, answered: bool = False) -> bool:
    """Whether a question is open; with *answered*: in a dialog where something was filled in already."""
    talk = stranger_talks.of(turn.conn, account.id)
    if talk is None or talk.state.at is None:
        return False
    return bool(talk.state.answers) or not answered


def resume(turn: Turn, account: Account, name: str) -> bool:
    """Ask again what was asked before something came in between; false when nothing was."""
    talk = stranger_talks.of(turn.conn, account.id)
    if talk is None or talk.state.at is None:
        return False
    _proceed(turn, account, talk, Resumed(), name)
    return True


def _script(turn: Turn, script_name: str, account: Account) -> Script:
    return turn.world.library.script(script_name, turn.language_of(None))


def _proceed(turn: Turn, account: Account, talk: StrangerTalk, event: Event, name: str) -> None:
    script = _script(turn, talk.script, account)
    if talk.state.at not in script.steps:
        begin(turn, account, talk.script, talk.state.subject, name=name)
        return
    facts = GuestFacts(Guest(turn, account, talk.state, name))
    state, effects = engine.step(script, talk.state, event, facts)
    _carry_out(turn, account, script, replace(talk, state=state), effects, name, ANSWER)


@dataclass(slots=True)
class _Follow:
    then: str | None = None


def _carry_out(
    turn: Turn,
    account: Account,
    script: Script,
    talk: StrangerTalk,
    effects: tuple[Effect, ...],
    name: str,
    opening: Opening,
) -> None:
    follow = _Follow()
    for _ in range(ACTION_LIMIT):
        pending: str | None = None
        for effect in effects:
            match effect:
                case Say():
                    talk = replace(talk, message_id=_say(turn, account, script, talk, effect, opening))
                case Chosen():
                    _unbutton(turn, account, talk)
                case Perform(action=action):
                    pending = action
                case ExplainOutdated():
                    turn.toast = turn.phrase("outdated_toast")
                case TooLong(limit=limit):
                    turn.send(
                        None,
                        account,
                        Message((Span(turn.phrase("too_long", limit=limit, parts=False)),)),
                        ANSWER,
                    )
                case Ended(then=then):
                    turn.ended.append((script.name, effect.ending))
                    follow.then = then
                case Unasked() | Paused():
                    pass
                case Failed(reason=reason):
                    raise GuestFailed(f"{script.name}: {reason}")
                case _:
                    assert_never(effect)
        stranger_talks.save(turn.conn, talk, turn.now)
        if pending is None:
            break
        made: Made = signing_up.ACTIONS[pending](Guest(turn, account, talk.state, name))
        state = replace(talk.state, subject={**talk.state.subject, **made.subject})
        facts = GuestFacts(Guest(turn, account, state, name))
        state, effects = engine.step(script, state, Performed(pending, made.result), facts)
        talk = replace(talk, state=state)
    else:
        raise GuestFailed(f"{script.name}: a loop of actions")
    if follow.then is not None:
        begin(turn, account, follow.then, talk.state.subject, name=name)


def _say(
    turn: Turn, account: Account, script: Script, talk: StrangerTalk, say: Say, opening: Opening
) -> int | None:
    rows = [
        tuple(Button(one.label, buttons.dialog(talk.id, say.screen, one.key)) for one in row)
        for row in say.rows
    ]
    if script.help and say.question:
        rows.append((Button(turn.phrase("help_button"), buttons.fixed("help")),))
    sent = turn.send(None, account, Message(say.text, rows=tuple(rows)), opening)
    return sent if say.question else talk.message_id


def _unbutton(turn: Turn, account: Account, talk: StrangerTalk) -> None:
    """The buttons of an answered question go; its words stay as they stood."""
    if talk.message_id is not None:
        tidy = Opening(Lane.TIDY, Promise.IDEMPOTENT)
        turn.send(None, account, Message((), do="unbutton"), tidy, edits=talk.message_id)
