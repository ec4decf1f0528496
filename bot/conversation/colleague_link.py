"""A professional who never pressed Start cannot read: who that is, their link again, and whom to ask for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from bot.buttons import token_from
from bot.conversation import news
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_staff, code_is_open
from bot.conversation.turn import Turn
from bot.conversation.world import INVITATION_VALID
from bot.storage import admissions, duty, invitations, people
from bot.storage.people import Person

FIRST, SECOND = "waits_for", "waits_for_too"
"""Subject: who has not begun, because of whom somebody does not come in."""
ASKER = "asker"


def lacking(turn: Turn, pair: Collection[int]) -> Outcome | None:
    """Why nobody comes in with this *pair*: no two professionals, or one has not begun. None when both can read."""
    why = admissions.lacking_readers(turn.conn, pair)
    if not why:
        return None
    waiting = [one for one in pair if _waits(people.load(turn.conn, one))]
    return Outcome(why, _named(waiting) if why == "not_begun" else {})


def lacking_for(turn: Turn, youth_id: int) -> Outcome | None:
    """The same for somebody who is known already."""
    return lacking(turn, people.looked_after_by(turn.conn, youth_id).values())


def lacking_in(turn: Turn, group_id: int) -> Outcome | None:
    """The same for a group: two of those who lead it have begun."""
    return lacking(turn, [one.id for one in people.staff_of_group(turn.conn, group_id)])


def _named(waiting: Collection[int]) -> dict[str, int]:
    found = [*dict.fromkeys(waiting), 0, 0]
    return {FIRST: found[0], SECOND: found[1]}


def _waits(one: Person) -> bool:
    return one.role == "professional" and one.began_at is None and one.state not in (people.BEGUN, "erased")


def waiting(turn: Turn, about: Mapping[str, int]) -> list[Person]:
    """Who has not begun: those the dialog names, else those who lead its group."""
    named = [about[key] for key in (FIRST, SECOND) if about.get(key)]
    if not named and about.get("group"):
        named = [one.id for one in people.staff_of_group(turn.conn, about["group"])]
    found = (people.find(turn.conn, number) for number in named)
    return [one for one in found if one is not None and _waits(one)]


def coordinators(turn: Turn, person: Person) -> list[Person]:
    """The coordinators of somebody's organisation who have begun."""
    if person.organisation_id is None:
        return []
    return duty.staff(turn.conn, person.organisation_id, ("coordinator",))


# What the dialogs ask for


def give_colleague_link(deed: Deed) -> Outcome:
    """The link of a colleague who has not begun, shown once more; the old one dies. One after the other."""
    turn, person, about = deed.turn, deed.person, deed.session.state.subject
    if not code_is_open(deed):
        return Outcome("code")
    found = waiting(turn, about)
    if not found:
        return Outcome("begun")
    # Who got a link just now comes last, so that the next tap gives that of the other one.
    last = about.get("colleague", 0)
    one = min(found, key=lambda other: other.id == last)
    if not turn.allowed(person, "relink_account", about_staff(turn, person, one.id)):
        return GONE
    token = token_from(turn.world.random(16))
    made = invitations.add(turn.conn, token, one.id, person.id, turn.now, turn.now + INVITATION_VALID)
    turn.made_link = token
    turn.note(person, "invite", "invitation", made, one.id)
    return Outcome("ok", {"colleague": one.id})


def ask_colleague_link(deed: Deed) -> Outcome:
    """Tell the coordinators that a colleague's link is wanted again; once a day for each."""
    turn, person = deed.turn, deed.person
    found = waiting(turn, deed.session.state.subject)
    if not found:
        return Outcome("begun")
    if any(one.organisation_id != person.organisation_id for one in found):
        return GONE
    asked = coordinators(turn, person)
    if not asked:
        return Outcome("nobody")
    about = {"news": news.LINK_WANTED, ASKER: person.id, **_named([one.id for one in found])}
    key = f"link:{'+'.join(str(one.id) for one in found)}:{turn.today}"
    news.tell(turn, asked, about, key)
    return Outcome("ok")


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "give_colleague_link": give_colleague_link,
    "ask_colleague_link": ask_colleague_link,
}


# Facts


def names(ask: Asked, found: Collection[Person]) -> str:
    return ask.turn.phrase("two_names", ask.person, names=[str(one.name) for one in found]) if found else ""


def said(ask: Asked) -> str:
    """Who has not begun, and who gives the link: you, the coordinator by name, or whoever keeps the server."""
    return said_of(ask, waiting(ask.turn, ask.state.subject))


def said_of(ask: Asked, found: Collection[Person]) -> str:
    if not found:
        return ""
    return ask.turn.phrase(
        "not_begun",
        ask.person,
        names=names(ask, found),
        one=len(found) == 1,
        own=ask.person.role == "coordinator",
        coordinators=names(ask, coordinators(ask.turn, ask.person)),
    )


def given(ask: Asked) -> Any:
    number = ask.state.subject.get("colleague")
    return people.load(ask.turn.conn, number).name if number else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "not_begun_said": said,
    "somebody_not_begun": lambda ask: bool(waiting(ask.turn, ask.state.subject)),
    "link_of": given,
    "more_not_begun": lambda ask: len(waiting(ask.turn, ask.state.subject)) > 1,
    "link_can_come": lambda ask: ask.person.role == "coordinator" or bool(coordinators(ask.turn, ask.person)),
    "my_coordinators": lambda ask: names(ask, coordinators(ask.turn, ask.person)),
}
