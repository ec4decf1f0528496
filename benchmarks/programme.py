"""An installation with youngsters in the middle of a challenge, made with the product's own commands and functions."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from benchmarks.stub import TOKEN
from benchmarks.users import Users
from bot import installation
from bot.config import Config, load_config
from bot.storage import challenges, people
from bot.storage.database import transaction
from bot.storage.schema_flow import inbox, outbox
from bot.storage.schema_programme import location, meeting_group, municipality, organisation
from bot.storage.schema_talk import attempt

CHANNEL = "telegram"
CHALLENGE, STEP = "een-groet-per-dag", "knik"
_CONFIG = """[telegram]
token = "{token}"
[http]
listen = "127.0.0.1:0"
[log]
level = "warning"
"""


async def prepare(folder: Path, users: Users) -> Path:
    """An installation in *folder* that knows *users*; returns its configuration file."""
    path = _configured(folder)
    init = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "init", "--json", "--config", str(path),
        env=environment(users.stub.url), stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    if await init.wait():
        raise RuntimeError("companion init failed")
    _fill(_config(path), [user.chat for user in users.all])
    return path


def _configured(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "config.toml"
    path.write_text(_CONFIG.format(token=TOKEN), "utf-8")
    return path


def copy(prepared: Path, folder: Path) -> Path:
    """A fresh copy of a prepared installation, for one measurement."""
    shutil.copytree(prepared.parent, folder)
    return folder / prepared.name


def environment(url: str) -> dict[str, str]:
    """The environment of a bot whose Telegram is at *url*."""
    return {**os.environ, "COMPANION_TELEGRAM__API_URL": url}


def mistakes(path: Path, users: Users) -> list[str]:
    """What the database of a companion that has ended lacks, or has too much of."""
    config = _config(path)
    with installation.open_installation(config) as opened, transaction(opened.engine, read_only=True) as conn:
        updates = _counted(conn, select(inbox.c.state, inbox.c.outcome))
        sent = _counted(conn, select(outbox.c.state, outbox.c.doubted))
        told = Counter(
            challenges.load_attempt(conn, number).words.get("happened", "")
            for number in conn.execute(select(attempt.c.id).where(attempt.c.state == "closed")).scalars()
        )
    typed = Counter(words for user in users.all for words in user.typed)
    found = []
    if (handled := sum(updates.values())) != users.turns:
        found.append(f"{handled} updates are stored, {users.turns} turns were made")
    if odd := {
        what for what in updates if what not in {("done", "typed"), ("done", "tapped"), ("done", "menu")}
    }:
        found.append(f"updates ended as {odd}")
    if odd := set(sent) - {("sent", 0)}:
        found.append(f"messages ended as {odd}")
    if told != typed:
        found.append(f"{len(told - typed)} told stories are nobody's, {len(typed - told)} were lost")
    return found


def _config(path: Path) -> Config:
    return load_config(path, {}, needs_token=False)


def _counted(conn: Connection, query: object) -> Counter[tuple[object, ...]]:
    return Counter(tuple(row) for row in conn.execute(query))  # type: ignore[call-overload]


def _fill(config: Config, chats: list[int]) -> None:
    now = datetime.now(UTC)
    shelf = installation.content()
    with installation.open_installation(config) as opened, transaction(opened.engine) as conn:
        shelf.publish(conn, now)
        group, vera = _group(conn, now)
        for chat in chats:
            youth = people.add(
                conn, "Sam", now,
                {"role": "youth", "state": "active", "group_id": group, "born": "2004-03", "causes": "skills",
                 "acknowledged_at": now, "began_at": now},
            )  # fmt: skip
            people.link_account(conn, people.add_account(conn, CHANNEL, chat, chat, now).id, youth, now)
            people.assign(conn, youth, vera, "main", now)
            given = challenges.give(conn, youth, CHALLENGE, shelf.revision("challenge", CHALLENGE), vera, now)
            challenges.set_state(conn, given, "active", now)
            challenges.choose_step(conn, given, STEP)


def _group(conn: Connection, now: datetime) -> tuple[int, int]:
    """A group without evenings, so that nothing but the talk happens, and its professional."""
    names = {"key": "noordwijk", "name": "Noordwijk"}
    made = {
        table.name: conn.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
        for table, values in (
            (organisation, names),
            (municipality, names),
            (location, {**names, "place": "Noordwijk"}),
        )
    }
    group: int = conn.execute(
        insert(meeting_group)
        .values(
            **names, age_group="18-25", example=True, location_id=made["location"],
            organisation_id=made["organisation"], municipality_id=made["municipality"],
        )
        .returning(meeting_group.c.id)
    ).scalar_one()  # fmt: skip
    staff = {
        "role": "professional",
        "key": "vera",
        "state": "active",
        "organisation_id": made["organisation"],
    }
    return group, people.add(conn, "Vera", now, staff)
