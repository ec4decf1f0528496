"""From a youngster to their professional and back: neutral messages that open on a tap, at the right hour."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.conversation import concern, made_up, ordinary, subject
from bot.conversation.turn import Opening, Start, Turn
from bot.message import Lane, Promise
from bot.schedule.quiet import is_quiet
from bot.schedule.reading import next_reading
from bot.storage import due, items, journal, replies
from bot.storage.due import Due
from bot.storage.items import Item
from bot.storage.people import Person

AGES_AFTER = timedelta(days=2)
"""An item nobody handled goes to the colleague after two working days."""
REPEATED_AFTER = timedelta(days=1)
"""Half-way it is said once more to who has it, and to nobody else."""
AGAIN = "item_again"
ASKS_NOTHING = frozenset({"joined", "back", "staying", "waiting_back"})
"""Good news of the fixed list: who chose when their digest comes reads it there."""


def reading_moment(turn: Turn) -> datetime:
    """Now inside working hours, else when they begin."""
    settings = turn.world.settings
    return next_reading(turn.now, settings.working_hours, settings.zone)


def ask_listener(turn: Turn, youth: Person, one: Due, script: str, **rows: int) -> str:
    """A neutral question about a youngster for who listens now: the colleague when the own professional is away.

    What became of the moment *one*, as in ``moments``.
    """
    professional = subject.listener(turn, youth.id)
    if professional is None:
        return "nobody"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=reading_moment(turn),
        silent=True,
        dedupe_key=f"due:{one.id}",
    )
    turn.begin(professional, script, {"youth": youth.id, **rows}, opening)
    return due.SENT


def to_professional(
    turn: Turn, one: Item, professional: Person, occurrence: str = "", *, again: bool = False
) -> None:
    """Put a neutral message about an item into the professional's chat, silently, in working hours.

    Once for each *occurrence*: what came back to somebody is said again. *again*: it says that this was said before.
    What a made-up youngster sends comes at once: somebody is practising right now.
    """
    key = f"item:{one.id}:{professional.id}"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.RELAY,
        not_before=turn.now if made_up.is_one(turn.conn, one.youth_id) else reading_moment(turn),
        silent=True,
        doubt=turn.phrase("doubt_relay", professional),
        dedupe_key=f"{key}:{occurrence}" if occurrence else key,
    )
    about = {"item": one.id, "again": 1} if again else {"item": one.id}
    turn.begin(professional, "read_item", about, opening)


def send_item(
    turn: Turn, item_id: int, professional: Person, now: datetime, *, at_once: bool = False
) -> Item:
    """An item leaves the youngster: noted as sent, relayed, and due to age from when it can be read.

    What asks nothing waits for the digest of who chose when that comes (``ordinary``), but for *at_once*.
    """
    items.change(turn.conn, item_id, state="sent", sent_at=now, recipient_id=professional.id)
    level = concern.level_of(str(items.load(turn.conn, item_id).content))
    if level is not None:
        items.change(turn.conn, item_id, level=level)
    one = items.load(turn.conn, item_id)
    read_with = None if at_once else ordinary.read_with(turn, one, professional)
    if read_with is None:
        to_professional(turn, one, professional)
    if not made_up.is_one(turn.conn, one.youth_id):
        plan_ageing(turn, one, read_with)
    return one


def hand_over(turn: Turn, one: Item, colleague: Person) -> None:
    """Somebody else reads it from now on, and has as long as the first one had."""
    items.change(turn.conn, one.id, recipient_id=colleague.id)
    to_professional(turn, one, colleague, turn.now.isoformat())
    fresh = items.load(turn.conn, one.id)
    if due.replan(turn.conn, one.youth_id, "item_age", str(one.id), ageing_moment(turn), None):
        _plan_again(turn, fresh)
    else:
        plan_ageing(turn, fresh)


def plan_ageing(turn: Turn, one: Item, read_with: datetime | None = None) -> None:
    """When it is said once more, and from which moment the colleague may read it, if nobody handles it.

    *read_with*: the digest for which it waits; it ages from then.
    """
    moment, about = ageing_moment(turn, begins=read_with), {"item": one.id, **ordinary.kept(read_with)}
    due.plan(turn.conn, one.youth_id, "item_age", str(one.id), moment, None, about, turn.now)
    _plan_again(turn, one, read_with)


def keep_with(turn: Turn, reader: Person, gone: Collection[datetime], read_with: datetime | None) -> None:
    """What waits for a digest that does not come at that moment waits for another; without one it is announced now."""
    for one in items.waiting_for(turn.conn, reader.id):
        if one.state != "sent" or ordinary.begins(turn, one) not in gone:
            continue
        if read_with is None:
            to_professional(turn, one, reader)
        moment, about = ageing_moment(turn, begins=read_with), {"item": one.id, **ordinary.kept(read_with)}
        due.replan(turn.conn, one.youth_id, "item_age", str(one.id), moment, None, subject=about)
        moment, occurrence = ageing_moment(turn, REPEATED_AFTER, read_with), f"{one.id}:{reader.id}"
        due.replan(turn.conn, one.youth_id, AGAIN, occurrence, moment, None)


def age_anew(turn: Turn, one: Item) -> None:
    """It is open again: whoever has it has as long as if it came just now, and hears of it once more half-way."""
    for kind, occurrence, after in (
        ("item_age", str(one.id), AGES_AFTER),
        (AGAIN, f"{one.id}:{one.recipient_id}", REPEATED_AFTER),
    ):
        moment, about = ageing_moment(turn, after), {"item": one.id, "reader": one.recipient_id or 0}
        if due.replan(turn.conn, one.youth_id, kind, occurrence, moment, None):
            continue
        if not due.plan(turn.conn, one.youth_id, kind, occurrence, moment, None, about, turn.now):
            due.again(turn.conn, one.youth_id, kind, occurrence, moment, None)


def _plan_again(turn: Turn, one: Item, read_with: datetime | None = None) -> None:
    if one.recipient_id is not None:
        moment, about = (
            ageing_moment(turn, REPEATED_AFTER, read_with),
            {"item": one.id, "reader": one.recipient_id},
        )
        occurrence = f"{one.id}:{one.recipient_id}"
        due.plan(turn.conn, one.youth_id, AGAIN, occurrence, moment, None, about, turn.now)


def ageing_moment(turn: Turn, after: timedelta = AGES_AFTER, begins: datetime | None = None) -> datetime:
    """When so many working days passed from *begins*, else from the next moment at which staff read."""
    settings = turn.world.settings
    moment = begins or reading_moment(turn)
    for _ in range(after.days):
        moment = next_reading(moment + timedelta(days=1), settings.working_hours, settings.zone)
    return moment


def alert(turn: Turn, item_id: int, person_id: int, round_number: int) -> None:
    """Put an alert into somebody's chat, at any hour, once each round. No words, no name before a tap."""
    key = f"item:{item_id}:{person_id}:{round_number}"
    opening = Opening(Lane.ALERT, Promise.ALERT, dedupe_key=key)
    turn.starts.append(Start(person_id, "alert_item", {"item": item_id}, opening))


def notify_staff(turn: Turn, youth: Person, kind: str) -> None:
    """Note a line of the fixed list and tell the professional in working hours, neutrally; the colleague stands in.

    What asks nothing waits for the digest of who chose its moments.
    """
    note = journal.add(turn.conn, youth.id, kind, turn.now)
    professional = subject.listener(turn, youth.id)
    if professional is None or (kind in ASKS_NOTHING and _reads_it_later(turn, youth, professional)):
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=reading_moment(turn),
        silent=True,
        dedupe_key=f"notice:{note}:{professional.id}",
    )
    turn.begin(professional, "notice", {"youth": youth.id, "notice": note}, opening)


def _reads_it_later(turn: Turn, youth: Person, professional: Person) -> bool:
    """It stands in the digest they chose a moment for."""
    if made_up.is_one(turn.conn, youth.id):
        return False
    return ordinary.next_digest(turn, professional) is not None


def answer_youth(turn: Turn, youth: Person, reply_id: int, *, again: bool = False) -> None:
    """Tell the youngster that an answer came; it opens on a tap. Two minutes later: so long it can be taken back.

    At any hour, because they asked for it. *again*: it was said before to an account that could not be reached, or is
    not theirs any more.
    """
    if youth.state == made_up.STATE:
        made_up.gets_answer(turn, youth, reply_id)
        return
    settings = turn.world.settings
    key = replies.key(reply_id)
    key = f"{key}:{turn.now.isoformat()}" if again else key
    moment = max(turn.now, replies.leaves_at(items.load_reply(turn.conn, reply_id)))
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=moment,
        silent=is_quiet(moment, turn.band(youth), settings.quiet, settings.zone),
        dedupe_key=key,
    )
    turn.begin(youth, "answer_from", {"reply": reply_id}, opening)
