"""Facts for staff: their groups, youngsters, invitations, what was sent to them. Lists about people are handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.age import age_on
from bot.authorize import Target
from bot.conversation import approving, overview, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.handle import named
from bot.conversation.qr import qr_code
from bot.conversation.world import CODE_TRIES, INVITATION_VALID
from bot.message import Picture
from bot.storage import codes, items, journal, people
from bot.storage.people import Person
from challenge_catalog.model import Challenge
from dialogs.effects import Option
from dialogs.words import Words

YOUNGEST, OLDEST = 11, 26
PAGE_LENGTH = 2500


def years(ask: Asked) -> tuple[Option, ...]:
    this = ask.turn.today.year
    return tuple(Option(str(year), str(year)) for year in range(this - OLDEST, this - YOUNGEST + 1))


def months(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(f"{number:02d}", name)
        for number, name in enumerate(wording.months(ask.person.language), start=1)
    )


def groups(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(named(ask.turn, ask.person, "group", group_id), name)
        for group_id, name in people.groups_of(ask.turn.conn, ask.person.id)
    )


def born_too_young(ask: Asked) -> bool:
    """Whether the month of birth that was tapped is of somebody under the age from which Telegram may be used."""
    year, month = (str(ask.state.answers.get(name) or "") for name in ("year", "month"))
    if not (year.isdecimal() and month.isdecimal()):
        return False
    return age_on(f"{year}-{month}", ask.turn.today) < ask.turn.world.settings.minimum_age


def link(ask: Asked) -> str:
    return f"https://t.me/{ask.turn.world.settings.bot_name}?start={ask.turn.made_link}"


def link_until(ask: Asked) -> str:
    return wording.day_and_clock(ask.turn, ask.person, ask.turn.now + INVITATION_VALID)


def youngsters(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(named(ask.turn, ask.person, "youth", one.id), str(one.name))
        for one in people.youngsters_of(ask.turn.conn, ask.person.id)
    )


def challenge_options(ask: Asked) -> tuple[Option, ...]:
    """Challenges for the youngster's band; first what may be given and fits most of their causes and little else."""
    youth = subject.youth(ask.turn, ask.state)
    own = set(youth.causes)
    fitting = approving.offered(ask.turn, ask.person, youth)
    ordered = sorted(
        fitting,
        key=lambda one: (
            one[1] != "yes",
            -len(own & set(one[0].causes)),
            len(set(one[0].causes) - own),
        ),
    )
    return tuple(Option(one.key, _title(ask, one, verdict)) for one, verdict in ordered)


def _title(ask: Asked, one: Challenge, verdict: approving.Verdict) -> str:
    """The title; of one that was not approved yet it says so."""
    if verdict == "yes":
        return one.title
    return ask.turn.phrase("challenge_example", ask.person, challenge_title=one.title)


def youth_name(ask: Asked) -> Words:
    if ask.state.subject.get("item"):
        return people.load(ask.turn.conn, subject.item(ask.turn, ask.state).youth_id).name
    return subject.youth(ask.turn, ask.state).name


def youth_state(ask: Asked) -> Words:
    return Words(overview.card(ask.turn, ask.person, subject.youth(ask.turn, ask.state)))


def youth_has_item(ask: Asked) -> bool:
    youth = ask.row("youth")
    return any(one.youth_id == youth for one in items.waiting_for(ask.turn.conn, ask.person.id))


def page_of(ask: Asked) -> tuple[str, bool]:
    """The part of an item that is shown now, and whether more follows: a chat message holds no more."""
    text = str(subject.item(ask.turn, ask.state).content)
    first = ask.state.subject.get("page", 0) * PAGE_LENGTH
    return text[first : first + PAGE_LENGTH], len(text) > first + PAGE_LENGTH


def item_from(ask: Asked) -> str:
    one = subject.item(ask.turn, ask.state)
    return wording.day_and_clock(ask.turn, ask.person, one.sent_at or one.created_at)


def item_state(ask: Asked) -> str:
    return overview.item_state(ask.turn, ask.person, subject.item(ask.turn, ask.state))


def tries_left(ask: Asked) -> int:
    known = codes.load(ask.turn.conn, ask.person.id)
    return CODE_TRIES - known.wrong if known else CODE_TRIES


def locked_until(ask: Asked) -> str:
    known = codes.load(ask.turn.conn, ask.person.id)
    return wording.clock(ask.turn, ask.person, known.locked_until) if known and known.locked_until else ""


def meeting_list(ask: Asked) -> Words:
    return Words(overview.meeting_list(ask.turn, ask.person))


def staff_list(ask: Asked) -> Words:
    """Who of the own organisation has begun; empty for whoever may not see that."""
    organisation = ask.person.organisation_id
    target = Target("organisation", organisation, None, "organisation")
    if organisation is None or not ask.turn.may_see(ask.person, "see_staff", target):
        return Words("")
    said = [
        ask.turn.phrase(
            "staff_begun" if one.state == "active" else "staff_not_begun", ask.person, staff_name=one.name
        )
        for one in people.staff_of_organisation(ask.turn.conn, organisation)
        if one.id != ask.person.id
    ]
    return Words("\n".join(said))


def _youth_or_none(ask: Asked) -> Person | None:
    return subject.youth(ask.turn, ask.state) if "youth" in ask.state.subject else None


def youth_has_challenge(ask: Asked) -> bool:
    youth = _youth_or_none(ask)
    return youth is not None and subject.given(ask.turn, youth.id) is not None


def notice(ask: Asked) -> Words:
    line = journal.load(ask.turn.conn, ask.row("notice"))
    youth = people.load(ask.turn.conn, line.youth_id)
    return Words(
        ask.turn.phrase(
            f"notify_{line.kind}",
            ask.person,
            youth_name=youth.name,
            minimum_age=ask.turn.world.settings.minimum_age,
        )
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "years": years,
    "months": months,
    "groups": groups,
    "several_groups": lambda ask: len(people.groups_of(ask.turn.conn, ask.person.id)) > 1,
    "born_too_young": born_too_young,
    "link": link,
    "qr": lambda ask: Picture(qr_code(link(ask))),
    "link_until": link_until,
    "youngsters": youngsters,
    "has_youngsters": lambda ask: bool(people.youngsters_of(ask.turn.conn, ask.person.id)),
    "challenges": challenge_options,
    "youth_name": youth_name,
    "youth_state": youth_state,
    "youth_has_challenge": youth_has_challenge,
    "youth_has_item": youth_has_item,
    "youth_begun": lambda ask: subject.youth(ask.turn, ask.state).state != "invited",
    "item_text": lambda ask: Words(page_of(ask)[0]),
    "item_has_more": lambda ask: page_of(ask)[1],
    "item_from": item_from,
    "item_state": item_state,
    "tries_left": tries_left,
    "locked_until": locked_until,
    "staff_list": staff_list,
    "code_chosen": lambda ask: codes.load(ask.turn.conn, ask.person.id) is not None,
    "meeting_list": meeting_list,
    "notice": notice,
}
