"""What a youngster may ask for about a check-in: write it, leave parts out, send or keep it."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import checkin, lines, ordinary, relay, subject
from bot.conversation.deed import OK, Deed, Outcome, now_or_later
from bot.storage import items


def draft_checkin(deed: Deed) -> Outcome:
    one = subject.attempt(deed.turn, deed.person, deed.session.state)
    if one is None or not checkin.parts_of(one):
        return Outcome("empty")
    content = lines.check_in(deed.turn, deed.person, one, frozenset())
    item_id = items.add(
        deed.turn.conn,
        deed.person.id,
        "checkin",
        deed.turn.now,
        content,
        attempt_id=one.id,
        recipient_id=subject.reader_now(deed.turn, deed.person.id),
    )
    return Outcome("ready", {"item": item_id})


def toggle_part(deed: Deed) -> Outcome:
    one = items.load(deed.turn.conn, deed.row("item"))
    attempt = subject.attempt(deed.turn, deed.person, deed.session.state)
    if attempt is None or one.state != "draft":
        return Outcome("empty")
    left_out = checkin.toggled(one.left_out, deed.answer("part"), checkin.parts_of(attempt))
    content = lines.check_in(deed.turn, deed.person, attempt, left_out)
    items.write(deed.turn.conn, one, content, left_out)
    return Outcome("ready" if checkin.told(attempt, left_out) else "empty")


def send_checkin(deed: Deed) -> Outcome:
    """To whom the preview named. Is that person gone or away meanwhile, it names somebody else first."""
    reader = subject.listener(deed.turn, deed.person.id)
    one = items.load(deed.turn.conn, deed.row("item"))
    if reader is None:
        deed.turn.alarm("nobody_reads")
        return Outcome("nobody")
    if one.state == "draft" and one.recipient_id != reader.id:
        items.change(deed.turn.conn, one.id, recipient_id=reader.id)
        return Outcome("changed")
    if one.state == "draft":
        # Who says it goes badly is not left for a week.
        low = deed.answer("how") == "niet_goed"
        relay.send_item(deed.turn, one.id, reader, deed.turn.now, at_once=low)
    return now_or_later(deed) if ordinary.waits_until(deed.turn, one.id) is None else Outcome("later")


def keep_checkin(deed: Deed) -> Outcome:
    one = items.load(deed.turn.conn, deed.row("item"))
    if one.state == "draft":
        items.change(deed.turn.conn, one.id, state="kept")
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "draft_checkin": draft_checkin,
    "toggle_part": toggle_part,
    "send_checkin": send_checkin,
    "keep_checkin": keep_checkin,
}
