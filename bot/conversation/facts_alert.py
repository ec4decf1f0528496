"""Facts about alerts for staff: what it is, why, its course without words, and the list of those that are open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from bot.authorize import Role, authorize
from bot.conversation import wording
from bot.conversation.asked import Asked
from bot.conversation.deed import about_organisation
from bot.conversation.handle import named
from bot.safety import reasons
from bot.storage import alerts, cards, duty, people
from bot.storage.alerts import Alert
from dialogs.effects import Option
from dialogs.words import Words

LOOKED_BACK = timedelta(days=14)
"""How long a handled alert stays in the coordinator's list."""

BEGAN_AGAIN = frozenset({"expired", "passed", "reopened"})


def of(ask: Asked) -> Alert:
    """The alert the dialog is about."""
    return alerts.load(ask.turn.conn, ask.row("item"))


def alert_again(ask: Asked) -> bool:
    """Whether it was taken on before and not handled."""
    return any(step.what in BEGAN_AGAIN for step in alerts.steps(ask.turn.conn, ask.row("item")))


def alert_why(ask: Asked) -> str:
    """Why the bot thinks so, in words; empty when it has no reason to give."""
    one = of(ask)
    said = [reasons.in_words([key], ask.person.language) for key in one.why]
    if one.about == "other":
        said.append(ask.turn.phrase("alert_about_other", ask.person))
    if one.quoted:
        said.append(ask.turn.phrase("alert_quoted", ask.person))
    return "; ".join(dict.fromkeys(said))


def alert_raised(ask: Asked) -> str:
    return wording.day_and_clock(ask.turn, ask.person, of(ask).raised_at)


def alert_holder(ask: Asked) -> Words:
    """Who took it on; somebody, when nobody did."""
    one = of(ask)
    number = one.handled_by or one.acknowledged_by
    return _name(ask, number)


def second_reader(ask: Asked) -> Words:
    return _name(ask, of(ask).reader_id)


def try_again(ask: Asked) -> str:
    moment = of(ask).try_again_at
    return wording.day_and_clock(ask.turn, ask.person, moment) if moment else ""


def meldcode_link(ask: Asked) -> str:
    return duty.decision(ask.turn.conn, of(ask).organisation_id).meldcode_url


def card_text(ask: Asked) -> Words:
    """What stands on the emergency card."""
    card = cards.load(ask.turn.conn, of(ask).youth_id)
    if card is None:
        return Words("")
    if card.kept_at:
        return Words(ask.turn.phrase("card_kept_at", ask.person, kept_at=card.kept_at))
    told = {"contact": card.contact, "relation": card.relation, "phone": card.phone}
    return Words(ask.turn.phrase("card_contact", ask.person, **told))


def course(ask: Asked) -> Words:
    """What happened to an alert, moment by moment, without a word of the youngster."""
    turn, one = ask.turn, of(ask)
    said = []
    for step in alerts.steps(turn.conn, one.item_id):
        who = _name(ask, step.person_id)
        told = turn.phrase(f"course_{step.what}", ask.person, who=who)
        said.append(f"{wording.day_and_clock(turn, ask.person, step.at)}: {told}")
    if one.outcome:
        said.append(turn.phrase(f"alert_outcome_{one.outcome}", ask.person))
    if one.code_noted_on:
        said.append(turn.phrase("alert_code_noted", ask.person, day=_noted_day(ask, one)))
    return Words("\n".join(said))


def visible(ask: Asked) -> list[Alert]:
    """The alerts somebody may open from their list, those that need them first; looking at it is written down."""
    turn, person = ask.turn, ask.person
    target = about_organisation(turn, person, person.organisation_id)
    return _listed(ask, whole=person.role == "coordinator" and turn.may_see(person, "see_alerts", target))


def has_alerts(ask: Asked) -> bool:
    """Whether the list holds anything: a menu that offers it is no look at it."""
    person = ask.person
    target = about_organisation(ask.turn, person, person.organisation_id)
    return bool(_listed(ask, whole=authorize(cast(Role, person.role), "see_alerts", target.relation)))


def _listed(ask: Asked, *, whole: bool) -> list[Alert]:
    """What came to somebody themselves, and the *whole* organisation's."""
    turn, person = ask.turn, ask.person
    found = [*alerts.sent_to(turn.conn, person.id), *alerts.to_read_again(turn.conn, person.id)]
    found = [one for one in found if one.acknowledged_by in (None, person.id) or one.state == "handled"]
    if whole and person.organisation_id is not None:
        found += alerts.of_organisation(turn.conn, person.organisation_id, turn.now - LOOKED_BACK)
    once = {one.item_id: one for one in found if person.id not in one.excluded}
    return list(once.values())


def alert_lines(ask: Asked) -> Words:
    return Words("\n".join(_line(ask, one) for one in visible(ask)))


def alert_options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(named(ask.turn, ask.person, "alert", one.item_id), one.reference) for one in visible(ask)
    )


def _line(ask: Asked, one: Alert) -> str:
    turn, person = ask.turn, ask.person
    said = turn.phrase(
        f"alert_is_{one.state}",
        person,
        reference=one.reference,
        level=turn.phrase(f"alert_level_{one.level}", person),
        moment=wording.day_and_clock(turn, person, one.raised_at),
        who=_name(ask, one.handled_by or one.acknowledged_by),
        outcome=turn.phrase(f"alert_outcome_{one.outcome}", person) if one.outcome else "",
    )
    more = [turn.phrase("alert_is_drill", person)] if one.drill else []
    if one.state == "handled" and one.read_at is None and one.level != "p3" and not one.drill:
        deadline = (one.handled_at or turn.now) + turn.world.settings.escalation.second_read
        more.append(turn.phrase("alert_is_overdue" if turn.now >= deadline else "alert_waits_reader", person))
    return " ".join((said, *more))


def _noted_day(ask: Asked, one: Alert) -> str:
    steps = [step for step in alerts.steps(ask.turn.conn, one.item_id) if step.what == "code_noted"]
    return wording.day(ask.turn, ask.person, steps[-1].at) if steps else str(one.code_noted_on)


def _name(ask: Asked, number: int | None) -> Words:
    if number is None:
        return Words(ask.turn.phrase("somebody", ask.person))
    one = people.load(ask.turn.conn, number)
    return one.name if one.role != "youth" else Words(ask.turn.phrase("the_youngster", ask.person))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "alert_level": lambda ask: of(ask).level,
    "alert_again": alert_again,
    "alert_why": alert_why,
    "alert_raised": alert_raised,
    "alert_holder": alert_holder,
    "alert_has_card": lambda ask: cards.has(ask.turn.conn, of(ask).youth_id),
    "alert_try_again": try_again,
    "alert_course": course,
    "alert_lines": alert_lines,
    "alert_options": alert_options,
    "has_alerts": has_alerts,
    "second_reader": second_reader,
    "has_second_reader": lambda ask: of(ask).reader_id is not None,
    "meldcode_link": meldcode_link,
    "card_text": card_text,
}
