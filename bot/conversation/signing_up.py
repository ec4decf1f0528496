"""Signing up by somebody unknown: municipality, age group, a first name, how to be reached. Never a place or a time.

Nothing of it is kept before "Mag ik dit bewaren?" but what was tapped, for a day. Under the age that Telegram asks
for a person calls instead (PRODUCT row 17). No parent is asked first: this asks for a talk with a social worker,
and help that is offered to a child directly is the exception of recital 38 of the GDPR.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.conversation import sign_up_news
from bot.conversation.deed import GONE, Deed, Outcome
from bot.conversation.turn import Turn
from bot.phone import phone_of
from bot.storage import organisations, people, sign_ups, sources, stranger_talks, throttle
from bot.storage.people import Account
from bot.storage.retention import SIGN_UPS_KEPT
from bot.storage.sign_ups import SignUp, Town
from dialogs.effects import Option
from dialogs.state import State
from dialogs.words import Words

NATIONAL_SITE = "join-us.nu"
PREFIX = "src_"
"""How the link of a poster begins; an invitation has 22 characters and never this."""

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
EACH_A_DAY, ALL_AN_HOUR = 3, 60
"""Sign-ups from one account in a day, and from everybody in an hour: more is no school that put up a poster."""

YOUNGER, TEEN, ADULT = "jonger", "tiener", "volwassen"
AGE_GROUPS = {YOUNGER: "12-18", TEEN: "12-18", ADULT: "18-25"}
LONGEST_NAME = 40
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody unknown in a dialog. *name*: what their account calls itself; empty when it is not their turn."""

    turn: Turn
    account: Account
    state: State
    name: str = ""

    def answer(self, name: str) -> str:
        """What was tapped or typed."""
        value = self.state.answers.get(name)
        return str(value) if value is not None else ""

    @property
    def who(self) -> bytes:
        """Under which tries of this account are counted: never its number."""
        return people.lookup(self.turn.conn, "sign_up", people.address(self.turn.conn, self.account.id))


@dataclass(frozen=True, slots=True)
class Made:
    """The declared *result* of an action, and rows the dialog is about from now on."""

    result: str
    subject: Mapping[str, int] = field(default_factory=dict)


# What the dialog asks for


def look_for_group(guest: Guest) -> Made:
    """Whether there is a group in this municipality: for this age, for another, or none."""
    town = _town(guest)
    if town is None or not town.age_groups:
        return Made("none", {"town": town.id} if town else {})
    here = AGE_GROUPS.get(guest.answer("age"), "") in town.age_groups
    return Made("here" if here else "other_age", {"town": town.id})


def check_contact(guest: Guest) -> Made:
    """Whether what was typed can be a number or an address of somebody."""
    contact = guest.answer("contact")
    if guest.answer("reach") == "phone":
        return Made("ok" if phone_of(contact) else "wrong_phone")
    return Made("ok" if _MAIL.fullmatch(contact.strip()) else "wrong_mail")


def save_sign_up(guest: Guest) -> Made:
    """Keep it, once for each chat: what was said last counts. Staff of that municipality hear that there is one."""
    turn, conn = guest.turn, guest.turn.conn
    town, age = _town(guest), guest.answer("age")
    host = _host(guest)
    if town is None or host is None or age not in AGE_GROUPS or guest.account.person_id is not None:
        return Made("gone")
    if not _may(guest):
        return Made("throttled")
    throttle.hit(conn, "sign_up", guest.who, turn.now)
    reach, source_id = guest.answer("reach"), guest.state.subject.get("source")
    contact = guest.answer("contact").strip() if reach != "chat" else ""
    values: dict[str, Any] = {
        "municipality_id": town.id,
        "organisation_id": host[0],
        "age_group": AGE_GROUPS[age],
        "young": age == YOUNGER,
        "reach": reach,
        "account_id": guest.account.id,
        "language": turn.language_of(None),
    }
    words = {"name": guest.answer("first_name")[:LONGEST_NAME], "contact": phone_of(contact) or contact}
    before = sign_ups.of_account(conn, guest.account.id)
    if before is not None:
        sign_ups.rewrite(conn, before.id, values, words)
        number = before.id
    else:
        number = sign_ups.add(conn, {**values, "source_id": source_id}, words, turn.now)
        if source_id is not None:
            sources.count(conn, source_id, turn.today, "signed_up")
    made = sign_ups.load(conn, number)
    if made is not None and (before is None or before.organisation_id != host[0]):
        sign_up_news.tell(turn, made)
    return Made("again" if before else "sent", {"sign_up": number})


def withdraw_sign_up(guest: Guest) -> Made:
    """Whoever signed up takes it back; nothing of it stays but that there was one."""
    gone = False
    while (found := sign_ups.of_account(guest.turn.conn, guest.account.id)) is not None:
        if not sign_ups.withdraw(guest.turn.conn, found.id, guest.turn.now):
            break
        gone = True
    return Made("ok" if gone else "gone")


def change_contact(guest: Guest) -> Made:
    """Another way to be reached, for the sign-up that is there."""
    found = sign_ups.of_account(guest.turn.conn, guest.account.id)
    if found is None:
        return Made("gone")
    contact = guest.answer("contact").strip()
    reach = guest.answer("reach")
    words = {"contact": phone_of(contact) or contact}
    sign_ups.rewrite(guest.turn.conn, found.id, {"reach": reach}, words)
    return Made("ok")


def number_given(guest: Guest) -> Made:
    """A number to call, after somebody wrote; whoever it is for hears that there is one."""
    number, found = phone_of(guest.answer("contact")), _own(guest)
    if found is None:
        return Made("gone")
    if number is None:
        return Made("wrong_phone")
    sign_ups.rewrite(guest.turn.conn, found.id, {"reach": "phone"}, {"contact": number})
    sign_up_news.tell(guest.turn, found, f"number:{guest.turn.today}")
    return Made("ok")


ACTIONS: dict[str, Callable[[Guest], Made]] = {
    "number_given": number_given,
    "look_for_group": look_for_group,
    "check_contact": check_contact,
    "save_sign_up": save_sign_up,
    "withdraw_sign_up": withdraw_sign_up,
    "change_contact": change_contact,
}


def _not_for_members(deed: Deed) -> Outcome:
    """Somebody who takes part already is not signed up."""
    return GONE


FOR_MEMBERS: dict[str, Callable[[Deed], Outcome]] = dict.fromkeys(ACTIONS, _not_for_members)


# The door they came through


def opened(turn: Turn, account: Account, payload: str) -> dict[str, int]:
    """The source behind a poster's link, counted once a day for each account; nothing for one that is closed."""
    door = sources.find(turn.conn, payload.removeprefix(PREFIX).lower())
    if door is None or door.closed_at is not None:
        return {}
    who = people.lookup(turn.conn, f"door:{door.id}", people.address(turn.conn, account.id))
    if throttle.count(turn.conn, "door", who, turn.now - A_DAY) == 0:
        throttle.hit(turn.conn, "door", who, turn.now)
        sources.count(turn.conn, door.id, turn.today, "opened")
    return {"source": door.id}


def joined(turn: Turn, account_id: int) -> None:
    """The chat belongs to somebody from now on: what a stranger left half filled in goes."""
    stranger_talks.end(turn.conn, account_id)


# Facts


def _town(guest: Guest) -> Town | None:
    chosen = guest.answer("town")
    return next((one for one in sign_ups.towns(guest.turn.conn) if str(one.id) == chosen), None)


def _host(guest: Guest) -> tuple[int, str] | None:
    town, own = _town(guest), _own(guest)
    if town is None:
        every = organisations.every(guest.turn.conn) if own else []
        return next(((one, name) for one, _, name in every if own and one == own.organisation_id), None)
    number = guest.state.subject.get("source")
    door = sources.load(guest.turn.conn, number) if number is not None else None
    wanted = AGE_GROUPS.get(guest.answer("age"), "")
    return sign_ups.organisation_for(guest.turn.conn, town.id, wanted, door.group_id if door else None)


def _may(guest: Guest) -> bool:
    conn, now = guest.turn.conn, guest.turn.now
    if throttle.count(conn, "sign_up", guest.who, now - A_DAY) >= EACH_A_DAY:
        return False
    if throttle.count(conn, "sign_up", None, now - AN_HOUR) < ALL_AN_HOUR:
        return True
    if throttle.count(conn, "sign_up_alarm", None, now - AN_HOUR) == 0:
        throttle.hit(conn, "sign_up_alarm", guest.who, now)
        guest.turn.alarm("sign_up_flood")
    return False


def _own(guest: Guest) -> SignUp | None:
    return sign_ups.of_account(guest.turn.conn, guest.account.id)


def _said(guest: Guest) -> Words:
    """What is kept of an open sign-up, in whole lines."""
    found = _own(guest)
    if found is None:
        return Words("")
    return Words(
        guest.turn.phrase(
            "sign_up_said",
            day=sign_up_news.day(guest.turn, found.at, guest.turn.language_of(None)),
            first_name=found.name,
            town=next(
                (one.name for one in sign_ups.towns(guest.turn.conn) if one.id == found.municipality_id), ""
            ),
            age_group=found.age_group,
            reach=guest.turn.phrase(f"reach_{found.reach}"),
            contact=found.contact,
        )
    )


def _account_name(guest: Guest) -> str:
    """What the account calls itself, when that can be a first name."""
    name = " ".join(guest.name.split())[:LONGEST_NAME]
    return name if name.isprintable() and any(map(str.isalpha, name)) else guest.turn.phrase("no_name")


LOOKUPS: dict[str, Callable[[Guest], Any]] = {
    "towns": lambda guest: tuple(Option(str(one.id), one.name) for one in sign_ups.towns(guest.turn.conn)),
    "town": lambda guest: found.name if (found := _town(guest)) else "",
    "host": lambda guest: found[1] if (found := _host(guest)) else "",
    "account_name": _account_name,
    "has_sign_up": lambda guest: _own(guest) is not None,
    "sign_up_said": _said,
    "sign_up_days": lambda guest: SIGN_UPS_KEPT.days,
    "national_site": lambda guest: NATIONAL_SITE,
    "bot_link": lambda guest: f"https://t.me/{guest.turn.world.settings.bot_name}",
}

FACTS_FOR_MEMBERS: dict[str, Callable[[Any], Any]] = {
    "towns": lambda ask: (),
    "has_sign_up": lambda ask: False,
    "sign_up_days": lambda ask: SIGN_UPS_KEPT.days,
    "national_site": lambda ask: NATIONAL_SITE,
    "bot_link": lambda ask: f"https://t.me/{ask.turn.world.settings.bot_name}",
    **dict.fromkeys(("town", "host", "account_name", "sign_up_said"), lambda ask: ""),
}
