"""Erasing a person: asked, undone within 48 hours, or done; and the proof of what went.

A youngster's rows go whole. Of a staff member only the number stays, because rows of youngsters refer to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, or_, select, update

from bot.message import Lane
from bot.storage import ledger, phase_tallies, sealed
from bot.storage.items import WAITING
from bot.storage.ledger import Ledger
from bot.storage.people import lookup
from bot.storage.personal import numbers_of, owner_column, rows_of
from bot.storage.proofs import Proof, opened_or_empty, prove
from bot.storage.schema_alerts import absence, alert, duty
from bot.storage.schema_care import care_case, sensitive_message
from bot.storage.schema_content import content_owner
from bot.storage.schema_flow import due, inbox, outbox, person_key, throttle
from bot.storage.schema_people import account, assignment, consent, handle, invitation, person, staff_code
from bot.storage.schema_programme import group_staff
from bot.storage.schema_rights import erasure
from bot.storage.schema_talk import digest, item, session
from bot.vault import Vault
from dialogs import state as states
from dialogs.state import State

UNDO_FOR = timedelta(hours=48)
_WHY = {"term": "term_ended", "closed": "closed", "died": "died"}
_UNFINISHED = ("ready", "sending", "uncertain", "dead")
_STAFF_OWN = (
    session, staff_code, handle, digest, group_staff, duty, absence, due, consent, invitation, sensitive_message,
    outbox, content_owner,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erasure:
    """A wish to be erased. *state*: asked, undone or done."""

    id: int
    person_id: int
    asked_at: datetime
    due_at: datetime
    state: str
    told_at: datetime | None


def ask(conn: Connection, person_id: int, by: str, now: datetime, due_at: datetime) -> int:
    """Note the wish; returns its number."""
    values = {"person_id": person_id, "asked_by": by, "asked_at": now, "due_at": due_at, "state": "asked"}
    return int(conn.execute(insert(erasure).values(values).returning(erasure.c.id)).scalar_one())


def pending(conn: Connection, person_id: int) -> Erasure | None:
    """The wish that still waits."""
    query = select(erasure).where(erasure.c.person_id == person_id, erasure.c.state == "asked")
    row = conn.execute(query.order_by(erasure.c.id.desc())).first()
    return _erasure(row) if row else None


def undo(conn: Connection, one: Erasure, now: datetime) -> None:
    """It is taken back."""
    _close(conn, one.id, state="undone", done_at=now)


def told_waiting(conn: Connection, one: Erasure, now: datetime) -> None:
    """The person heard that it waits until an alert is handled."""
    _close(conn, one.id, told_at=now)


def done(conn: Connection, erasure_id: int, proof: Proof, now: datetime, mark: str | None = None) -> None:
    """It was carried out. *mark*: what the ledger gets once this is committed; none when it stands there already."""
    rows = json.dumps(dict(proof.erased), sort_keys=True)
    _close(conn, erasure_id, state="done", done_at=now, rows=rows, proof=proof.digest, mark=mark)


def why(conn: Connection, erasure_id: int) -> str:
    """The reason of the last move, as ``lifecycle.REASONS`` names it, by who asked for the erasure."""
    by = conn.execute(select(erasure.c.asked_by).where(erasure.c.id == erasure_id)).scalar_one()
    return _WHY.get(by, "own_wish")


def erase(conn: Connection, person_id: int, now: datetime, because: str = "own_wish") -> Proof:
    """Remove everything about a person and destroy their key; what went, and what a search afterwards found.

    *because* is the reason that the numbers of the programme keep, without the person.
    """
    # Nothing that refers to them is written by another worker any more.
    row = conn.execute(select(person).where(person.c.id == person_id).with_for_update()).one()
    name = opened_or_empty(conn, person, "name", row)
    vault = sealed.vault_of(conn)
    accounts = conn.execute(select(account).where(account.c.person_id == person_id)).all()
    lookups = [bytes(one.lookup) for one in accounts]
    erased: dict[str, int] = {}
    rows = rows_of(conn, person_id)
    if row.role == "youth":
        phase_tallies.keep(conn, person_id, because, now.date())
        _forget_elsewhere(conn, person_id, name, rows, erased, now)
        _delete(conn, [table for table in rows if table not in (person, account)], rows, erased)
    else:
        _retire(conn, person_id, erased)
    _forget_updates(conn, accounts, lookups, erased)
    erased["account"] = conn.execute(
        update(account).where(account.c.person_id == person_id).values(person_id=None, linked_at=now)
    ).rowcount
    erased["person_key"] = conn.execute(
        select(func.count()).select_from(person_key).where(person_key.c.person_id == person_id)
    ).scalar_one()
    sealed.shred(conn, person_id)
    if row.role == "youth":
        erased["person"] = conn.execute(delete(person).where(person.c.id == person_id)).rowcount
    else:
        values = {"name": None, "key": None, "state": "erased", "born": None, "digest_at": None}
        erased["person"] = conn.execute(
            update(person).where(person.c.id == person_id).values(values)
        ).rowcount
    vault.evict(person_id)
    return prove(conn, person_id, name, lookups, {key: n for key, n in erased.items() if n}, now)


def waits_for_alert(conn: Connection, person_id: int) -> bool:
    """Whether somebody is still to answer for this person's safety: then nothing is erased yet."""
    open_item = select(item.c.id).where(
        item.c.youth_id == person_id, item.c.kind == "alert", item.c.state.in_(WAITING)
    )
    open_alert = select(alert.c.item_id).where(
        alert.c.youth_id == person_id, alert.c.state != "handled", alert.c.drill.is_(False)
    )
    open_case = select(care_case.c.id).where(care_case.c.youth_id == person_id, care_case.c.state == "open")
    return any(conn.execute(query.limit(1)).first() for query in (open_item, open_alert, open_case))


def looks_after(conn: Connection, person_id: int) -> int:
    """How many youngsters a staff member still looks after."""
    running = (assignment.c.professional_id == person_id, assignment.c.until.is_(None))
    return int(conn.execute(select(func.count()).select_from(assignment).where(*running)).scalar_one())


def words_in_chat(conn: Connection, person_id: int) -> bool:
    """Whether personal words of youngsters still stand in the chat of a staff member; they go within a day."""
    waiting = (due.c.person_id == person_id, due.c.kind == "wipe", due.c.state == "waiting")
    return conn.execute(select(due.c.id).where(*waiting).limit(1)).first() is not None


def replay(conn: Connection, found: Ledger, now: datetime) -> list[Proof]:
    """Erase again whoever stands in the ledger and in this database: it was put back from a copy."""
    if not found.marks:
        return []
    vault = sealed.vault_of(conn)
    again = [
        row.id
        for row in conn.execute(select(person.c.id, person.c.created_at).order_by(person.c.id))
        if ledger.mark(vault, row.id, row.created_at) in found.marks
    ]
    proofs = []
    for person_id in again:
        state = conn.execute(select(person.c.state).where(person.c.id == person_id)).scalar_one()
        if state == "erased":
            continue
        proof = erase(conn, person_id, now)
        done(conn, ask(conn, person_id, "operator", now, now), proof, now)
        proofs.append(proof)
    return proofs


def marked(conn: Connection, person_id: int) -> str:
    """What a person is known by in the ledger."""
    vault: Vault = sealed.vault_of(conn)
    created = conn.execute(select(person.c.created_at).where(person.c.id == person_id)).scalar_one()
    return ledger.mark(vault, person_id, created)


def _delete(
    conn: Connection, tables: list[Table], rows: Mapping[Table, ColumnElement[bool]], erased: dict[str, int]
) -> None:
    if outbox in rows:
        conn.execute(update(outbox).where(rows[outbox]).values(edits=None))
    for table in reversed(tables):
        if table is person_key:
            continue
        erased[table.name] = conn.execute(delete(table).where(rows[table])).rowcount


def _retire(conn: Connection, person_id: int, erased: dict[str, int]) -> None:
    """What is a staff member's own goes; what they did with youngsters stays under their number."""
    conn.execute(update(outbox).where(outbox.c.person_id == person_id).values(edits=None))
    for table in _STAFF_OWN:
        owner = owner_column(table)
        if owner is not None:
            erased[table.name] = conn.execute(delete(table).where(owner == person_id)).rowcount


def _forget_updates(
    conn: Connection, accounts: list[Row[Any]] | Any, lookups: list[bytes], erased: dict[str, int]
) -> None:
    """Finished and quarantined updates lose their words and their sender; one that waits is handled as a stranger's."""
    mine = inbox.c.account_lookup.in_(lookups)
    if lookups:
        done_or_aside = (mine, inbox.c.state.in_(("done", "quarantined")))
        erased["inbox"] = conn.execute(
            update(inbox).where(*done_or_aside).values(payload=None, account_lookup=None)
        ).rowcount
    ids = [one.id for one in accounts]
    if ids:
        conn.execute(update(outbox).where(outbox.c.account_id.in_(ids)).values(edits=None))
        gone = delete(outbox).where(outbox.c.account_id.in_(ids))
        erased["outbox"] = erased.get("outbox", 0) + conn.execute(gone).rowcount
    for one in accounts:
        number = int(sealed.opened(conn, account.c.address, one.id, one.address))
        who = lookup(conn, "link", number)
        erased["throttle"] = conn.execute(delete(throttle).where(throttle.c.who == who)).rowcount


def _forget_elsewhere(
    conn: Connection,
    person_id: int,
    name: str,
    rows: Mapping[Table, ColumnElement[bool]],
    erased: dict[str, int],
    now: datetime,
) -> None:
    """Dialogs, messages, buttons and moments of others that are about this person."""
    known: dict[str, set[int]] = {}

    def is_theirs(subject: Mapping[str, int]) -> bool:
        for key, number in subject.items():
            if key not in known:
                known[key] = numbers_of(conn, rows, key, person_id)
            if number in known[key]:
                return True
        return False

    named = re.compile(rf"\b{re.escape(name)}\b") if name else None
    shown = set()
    others = conn.execute(
        select(session).where(session.c.person_id != person_id, session.c.state.is_not(None))
    )
    for row in others.all():
        text = opened_or_empty(conn, session, "state", row)
        if not text:
            continue
        state = states.load(text)
        if is_theirs(state.subject) or (named and named.search(text)):
            shown.add(row.message_id)
            blank = states.dump(State(state.script, None))
            sealed.update_sealed(conn, session, row.id, {"state": blank}, owner=row.person_id)
            conn.execute(update(session).where(session.c.id == row.id).values(status="ended"))
            erased["session (of staff)"] = erased.get("session (of staff)", 0) + 1
    _forget_messages(conn, person_id, named, shown, erased, now)
    for table in (due,):
        others = conn.execute(select(due).where(due.c.person_id != person_id, due.c.state == "waiting"))
        for row in others.all():
            if row.kind != "wipe" and is_theirs(json.loads(row.subject)):
                conn.execute(delete(table).where(table.c.id == row.id))
                erased["due (of staff)"] = erased.get("due (of staff)", 0) + 1
    for row in conn.execute(select(handle.c.id, handle.c.purpose, handle.c.object_id)).all():
        if is_theirs({row.purpose: row.object_id}):
            conn.execute(delete(handle).where(handle.c.id == row.id))
            erased["handle (of staff)"] = erased.get("handle (of staff)", 0) + 1


def _forget_messages(
    conn: Connection,
    person_id: int,
    named: re.Pattern[str] | None,
    shown: set[int],
    erased: dict[str, int],
    now: datetime,
) -> None:
    """Messages to staff that wait or failed. An alert never goes: one that is open keeps the erasure waiting."""
    kept = or_(outbox.c.person_id.is_(None), outbox.c.person_id != person_id)
    waiting = select(outbox).where(
        kept,
        outbox.c.payload.is_not(None),
        outbox.c.state.in_(_UNFINISHED),
        outbox.c.lane != int(Lane.ALERT),
    )
    for row in conn.execute(waiting).all():
        text = opened_or_empty(conn, outbox, "payload", row)
        if row.id in shown or (named and named.search(text)):
            values: dict[str, Any] = {"payload": None}
            if row.state == "ready":
                values |= {"state": "cancelled", "error": "erased", "sent_at": now}
            conn.execute(update(outbox).where(outbox.c.id == row.id).values(values))
            erased["outbox (to staff)"] = erased.get("outbox (to staff)", 0) + 1


def _close(conn: Connection, erasure_id: int, **values: Any) -> None:
    conn.execute(update(erasure).where(erasure.c.id == erasure_id).values(values))


def _erasure(row: Row[Any]) -> Erasure:
    return Erasure(row.id, row.person_id, row.asked_at, row.due_at, row.state, row.told_at)
