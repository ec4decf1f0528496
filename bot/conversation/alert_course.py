"""What staff do with an alert: acknowledge, handle with an outcome, read again as a second person. All of it noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.authorize import Relation, Target
from bot.conversation import alert_chain, relay
from bot.conversation.deed import relation_to_youth
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.escalation import Call
from bot.schedule.reading import next_reading
from bot.storage import alerts, duty, items, people
from bot.storage.alerts import Alert
from bot.storage.due import Due
from bot.storage.people import Person

Outcome = Literal["spoken", "not_reached", "referred", "false_alarm"]
KINDS = frozenset({"alert_wake", "alert_expires", "alert_again", "alert_reread"})
"""Due moments of an alert; a halt of the youngster leaves them alone."""

ABUSE = frozenset({"abuse", "home", "sexual", "sextortion", "exploitation", "threat", "not_safe"})
"""Kinds of alert for which professionals have a reporting code to follow (meldcode, care research 3.4)."""

ALOUD = frozenset({"p1", "p2"})
"""Levels of which the youngster hears that a person knows; p3 only asks for contact on the next working day."""

REMINDED_AFTER = timedelta(hours=48)


def acknowledge(turn: Turn, person: Person, one: Alert) -> bool:
    """Whoever sees it first has it; false when somebody else has, or it is handled."""
    if one.state == "acknowledged":
        return one.acknowledged_by == person.id
    if one.state == "handled":
        return False
    alerts.change(
        turn.conn, one.item_id, state="acknowledged", acknowledged_by=person.id, acknowledged_at=turn.now
    )
    items.change(
        turn.conn,
        one.item_id,
        state="opened",
        opened_at=turn.now,
        opened_by=person.id,
        recipient_id=person.id,
    )
    alerts.note(turn.conn, one.item_id, "acknowledged", person.id, turn.now)
    _plan_expiry(turn, one.item_id)
    if one.level in ALOUD and not one.drill:
        _tell_seen(turn, person, one)
    return True


def not_reached(turn: Turn, person: Person, one: Alert, again_at: datetime) -> None:
    """It stays open: a reminder at *again_at*, and the acknowledgement counts on from there."""
    alerts.note(turn.conn, one.item_id, "not_reached", person.id, turn.now)
    alerts.change(turn.conn, one.item_id, try_again_at=again_at)
    fresh = alerts.load(turn.conn, one.item_id)
    alert_chain.plan(turn, fresh, "alert_again", Call(again_at, (), everybody=False))
    _plan_expiry(turn, one.item_id)


def handle(turn: Turn, person: Person, one: Alert, outcome: str) -> None:
    """It is dealt with; a second person reads how."""
    alerts.change(
        turn.conn,
        one.item_id,
        state="handled",
        outcome=outcome,
        handled_by=person.id,
        handled_at=turn.now,
        reader_id=None,
        read_at=None,
    )
    items.change(
        turn.conn,
        one.item_id,
        state="handled",
        handled_at=turn.now,
        handled_by=person.id,
        handling=outcome,
    )
    alerts.note(turn.conn, one.item_id, "handled", person.id, turn.now)
    fresh = alerts.load(turn.conn, one.item_id)
    if fresh.level == "p3" or fresh.drill:
        return
    reader = second_reader(turn, fresh)
    if reader is None:
        alerts.note(turn.conn, one.item_id, "no_reader", None, turn.now)
        turn.alarm("nobody_reads", one.reference)
    else:
        alerts.change(turn.conn, one.item_id, reader_id=reader.id)
        _ask_to_read(turn, fresh, reader)
    _plan_reread(turn, fresh)


def second_reader(turn: Turn, one: Alert) -> Person | None:
    """Who reads how it was handled: the other professional, else a coordinator. Never who handled it."""
    assigned = people.looked_after_by(turn.conn, one.youth_id)
    wanted = [assigned.get("main"), assigned.get("backup")] if one.about != "staff" else []
    wanted += [coordinator.id for coordinator in coordinators(turn, one)]
    left = [
        number
        for number in wanted
        if number is not None and number != one.handled_by and number not in one.excluded
    ]
    there = [number for number in left if duty.reachable(turn.conn, number, turn.now)]
    found = (there or left)[:1]
    return people.load(turn.conn, found[0]) if found else None


def coordinators(turn: Turn, one: Alert) -> list[Person]:
    """The coordinators whom an alert does not pass by."""
    if one.organisation_id is None:
        return []
    found = duty.staff(turn.conn, one.organisation_id, ("coordinator",))
    return [each for each in found if each.id not in one.excluded]


def about_handling(turn: Turn, actor: Person, one: Alert) -> Target:
    """How somebody else handled an alert, as the object of a second reading."""
    relation: Relation = relation_to_youth(turn, actor, one.youth_id)
    if actor.id in one.excluded:
        relation = "excluded"
    elif actor.id == one.handled_by or (one.about == "staff" and relation in ("main", "backup")):
        relation = "none"
    return Target("alert", one.item_id, one.youth_id, relation)


def confirm(turn: Turn, person: Person, one: Alert) -> None:
    """The second person read how it was handled."""
    alerts.change(turn.conn, one.item_id, reader_id=person.id, read_at=turn.now)
    alerts.note(turn.conn, one.item_id, "read_again", person.id, turn.now)


def happen(turn: Turn, one: Due) -> str:
    """Let a due moment of an alert happen; the outcome in one word."""
    alert = alerts.load(turn.conn, one.subject["item"])
    latest = one.subject["wake"] == alert.wakes
    match one.kind:
        case "alert_wake" if latest:
            alert_chain.advance(turn, alert.item_id)
        case "alert_expires" if latest and alert.state == "acknowledged" and alert.level != "p3":
            alert_chain.release(turn, alert, "expired")
        case "alert_again" if alert.state == "acknowledged" and alert.acknowledged_by is not None:
            alert_chain.remind(turn, alert, alert.acknowledged_by)
        case "alert_reread" if alert.state == "handled" and alert.read_at is None:
            _reread(turn, alert)
        case _:
            return "handled"
    return "sent"


def _reread(turn: Turn, one: Alert) -> None:
    """Nobody read it again yet: a reminder, and once it is overdue the coordinators hear of it too."""
    deadline = (one.handled_at or turn.now) + turn.world.settings.escalation.second_read
    overdue = turn.now >= deadline
    reader = people.load(turn.conn, one.reader_id) if one.reader_id is not None else None
    asked = {reader.id: reader} if reader else {}
    if overdue:
        alerts.note(turn.conn, one.item_id, "overdue", None, turn.now)
        asked |= {each.id: each for each in coordinators(turn, one) if each.id != one.handled_by}
    for each in asked.values():
        _ask_to_read(turn, one, each)
    _plan_reread(turn, alerts.load(turn.conn, one.item_id))


def _plan_reread(turn: Turn, one: Alert) -> None:
    within = turn.world.settings.escalation.second_read
    handled = one.handled_at or turn.now
    moments = (handled + min(REMINDED_AFTER, within * 2 / 3), handled + within)
    settings = turn.world.settings
    daily = next_reading(turn.now + timedelta(days=1), settings.working_hours, settings.zone)
    moment = next((each for each in moments if each > turn.now), daily)
    alert_chain.plan(turn, one, "alert_reread", Call(moment, (), everybody=False))


def _ask_to_read(turn: Turn, one: Alert, reader: Person) -> None:
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=f"reread:{one.item_id}:{reader.id}:{one.wakes}",
    )
    turn.begin(reader, "second_read", {"item": one.item_id}, opening)


def _tell_seen(turn: Turn, person: Person, one: Alert) -> None:
    """Waiting without knowing is the hardest part: the youngster hears by name who took it on."""
    opening = Opening(
        Lane.ALERT, Promise.AT_LEAST_ONCE, dedupe_key=f"alert_seen:{one.item_id}:{person.id}:{one.wakes}"
    )
    turn.begin(people.load(turn.conn, one.youth_id), "alert_seen", {"item": one.item_id}, opening)


def _plan_expiry(turn: Turn, item_id: int) -> None:
    one = alerts.load(turn.conn, item_id)
    if one.level != "p3":
        alert_chain.plan(turn, one, "alert_expires", alert_chain.expires_at(turn, one))
