"""What the dialogs about texts may ask for. Each act asks ``authorize`` and is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from bot.content import approving
from bot.content.kinds import At
from bot.content.pages import Actor, Examined, allow, drafted, pages_of
from bot.content.problem import Problem
from bot.content.publishing import publish
from bot.content.rollback import rollback
from bot.content.source import Kind
from bot.conversation import editing, withdrawn
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.storage import drafts, publications, withdrawals

LAPSED = "lapsed"
"""Subject: what was published took the place of an approved text, and nobody approved it yet."""
WHOLE = "alles"
"""Stands for the whole text where a step can be chosen."""


def pick_content(deed: Deed) -> Outcome:
    """A file out of the list."""
    kind, key = deed.answer("content_kind"), deed.answer("content_file")
    lines = publications.history(deed.turn.conn, str(kind), str(key))
    if not lines or not editing.may_edit(deed.person):
        return GONE
    return Outcome("ok", {"file": lines[-1].id})


def send_content(deed: Deed) -> Outcome:
    """Both documents of the text that people get now."""
    turn = deed.turn
    at = at_of(deed)
    current = publications.current(turn.conn, *at) if at else None
    if current is None:
        return GONE
    pages = pages_of(turn.conn, current)
    allow(turn.conn, actor(deed), "take_content", pages, turn.now)
    editing.hand_over(turn, deed.person, pages)
    return OK


def publish_draft(deed: Deed) -> Outcome:
    """The draft that was checked is what everybody gets from now on, or waits for a second person."""
    turn = deed.turn
    draft = own_draft(deed)
    if draft is None or deed.row("errors"):
        return GONE
    pages, because = drafted(draft), deed.words("because") or ""
    flaws = (Problem("", 1, 1, "checked", severity="warning"),) * deed.row("warnings")
    second = turn.world.settings.second_approver
    before = publications.current(turn.conn, pages.kind, pages.key)
    done = publish(
        turn.conn, Examined(pages, flaws), draft.base, actor(deed), turn.now, because=because, second=second
    )
    lines = publications.history(turn.conn, pages.kind, pages.key)
    lapsed = done.state == "published" and approving.lapses(turn.conn, before, pages.revision)
    about = {"file": lines[-1].id, LAPSED: int(lapsed)} if lines else {}
    return Outcome(done.state, about)


def drop_draft(deed: Deed) -> Outcome:
    """What was sent is thrown away."""
    turn = deed.turn
    draft = own_draft(deed)
    if draft is None:
        return GONE
    allow(turn.conn, actor(deed), "drop_draft", drafted(draft), turn.now)
    drafts.drop(turn.conn, draft.id)
    return OK


def roll_back_content(deed: Deed) -> Outcome:
    """The text before this one again; once more gives this one back."""
    at = at_of(deed)
    if at is None:
        return Outcome("nothing")
    before = publications.current(deed.turn.conn, *at)
    done = rollback(deed.turn.conn, *at, actor(deed), deed.turn.now)
    lapsed = done.state == "published" and approving.lapses(deed.turn.conn, before, done.revision)
    return Outcome(done.state, {LAPSED: int(lapsed)})


def withdraw_content(deed: Deed) -> Outcome:
    """Take a text or a step away from everybody at once."""
    at, step = at_of(deed), deed.answer("content_step")
    if at is None:
        return Outcome("nothing")
    try:
        withdrawn.withdraw(
            deed.turn,
            actor(deed),
            *at,
            None if step in (None, WHOLE) else str(step),
            deed.words("because") or "",
        )
    except withdrawn.NothingToWithdraw:
        return Outcome("nothing")
    return OK


def lift_content(deed: Deed) -> Outcome:
    """Undo: everything of this file that is withdrawn is offered again."""
    at = at_of(deed)
    standing = withdrawals.standing(deed.turn.conn, *at) if at else []
    if at is None or not standing:
        return Outcome("nothing")
    for step in dict.fromkeys(one.step for one in standing):
        withdrawn.lift(deed.turn, actor(deed), *at, step)
    return OK


def actor(deed: Deed) -> Actor:
    """Whoever does it, as publishing knows people."""
    return Actor(deed.person.id, deed.person.role)


def at_of(deed: Deed) -> At | None:
    """The file a dialog is about."""
    number = deed.session.state.subject.get("file")
    if number is None:
        return None
    line = publications.load(deed.turn.conn, number)
    return cast(Kind, line.kind), line.key


def own_draft(deed: Deed) -> drafts.Draft | None:
    """The draft a dialog is about, as it was checked; none when it is gone, changed or somebody else's."""
    draft = drafts.load(deed.turn.conn, deed.row("draft"))
    if draft is None or draft.author_id != deed.person.id:
        return None
    return draft if drafted(draft).number == deed.row("checked") else None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "pick_content": pick_content,
    "send_content": send_content,
    "publish_draft": publish_draft,
    "drop_draft": drop_draft,
    "roll_back_content": roll_back_content,
    "withdraw_content": withdraw_content,
    "lift_content": lift_content,
}
