"""The approval of a challenge, in the chat: who read it, on which day, and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any, cast

from bot.content import approving, rollback
from bot.content.pages import Actor, drafted
from bot.content.source import Kind
from bot.conversation import wording
from bot.conversation.actions_content import LAPSED, actor, at_of
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.errors import Refused
from bot.schedule.local import to_utc
from bot.storage import approvals, drafts, publications

YESTERDAY = "gisteren"
NOON = time(12)


def check_approver(deed: Deed) -> Outcome:
    """Whether what was typed can be the name of a person."""
    return OK if approving.is_name(str(deed.words("approver") or "")) else Outcome("nameless")


def approve_content(deed: Deed) -> Outcome:
    """The text that was on the card counts as approved; never one that was published since."""
    turn, at, name = deed.turn, at_of(deed), deed.words("approver")
    if at is None or not name:
        return GONE
    read = publications.load(turn.conn, deed.row("file")).revision
    day = turn.today - timedelta(days=deed.answer("approved_on") == YESTERDAY)
    try:
        return Outcome(approving.approve(turn.conn, at, read, name.strip(), day, actor(deed), turn.now))
    except Refused:
        return GONE


def undo_approval(deed: Deed) -> Outcome:
    """The approval counts no more: real youngsters are not given the challenge from now on."""
    at = at_of(deed)
    try:
        undone = 0 if at is None else approving.undo(deed.turn.conn, at, actor(deed), deed.turn.now)
    except Refused:
        undone = 0
    return OK if undone else GONE


def approved(ask: Asked) -> str:
    """Who approved the text that stands, and when; empty when nobody did."""
    line = publications.load(ask.turn.conn, ask.row("file"))
    current = publications.current(ask.turn.conn, line.kind, line.key)
    found = [one for one in approvals.of_key(ask.turn.conn, line.kind, line.key) if one.revision == current]
    if not found:
        return ""
    noon = to_utc(found[-1].approved_on, NOON, ask.turn.world.settings.zone)
    day = wording.day(ask.turn, ask.person, noon)
    return ask.turn.phrase("content_approved", ask.person, who=str(found[-1].name), day=day)


def needs_approval(ask: Asked) -> bool:
    """Whether this is a challenge of which nobody approved the text that stands."""
    line = publications.load(ask.turn.conn, ask.row("file"))
    return line.kind == "challenge" and not approved(ask)


def would_lapse(ask: Asked) -> bool:
    """Whether the text that a draft would replace is approved: the new one is not."""
    conn, draft = ask.turn.conn, drafts.load(ask.turn.conn, ask.row("draft"))
    if draft is None:
        return False
    return approving.lapses(conn, publications.current(conn, draft.kind, draft.key), drafted(draft).revision)


def has_earlier(ask: Asked) -> bool:
    """Whether there is a text from before this one to go back to."""
    line = publications.load(ask.turn.conn, ask.row("file"))
    return rollback.earlier(ask.turn.conn, cast(Kind, line.kind), line.key) is not None


def back_lapses(ask: Asked) -> bool:
    """Whether the text that stands is approved, and the one before it is not."""
    conn, line = ask.turn.conn, publications.load(ask.turn.conn, ask.row("file"))
    earlier = rollback.earlier(conn, cast(Kind, line.kind), line.key)
    return approving.lapses(conn, publications.current(conn, line.kind, line.key), earlier)


def may_approve(ask: Asked) -> bool:
    """Whether this is a challenge that nobody approved yet, and somebody else's text."""
    line = publications.load(ask.turn.conn, ask.row("file"))
    by = Actor(ask.person.id, ask.person.role)
    own = approving.published_by(ask.turn.conn, (cast(Kind, line.kind), line.key), by)
    return line.kind == "challenge" and not own and not approved(ask)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "check_approver": check_approver,
    "approve_content": approve_content,
    "undo_approval": undo_approval,
}

LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "content_approved": approved,
    "content_may_approve": may_approve,
    "content_needs_approval": needs_approval,
    "content_would_lapse": would_lapse,
    "content_back_lapses": back_lapses,
    "content_has_lapsed": lambda ask: ask.state.subject.get(LAPSED) == 1,
    "content_has_earlier": has_earlier,
}
