"""Facts for dialogs about access: colleagues, who may be read along with, and what an inspection shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.authorize import authorize
from bot.conversation import subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import about_organisation, relation_to_youth
from bot.conversation.handle import named
from bot.storage import access, inspections, people
from bot.storage.inspections import Inspection
from dialogs.effects import Option
from dialogs.words import Words

PAGE_LENGTH = 2500
LOG_DAYS = timedelta(days=30)
NEWS = {
    1: "account_news_relinked",
    2: "account_news_unlinked",
    3: "account_news_reset",
    4: "account_news_doubted",
    5: "account_news_reset_outside",
    6: "account_news_reset_of",
}
"""The phrase for each kind of news about an account; the numbers stand in ``bot.conversation.access``."""


def inspectable(ask: Asked) -> tuple[Option, ...]:
    """The youngsters of the own organisation, for a confidant only."""
    turn, person = ask.turn, ask.person
    if person.organisation_id is None:
        return ()
    return tuple(
        Option(named(turn, person, "inspect", one.id), str(one.name))
        for one in access.youngsters_of_organisation(turn.conn, person.organisation_id)
        if one.state != "invited"
        and authorize("confidant", "inspect", relation_to_youth(turn, person, one.id))
        and person.role == "confidant"
    )


def _inspection(ask: Asked) -> Inspection:
    return inspections.load(ask.turn.conn, ask.row("inspection"))


def page_of(ask: Asked) -> tuple[str, bool]:
    """The part of an inspection that is shown now, and whether more follows: only what there was when it began."""
    one = _inspection(ask)
    youth = people.load(ask.turn.conn, one.youth_id)
    said = []
    for message in inspections.exchanged(ask.turn.conn, one.youth_id, one.at):
        writer = youth if message.from_youth else people.load(ask.turn.conn, message.professional_id)
        when = wording.day_and_clock(ask.turn, ask.person, message.at)
        said.append(f"{writer.name}, {when}:\n{message.content}")
    text = "\n\n".join(said)
    first = ask.state.subject.get("page", 0) * PAGE_LENGTH
    return text[first : first + PAGE_LENGTH], len(text) > first + PAGE_LENGTH


def inspected_professionals(ask: Asked) -> Words:
    """The professionals whose messages were read, by name."""
    one = _inspection(ask)
    numbers = dict.fromkeys(
        message.professional_id for message in inspections.exchanged(ask.turn.conn, one.youth_id, one.at)
    )
    return Words(", ".join(str(people.load(ask.turn.conn, number).name) for number in numbers))


def colleagues(ask: Asked) -> tuple[Option, ...]:
    """The staff of the own organisation, but for oneself."""
    turn, person = ask.turn, ask.person
    if person.organisation_id is None or person.role != "coordinator":
        return ()
    return tuple(
        Option(named(turn, person, "colleague", one.id), str(one.name))
        for one in people.staff_of_organisation(turn.conn, person.organisation_id)
        if one.id != person.id
    )


def account_news(ask: Asked) -> Words:
    about = people.load(ask.turn.conn, ask.row("colleague"))
    return Words(ask.turn.phrase(NEWS[ask.row("news")], ask.person, colleague=about.name))


def professional_or_coordinator(ask: Asked) -> Words:
    """Who gives a new link: a youngster's professional; for staff the coordinator."""
    turn, person = ask.turn, ask.person
    if person.role == "youth":
        main = subject.main_of(turn, person.id)
        return main.name if main else Words(turn.phrase("somebody", person))
    return Words(turn.phrase("your_coordinator", person))


def audit_counts(ask: Asked) -> str:
    """What staff of the organisation did lately, as codes and counts; empty for whoever may not see that."""
    turn, person = ask.turn, ask.person
    if not turn.may_see(person, "see_audit", about_organisation(turn, person, person.organisation_id)):
        return "-"
    found = access.logged(turn.conn, person.organisation_id or 0, turn.now - LOG_DAYS)
    return "\n".join(f"{action} ({outcome}): {number}" for (action, outcome), number in found.items()) or "-"


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "inspectable": inspectable,
    "has_inspectable": lambda ask: bool(inspectable(ask)),
    "inspection_text": lambda ask: Words(page_of(ask)[0]),
    "inspection_has_more": lambda ask: page_of(ask)[1],
    "inspection_reason": lambda ask: _inspection(ask).reason,
    "inspection_day": lambda ask: wording.day(ask.turn, ask.person, _inspection(ask).at),
    "inspector": lambda ask: people.load(ask.turn.conn, _inspection(ask).inspector_id).name,
    "inspected_youth": lambda ask: people.load(ask.turn.conn, _inspection(ask).youth_id).name,
    "inspected_professionals": inspected_professionals,
    "colleagues": colleagues,
    "has_colleagues": lambda ask: bool(colleagues(ask)),
    "colleague_name": lambda ask: people.load(ask.turn.conn, ask.row("colleague")).name,
    "account_news": account_news,
    "audit_counts": audit_counts,
    "link_from": professional_or_coordinator,
    "has_account": lambda ask: people.account_of(ask.turn.conn, ask.row("youth")) is not None,
}
