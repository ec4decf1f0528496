"""The one thread that writes. It puts the jobs that wait into one transaction, so that one flush serves all."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.storage.database import transaction
from bot.storage.trouble import StorageTrouble, kind_of

T = TypeVar("T")
Probe = Callable[[str], None]
"""Called with ``commit.before`` and ``commit.after`` around every commit; the crash tests strike there."""

LARGEST_BATCH = 64


def no_probe(point: str) -> None:
    """The probe of everyday."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    call: Callable[[Connection], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: BaseException | None = None


class _Lost(Exception):
    """The transaction of a batch is gone; *final* when nothing may or need be tried again."""

    def __init__(self, error: Exception, *, final: bool) -> None:
        super().__init__(error)
        self.error, self.final = error, final


class Writer:
    """Runs jobs one after another on a Connection, several to a transaction, each in a SAVEPOINT of its own.

    A job that raises is undone alone. When a transaction as a whole fails, each of its jobs runs once more in a
    transaction of its own; a job may therefore run twice, and keeps nothing outside the database. ``run`` returns
    after the commit. Used as ``async with``; at the end it finishes what waits.
    """

    def __init__(self, engine: Engine, probe: Probe = no_probe) -> None:
        self._engine = engine
        self._probe = probe
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._stopping = False

    async def __aenter__(self) -> Self:
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stopping = True
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    async def run(self, job: Callable[[Connection], T]) -> T:
        """What *job* returns, after it was committed. Its own exception, or ``StorageTrouble``: nothing was kept.

        Cancelling the caller does not cancel the job.
        """
        if self._stopping:
            raise StorageTrouble("stopped")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.put(_Job(job, future, loop))
        return await future

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return self._waiting.qsize()

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, last = self._batch(first)
            _settle(batch, self._outcomes(batch))
            if last:
                return

    def _batch(self, first: _Job) -> tuple[list[_Job], bool]:
        batch = [first]
        while len(batch) < LARGEST_BATCH:
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _outcomes(self, batch: list[_Job]) -> list[_Outcome]:
        try:
            return self._together(batch)
        except _Lost as lost:
            if lost.final:
                return [_Outcome(error=lost.error)] * len(batch)
        outcomes: list[_Outcome] = []
        while len(outcomes) < len(batch):
            try:
                outcomes += self._together([batch[len(outcomes)]])
            except _Lost as again:
                left = len(batch) - len(outcomes) if again.final else 1
                outcomes += [_Outcome(error=again.error)] * left
        return outcomes

    def _together(self, batch: list[_Job]) -> list[_Outcome]:
        stage = "begin"
        try:
            with transaction(self._engine) as conn:
                stage = "jobs"
                outcomes = [_attempt(conn, job) for job in batch]
                self._probe("commit.before")
                stage = "commit"
            stage = "after"
            self._probe("commit.after")
            return outcomes
        except Exception as error:
            if stage == "after":
                raise _Lost(error, final=True) from error
            if stage == "commit" and isinstance(error, StorageTrouble) and error.kind == "gone":
                # It may have been committed before the connection broke, so trying again could do it twice.
                raise _Lost(StorageTrouble("unknown_outcome"), final=True) from error
            raise _Lost(error, final=stage == "begin") from error


def _attempt(conn: Connection, job: _Job) -> _Outcome:
    savepoint = conn.begin_nested()
    try:
        value = job.call(conn)
        savepoint.commit()
    except DBAPIError as error:
        if kind_of(error) is not None:
            raise
        outcome = _Outcome(error=error)
        savepoint.rollback()
    except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the job
        outcome = _Outcome(error=error)
        savepoint.rollback()
    else:
        outcome = _Outcome(value)
    if conn.invalidated:
        # The job hid from us that its transaction is gone, and with it what its neighbours wrote.
        raise StorageTrouble("gone")
    return outcome


def _settle(batch: list[_Job], outcomes: list[_Outcome]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], _Outcome]]] = defaultdict(list)
    for job, outcome in zip(batch, outcomes, strict=True):
        by_loop[job.loop].append((job.future, outcome))
    for loop, settled in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_tell, settled)


def _tell(settled: list[tuple[asyncio.Future[Any], _Outcome]]) -> None:
    for future, outcome in settled:
        if future.done():
            continue
        if outcome.error is None:
            future.set_result(outcome.value)
        else:
            future.set_exception(outcome.error)
