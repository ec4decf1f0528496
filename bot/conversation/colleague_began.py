"""Whoever asked for a colleague's link, or was refused because of that colleague, hears once that they have begun."""

from __future__ import annotations

from bot.conversation import colleague_link, news
from bot.conversation.deed import Deed, Outcome
from bot.conversation.turn import Turn
from bot.storage import meta, people
from bot.storage.people import Person


def refused(deed: Deed, why: Outcome) -> None:
    """Something was refused because somebody has not begun."""
    waits(deed.turn, deed.person, colleague_link.waiting(deed.turn, why.subject))


def waits(turn: Turn, person: Person, found: list[Person]) -> None:
    """*person* hears it when one of these begins."""
    for one in found:
        known = _known(turn, one)
        if one.id != person.id and one.organisation_id == person.organisation_id and person.id not in known:
            meta.put(turn.conn, _key(one), ",".join(str(number) for number in [*known, person.id]))


def tell(turn: Turn, begun: Person) -> None:
    """They began: who waits for it hears so, in working hours."""
    known = _known(turn, begun)
    if not known:
        return
    meta.drop(turn.conn, _key(begun))
    found = [people.find(turn.conn, number) for number in known]
    there = [
        one
        for one in found
        if one is not None and one.state == "active" and one.organisation_id == begun.organisation_id
    ]
    about = {"news": news.COLLEAGUE_BEGAN, "staff": begun.id}
    news.tell(turn, there, about, f"began:{begun.id}:{turn.now.isoformat()}")


def _known(turn: Turn, one: Person) -> list[int]:
    return [int(number) for number in (meta.get(turn.conn, _key(one)) or "").split(",") if number]


def _key(one: Person) -> str:
    return f"waits_for_begin:{one.id}"
