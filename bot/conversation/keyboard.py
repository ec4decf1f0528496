"""The lasting keyboard under the chat: the same few words, always in the same place, for each role."""

from __future__ import annotations

from bot.conversation.turn import Turn
from bot.conversation.world import World
from bot.message import Keyboard
from bot.storage.people import Person
from dialogs.text import plain

MENUS = {
    "youth": "menu",
    **dict.fromkeys(("professional", "coordinator", "confidant", "dpo", "admin"), "staff_menu"),
}


def kind_of(role: str) -> Keyboard:
    """Which keyboard a role has."""
    return "youth" if role == "youth" else "admin" if role == "admin" else "staff"


def menu_of(role: str) -> str:
    """The dialog behind the menu button of a role."""
    return MENUS[role]


def rows_of(turn: Turn, person: Person) -> tuple[tuple[str, ...], ...]:
    """The labels of the lasting keyboard."""
    menu = turn.phrase("menu_button", person)
    return ((turn.phrase("help_button", person), menu),) if person.role == "youth" else ((menu,),)


CALLS_FOR_HELP = frozenset({"help", "hulp", "help me", "help mij", "hulp nu", "sos"})
"""What people type instead of tapping: the whole message is one of these, marks left out."""


def pressed(world: World, text: str) -> str | None:
    """``help`` or ``menu`` when *text* is a label of the lasting keyboard, in any language, or a call for help."""
    wanted = text.strip().casefold()
    if wanted.strip(" .!?") in CALLS_FOR_HELP:
        return "help"
    for language in world.library.languages:
        for key, name in (("help_button", "help"), ("menu_button", "menu")):
            if plain(world.library.phrase(key, language)({"band": "18plus"})).casefold() == wanted:
                return name
    return None


def is_help(world: World, text: str) -> bool:
    """Whether *text* is the label of the help button."""
    return pressed(world, text) == "help"
