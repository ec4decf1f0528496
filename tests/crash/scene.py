"""A moment of a journey, kept so that it can be played on from there as often as one likes.

Database and sandbox are kept at the same moment, while nothing is under way.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.sandbox.callbacks import Query
from bot.sandbox.ledger import Call
from bot.sandbox.phones import Chat
from bot.sandbox.profile import Profile
from bot.sandbox.storage import StoredFile
from bot.sandbox.world import World
from tests.crash.programme import DATABASE, KEYS


@dataclass(frozen=True, slots=True)
class Scene:
    """*before* is the number of the step that comes next; *known* is what the players remember."""

    before: int
    known: dict[str, str]
    database: bytes
    keys: bytes
    world: bytes


@dataclass(frozen=True, slots=True)
class _Sandbox:
    now: datetime
    chats: dict[int, Chat]
    files: dict[str, StoredFile]
    profile: Profile
    calls: deque[Call]
    call_number: int
    next_update: int
    allowed: tuple[str, ...] | None
    queries: dict[str, Query]
    last_update: datetime


def keep(before: int, known: dict[str, str], folder: Path, world: World) -> Scene:
    """This moment."""
    kept = folder / "kept.db"
    with sqlite3.connect(folder / DATABASE) as source, sqlite3.connect(kept) as target:
        source.backup(target)
    for each in (source, target):
        each.close()
    sandbox = _Sandbox(
        now=world.clock.now(),
        chats=world.chats,
        files=world.files._by_id,
        profile=world.profile,
        calls=world.ledger._calls,
        call_number=world.ledger._number,
        next_update=world.updates._next_id,
        allowed=world.updates.allowed,
        queries=world.callbacks._open,
        last_update=world._last_update,
    )
    database = kept.read_bytes()
    kept.unlink()
    return Scene(before, dict(known), database, (folder / KEYS).read_bytes(), pickle.dumps(sandbox))


def lay_out(scene: Scene, folder: Path, world: World) -> dict[str, str]:
    """Put *scene* into an empty folder and a fresh world; what the players remember."""
    (folder / DATABASE).write_bytes(scene.database)
    keys = folder / KEYS
    keys.touch(0o600)
    keys.write_bytes(scene.keys)
    sandbox: _Sandbox = pickle.loads(scene.world)  # noqa: S301  # this test run made it
    world.clock.set(sandbox.now)
    world.chats.update(sandbox.chats)
    world.profile = sandbox.profile
    world.files._by_id = sandbox.files
    world.files._by_path = {file.path: file for file in sandbox.files.values()}
    world.files._numbers = count(len(sandbox.files) + 1)
    world.ledger._calls, world.ledger._number = sandbox.calls, sandbox.call_number
    world.updates._next_id, world.updates.allowed = sandbox.next_update, sandbox.allowed
    world.callbacks._open.update(sandbox.queries)
    world.callbacks._numbers = count(max(map(int, sandbox.queries), default=0) + 1)
    numbers = (number for chat in world.chats.values() for number in chat.messages)
    world._message_ids = count(max(numbers, default=0) + 1)
    world._last_update = sandbox.last_update
    return dict(scene.known)
