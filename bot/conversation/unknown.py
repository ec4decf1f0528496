"""One incoming thing of somebody unknown: help, an invitation, a poster, a sign-up, or what this is."""

from __future__ import annotations

from collections.abc import Mapping

from bot import buttons
from bot.conversation import guests, invited, keyboard, signing_up, strangers
from bot.conversation.turn import Turn
from bot.incoming import Command, Incoming, Started, Tapped, Typed, Unreadable
from bot.safety.finding import Finding
from bot.storage import people
from bot.storage.people import Account


def answer(
    turn: Turn, account: Account, incoming: Incoming, finding: Finding, commands: Mapping[str, str]
) -> str:
    """What somebody unknown gets back; the outcome in one word. *commands*: those that work for everybody.

    Danger goes first. Words are kept only when a question of the sign-up asks for them; others, an edit or a sticker
    lose nothing that was filled in: the question is asked again. Only a command begins anew.
    """
    name = str(incoming.sender.name)
    asked = guests.asks_for_words(turn, account)
    if finding.label == "crisis" or (finding.label != "none" and guests.is_running(turn, account)):
        strangers.show(turn, account, "alone")
        if asked or guests.is_running(turn, account, answered=True):
            guests.resume(turn, account, name)
        return "help"
    if isinstance(incoming.what, Typed) and keyboard.is_help(turn.world, incoming.what.text):
        strangers.show(turn, account, "help")
        return "help"
    match incoming.what:
        case Started(payload=payload) if payload.startswith(signing_up.PREFIX):
            guests.begin(turn, account, "stranger", signing_up.opened(turn, account, payload), name=name)
            return "poster"
        case Started(payload=payload) if payload:
            who = people.lookup(turn.conn, "link", incoming.sender.account)
            return invited.open_link(turn, account, incoming.sender, payload, who)
        case Command(name=name) if name in commands and commands[name] in ("help", "privacy"):
            strangers.show(turn, account, commands[name])
            return name
        case Tapped(data=data):
            button = buttons.parse(data)
            if button == buttons.FixedButton("help"):
                strangers.show(turn, account, "help")
                return "help"
            if isinstance(button, buttons.DialogButton):
                return guests.tapped(turn, account, button, name)
            turn.toast = turn.phrase("forged_toast")
            return "forged"
        case Typed(text=text, edited=False) if guests.typed(turn, account, text, name):
            return "typed"
        case Typed() | Unreadable() if guests.resume(turn, account, name):
            return "again"
        case _:
            guests.begin(turn, account, "stranger", name=name)
            return "stranger"
