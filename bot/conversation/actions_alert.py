"""What the dialogs about alerts may ask for. Acknowledging needs no code; words and the emergency card do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation import alert_course, handle
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_item, about_organisation, code_is_open
from bot.schedule.escalation import next_working_day
from bot.schedule.quiet import moved
from bot.storage import alerts, cards, due, items, people
from bot.storage.alerts import Alert

TRY_AGAIN = {"hour": timedelta(hours=1), "later_today": timedelta(hours=4)}
CARD_REASONS = frozenset({"no_contact", "danger", "services"})


def look_alert(deed: Deed) -> Outcome:
    """Before a first name is shown: may this person still take it on, or have they done so?"""
    one = _alert(deed)
    allowed = deed.turn.allowed(
        deed.person, "acknowledge_alert", about_item(deed.turn, deed.person, _item(deed))
    )
    if not allowed or one.state == "handled":
        return GONE
    if one.state == "acknowledged":
        return Outcome("mine") if one.acknowledged_by == deed.person.id else GONE
    return OK


def acknowledge_alert(deed: Deed) -> Outcome:
    """Whoever sees it first has it; from then on it is theirs."""
    target = about_item(deed.turn, deed.person, _item(deed))
    if not deed.turn.allowed(deed.person, "acknowledge_alert", target):
        return GONE
    return OK if alert_course.acknowledge(deed.turn, deed.person, _alert(deed)) else GONE


def read_alert(deed: Deed) -> Outcome:
    """The words, after the code."""
    if not code_is_open(deed):
        return Outcome("code")
    if not deed.turn.allowed(deed.person, "read_alert", about_item(deed.turn, deed.person, _item(deed))):
        return GONE
    alerts.note(deed.turn.conn, deed.row("item"), "words_read", deed.person.id, deed.turn.now)
    return Outcome("ok", {"page": 0})


def open_card(deed: Deed) -> Outcome:
    """The emergency card: by who holds an alert, with a reason; noted, and the youngster is told afterwards."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    one, reason = _alert(deed), str(deed.answer("card_reason"))
    if not turn.allowed(person, "open_card", about_item(turn, person, _item(deed))) or one.state == "handled":
        return GONE
    if not cards.has(turn.conn, one.youth_id) or reason not in CARD_REASONS:
        return Outcome("none")
    number = cards.note_view(turn.conn, one.youth_id, one.item_id, person.id, reason, turn.now)
    alerts.note(turn.conn, one.item_id, "card_opened", person.id, turn.now)
    due.plan(
        turn.conn,
        one.youth_id,
        "card_told",
        str(number),
        _told_at(deed, one),
        None,
        {"view": number},
        turn.now,
    )
    return OK


def handle_alert(deed: Deed) -> Outcome:
    """Handled needs an outcome; not reached keeps it open."""
    turn, person = deed.turn, deed.person
    one, said = _alert(deed), str(deed.answer("outcome"))
    allowed = turn.allowed(person, "handle_alert", about_item(turn, person, _item(deed)))
    if not allowed or one.acknowledged_by != person.id or one.state != "acknowledged":
        return GONE
    if said == "not_reached":
        return Outcome("again")
    alert_course.handle(turn, person, one, said)
    return Outcome("meldcode" if one.kind in alert_course.ABUSE and said != "false_alarm" else "handled")


def postpone_alert(deed: Deed) -> Outcome:
    """Not reached: when it is tried again."""
    turn, person = deed.turn, deed.person
    one = _alert(deed)
    allowed = turn.allowed(person, "handle_alert", about_item(turn, person, _item(deed)))
    if not allowed or one.acknowledged_by != person.id or one.state != "acknowledged":
        return GONE
    alert_course.not_reached(turn, person, one, _again_at(deed))
    return OK


def note_meldcode(deed: Deed) -> Outcome:
    """The professional says that it was noted today; what was noted stands in their own file."""
    turn, person, one = deed.turn, deed.person, _alert(deed)
    if not turn.allowed(person, "handle_alert", about_item(turn, person, _item(deed))):
        return GONE
    alerts.change(turn.conn, one.item_id, code_noted_on=turn.today.isoformat())
    alerts.note(turn.conn, one.item_id, "code_noted", person.id, turn.now)
    return OK


def look_handling(deed: Deed) -> Outcome:
    """The second reader looks how it was handled, after the code."""
    if not code_is_open(deed):
        return Outcome("code")
    one = _alert(deed)
    target = alert_course.about_handling(deed.turn, deed.person, one)
    if one.state != "handled" or not deed.turn.allowed(deed.person, "second_read", target):
        return GONE
    return OK if one.read_at is None else Outcome("done")


def confirm_handling(deed: Deed) -> Outcome:
    """The second reader confirms, by their own tap."""
    found = look_handling(deed)
    if found is OK:
        alert_course.confirm(deed.turn, deed.person, _alert(deed))
    return found


def open_alert(deed: Deed) -> Outcome:
    """From the list: act on it, read it again, or look at its course. Never for whom it passes by."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number = handle.meant(turn, person, "alert", deed.answer("alert"))
    one = alerts.find(turn.conn, number) if number is not None else None
    if one is None or person.id in one.excluded:
        return GONE
    about = {"item": one.item_id}
    if one.state == "handled":
        if one.read_at is None and one.reader_id == person.id:
            return Outcome("reread", about)
    elif one in alerts.sent_to(turn.conn, person.id) and one.acknowledged_by in (None, person.id):
        return Outcome("act", about)
    target = about_organisation(turn, person, one.organisation_id)
    return Outcome("course", about) if turn.may_see(person, "see_alerts", target) else GONE


def _alert(deed: Deed) -> Alert:
    return alerts.load(deed.turn.conn, deed.row("item"))


def _item(deed: Deed) -> items.Item:
    return items.load(deed.turn.conn, deed.row("item"))


def _again_at(deed: Deed) -> datetime:
    settings = deed.turn.world.settings
    chosen = TRY_AGAIN.get(str(deed.answer("again")))
    if chosen is not None:
        return deed.turn.now + chosen
    return next_working_day(deed.turn.now, settings.working_hours, settings.zone)


def _told_at(deed: Deed, one: Alert) -> datetime:
    settings = deed.turn.world.settings
    band = deed.turn.band(people.load(deed.turn.conn, one.youth_id))
    # Not while it is going on: the youngster hears of it on the next working day.
    work = next_working_day(deed.turn.now, settings.working_hours, settings.zone)
    return moved(work, "asks", band, settings.quiet, settings.zone)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "look_alert": look_alert,
    "acknowledge_alert": acknowledge_alert,
    "read_alert": read_alert,
    "open_card": open_card,
    "handle_alert": handle_alert,
    "postpone_alert": postpone_alert,
    "note_meldcode": note_meldcode,
    "look_handling": look_handling,
    "confirm_handling": confirm_handling,
    "open_alert": open_alert,
}
