"""A stage for whole conversations without a network: a real database, the real content, people with a phone in hand.

Between any two things that happen everything is read from the database again: nothing is kept in memory.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from bot import installation
from bot.buttons import TOKEN_BYTES
from bot.config import Config
from bot.conversation import moments, routes
from bot.conversation.routes import Done
from bot.conversation.shelf import Shelf
from bot.conversation.turn import Turn
from bot.conversation.world import World
from bot.incoming import Blocked, Command, Incoming, Sender, Started, Tapped, Typed, Unreadable, What, words_of
from bot.keys import Vault, make_key_file
from bot.message import Button, Message, load
from bot.safety.statements import classify
from bot.storage import due, invitations, meetings, outbox, people
from bot.storage.database import open_engine, transaction
from bot.storage.schema_flow import outbox as outbox_table
from bot.storage.schema_people import person
from bot.storage.schema_programme import group_staff, location, meeting_group, municipality, organisation
from bot.storage.upgrade import create
from bot.schedule.series import Series
from datetime import date, time
from dialogs.text import plain
from dialogs.words import Words

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=AMSTERDAM)
"""Friday 20 November 2026, 12:00: where demo and tests begin."""

SHELF: list[Shelf] = []


@dataclass(slots=True)
class Shown:
    """A message as it stands on a phone now."""

    number: int
    message: Message

    @property
    def text(self) -> str:
        return plain(self.message.text)

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.message.rows for button in row]

    def button(self, label: str) -> Button:
        found = [button for row in self.message.rows for button in row if button.label.startswith(label)]
        assert found, f"no button {label!r} among {self.labels} under {self.text!r}"
        return found[0]


@dataclass(slots=True)
class Phone:
    """Somebody with a phone: what they do, and what stands on their screen."""

    stage: Stage
    account: int
    name: str
    language: str = "nl"
    shown: list[Shown] = field(default_factory=list)
    notified: list[str] = field(default_factory=list)
    toast: str = ""

    def opens(self, token: str = "") -> Phone:
        return self._does(Started(token))

    def types(self, text: str) -> Phone:
        if text.startswith("/"):
            name, _, rest = text[1:].partition(" ")
            return self._does(Command(name, Words(rest)))
        return self._does(Typed(Words(text)))

    def edits(self, text: str) -> Phone:
        return self._does(Typed(Words(text), edited=True))

    def sends(self, kind: str, caption: str = "") -> Phone:
        return self._does(Unreadable(kind, Words(caption)))

    def blocks(self, blocked: bool = True) -> Phone:
        return self._does(Blocked(blocked))

    def taps(self, *labels: str) -> Phone:
        """Tap buttons one after another, each on the latest message that has it."""
        for label in labels:
            self.taps_data(self.sees(label).button(label).data)
        return self

    def taps_code(self, code: str) -> Phone:
        for digit in code:
            self.taps(digit)
        return self

    def taps_data(self, data: str) -> Phone:
        return self._does(Tapped(data, "query"))

    def sees(self, label: str) -> Shown:
        """The latest message with a button that begins with *label*."""
        for one in reversed(self.shown):
            if any(text.startswith(label) for text in one.labels):
                return one
        raise AssertionError(f"{self.name} has no button {label!r}; last: {self.screen}")

    @property
    def last(self) -> Shown:
        assert self.shown, f"{self.name} got nothing"
        return self.shown[-1]

    @property
    def said(self) -> str:
        return self.last.text

    @property
    def screen(self) -> str:
        return "\n---\n".join(f"{one.text}\n{one.labels}" for one in self.shown[-3:])

    def _does(self, what: What) -> Phone:
        self.toast = self.stage.happens(self, what).toast
        return self


class Stage:
    """One programme: Noordwijk, two groups, two professionals each, on the fixed day."""

    def __init__(self, folder: Path, *, real: bool = False, minimum_age: int = 16, url: str | None = None) -> None:
        self.url = url or f"sqlite:///{folder / 'companion.db'}"
        self.vault = Vault(make_key_file(folder / "keys", bytes(range(64))), _numbered())
        create(self.url, self.vault)
        if not SHELF:
            SHELF.append(installation.content())
        config = Config.model_validate({"telegram": {"real": real, "minimum_age": minimum_age,
            "minimum_age_decided_by": "test, 2026-01-01" if minimum_age < 16 else "",
            "api_url": "http://127.0.0.1:1"}})
        self.world: World = replace(
            installation.world(config, SHELF[0], "companion_sandbox_bot"), random=_numbered(7)
        )
        self.engine: Engine = open_engine(self.url, self.vault)
        self.now = FRIDAY_NOON
        self.phones: dict[int, Phone] = {}
        self._accounts = itertools.count(1001)
        self.inbox: list[str] = []
        self._reads = 0
        with transaction(self.engine) as conn:
            SHELF[0].publish(conn, self.now)
            self._build(conn)

    def _build(self, conn: object) -> None:
        from sqlalchemy import Connection, insert

        assert isinstance(conn, Connection)

        def add(table: object, **values: object) -> int:
            return conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()  # type: ignore

        welfare = add(organisation, key="welzijn", name="Welzijn Voorbeeld")
        town = add(municipality, key="noordwijk", name="Noordwijk")
        x_out = add(location, key="x-out", name="X-Out", place="Noordwijkerhout")
        base = add(location, key="the-base", name="The Base", place="Noordwijk")
        common = {"organisation_id": welfare, "municipality_id": town, "example": True}
        self.older = add(meeting_group, key="18-25", name="Join Us 18-25", location_id=x_out, age_group="18-25", **common)
        self.younger = add(meeting_group, key="12-18", name="Join Us 12-18", location_id=base, age_group="12-18", **common)
        meetings.add_series(conn, self.older, Series(date(2021, 5, 11), time(19), time(22), 2))
        meetings.add_series(conn, self.younger, Series(date(2021, 5, 17), time(19), time(22), 2))
        self.staff = {}
        for name, role in (("Vera", "professional"), ("Tom", "professional"), ("Amira", "professional"), ("Bas", "professional"), ("Noor", "coordinator")):
            self.staff[name] = people.add(conn, name, self.now, {"role": role, "key": name.lower(), "organisation_id": welfare})
        self.staff["Joost"] = people.add(conn, "Joost", self.now, {"role": "admin", "key": "joost"})
        for name, group in (("Vera", self.older), ("Tom", self.older), ("Amira", self.younger), ("Bas", self.younger)):
            conn.execute(insert(group_staff).values(group_id=group, person_id=self.staff[name]))

    def phone(self, name: str, language: str = "nl") -> Phone:
        account = next(self._accounts)
        self.phones[account] = Phone(self, account, name, language)
        return self.phones[account]

    def invitation(self, person_id: int) -> str:
        token = f"token{person_id:017d}"
        with transaction(self.engine) as conn:
            invitations.add(conn, token, person_id, None, self.now, self.now + timedelta(days=7))
        return token

    def staff_begins(self, name: str, code: str = "271828") -> Phone:
        """A staff member opens the invitation and chooses a code."""
        phone = self.phone(name)
        phone.opens(self.invitation(self.staff[name]))
        while not phone.shown[-1].labels or "1" not in phone.last.labels:
            phone.taps(phone.last.labels[0])
        phone.taps_code(code).taps_code(code)
        return phone

    def youth(self, name: str = "Sam", born: str = "2004-03", group: int | None = None, main: str = "Vera", backup: str = "Tom", practice: bool = False, causes: str = "skills") -> int:
        with transaction(self.engine) as conn:
            number = people.add(conn, name, self.now, {"role": "youth", "group_id": group or self.older, "born": born, "causes": causes, "practice": practice})
            people.assign(conn, number, self.staff[main], "main", self.now)
            people.assign(conn, number, self.staff[backup], "backup", self.now)
        return number

    def youth_begins(self, number: int, name: str = "Sam") -> Phone:
        """A youngster opens the invitation and says yes."""
        phone = self.phone(name).opens(self.invitation(number))
        phone.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")
        return phone

    def happens(self, phone: Phone, what: What) -> Done:
        """One update, in a transaction of its own; then everything that may go out goes out."""
        incoming = Incoming(Sender(phone.account, phone.account, Words(phone.name), phone.language), what)
        finding = classify(str(words_of(incoming)))
        with transaction(self.engine) as conn:
            done = routes.handle(conn, self.world, "telegram", incoming, finding, self.now)
        self.inbox.append(done.outcome)
        self.delivers()
        return done

    def passes(self, until: datetime) -> None:
        """Time goes by, due moment by due moment."""
        while True:
            moment = self.next_moment()
            if moment is None or moment > until:
                break
            self.now = max(self.now, moment)
            self.ticks()
        self.now = until
        self.ticks()

    def next_moment(self) -> datetime | None:
        with transaction(self.engine, read_only=True) as conn:
            first = due.next_moment(conn)
            ready = conn.execute(select(outbox_table.c.not_before).where(outbox_table.c.state == "ready")).scalars()
            moments_ = [moment for moment in (first, *ready) if moment is not None and moment > self.now]
        midnight = (self.now.astimezone(AMSTERDAM) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return min([*moments_, midnight])

    def ticks(self) -> None:
        while True:
            with transaction(self.engine) as conn:
                found, _ = moments.next_due(conn, self.world, self.now)
            self.delivers()
            if not found:
                return

    def delivers(self) -> None:
        """Everything in the outbox that may go out at this moment arrives."""
        while True:
            with transaction(self.engine) as conn:
                rows = outbox.claim(conn, self.now, "stage", 50, timedelta(minutes=1))
            if not rows:
                return
            for row in rows:
                self._reads += 1
                phone = self.phones[int(row.address)]
                number = self._arrives(phone, load(row.payload), row.edited_message)
                with transaction(self.engine) as conn:
                    outbox.sent(conn, row.id, number, self.now)

    def _arrives(self, phone: Phone, message: Message, target: int | None) -> int:
        if message.do == "send":
            number = next(_NUMBERS)
            phone.shown.append(Shown(number, message))
            phone.notified.append(plain(message.text))
            return number
        assert target is not None
        shown = next(one for one in phone.shown if one.number == target)
        rows = message.rows if message.do == "edit" else ()
        shown.message = replace(message, rows=rows, protect=shown.message.protect)
        return target

    def one(self, query: object) -> object:
        with transaction(self.engine, read_only=True) as conn:
            return conn.execute(query).one()  # type: ignore

    def close(self) -> None:
        self.engine.dispose()


_NUMBERS = itertools.count(1)


def _numbered(start: int = 1) -> object:
    counter = itertools.count(start)

    def make(size: int) -> bytes:
        return next(counter).to_bytes(8, "big").rjust(size, b"\7")

    return make
