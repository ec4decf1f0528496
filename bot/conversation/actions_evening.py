"""What the message about a changed evening may ask for: opening it is what "seen" means."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import news_of_evening, telling
from bot.conversation.deed import Deed, Outcome, code_is_open
from bot.storage import changes, meetings, people
from bot.storage.changes import Made


def open_change(deed: Deed) -> Outcome:
    """A youngster tapped [Lees]; whether the evening has a question left."""
    turn, made = deed.turn, _made(deed)
    if made is None:
        return Outcome("over")
    for step in {"made", made.step}:
        changes.note_opened(turn.conn, made.what, made.id, step, deed.person.id, turn.now)
    news = news_of_evening.decided(turn, made)
    if not news.asks or news.after is None:
        return Outcome("news")
    row = meetings.named(turn.conn, made.group_id, news.after.day.isoformat())
    if row is None or row.starts_at <= turn.now or deed.person.group_id != made.group_id:
        return Outcome("over")
    return Outcome("asks", {"meeting": row.id})


def open_unopened(deed: Deed) -> Outcome:
    """Who has not opened it, for whoever leads the group; each name that is shown is written down."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, person, made = deed.turn, deed.person, _made(deed)
    if made is None or not any(
        number == made.group_id for number, _ in people.groups_of(turn.conn, person.id)
    ):
        return Outcome("gone")
    found = telling.unopened(turn, made)
    for one in found:
        turn.note(person, "see_meeting_list", "person", one.id, one.id)
    return Outcome("ok" if found else "none")


def _made(deed: Deed) -> Made | None:
    return changes.named_in(deed.turn.conn, deed.session.state.subject)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"open_change": open_change, "open_unopened": open_unopened}
