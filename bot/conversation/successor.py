"""Somebody of the staff cannot be reached: what waits for them goes to the colleague, and others hear of it."""

from __future__ import annotations

from bot.conversation import alert_chain, made_up, news, reader_news, relay, subject, talk_endings, unread
from bot.conversation.turn import Turn
from bot.storage import duty, items, people
from bot.storage.items import Item
from bot.storage.people import Person


def pass_on(turn: Turn, gone: Person) -> None:
    """Give what waits for *gone* to somebody who can be reached; coordinators and operator hear of it.

    What came to a confidant stays with them: it went past the professionals on purpose.
    """
    talk_endings.look(turn, gone.id)
    passed, left = _pass_items(turn, gone, reader_news.CHANGED)
    alert_chain.pass_on(turn, gone.id)
    turn.alarm("staff_blocked", f"S-{gone.id}")
    unread.look(turn, gone.organisation_id)
    if gone.organisation_id is not None:
        # Who ended the account knows; what has no reader they hear as well.
        told = (gone.id, turn.speaker) if left == 0 else (gone.id,)
        coordinators = [
            one for one in duty.staff(turn.conn, gone.organisation_id, ("coordinator",)) if one.id not in told
        ]
        about = {"news": news.READER_GONE, "staff": gone.id, "passed": passed, "left": left}
        news.tell(turn, coordinators, about, f"gone:{gone.id}:{turn.now.isoformat()}")


def stand_in(turn: Turn, away: Person) -> None:
    """Somebody is away for a while: alerts and what they did not handle go to who is there, and youngsters hear so."""
    if away.role == "professional":
        _pass_items(turn, away, reader_news.AWAY)
    alert_chain.pass_on(turn, away.id)


def _pass_items(turn: Turn, gone: Person, why: int) -> tuple[int, int]:
    """How many went to a colleague, and how many stay without a reader. With whom they practise is nobody else's."""
    passed = left = 0
    for one in items.waiting_for(turn.conn, gone.id):
        if one.kind == "alert" or made_up.is_one(turn.conn, one.youth_id):
            continue
        colleague = _colleague(turn, one, gone) if gone.role == "professional" else None
        if colleague is None:
            turn.alarm("nobody_reads", one.reference)
            left += 1
            continue
        _hand_over(turn, one, gone, colleague, why)
        passed += 1
    return passed, left


def _colleague(turn: Turn, one: Item, gone: Person) -> Person | None:
    found = subject.reachable(turn, one.youth_id)
    return next((helper for helper in found if helper.id != gone.id), None)


def _hand_over(turn: Turn, one: Item, gone: Person, colleague: Person, why: int) -> None:
    """The colleague reads it from now on, and the youngster is told: a change of reader is never silent."""
    relay.hand_over(turn, one, colleague)
    youth = people.load(turn.conn, one.youth_id)
    key = f"reader:{youth.id}:{gone.id}:{colleague.id}:{turn.today}"
    reader_news.tell(turn, youth, why, gone, colleague, key)
