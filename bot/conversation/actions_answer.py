"""What a youngster does with an answer of a human: open it, and write back in the same talk."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import relay, subject
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.schedule.reading import is_working
from bot.storage import items, journal
from bot.storage.people import Person


def open_answer(deed: Deed) -> Outcome:
    """It is gone when nobody opened it for so long that its words were emptied."""
    reply = items.load_reply(deed.turn.conn, deed.row("reply"))
    if reply.youth_id != deed.person.id or not reply.content:
        return GONE
    items.reply_opened(deed.turn.conn, reply.id, deed.turn.now)
    return OK


def name_reader(deed: Deed) -> Outcome:
    """Who reads what is typed next, from here to the sending: whoever wrote, or who can be reached.

    Nobody: that is said before any words are asked for.
    """
    one = _reader(deed)
    return Outcome("ok", {"reader": one.id}) if one is not None else Outcome("nobody")


def answer_back(deed: Deed) -> Outcome:
    """To whoever wrote, as long as they look after the youngster and can be reached; else to who does now.

    Never to somebody else than the question named.
    """
    turn, person = deed.turn, deed.person
    said = deed.words("answer_back")
    reply = items.load_reply(turn.conn, deed.row("reply"))
    reader = _reader(deed)
    if reply.youth_id != person.id or person.state != "active" or reader is None or not said:
        return Outcome("nobody")
    if subject.is_another(deed.session.state, reader):
        return Outcome("changed", {"reader": reader.id})
    content = turn.phrase("line_answer_back", reader, answer=said)
    item_id = items.add(turn.conn, person.id, "talk", turn.now, content, reply_id=reply.id)
    relay.send_item(turn, item_id, reader, turn.now)
    journal.add(turn.conn, person.id, "talk", turn.now, None, item_id)
    settings = turn.world.settings
    now = is_working(turn.now, settings.working_hours, settings.zone)
    return Outcome("now" if now else "later", {"item": item_id})


def _reader(deed: Deed) -> Person | None:
    reachable = subject.reachable(deed.turn, deed.person.id)
    number = deed.session.state.subject.get("reply")
    author = items.load_reply(deed.turn.conn, number).author_id if number else None
    return next((one for one in reachable if one.id == author), next(iter(reachable), None))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_answer": open_answer,
    "name_reader": name_reader,
    "answer_back": answer_back,
}
