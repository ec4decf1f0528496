"""Everything that arrived on a phone while its owner did nothing, with what stood in the database at that moment.

The facts are read with plain SQL, so that what is checked does not come from the code that is checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from bot.conversation.routes import Done
from bot.incoming import What
from bot.message import Lane
from bot.rehearsal.delivery import Arrival
from bot.rehearsal.phone import Phone
from bot.rehearsal.stage import Stage
from bot.storage import due

OWED = frozenset({Lane.REPLY, Lane.TIDY})


@dataclass(frozen=True, slots=True)
class Facts:
    """A person as recorded. *halted*, *pausing*, *leaving*: whether that runs; *chose*: moments of their own."""

    role: str
    state: str
    group: int | None
    phase: str | None
    halted: bool
    pausing: bool
    leaving: bool
    chose: bool
    moves_on: str | None
    """The day from which another group counts, when that is planned."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. *kind*: of the due moment, else the lane. *evening*: group and original date of it."""

    at: datetime
    who: str
    person: int | None
    kind: str
    occurrence: str
    evening: tuple[int, str] | None
    facts: Facts | None
    line: str
    silent: bool


class LedgerStage(Stage):
    """A stage that writes down what nobody asked for. *before* runs what was to happen before a moment."""

    ledger: list[Entry]
    before: Callable[[datetime], None] | None = None
    acting: int | None = None
    owners: dict[int, int]
    """Whose phone is whose, by number of the account."""
    open: Connection | None = None

    def happens(self, phone: Phone, what: What) -> Done:
        """What was due before somebody taps comes before it: a sitting holds nothing up."""
        self.catches_up()
        self.acting = phone.account
        try:
            return super().happens(phone, what)
        finally:
            self.acting = None

    def catches_up(self) -> None:
        """Let what is due until now happen."""
        if self.before is not None:
            self.before(self.now)
        waits = self.reads(due.next_moment)
        if waits is not None and waits <= self.now:
            self.ticks()

    def arrives(self, arrival: Arrival) -> int:
        number = super().arrives(arrival)
        if arrival.message.do == "send" and (arrival.address != self.acting or arrival.lane not in OWED):
            conn = self.open
            if conn is None:
                raise RuntimeError("something arrives, and nothing is being delivered")
            self.ledger.append(self._entry(conn, arrival))
        return number

    def _delivers(self, conn: Connection) -> None:
        """What was decided in the same transaction counts already."""
        self.open = conn
        try:
            super()._delivers(conn)
        finally:
            self.open = None

    def _entry(self, conn: Connection, arrival: Arrival) -> Entry:
        phone = self.phones[arrival.address]
        shown = phone.shown[-1].text.splitlines()
        line = shown[0] if shown else ""
        key = arrival.dedupe_key or ""
        kind, occurrence, evening = arrival.lane.name.lower(), key, None
        number = self.owners.get(phone.account)
        if key.startswith("due:"):
            row = conn.execute(
                text("SELECT kind, occurrence, subject, person_id FROM due WHERE id = :id"),
                {"id": key.removeprefix("due:")},
            ).one_or_none()
            if row is not None:
                kind, occurrence, number = row.kind, row.occurrence, row.person_id
                evening = evening_of(conn, json.loads(row.subject))
        facts = facts_of(conn, number, self.now) if number is not None else None
        if kind == "two_weekly" and facts is not None and facts.group is not None:
            # By the calendar: also after an evening that never got a row.
            evening = facts.group, occurrence
        return Entry(
            self.now, phone.name, number, kind, occurrence, evening, facts, line, arrival.message.silent
        )


def evening_of(conn: Connection, subject: dict[str, int]) -> tuple[int, str] | None:
    """The evening a due moment is about: group and original date."""
    if "meeting" in subject:
        query = "SELECT group_id, local_date FROM meeting WHERE id = :id"
        row = conn.execute(text(query), {"id": subject["meeting"]}).one()
    elif "change" in subject:
        query = "SELECT group_id, local_date FROM series_exception WHERE id = :id"
        row = conn.execute(text(query), {"id": subject["change"]}).one()
    elif "stop" in subject:
        query = "SELECT group_id, since AS local_date FROM summer_stop WHERE id = :id"
        row = conn.execute(text(query), {"id": subject["stop"]}).one()
    else:
        return None
    return row.group_id, row.local_date


_FACTS = text(
    """
    SELECT p.role, p.state, p.group_id,
      (SELECT m.phase FROM phase_move m WHERE m.youth_id = p.id AND m.undone_at IS NULL
       ORDER BY m.id DESC LIMIT 1) AS phase,
      EXISTS (SELECT 1 FROM halt h WHERE h.youth_id = p.id AND h.lifted_at IS NULL) AS halted,
      EXISTS (SELECT 1 FROM pause w WHERE w.youth_id = p.id AND w.ended_at IS NULL
              AND (w.until IS NULL OR w.until > :now)) AS pausing,
      EXISTS (SELECT 1 FROM erasure e WHERE e.person_id = p.id AND e.state = 'asked') AS leaving,
      EXISTS (SELECT 1 FROM preference f WHERE f.youth_id = p.id AND f.until IS NULL
              AND f.name LIKE 'moments%') AS chose,
      (SELECT g.moves_on FROM group_move g WHERE g.youth_id = p.id AND g.done_at IS NULL
       AND g.undone_at IS NULL ORDER BY g.id DESC LIMIT 1) AS moves_on
    FROM person p WHERE p.id = :id
    """
)


def facts_of(conn: Connection, number: int, now: datetime) -> Facts | None:
    """A person as recorded; none for who was erased."""
    row = conn.execute(_FACTS, {"id": number, "now": stored(now)}).one_or_none()
    if row is None:
        return None
    return Facts(
        row.role,
        row.state,
        row.group_id,
        row.phase,
        bool(row.halted),
        bool(row.pausing),
        bool(row.leaving),
        bool(row.chose),
        row.moves_on,
    )


def stored(moment: datetime) -> int:
    """A moment as the database holds it: microseconds."""
    return round(moment.timestamp() * 1_000_000)
