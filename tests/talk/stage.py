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

from sqlalchemy import Connection, Engine, event, select

from bot import installation
from bot.config import Config
from bot.conversation import housekeeping, moments, routes
from bot.conversation.routes import Done
from bot.conversation.shelf import Shelf
from bot.conversation.world import World
from bot.incoming import Incoming, Sender, What, words_of
from bot.keys import Vault, make_key_file
from bot.message import Message
from bot.safety.statements import classify
from bot.storage import due, invitations, marks, people
from bot.storage.database import is_sqlite, open_engine, sqlite_path, transaction
from bot.storage.schema_flow import outbox as outbox_table
from bot.storage.upgrade import create
from dialogs.words import Words
from tests.talk import programme
from tests.talk.delivery import deliver
from tests.talk.phone import Phone
from tests.talk.programme import OLDER, Programme

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=AMSTERDAM).astimezone(UTC)
"""Friday 20 November 2026, 12:00: where demo and tests begin."""

CODE = "271828"
_STAFF_BEGINS_AT = FRIDAY_NOON - timedelta(hours=2)
_SECOND = timedelta(seconds=1)
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
    alarms: tuple[str, ...]
    counters: tuple[itertools.count[int], ...]


class Stage:
    """One programme and everybody's phone. *real* and *minimum_age* are as in the configuration."""

    def __init__(self, url: str, vault: Vault, now: datetime) -> None:
        self.url = url
        self.engine: Engine = _opened(url, vault)
        self.world = _world(self.folder)
        self.now = now
        self.phones: dict[int, Phone] = {}
        self.outcomes: list[str] = []
        self.alarms: list[str] = []
        self.left_groups = 0
        self._counters: tuple[itertools.count[int], ...] = (
            itertools.count(1001),
            itertools.count(1),
            itertools.count(1),
        )
        self._chapters: dict[Chapter, Snapshot] | None = None
        self._playing: set[Chapter] = set()
        self._touched = True
        with transaction(self.engine) as conn:
            shelf().publish(conn, now)
        self.programme: Programme = self.reads(programme.found)

    def build(self) -> None:
        """Put Noordwijk into the empty database, and let every staff member begin."""
        self.programme = self.writes(lambda conn: programme.build(conn, self.now))
        for name in self.programme.staff:
            self.staff_begins(name)

    def reads(self, read: Callable[[Connection], T]) -> T:
        with transaction(self.engine, read_only=True) as conn:
            return read(conn)

    def writes(self, write: Callable[[Connection], T]) -> T:
        self._touched = True
        with transaction(self.engine) as conn:
            return write(conn)

    # Who

    def phone(self, name: str, language: str = "nl") -> Phone:
        """A phone nobody knows yet."""
        self._touched = True
        account = next(self._counters[0])
        self.phones[account] = Phone(account, name, language, self._does)
        return self.phones[account]

    def of(self, name: str) -> Phone:
        """The phone of somebody who has begun."""
        return next(one for one in self.phones.values() if one.name == name)

    def invitation(self, person_id: int, valid: timedelta = timedelta(days=7)) -> str:
        token = f"token{next(self._counters[2]):017d}"
        self.writes(lambda conn: invitations.add(conn, token, person_id, None, self.now, self.now + valid))
        return token

    def staff_begins(self, name: str, code: str = CODE) -> Phone:
        """A staff member opens the invitation and chooses a code."""
        phone = self.phone(name).opens(self.invitation(self.programme.staff[name]))
        while "1" not in phone.last.labels:
            phone.taps(phone.last.labels[0])
        return phone.taps_code(code).taps_code(code)

    def youth(
        self,
        name: str = "Sam",
        born: str = "2004-03",
        group: str = OLDER,
        main: str = "Vera",
        backup: str = "Tom",
        **more: Any,
    ) -> int:
        """A youngster who was invited; their number."""
        values = {"role": "youth", "group_id": self.programme.groups[group], "born": born, "causes": "skills"}

        def add(conn: Connection) -> int:
            number = people.add(conn, name, self.now, {**values, **more})
            people.assign(conn, number, self.programme.staff[main], "main", self.now)
            people.assign(conn, number, self.programme.staff[backup], "backup", self.now)
            return number

        return self.writes(add)

    def youth_opens(self, name: str = "Sam", language: str = "nl", **more: Any) -> Phone:
        """A youngster opens the invitation: the first question stands there."""
        number = self.youth(name, **more)
        return self.phone(name, language).opens(self.invitation(number))

    def youth_begins(self, name: str = "Sam", **more: Any) -> Phone:
        """A youngster opens the invitation and says yes."""
        if name == "Sam" and not more and self.skips_to(Stage.youth_begins):
            return self.of("Sam")
        return self.youth_opens(name, **more).taps(
            "Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag"
        )

    def id_of(self, phone: Phone) -> int:
        """The number of the person behind a phone."""

        def look(conn: Connection) -> int:
            account = people.find_account(conn, "telegram", phone.account)
            assert account is not None
            assert account.person_id is not None
            return account.person_id

        return self.reads(look)

    # What happens

    def _does(self, phone: Phone, what: What) -> str:
        return self.happens(phone, what).toast

    def happens(self, phone: Phone, what: What) -> Done:
        """One update, in a transaction of its own; then everything that may go out goes out."""
        self.now += _SECOND
        self._touched = True
        incoming = Incoming(Sender(phone.account, phone.account, Words(phone.name), phone.language), what)
        finding = classify(str(words_of(incoming)))
        with transaction(self.engine) as conn:
            done = routes.handle(conn, self.world, "telegram", incoming, finding, self.now)
            self._delivers(conn)
        self.outcomes.append(done.outcome)
        self.alarms += [kind for kind, _ in done.alarms]
        self.left_groups += done.leave
        return done

    def passes(self, until: datetime | str | timedelta) -> None:
        """Time goes by, due moment by due moment, until a moment or for a while."""
        if isinstance(until, str):
            until = at(until)
        end = (self.now + until if isinstance(until, timedelta) else until).astimezone(UTC)
        assert end >= self.now, "time goes one way"
        self.ticks()
        while (moment := self._next_moment()) < end:
            self.now = moment
            self.ticks()
        self.now = end
        self.ticks()

    def _next_moment(self) -> datetime:
        def look(conn: Connection) -> list[datetime | None]:
            ready = select(outbox_table.c.not_before).where(outbox_table.c.state == "ready")
            return [due.next_moment(conn), *conn.execute(ready).scalars()]

        tomorrow = self.now.astimezone(AMSTERDAM).date() + timedelta(days=1)
        midnight = at(tomorrow.isoformat())
        return min(
            midnight, *(one for one in self.reads(look) if one is not None and one > self.now), midnight
        )

    def ticks(self) -> None:
        """Everything that is due happens, and everything that may go out arrives."""
        self._touched = True
        with transaction(self.engine) as conn:
            moments.look_ahead(conn, self.world, self.now)
            found = True
            while found:
                moments.look_ahead(conn, self.world, self.now)
                found, alarms = moments.next_due(conn, self.world, self.now)
                self.alarms += [kind for kind, _ in alarms]
                self._delivers(conn)
            housekeeping.tidy(conn, self.now)
            housekeeping.clear(conn, self.world, self.now)
        marks.bring_up_to_date(self.engine, self.world.settings.ledger)

    def _delivers(self, conn: Connection) -> None:
        """In the same transaction, because nothing fails here; the kill harness shows the rest."""
        deliver(conn, self.now, self._arrives)

    def _arrives(self, address: int, message: Message, target: int | None) -> int:
        return self.phones[address].arrives(message, target, next(self._counters[1]))

    def begins_at(
        self, snapshot: Snapshot, chapters: dict[Chapter, Snapshot] | None, **telegram: Any
    ) -> Stage:
        """Begin a test: everything as it stood then, with these values in the configuration."""
        self.world = _world(self.folder, **telegram)
        self.world.settings.ledger.unlink(missing_ok=True)
        self.phones, self.left_groups = {}, 0
        self._chapters = chapters
        self.loads(snapshot)
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
            account: replace(phone, shown=copy.deepcopy(phone.shown), gone=copy.deepcopy(phone.gone))
            for account, phone in self.phones.items()
        }
        counters = tuple(copy.copy(counter) for counter in self._counters)
        return Snapshot(database, self.now, phones, tuple(self.outcomes), tuple(self.alarms), counters)

    def loads(self, snapshot: Snapshot) -> None:
        """Everything stands as it did then; phones that are held stay the same objects."""
        self.engine.dispose()
        shutil.copy(snapshot.database, self.path)
        self.now = snapshot.now
        self.outcomes, self.alarms = list(snapshot.outcomes), list(snapshot.alarms)
        for account, phone in snapshot.phones.items():
            mine = self.phones.setdefault(account, Phone(account, phone.name, phone.language, self._does))
            mine.shown, mine.gone = copy.deepcopy((phone.shown, phone.gone))
            mine.keyboard, mine.toast = phone.keyboard, phone.toast
        self._counters = tuple(copy.copy(counter) for counter in snapshot.counters)
        self._touched = True

    @property
    def path(self) -> Path:
        return sqlite_path(self.url)

    @property
    def folder(self) -> Path:
        """Where the ledger of erasures is."""
        if is_sqlite(self.url):
            return self.path.parent
        return Path(tempfile.gettempdir()) / f"stage-{os.getpid()}"

    def close(self) -> None:
        self.engine.dispose()


def _opened(url: str, vault: Vault) -> Engine:
    engine = open_engine(url, vault)
    if is_sqlite(url):
        engine.dispose()
        event.listen(engine, "connect", _no_power_cuts)
    return engine


def _no_power_cuts(dbapi: Any, record: Any) -> None:
    """The file need not survive one here, and a flush to disk takes longer than most turns."""
    dbapi.execute("PRAGMA synchronous=OFF")


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
