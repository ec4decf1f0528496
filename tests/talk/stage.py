"""A stage for whole conversations without a network: a real database, the real content, people with a phone in hand.

Between any two things that happen everything is read from the database again: nothing is kept in memory.
Everything anybody does takes a second.
"""

from __future__ import annotations

import copy
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import installation
from bot.config import Config
from bot.conversation.routes import Done
from bot.conversation.shelf import Shelf
from bot.conversation.world import World
from bot.incoming import What
from bot.keys import make_key_file
from bot.rehearsal import programme, stage
from bot.rehearsal.phone import Phone, Shown
from bot.rehearsal.stage import CODE, open_quickly
from bot.storage.database import is_sqlite, sqlite_path
from bot.storage.upgrade import create
from bot.vault import Vault

__all__ = ["AMSTERDAM", "CODE", "FRIDAY_NOON", "Prepared", "Snapshot", "Stage", "at", "new_stage", "shelf"]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=AMSTERDAM).astimezone(UTC)
"""Friday 20 November 2026, 12:00: where demo and tests begin."""
_STAFF_BEGINS_AT = FRIDAY_NOON - timedelta(hours=2)
T = TypeVar("T")
Chapter = Callable[["Stage"], object]


@cache
def shelf() -> Shelf:
    """The content, loaded once."""
    return installation.content()


def at(text: str) -> datetime:
    """A local moment: *2026-11-24 19:00*."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stage as it stood at some moment: a copy of the database, and what was on the phones."""

    database: Path
    now: datetime
    phones: dict[int, Phone]
    outcomes: tuple[str, ...]
    endings: tuple[tuple[int, str, str], ...]
    alarms: tuple[str, ...]
    counters: tuple[itertools.count[int], ...]


class Stage(stage.Stage):
    """A stage that can be kept and begun again. *real* and *minimum_age* are as in the configuration."""

    def __init__(self, url: str, vault: Vault, now: datetime) -> None:
        self.url = url
        self._chapters: dict[Chapter, Snapshot] | None = None
        self._playing: set[Chapter] = set()
        self._touched = True
        super().__init__(open_quickly(url, vault), _world(self.folder), now)

    def writes(self, write: Callable[[Connection], T]) -> T:
        self._touched = True
        return super().writes(write)

    def phone(self, name: str, language: str = "nl") -> Phone:
        self._touched = True
        return super().phone(name, language)

    def happens(self, phone: Phone, what: What) -> Done:
        self._touched = True
        return super().happens(phone, what)

    def ticks(self) -> None:
        self._touched = True
        super().ticks()

    def youth_begins(self, name: str = "Sam", **more: Any) -> Phone:
        """A youngster opens the invitation and says yes."""
        if name == "Sam" and not more and self.skips_to(Stage.youth_begins):
            return self.of("Sam")
        return self.youth_opens(name, **more).taps(
            "Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag"
        )

    def begins_at(
        self, snapshot: Snapshot, chapters: dict[Chapter, Snapshot] | None, **telegram: Any
    ) -> Stage:
        """Begin a test: everything as it stood then, with these values in the configuration."""
        self.world = _world(self.folder, **telegram)
        self.world.settings.ledger.unlink(missing_ok=True)
        self.phones, self.left_groups = {}, 0
        self._chapters = chapters
        self.loads(snapshot)
        self.programme = self.reads(programme.found)
        self._touched = False
        return self

    def skips_to(self, chapter: Chapter) -> bool:
        """Continue where *chapter* ends; false when something happened here already.

        It is played once and its database is kept: many journeys begin the same way.
        """
        if self._chapters is None or self._touched or chapter in self._playing:
            return False
        if chapter in self._chapters:
            self.loads(self._chapters[chapter])
            return True
        self._playing.add(chapter)
        chapter(self)
        self._playing.discard(chapter)
        self._chapters[chapter] = self.saves(self.path.with_name(f"{len(self._chapters)}.chapter"))
        return True

    def saves(self, database: Path) -> Snapshot:
        """How everything stands now."""
        self.engine.dispose()
        shutil.copy(self.path, database)
        phones = {
            account: replace(phone, shown=_copied(phone.shown), gone=_copied(phone.gone))
            for account, phone in self.phones.items()
        }
        counters = tuple(copy.copy(counter) for counter in self._counters)
        return Snapshot(
            database,
            self.now,
            phones,
            tuple(self.outcomes),
            tuple(self.endings),
            tuple(self.alarms),
            counters,
        )

    def loads(self, snapshot: Snapshot) -> None:
        """Everything stands as it did then; phones that are held stay the same objects."""
        self.engine.dispose()
        shutil.copy(snapshot.database, self.path)
        self.now = snapshot.now
        self.outcomes, self.alarms = list(snapshot.outcomes), list(snapshot.alarms)
        self.endings = list(snapshot.endings)
        for account, phone in snapshot.phones.items():
            mine = self.phones.setdefault(account, Phone(account, phone.name, phone.language, self._does))
            mine.shown, mine.gone = _copied(phone.shown), _copied(phone.gone)
            mine.keyboard, mine.toast = phone.keyboard, phone.toast
        self._counters = tuple(copy.copy(counter) for counter in snapshot.counters)
        self._touched = True

    def restarts(self) -> None:
        """The companion stops and starts: what is not in the file is gone."""
        self.engine.dispose()

    @property
    def path(self) -> Path:
        return sqlite_path(self.url)

    @property
    def folder(self) -> Path:
        """Where the ledger of erasures is."""
        if is_sqlite(self.url):
            return self.path.parent
        return Path(tempfile.gettempdir()) / f"stage-{os.getpid()}"


def _copied(shown: list[Shown]) -> list[Shown]:
    """The messages themselves never change, only what stands where."""
    return [replace(one, ever=list(one.ever)) for one in shown]


def _world(folder: Path, **telegram: Any) -> World:
    decided = "test, 2026-01-01" if telegram.get("minimum_age", 16) < 16 else ""
    settings = {"api_url": "http://127.0.0.1:1", "minimum_age_decided_by": decided, **telegram}
    rings = {"alarm_command": "ring"}  # run by nobody here: the stage keeps what the operator hears
    config = Config.model_validate(
        {"telegram": settings, "keys": {"file": folder / "keys"}, "operator": rings}
    )
    return installation.world(config, shelf(), "companion_sandbox_bot")


def new_stage(url: str, vault: Vault) -> Stage:
    """A stage in an empty database, on Friday at noon, when every staff member has begun."""
    create(url, vault)
    stage = Stage(url, vault, _STAFF_BEGINS_AT)
    stage.build()
    stage.passes(FRIDAY_NOON)
    return stage


class Prepared:
    """One stage for all tests of this process; each begins with a copy of the file that was made once."""

    def __init__(self, folder: Path) -> None:
        self.vault = Vault(make_key_file(folder / "keys", bytes(range(64))), os.urandom)
        self._stage = new_stage(f"sqlite:///{folder / 'companion.db'}", self.vault)
        self._begin = self._stage.saves(folder / "begin.chapter")
        self._chapters: dict[Chapter, Snapshot] = {}

    def stage(self, **telegram: Any) -> Stage:
        """The stage as it stands when everybody has begun."""
        return self._stage.begins_at(self._begin, None if telegram else self._chapters, **telegram)

    def close(self) -> None:
        self._stage.close()
