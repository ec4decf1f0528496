"""A stage for whole conversations without a network: a real database, the real content, people with a phone in hand.

Between any two things that happen everything is read from the database again: nothing is kept in memory.
Everything anybody does takes a second.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event, select

from bot.conversation import editing, housekeeping, moments, routes
from bot.conversation.routes import Done
from bot.conversation.world import World
from bot.incoming import Incoming, Sender, Unreadable, What, words_of
from bot.rehearsal import programme
from bot.rehearsal.delivery import Arrival, deliver
from bot.rehearsal.phone import NothingThere, Phone
from bot.rehearsal.programme import OLDER, Programme
from bot.safety.statements import classify
from bot.schedule.local import to_utc
from bot.storage import due, invitations, marks, people
from bot.storage.database import is_sqlite, open_engine, transaction
from bot.storage.schema_flow import outbox as outbox_table
from bot.vault import Vault
from dialogs.words import Words

CODE = "271828"
"""The code that everybody of staff chooses."""
CHANNEL = "telegram"
_SECOND = timedelta(seconds=1)
T = TypeVar("T")


class Stage:
    """One programme and everybody's phone, in an opened and empty or earlier played database."""

    def __init__(self, engine: Engine, world: World, now: datetime) -> None:
        self.engine = engine
        self.world = world
        self.now = now
        self.phones: dict[int, Phone] = {}
        self.outcomes: list[str] = []
        self.alarms: list[str] = []
        self.endings: list[tuple[int, str, str]] = []
        """Every dialog that ended: the account of whoever did something, the dialog, its ending."""
        self.left_groups = 0
        self._counters: tuple[itertools.count[int], ...] = (
            itertools.count(1001),
            itertools.count(1),
            itertools.count(1),
        )
        with transaction(self.engine) as conn:
            self.world.library.publish(conn, now)
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
        with transaction(self.engine) as conn:
            return write(conn)

    # Who

    def phone(self, name: str, language: str = "nl") -> Phone:
        """A phone nobody knows yet."""
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

    def id_of(self, phone: Phone) -> int:
        """The number of the person behind a phone."""

        def look(conn: Connection) -> int:
            account = people.find_account(conn, CHANNEL, phone.account)
            if account is None or account.person_id is None:
                raise NothingThere(f"nobody is known behind the phone of {phone.name}")
            return account.person_id

        return self.reads(look)

    # What happens

    def _does(self, phone: Phone, what: What) -> str:
        return self.happens(phone, what).toast

    def happens(self, phone: Phone, what: What) -> Done:
        """One update, in a transaction of its own; then everything that may go out goes out."""
        self.now += _SECOND
        incoming = Incoming(Sender(phone.account, phone.account, Words(phone.name), phone.language), what)
        finding = classify(str(words_of(incoming)))
        looked = self._looks(phone, incoming)
        with transaction(self.engine) as conn:
            moments.read_anew(conn, self.world, self.now)
            done = routes.handle(conn, self.world, CHANNEL, incoming, finding, self.now, looked)
            self._delivers(conn)
        self.outcomes.append(done.outcome)
        self.alarms += [kind for kind, _ in done.alarms]
        self.endings += [(phone.account, script, ending) for script, ending in done.ended]
        self.left_groups += done.leave
        return done

    def _looks(self, phone: Phone, incoming: Incoming) -> editing.Looked | None:
        """What is in a document that is fetched."""
        what = incoming.what
        if not isinstance(what, Unreadable) or what.file is None:
            return None
        content = phone.files.get(what.file.id)

        def order(conn: Connection) -> editing.Order | editing.Looked | None:
            if not editing.wanted(conn, self.world, CHANNEL, incoming, self.now):
                return None
            return editing.order(conn, self.world, CHANNEL, incoming, content, self.now)

        found = self.reads(order)
        return editing.examine(found) if found is not None else None

    def passes(self, until: datetime | str | timedelta) -> None:
        """Time goes by, due moment by due moment, until a moment or for a while."""
        if isinstance(until, str):
            until = datetime.fromisoformat(until).replace(tzinfo=self.world.settings.zone)
        end = (self.now + until if isinstance(until, timedelta) else until).astimezone(UTC)
        if end < self.now:
            raise ValueError("time goes one way")
        self.ticks()
        while (moment := self.next_moment()) < end:
            self.now = moment
            self.ticks()
        self.now = end
        self.ticks()

    def next_moment(self) -> datetime:
        """When something can happen by itself: something is due, may go out, or a day begins. Not before now."""

        def look(conn: Connection) -> tuple[datetime | None, list[datetime]]:
            ready = select(outbox_table.c.not_before).where(outbox_table.c.state == "ready")
            return due.next_moment(conn), list(conn.execute(ready).scalars())

        zone = self.world.settings.zone
        tomorrow = self.now.astimezone(zone).date() + timedelta(days=1)
        midnight = to_utc(tomorrow, datetime.min.time(), zone)
        happens, leaves = self.reads(look)
        moments = [midnight, *(one for one in leaves if one > self.now)]
        # What became due while somebody tapped is not passed over.
        return max(self.now, min(moments if happens is None else [happens, *moments]))

    def ticks(self) -> None:
        """Everything that is due happens, and everything that may go out arrives."""
        with transaction(self.engine) as conn:
            moments.read_anew(conn, self.world, self.now)
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
        """In the same transaction, because nothing fails here."""
        deliver(conn, self.now, self.arrives)

    def arrives(self, arrival: Arrival) -> int:
        """Show what arrived on its phone; the number of the message."""
        phone = self.phones[arrival.address]
        return phone.arrives(arrival.message, arrival.target, next(self._counters[1]))

    def close(self) -> None:
        self.engine.dispose()


def open_quickly(url: str, vault: Vault) -> Engine:
    """The database at *url*. A file need not survive a power cut here: a flush takes longer than most turns."""
    engine = open_engine(url, vault)
    if is_sqlite(url):
        engine.dispose()
        event.listen(engine, "connect", _no_power_cuts)
    return engine


def _no_power_cuts(dbapi: Any, record: Any) -> None:
    dbapi.execute("PRAGMA synchronous=OFF")
