"""What happens when a digest is due: one comes, within working hours; after an outage one for all that were missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation import digesting, relay, talk
from bot.conversation.digest_times import KIND
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.schedule.reading import is_working, next_reading
from bot.storage import digests, due, people
from bot.storage.due import Due
from bot.storage.people import Person
from dialogs.text import Span

VALID = timedelta(hours=6)
"""How long one that was made may wait to be delivered; the next one tells it all again."""


def happen(turn: Turn, person: Person, one: Due) -> str:
    """A digest comes; after an outage one for all that were missed, when somebody works again."""
    account = people.account_of(turn.conn, person.id)
    if account is None or account.state != "active":
        return "not_reachable"
    newer = _newer_that_is_due(turn, person, one)
    if newer is not None:
        relay.keep_with(turn, person, {one.not_before}, newer)
        return "covered"
    settings = turn.world.settings
    if not is_working(turn.now, settings.working_hours, settings.zone):
        moment = next_reading(turn.now, settings.working_hours, settings.zone)
        due.replan(turn.conn, person.id, KIND, one.occurrence, moment, None)
        relay.keep_with(turn, person, {one.not_before}, moment)
        return "moved"
    return _send(turn, person, one)


def _newer_that_is_due(turn: Turn, person: Person, one: Due) -> datetime | None:
    found = (
        other.not_before
        for other in due.waiting_of(turn.conn, person.id)
        if other.kind == KIND and other.id != one.id and one.not_before <= other.not_before <= turn.now
    )
    return max(found, default=None)


def _send(turn: Turn, person: Person, one: Due) -> str:
    since = digesting.begins(turn, person)
    last = digests.latest(turn.conn, person.id)
    opening = Opening(
        lane=Lane.DIGEST,
        promise=Promise.WHILE_VALID,
        not_after=turn.now + VALID,
        silent=True,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_reminder", person),
    )
    if digesting.between(turn, person, since, turn.now).is_empty:
        if not people.youngsters_of(turn.conn, person.id):
            return "nobody"
        number = digests.add(turn.conn, person.id, since, turn.now)
        digests.opened(turn.conn, number, turn.now)
        said = turn.phrase("digest_nothing", person)
        sent = turn.tell(person, Message((Span(said),), silent=True), opening)
        return due.SENT if sent is not None else "not_reachable"
    if last is not None and digesting.between(turn, person, last.until, turn.now).is_empty:
        return "stands"
    number = digests.add(turn.conn, person.id, since, turn.now)
    begun = talk.begin(turn, person, "digest", {"digest": number}, opening, foreground=False)
    return due.SENT if begun is not None else "not_reachable"
