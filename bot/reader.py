"""The reading side: lists, digests, reports and figures, which never wait for writing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.database import is_sqlite, prepare_sqlite, trouble
from bot.vault import Vault

T = TypeVar("T")


def open_reader(url: str, vault: Vault) -> AsyncEngine:
    """An engine that can only read. ``open_engine`` has checked the database before. Dispose it before the end."""
    if not is_sqlite(url):
        engine = create_async_engine(
            url, hide_parameters=True, pool_pre_ping=True, isolation_level="REPEATABLE READ"
        )
        return engine.execution_options(vault=vault, postgresql_readonly=True)
    engine = create_async_engine(make_url(url).set(drivername="sqlite+aiosqlite"), hide_parameters=True)
    prepare_sqlite(engine.sync_engine, only_reads=True)
    return engine.execution_options(vault=vault)


async def read(engine: AsyncEngine, job: Callable[[Connection], T]) -> T:
    """What the storage function *job* finds, all of it at one moment. ``StorageTrouble`` as when writing."""
    # Shielded: a query that is cut off half-way would take its connection, and on SQLite its thread, with it.
    return await asyncio.shield(_read(engine, job))


async def _read(engine: AsyncEngine, job: Callable[[Connection], T]) -> T:
    try:
        async with engine.connect() as conn:
            return await conn.run_sync(job)
    except DBAPIError as error:
        raise trouble(error) from error.orig
