"""The rights of a person: taking something back, getting everything, being erased with 48 hours to think again.

Nothing here closes an alert: as long as somebody is to answer for a youngster's safety, an erasure waits and says so.
"""

from __future__ import annotations

from datetime import timedelta

from bot.authorize import Relation, Target
from bot.conversation import export, openers, relay, wording
from bot.conversation.turn import Opening, Turn
from bot.conversation.world import PRIVATE_FOR
from bot.message import Lane, Message, Promise
from bot.storage import closings, door_wishes, due, duty, erasures, errands, items, journal, outbox, people
from bot.storage.erasures import Erasure
from bot.storage.items import Item
from bot.storage.people import Account, Person
from bot.storage.proofs import Proof
from dialogs.text import Span

KIND = "erase"
CONFIRM_WITHIN = timedelta(minutes=10)
"""How long the second question before an export can be answered (threat 19 of the reliability research)."""

TOLD = {
    "term_ended": "told_erased_term",
    "closed": "told_erased_closed",
    "died": "told_erased_died",
}
"""What the professional hears, by the reason of the erasure."""

LOOK_AGAIN = timedelta(hours=1)
"""How often an erasure that waits for an alert is looked at."""


def ask_erasure(turn: Turn, person: Person, by: Person | None = None) -> Erasure:
    """Note the wish and plan it; a second wish changes nothing.

    *by*: the professional who acts for somebody without an account, already allowed to.
    """
    known = erasures.pending(turn.conn, person.id)
    if known is not None:
        return known
    if by is None:
        turn.allow(person, "erase_person", Target("person", person.id, person.id, "self"))
    else:
        turn.note(by, "erase_person", "person", person.id, person.id)
    moment = turn.now + erasures.UNDO_FOR
    asked_by = "self" if by is None else "professional"
    number = erasures.ask(turn.conn, person.id, asked_by, turn.now, moment)
    due.plan(turn.conn, person.id, KIND, str(number), moment, None, {"erasure": number}, turn.now)
    _say(turn, person, "erasing", by)
    found = erasures.pending(turn.conn, person.id)
    if found is None:
        raise LookupError("the wish that was just noted")
    return found


def undo_erasure(turn: Turn, person: Person, by: Person | None = None) -> bool:
    """Take the wish back; false when there is none any more. *by*: who acts for somebody without an account."""
    known = erasures.pending(turn.conn, person.id)
    if known is None:
        return False
    erasures.undo(turn.conn, known, turn.now)
    due.cancel(turn.conn, person.id, KIND, str(known.id), turn.now)
    turn.note(by or person, "erasure_undone", "person", person.id, person.id)
    _say(turn, person, "staying", by)
    return True


def _say(turn: Turn, person: Person, kind: str, by: Person | None) -> None:
    """To who looks after them; a professional who did it themselves needs no message, the list keeps it."""
    if by is None:
        relay.notify_staff(turn, person, kind)
    else:
        journal.add(turn.conn, person.id, kind, turn.now)


def due_erasure(turn: Turn, person: Person, one: due.Due) -> str:
    """The 48 hours are over: erase, or wait until the alert is handled and say so once."""
    known = erasures.pending(turn.conn, person.id)
    if known is None:
        return "undone"
    if erasures.waits_for_alert(turn.conn, person.id):
        if known.told_at is None:
            erasures.told_waiting(turn.conn, known, turn.now)
            opening = Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, dedupe_key=f"erase_waits:{known.id}")
            turn.tell(person, Message((Span(turn.phrase("erase_waits", person)),)), opening)
            if person.state == people.ASSISTED:
                errands.add(turn.conn, person.id, "erase_waits", str(known.id), {}, turn.now)
        due.replan(turn.conn, person.id, one.kind, one.occurrence, turn.now + LOOK_AGAIN, None)
        return "moved"
    turn.note(person, "erased", "person", person.id, person.id)
    carry_out(turn, person, known.id)
    return "sent"


def carry_out(turn: Turn, person: Person, erasure_id: int, *, tell_staff: bool = True) -> Proof:
    """Erase a youngster now, with one last message to the account that is let go; the ledger hears of it after commit.

    Writing it before would outlive a commit that fails, and erase at the next start who took the wish back meanwhile.
    """
    account = people.account_of(turn.conn, person.id)
    because = erasures.why(turn.conn, erasure_id)
    farewell = "erased_last_closed" if because == "closed" else "erased_last"
    last = Message(
        (Span(turn.phrase(farewell, person)),), keyboard="remove" if person.role == "youth" else None
    )
    main = people.looked_after_by(turn.conn, person.id).get("main") if person.role == "youth" else None
    mark = erasures.marked(turn.conn, person.id)
    closings.link(turn.conn, person, erasure_id)
    ended = closings.organisation_is_closed(turn.conn, duty.organisation_of(turn.conn, person))
    proof = erasures.erase(turn.conn, person.id, turn.now, because)
    erasures.done(turn.conn, erasure_id, proof, turn.now, mark)
    # Nobody who died is written to, and no relative who has the telephone now.
    if because != "died" and account is not None and account.state == "active":
        goodbye = Opening(Lane.REPLY, Promise.AT_LEAST_ONCE)
        turn.send(None, Account(account.id, None, account.state), last, goodbye)
    if tell_staff and main is not None and not ended:
        told = TOLD.get(because, "told_erased")
        professional = people.load(turn.conn, main)
        quiet = Opening(Lane.RELAY, Promise.AT_LEAST_ONCE, not_before=relay.reading_moment(turn), silent=True)
        turn.tell(professional, Message((Span(turn.phrase(told, professional)),)), quiet)
    return proof


def send_export(turn: Turn, person: Person) -> bool:
    """Both files to the person's own private chat, gone from it after a day; false when they cannot be reached."""
    account = people.account_of(turn.conn, person.id)
    if account is None or account.state != "active":
        return False
    turn.allow(person, "export_person", Target("person", person.id, person.id, "self"))
    text, data = export.documents(turn, person)
    for document, phrase in ((text, "export_text"), (data, "export_data")):
        message = Message((Span(turn.phrase(phrase, person)),), document=document)
        row = turn.send(person.id, account, message, Opening(Lane.REPLY, Promise.SCREEN))
        about = {"message": row, "picture": 1}
        moment = turn.now + PRIVATE_FOR
        due.plan(turn.conn, person.id, "wipe", f"{row}:export", moment, None, about, turn.now)
    return True


def withdraw(turn: Turn, person: Person, one: Item) -> str:
    """Take back something that was sent, until it was opened: ``ok``, ``opened`` or ``gone``."""
    relation: Relation = "self" if one.youth_id == person.id else "none"
    if not turn.allowed(person, "withdraw_item", Target("item", one.id, one.youth_id, relation)):
        return "gone"
    if one.kind == "alert" or one.state in ("draft", "kept", "withdrawn"):
        return "gone"
    if one.state != "sent":
        return "opened"
    items.change(turn.conn, one.id, state="withdrawn")
    due.cancel(turn.conn, person.id, "item_age", str(one.id), turn.now)
    outbox.cancel_keyed(turn.conn, f"item:{one.id}:", "withdrawn", turn.now)
    wish = door_wishes.of_item(turn.conn, one.id)
    if wish is not None:
        door_wishes.end(turn.conn, wish.id, turn.now)
        openers.clear(turn, one)
    if one.kind == "talk":
        journal.add(turn.conn, person.id, "talk_back", turn.now, None, one.id)
    return "ok"


def leaving_until(turn: Turn, person: Person) -> Erasure | None:
    """The erasure a youngster waits for: until then nothing unasked goes to them."""
    return erasures.pending(turn.conn, person.id) if person.role == "youth" else None


def day_of(turn: Turn, person: Person, one: Erasure) -> str:
    """When it happens, in words."""
    return wording.day_and_clock(turn, person, one.due_at)
