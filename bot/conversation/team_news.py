"""What everybody hears when somebody else leads a group or reads: youngsters with names after a tap, staff without."""

from __future__ import annotations

from bot.conversation import reader_news, relay
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import meetings, outbox, people
from bot.storage import team as storage
from bot.storage.people import Person
from bot.storage.team import Change
from dialogs.text import Span


def tell_youth(
    turn: Turn, youth: Person, change_id: int, left: Person | None, *, again: bool = False
) -> None:
    """Who reads now, and who stands in."""
    key = f"team:{change_id}:{youth.id}:{'again' if again else 'now'}"
    reader_news.tell(turn, youth, reader_news.NOW, left, None, key)


def undone(turn: Turn, youth: Person, change_id: int) -> None:
    """Who had not been told yet hears nothing; who had is told who reads again."""
    if not outbox.cancel_keyed(turn.conn, f"team:{change_id}:{youth.id}:", "undone", turn.now):
        tell_youth(turn, youth, change_id, None, again=True)


def tell_staff(turn: Turn, actor: Person, one: Person, group_id: int, change_id: int, phrase: str) -> None:
    """Who came or went hears it, without a name of a youngster, in working hours."""
    group = meetings.group_name(turn.conn, group_id)
    _put(turn, one, turn.phrase(phrase, one, group=group, staff_name=actor.name), f"team:{change_id}:staff")


def tell_takers(turn: Turn, actor: Person, change_id: int) -> None:
    """Who reads for somebody from now on hears for how many."""
    found: dict[int, set[int]] = {}
    for one in storage.handovers(turn.conn, change_id):
        found.setdefault(one.now_id, set()).add(one.youth_id)
    for number, youth_ids in found.items():
        taker = people.load(turn.conn, number)
        said = turn.phrase("team_takes", taker, count=len(youth_ids), staff_name=actor.name)
        _put(turn, taker, said, f"team:{change_id}:takes")


def taken_back(turn: Turn, actor: Person, change: Change) -> None:
    """Staff who had not heard of it hear nothing; the others that all is as before."""
    told = {one.now_id for one in storage.handovers(turn.conn, change.id)}
    if change.professional_id is not None:
        told.add(change.professional_id)
    for number in sorted(told):
        one = people.load(turn.conn, number)
        dropped = [
            outbox.cancel_keyed(turn.conn, f"team:{change.id}:{what}:{number}", "undone", turn.now)
            for what in ("staff", "takes")
        ]
        if not any(dropped):
            group = meetings.group_name(turn.conn, change.group_id)
            said = turn.phrase("team_undone", one, group=group, staff_name=actor.name)
            _put(turn, one, said, f"team:{change.id}:undone")


def _put(turn: Turn, one: Person, said: str, key: str) -> None:
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=f"{key}:{one.id}",
    )
    turn.tell(one, Message((Span(said),)), opening)
