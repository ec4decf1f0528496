"""The rights of a youngster without an account: seeing, getting and erasing, through the professional who is named.

They hold what was noted together and what staff wrote; somebody who has an account asks for it there, alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import assisted, assisted_steps, export, looking, rights, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, code_is_open
from bot.conversation.turn import Opening
from bot.conversation.world import PRIVATE_FOR
from bot.message import Message, Promise
from bot.storage import challenges, due, erasures, people
from bot.storage.people import Person
from dialogs.text import Span
from dialogs.words import Words

MOST_STEPS, MOST_LOOKS = 12, 8


def see_assisted(deed: Deed) -> Outcome:
    """What is kept, to look at together."""
    youth = _mine(deed)
    return youth if isinstance(youth, Outcome) else OK


def send_assisted_data(deed: Deed) -> Outcome:
    """Both files in the professional's own chat, to print or hand over; gone from it after a day."""
    turn, youth = deed.turn, _mine(deed)
    if isinstance(youth, Outcome):
        return youth
    if turn.now - deed.session.updated_at > rights.CONFIRM_WITHIN:
        return Outcome("expired")
    account = people.account_of(turn.conn, deed.person.id)
    if account is None or account.state != "active":
        return GONE
    turn.note(deed.person, "export_person", "person", youth.id, youth.id)
    for document, phrase in zip(export.documents(turn, youth), ("export_text", "export_data"), strict=True):
        message = Message((Span(turn.phrase(phrase, deed.person)),), document=document)
        row = turn.send(deed.person.id, account, message, Opening(promise=Promise.SCREEN))
        about = {"message": row, "picture": 1}
        moment = turn.now + PRIVATE_FOR
        due.plan(turn.conn, deed.person.id, "wipe", f"{row}:export", moment, None, about, turn.now)
    return Outcome("sent")


def erase_assisted(deed: Deed) -> Outcome:
    """As for everybody: in 48 hours, and until then it can be taken back."""
    youth = _mine(deed)
    if isinstance(youth, Outcome):
        return youth
    rights.ask_erasure(deed.turn, youth, deed.person)
    return OK


def keep_assisted(deed: Deed) -> Outcome:
    youth = _mine(deed)
    if isinstance(youth, Outcome):
        return youth
    return OK if rights.undo_erasure(deed.turn, youth, deed.person) else GONE


def _mine(deed: Deed) -> Person | Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    return assisted.mine(deed.turn, deed.person, deed.session.state, "assist_rights") or GONE


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "see_assisted": see_assisted,
    "send_assisted_data": send_assisted_data,
    "erase_assisted": erase_assisted,
    "keep_assisted": keep_assisted,
}


# Facts


def kept(ask: Asked) -> Words:
    """The steps that were noted, newest first; of more there is the file."""
    youth = assisted.seen(ask, "assist_rights")
    if youth is None:
        return Words("")
    turn, reader = ask.turn, ask.person
    month = turn.phrase("assisted_born", reader, born=_month(reader.language, youth.born or ""))
    noted = challenges.reported(turn.conn, youth.id)[::-1]
    lines = [assisted_steps.kept(turn, reader, youth, one) for one in noted[:MOST_STEPS]]
    if not noted:
        lines = [Words(turn.phrase("assisted_none", reader))]
    return Words("\n\n".join([f"{youth.name}. {month}", *lines]))


def _month(language: str, born: str) -> str:
    """*maart 2012* for 2012-03."""
    year, _, month = born.partition("-")
    return f"{wording.months(language)[int(month) - 1]} {year}" if month else ""


def looked(ask: Asked) -> Words:
    """Who looked at it, newest first."""
    youth = assisted.seen(ask, "assist_rights")
    return Words("\n".join(looking.lines(ask.turn, youth, MOST_LOOKS)) if youth is not None else "")


def erasing(ask: Asked) -> bool:
    youth = assisted.seen(ask, "assist_rights")
    return youth is not None and erasures.pending(ask.turn.conn, youth.id) is not None


def erasure_day(ask: Asked) -> str:
    youth = assisted.seen(ask, "assist_rights")
    known = erasures.pending(ask.turn.conn, youth.id) if youth is not None else None
    return rights.day_of(ask.turn, ask.person, known) if known is not None else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "assisted_kept": kept,
    "assisted_looked": looked,
    "assisted_erasing": erasing,
    "assisted_erasure_day": erasure_day,
    "assisted_waits_for_alert": lambda ask: (
        (youth := assisted.seen(ask, "assist_rights")) is not None
        and erasures.waits_for_alert(ask.turn.conn, youth.id)
    ),
}
