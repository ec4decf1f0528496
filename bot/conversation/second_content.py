"""A second person reads what a colleague proposed, and lets it out: where nobody publishes alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from bot.content import approving
from bot.content.difference import between
from bot.content.pages import Actor, Examined, Pages, drafted, pages_of
from bot.content.problem import Language
from bot.content.publishing import confirm
from bot.conversation import editing
from bot.conversation.actions_content import LAPSED
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome
from bot.storage import drafts, people, publications
from bot.storage.drafts import Draft
from dialogs.effects import Option


def pick_proposal(deed: Deed) -> Outcome:
    """One of the proposals of colleagues; what changes comes in words first."""
    turn, person = deed.turn, deed.person
    chosen = str(deed.answer("proposal"))
    one = next((one for one in _waiting(deed.turn.conn, person.id) if str(one.id) == chosen), None)
    if one is None or not editing.may_edit(person):
        return GONE
    pages = drafted(one)
    before = pages_of(turn.conn, one.base) if one.base else Pages(pages.kind, pages.key, b"")
    language: Language = "en" if person.language == "en" else "nl"
    editing.show_changes(turn, person, pages.key, [each.words(language) for each in between(before, pages)])
    return Outcome("ok", {"draft": one.id, "checked": pages.number})


def confirm_content(deed: Deed) -> Outcome:
    """The second person agrees. A proposal was checked when it was made, and a change ends it."""
    turn, person = deed.turn, deed.person
    one = drafts.load(turn.conn, deed.row("draft"))
    if one is None or drafted(one).number != deed.row("checked"):
        return GONE
    pages = drafted(one)
    before = publications.current(turn.conn, pages.kind, pages.key)
    done = confirm(turn.conn, Examined(pages, ()), one, Actor(person.id, person.role), turn.now)
    lapsed = done.state == "published" and approving.lapses(turn.conn, before, pages.revision)
    state = done.state if done.state in ("published", "outdated", "not_owner") else "gone"
    return Outcome(state, {LAPSED: int(lapsed)})


def proposals(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(str(one.id), one.key) for one in _waiting(ask.turn.conn, ask.person.id))


def author(ask: Asked) -> str:
    one = drafts.load(ask.turn.conn, ask.row("draft"))
    if one is None or one.author_id is None:
        return "-"
    return str(people.load(ask.turn.conn, one.author_id).name)


def _waiting(conn: Connection, person_id: int) -> list[Draft]:
    return [one for one in drafts.every(conn) if one.proposed_at is not None and one.author_id != person_id]


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "pick_proposal": pick_proposal,
    "confirm_content": confirm_content,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "content_proposals": proposals,
    "content_waiting": lambda ask: bool(proposals(ask)),
    "content_author": author,
}
