"""Companions that are broken on purpose: a harness that lets one of these pass proves nothing.

Each mutant replaces one part in its own process, before that process composes itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from itertools import count
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, update

from bot import app
from bot.conversation import routes
from bot.conversation.editing import Looked
from bot.conversation.routes import Done
from bot.incoming import Incoming, words_of
from bot.message import load
from bot.running.sending import Sending
from bot.running.services import CHANNEL, Services
from bot.running.working import Working
from bot.safety.statements import classify
from bot.storage import due, inbox, outbox
from bot.storage.inbox import Received
from bot.storage.outbox import Outgoing
from bot.storage.schema_flow import outbox as outbox_table
from bot.telegram.outcomes import Accepted
from bot.telegram.polling import Polling
from bot.telegram.request import Request


class ConfirmsFirst(Polling):
    """Tells Telegram that updates arrived before they are stored, as common libraries do."""

    async def _fetch(self) -> list[Any]:
        batch = await super()._fetch()
        if batch:
            confirmed = {"offset": batch[-1]["update_id"] + 1, "timeout": 0, "limit": 1}
            await self._request.call(self._bot, "getUpdates", confirmed, 10)
        return batch


class MarksFirst(Sending):
    """Notes a message as sent, and sends it then."""

    async def _one(self, row: Outgoing) -> None:
        await self._note(row, Accepted(None))
        outcome = await self._deliver(row, load(row.payload))
        if not isinstance(outcome, Accepted):
            return

        def number(conn: Connection) -> None:
            of_row = outbox_table.c.id == row.id
            conn.execute(update(outbox_table).where(of_row).values(message_id=outcome.message_id))

        await self._services.writer.run(number)


class SendsUnmarked(Sending):
    """Sends without having written down first that it is about to: a copy after a crash goes unnoticed."""

    async def _claim(self) -> list[Outgoing]:
        claimed = await super()._claim()
        ids = [row.id for row in claimed]

        def forget(conn: Connection) -> None:
            conn.execute(update(outbox_table).where(outbox_table.c.id.in_(ids)).values(state="ready"))

        if claimed:
            await self._services.writer.run(forget)
            for row in claimed:
                await self._one(row)
        return []


class TwoTransactions(Working):
    """Lets a turn happen in one transaction and marks its update as done in the next one."""

    async def _turn(self, row: Received, incoming: Incoming, looked: Looked | None) -> Done:
        done = await self._services.writer.run(lambda conn: _happens(conn, self._services, incoming, looked))
        now = self._services.clock.now()
        await self._services.writer.run(lambda conn: inbox.done(conn, row.id, done.outcome, now))
        return done


class DoneFirst(Working):
    """Marks an update as done in one transaction and lets it happen in the next one."""

    async def _turn(self, row: Received, incoming: Incoming, looked: Looked | None) -> Done:
        now = self._services.clock.now()
        await self._services.writer.run(lambda conn: inbox.done(conn, row.id, "tapped", now))
        return await self._services.writer.run(lambda conn: _happens(conn, self._services, incoming, looked))


def _happens(conn: Connection, services: Services, incoming: Incoming, looked: Looked | None) -> Done:
    """What a turn does, without the mark in the inbox."""
    finding = classify(str(words_of(incoming)))
    return routes.handle(conn, services.world, CHANNEL, incoming, finding, services.clock.now(), looked)


def _take_place(module: ModuleType, name: str, part: object) -> None:
    setattr(module, name, part)


def confirms_first() -> None:
    _take_place(app, "Polling", ConfirmsFirst)


def marks_first() -> None:
    _take_place(app, "Sending", MarksFirst)


def sends_unmarked() -> None:
    _take_place(app, "Sending", SendsUnmarked)


def two_transactions() -> None:
    _take_place(app, "Working", TwoTransactions)


def done_first() -> None:
    _take_place(app, "Working", DoneFirst)


def forgets_sending() -> None:
    """Rows that a dead process was sending stay as they are."""

    def recover(conn: Connection, now: datetime, worker: str | None = None, *, everyone: bool = False) -> Any:
        return {}

    _take_place(outbox, "recover", recover)


def never_doubts() -> None:
    """Rows that a dead process was sending go out again as if nothing had happened."""

    def recover(conn: Connection, now: datetime, worker: str | None = None, *, everyone: bool = False) -> Any:
        held = outbox_table.c.state == "sending"
        conn.execute(update(outbox_table).where(held).values(state="ready", lease_until=None, worker=None))
        return {}

    _take_place(outbox, "recover", recover)


def forgets_leases() -> None:
    """Updates that a dead process was handling stay its own."""
    _take_place(inbox, "recover", lambda conn, worker=None: 0)


def plans_again() -> None:
    """The same occurrence is planned as often as somebody asks."""
    plan, numbers = due.plan, count()

    @functools.wraps(plan)
    def planned(conn: Connection, person_id: int, kind: str, occurrence: str, *rest: Any) -> bool:
        return plan(conn, person_id, kind, f"{occurrence}#{next(numbers)}", *rest)

    _take_place(due, "plan", planned)


def impatient() -> None:
    """No bug: an answer counts as lost after one second, so that a test of it need not wait for half a minute."""
    _take_place(app, "Request", functools.partial(Request, read_timeout=1.0))


MUTANTS: dict[str, Callable[[], None]] = {
    "confirms_first": confirms_first,
    "marks_first": marks_first,
    "sends_unmarked": sends_unmarked,
    "two_transactions": two_transactions,
    "done_first": done_first,
    "forgets_sending": forgets_sending,
    "never_doubts": never_doubts,
    "forgets_leases": forgets_leases,
    "plans_again": plans_again,
    "impatient": impatient,
}
