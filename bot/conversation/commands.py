"""Words that lead somewhere by themselves: behind a slash, Start, the menu button and a bare "stop"."""

from __future__ import annotations

from bot.conversation import invited, keyboard, talk
from bot.conversation.turn import Turn
from bot.incoming import Command, Incoming
from bot.message import Message
from bot.storage import sessions
from bot.storage.people import Person
from dialogs.text import Span

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
    "agenda": "agenda",
    "calendar": "agenda",
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
    "samen": "assisted",
    "together": "assisted",
    "doorgeven": "errands",
    "tell": "errands",
    "maandkaart": "assisted",
}

STAFF_TOO = {
    "instellingen": "digest_times",
    "settings": "digest_times",
    "tijden": "digest_times",
    "times": "digest_times",
}
"""Words that lead a professional to settings of their own."""

OF_ROLE: dict[str, dict[str, str]] = {
    "professional": {**STAFF_ONLY, "afwezig": "absent", "oefenen": "rehearse", "rondleiding": "tour"},
    "coordinator": {
        "overzicht": "coordinator_overview",
        "alarmen": "alerts",
        "groepen": "team",
        "rooster": "duty",
        "afwezig": "absent",
    },
    "confidant": {"meelezen": "inspect"},
    "admin": {"teksten": "content"},
}
"""What stands in the menu of one role only."""

COMMANDS = frozenset(
    {
        *EVERYBODY,
        *YOUTH_ONLY,
        *STAFF_ONLY,
        *(name for own in OF_ROLE.values() for name in own),
        "menu",
        "start",
    }
)
"""Everything that may stand behind a slash."""


def is_bare(incoming: Incoming) -> bool:
    """A command of ours with nothing behind it: the word is from our menu, so it says nothing about danger.

    Anything typed behind it, and any command we do not know, is read by the danger check as ever.
    """
    what = incoming.what
    return isinstance(what, Command) and what.name in COMMANDS and not what.rest.strip()


def home(turn: Turn, person: Person, *, linked: bool) -> str:
    """What Start and the menu button lead to, in every situation."""
    if linked:
        say(turn, person, "already_known")
    match person.state:
        case "started":
            welcome = invited.WELCOMES[person.role]
            for one in sessions.open_of(turn.conn, person.id):
                if one.script == welcome and talk.resume(turn, person):
                    return "resumed"
            return begin(turn, person, welcome)
        case "refused":
            return begin(turn, person, "again")
        case "too_young":
            if invited.is_too_young(turn, person):
                return begin(turn, person, "too_young")
            return invited.welcome(turn, person)
        case _:
            return begin(turn, person, keyboard.menu_of(person.role))


def run(turn: Turn, person: Person, name: str) -> str:
    """Begin what stands behind a slash, or say that it is nothing, or nothing for them. The outcome in one word."""
    if name in EVERYBODY:
        return begin(turn, person, EVERYBODY[name])
    if name in STAFF_TOO and person.role == "professional" and person.state == "active":
        return begin(turn, person, STAFF_TOO[name])
    if name in YOUTH_ONLY:
        if person.role == "youth":
            return begin(turn, person, YOUTH_ONLY[name])
        return say(turn, person, "erase_staff" if YOUTH_ONLY[name] == "erase" else "wrong_role")
    if name in ("menu", "start"):
        return home(turn, person, linked=False)
    if any(name in own for own in OF_ROLE.values()):
        script = OF_ROLE.get(person.role, {}).get(name)
        if script is not None and person.state == "active":
            return begin(turn, person, script)
        return say(turn, person, "wrong_role")
    return say(turn, person, "unknown_command")


def begin(turn: Turn, person: Person, script: str) -> str:
    """Begin a dialog; its name is the outcome."""
    talk.begin(turn, person, script)
    return script


def say(turn: Turn, person: Person, key: str) -> str:
    """Say one sentence of ours; its key is the outcome."""
    turn.tell(person, Message((Span(turn.phrase(key, person)),)))
    return key
