"""Somebody finds an evening scary: one tap says what would help, a professional answers with a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.conversation import handle, openers, relay, rights, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_item, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.quiet import is_quiet
from bot.schedule.reading import is_working
from bot.storage import door_wishes, due, duty, halts, items, journal, meetings, people
from bot.storage.door_wishes import DoorWish
from bot.storage.items import Item
from bot.storage.meetings import Meeting
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.words import Words

KIND = "scary"
WISHES = {"deur": "door", "eerder": "early", "mee": "bring", "weg": "leave", "praten": "talk"}
EARLIER = timedelta(minutes=15)
HELPER = "helper"
TALK = WISHES["praten"]
"""A wish for a person, not for the door: it is not over with the evening."""
OVER = "over"
"""How a wish is closed that nobody answered before the evening was over."""


# What the youngster does


def choose(deed: Deed) -> Outcome:
    """The evening it is about, with what was wished for it before, and who would read a wish."""
    evening = subject.meeting(deed.turn, deed.person, deed.session.state)
    if evening is None or _is_over(deed.turn, evening) or deed.person.state != "active":
        return Outcome("none")
    reader = subject.listener(deed.turn, deed.person.id)
    rows = {"meeting": evening.id, "reader": reader.id if reader else 0}
    before = door_wishes.running(deed.turn.conn, deed.person.id, evening.id)
    if before is not None and items.load(deed.turn.conn, before.item_id).state == "withdrawn":
        door_wishes.end(deed.turn.conn, before.id, deed.turn.now)
        before = None
    return (
        Outcome("running", {**rows, "wish": before.id, "item": before.item_id})
        if before
        else Outcome("new", rows)
    )


def send(deed: Deed) -> Outcome:
    """One tap to the professional whom the question named; before the evening, also when nobody works."""
    turn, person, evening = deed.turn, deed.person, _evening(deed)
    wish = WISHES.get(str(deed.answer("scary")))
    if evening is None or wish is None or _is_over(turn, evening) or person.state != "active":
        return Outcome("over")
    reader = subject.listener(turn, person.id)
    if reader is None:
        return Outcome("nobody")
    if deed.session.state.subject.get("reader") not in (None, 0, reader.id):
        return Outcome("changed", {"reader": reader.id})
    before = door_wishes.running(turn.conn, person.id, evening.id)
    known = before is not None and not _withdrawn(turn, person, before)
    key = "line_scary_again" if known else "line_scary"
    number = _relay(turn, person, reader, evening, _line(turn, reader, key, evening, wish))
    made = door_wishes.add(turn.conn, person.id, evening.id, wish, number, turn.now)
    rows = {"item": number, "wish": made, "reader": reader.id}
    if relay.reading_moment(turn) >= evening.starts_at:
        return Outcome("soon", rows)
    settings = turn.world.settings
    return Outcome("now" if is_working(turn.now, settings.working_hours, settings.zone) else "later", rows)


def take_back(deed: Deed) -> Outcome:
    """It is not needed any more; whoever read it hears that, and is asked nothing."""
    turn, person, evening = deed.turn, deed.person, _evening(deed)
    before = door_wishes.running(turn.conn, person.id, evening.id) if evening else None
    if before is None or evening is None or _is_over(turn, evening):
        return GONE
    one = items.load(turn.conn, before.item_id)
    if rights.withdraw(turn, person, one) != "ok":
        reader = _read_by(turn, one)
        if reader is None:
            return Outcome("nobody")
        _settle(turn, one)
        items.append(turn.conn, one, _line(turn, reader, "line_scary_back", evening, before.wish))
        items.change(turn.conn, one.id, recipient_id=reader.id)
        _put(turn, one, reader, evening, turn.now.isoformat())
    door_wishes.end(turn.conn, before.id, turn.now)
    return OK


def _withdrawn(turn: Turn, person: Person, before: DoorWish) -> bool:
    """Whether the earlier message was taken back unread; one that was read is done with."""
    one = items.load(turn.conn, before.item_id)
    if rights.withdraw(turn, person, one) == "ok":
        return True
    _settle(turn, one)
    return False


def _settle(turn: Turn, one: Item) -> None:
    """A wish that was read asks nothing any more; what sounds like a concern does."""
    if one.state in items.WAITING and one.level is None:
        items.change(turn.conn, one.id, state="handled", handled_at=turn.now, handling="replaced")
        due.cancel(turn.conn, one.youth_id, "item_age", str(one.id), turn.now)


def _read_by(turn: Turn, one: Item) -> Person | None:
    """Whoever has it; who listens now when they are away."""
    if one.recipient_id is not None and duty.reachable(turn.conn, one.recipient_id, turn.now):
        return people.load(turn.conn, one.recipient_id)
    return subject.listener(turn, one.youth_id)


def _relay(turn: Turn, person: Person, reader: Person, evening: Meeting, words: str) -> int:
    number = items.add(turn.conn, person.id, KIND, turn.now, words)
    if relay.reading_moment(turn) < evening.starts_at:
        relay.send_item(turn, number, reader, turn.now)
        return number
    items.change(turn.conn, number, state="sent", sent_at=turn.now, recipient_id=reader.id)
    one = items.load(turn.conn, number)
    _put(turn, one, reader, evening)
    relay.plan_ageing(turn, one)
    return number


def _put(turn: Turn, one: Item, reader: Person, evening: Meeting, occurrence: str = "") -> None:
    """The neutral message; at once when in the morning, after the evening, it would be too late."""
    if relay.reading_moment(turn) < evening.starts_at:
        relay.to_professional(turn, one, reader, occurrence)
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.RELAY,
        doubt=turn.phrase("doubt_relay", reader),
        dedupe_key=f"item:{one.id}:{reader.id}:{occurrence}".rstrip(":"),
    )
    turn.begin(reader, "read_item", {"item": one.id}, opening)


def _line(turn: Turn, reader: Person, key: str, evening: Meeting, wish: str) -> str:
    day = wording.day(turn, reader, evening.starts_at)
    return turn.phrase(key, reader, day=day, wish=turn.phrase(f"scary_{wish}", reader))


# What the professional does


def look(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    turn, one = deed.turn, _mine(deed)
    wish = door_wishes.of_item(turn.conn, one.id) if one else None
    if one is None or wish is None:
        return GONE
    if one.level is not None:
        return OK
    evening = meetings.load(turn.conn, wish.meeting_id)
    if wish.wish == TALK and one.state in items.WAITING and wish.ended_at is None:
        let_go(turn, evening)
        if items.load(turn.conn, one.id).kind == "talk":
            return Outcome("talk")
    if evening.state not in meetings.HELD:
        # It stays open: that it is called off may be taken back.
        return Outcome("called_off")
    if evening.ends_at <= turn.now:
        let_go(turn, evening)
        return Outcome("past")
    if wish.ended_at is not None:
        return Outcome("taken_back")
    return Outcome("begun") if evening.starts_at <= turn.now else OK


def promise(deed: Deed) -> Outcome:
    """One tap with a name: the youngster hears it at once, with that name."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, one = deed.turn, _mine(deed)
    wish = door_wishes.of_item(turn.conn, one.id) if one else None
    if one is None or wish is None:
        return GONE
    if wish.ended_at is not None:
        return Outcome("taken_back")
    if _is_over(turn, meetings.load(turn.conn, wish.meeting_id)):
        return Outcome("over")
    helper = handle.meant(turn, deed.person, HELPER, deed.answer("helper"))
    if helper not in {leader.id for leader in _helpers(turn, wish)} or helper is None:
        return GONE
    account = people.account_of(turn.conn, one.youth_id)
    if account is None or account.state != "active" or halts.running(turn.conn, one.youth_id) is not None:
        return Outcome("unreachable")
    turn.allow(deed.person, "answer_item", about_item(turn, deed.person, one))
    door_wishes.promise(turn.conn, wish.id, helper, turn.now)
    items.change(
        turn.conn,
        one.id,
        state="handled",
        handled_at=turn.now,
        handled_by=deed.person.id,
        handling="promised",
    )
    due.cancel(turn.conn, one.youth_id, "item_age", str(one.id), turn.now)
    youth = people.load(turn.conn, one.youth_id)
    settings = turn.world.settings
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        silent=is_quiet(turn.now, turn.band(youth), settings.quiet, settings.zone),
        dedupe_key=f"promise:{wish.id}:{turn.now.isoformat()}",
    )
    turn.begin(youth, "scary_yes", {"wish": wish.id, "meeting": wish.meeting_id}, opening)
    return Outcome("ok", {"wish": wish.id})


def promised_for(turn: Turn, group_id: int, local_date: str) -> list[DoorWish]:
    """The wishes for an evening that have a name."""
    evening = meetings.named(turn.conn, group_id, local_date)
    found = door_wishes.of_meeting(turn.conn, evening.id).values() if evening else ()
    return [one for one in found if one.promised_by is not None]


def ask_again(turn: Turn, promised: list[DoorWish]) -> None:
    """The evening is on another day: a wish whose name does not count any more waits for one again."""
    for before in promised:
        wish = door_wishes.load(turn.conn, before.id)
        evening = meetings.load(turn.conn, wish.meeting_id)
        reader = subject.listener(turn, wish.youth_id)
        if wish.promised_by is not None or _is_over(turn, evening) or reader is None:
            continue
        one = items.load(turn.conn, wish.item_id)
        items.append(turn.conn, one, _line(turn, reader, "line_scary_moved", evening, wish.wish))
        opened = {"handled_at": None, "handled_by": None, "handling": None, "passed_on_at": None}
        items.change(turn.conn, one.id, state="sent", recipient_id=reader.id, **opened)
        relay.to_professional(turn, one, reader, turn.now.isoformat())
        ages = relay.ageing_moment(turn)
        due.again(turn.conn, one.youth_id, "item_age", str(one.id), ages, None)


def let_go(turn: Turn, evening: Meeting) -> None:
    """The evening is over: a wish that nobody answered asks nothing any more, and the digest says that it was left.

    Nor does anybody have to open it, or that it was not needed. What sounds like a concern stays open, and so does the
    wish to talk: from now on it is one like any other.
    """
    if evening.ends_at > turn.now and evening.state in meetings.HELD:
        return
    for wish in door_wishes.made_for(turn.conn, evening.id):
        one = items.load(turn.conn, wish.item_id)
        if one.level is not None:
            continue
        if wish.ended_at is None and one.state in items.WAITING and wish.wish == TALK:
            items.change(turn.conn, one.id, kind="talk")
            continue
        if wish.ended_at is None and one.state in items.WAITING:
            items.change(turn.conn, one.id, state="handled", handled_at=turn.now, handling=OVER)
            due.cancel(turn.conn, one.youth_id, "item_age", str(one.id), turn.now)
            journal.add(turn.conn, one.youth_id, "scary", turn.now, "unanswered", one.id)
        elif wish.ended_at is None:
            continue
        openers.clear(turn, one)


def is_let_go(turn: Turn, one: Item) -> bool:
    """Whether *one* is a wish for an evening that is over; it is closed then, but for the wish to talk."""
    wish = door_wishes.of_item(turn.conn, one.id)
    if wish is None:
        return False
    let_go(turn, meetings.load(turn.conn, wish.meeting_id))
    return items.load(turn.conn, one.id).state not in items.WAITING


def _mine(deed: Deed) -> Item | None:
    one = items.load(deed.turn.conn, deed.row("item"))
    allowed = deed.turn.allowed(deed.person, "read_item", about_item(deed.turn, deed.person, one))
    return one if allowed and one.state in items.SHARED else None


def _is_over(turn: Turn, evening: Meeting) -> bool:
    """Whether nobody meets there any more: it began, or it does not take place."""
    return evening.starts_at <= turn.now or evening.state not in meetings.HELD


def _evening(deed: Deed) -> Meeting | None:
    number = deed.session.state.subject.get("meeting")
    return meetings.load(deed.turn.conn, number) if number else None


def _helpers(turn: Turn, wish: DoorWish) -> list[Person]:
    return people.staff_of_group(turn.conn, meetings.load(turn.conn, wish.meeting_id).group_id)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_scary_evening": choose,
    "send_scary": send,
    "take_back_scary": take_back,
    "look_promise": look,
    "promise_help": promise,
}


# What the dialogs show


def _wish(ask: Asked) -> DoorWish | None:
    number = ask.state.subject.get("wish")
    if number:
        return door_wishes.load(ask.turn.conn, number)
    item = ask.state.subject.get("item")
    return door_wishes.of_item(ask.turn.conn, item) if item else None


def wish_said(ask: Asked) -> str:
    wish = _wish(ask)
    return ask.turn.phrase(f"scary_{wish.wish}", ask.person) if wish else ""


def helper(ask: Asked) -> Words:
    wish = _wish(ask)
    number = wish.promised_by if wish else None
    return people.load(ask.turn.conn, number).name if number else Words("")


def promised(ask: Asked) -> Words:
    """What the youngster reads: the evening as it stands now, and the name; or that the name was for another day."""
    wish = _wish(ask)
    if wish is None:
        return Words("")
    reader = people.load(ask.turn.conn, wish.youth_id)
    if wish.promised_by is None:
        return Words(ask.turn.phrase("promise_moved", reader))
    evening = meetings.load(ask.turn.conn, wish.meeting_id)
    moment = evening.starts_at - EARLIER if wish.wish == "early" else evening.starts_at
    said = ask.turn.phrase(
        f"promise_{wish.wish}",
        reader,
        helper=people.load(ask.turn.conn, wish.promised_by).name,
        day=wording.day(ask.turn, reader, evening.starts_at),
        time=wording.clock(ask.turn, reader, moment),
    )
    return Words(said)


def helpers(ask: Asked) -> tuple[Option, ...]:
    wish = _wish(ask)
    return tuple(
        Option(handle.named(ask.turn, ask.person, HELPER, one.id), str(one.name))
        for one in (_helpers(ask.turn, wish) if wish else ())
    )


def ended(ask: Asked) -> bool:
    wish = _wish(ask)
    return wish is None or wish.ended_at is not None


def day_of(ask: Asked) -> str:
    """The day of the evening that a wish is about."""
    wish = _wish(ask)
    if wish is None:
        return ""
    return wording.day(ask.turn, ask.person, meetings.load(ask.turn.conn, wish.meeting_id).starts_at)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "scary_day": day_of,
    "scary_wish": wish_said,
    "scary_helper": helper,
    "scary_said": promised,
    "scary_over": ended,
    "scary_helpers": helpers,
}
