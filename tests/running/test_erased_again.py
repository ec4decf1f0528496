"""Whoever was erased and came back with a copy is erased again when the companion starts."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from sqlalchemy import Connection

from bot import app
from bot.config import Config
from bot.keys import make_key_file
from bot.storage import erasures, ledger, people
from bot.storage.database import open_engine, transaction
from bot.storage.upgrade import create
from bot.vault import Vault
from tests.running.companion import free_port, until
from tests.storage.example import NOW


async def test_a_start_replays_the_ledger(tmp_path: Path) -> None:
    config = Config.model_validate(
        {
            "telegram": {"token": "1:SANDBOX", "api_url": f"http://127.0.0.1:{free_port()}"},
            "database": {"url": f"sqlite:///{tmp_path / 'companion.db'}"},
            "keys": {"file": str(tmp_path / "companion.keys")},
            "http": {"listen": f"127.0.0.1:{free_port()}"},
        }
    )
    vault = Vault(make_key_file(config.keys.file, os.urandom(64)), os.urandom)
    create(config.database.url, vault)
    engine = open_engine(config.database.url, vault)

    def put_back(conn: Connection) -> tuple[int, int]:
        sam, kim = (people.add(conn, name, NOW, {"role": "youth"}) for name in ("Sam", "Kim"))
        ledger.remember(ledger.ledger_path(config.keys.file), erasures.marked(conn, sam), NOW)
        return sam, kim

    with transaction(engine) as conn:
        sam, kim = put_back(conn)
    stop = asyncio.Event()
    running = asyncio.get_running_loop().create_task(app.run(config, stop=stop))

    async def is_gone() -> bool | None:
        with transaction(engine, read_only=True) as conn:
            return people.find(conn, sam) is None or None

    try:
        assert await until(is_gone)
        with transaction(engine, read_only=True) as conn:
            assert people.find(conn, kim) is not None
    finally:
        stop.set()
        await asyncio.wait_for(running, 60)
        engine.dispose()
