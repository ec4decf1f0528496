"""The dialog of somebody unknown: one for each chat, gone with its address after a day or when a link is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.storage import sealed
from bot.storage.schema_course import stranger_talk
from dialogs import state as states
from dialogs.state import State


@dataclass(frozen=True, slots=True)
class StrangerTalk:
    """*message_id* is the outbox row that shows the open question."""

    id: int
    account_id: int
    script: str
    state: State
    message_id: int | None


def begin(conn: Connection, account_id: int, state: State, now: datetime) -> StrangerTalk:
    """A dialog that was just started; an earlier one of this chat is over, and its buttons are old."""
    end(conn, account_id)
    values = {"account_id": account_id, "script": state.script, "updated_at": now}
    number = sealed.insert(conn, stranger_talk, values, {"state": states.dump(state)})
    return StrangerTalk(number, account_id, state.script, state, None)


def of(conn: Connection, account_id: int) -> StrangerTalk | None:
    """The dialog that runs in a chat."""
    row = conn.execute(select(stranger_talk).where(stranger_talk.c.account_id == account_id)).one_or_none()
    if row is None:
        return None
    state = states.load(sealed.opened(conn, stranger_talk.c.state, row.id, row.state))
    return StrangerTalk(row.id, row.account_id, row.script, state, row.message_id)


def save(conn: Connection, one: StrangerTalk, now: datetime) -> None:
    """Write *one* back; a dialog that ended leaves nothing."""
    if one.state.at is None:
        end(conn, one.account_id)
        return
    conn.execute(
        update(stranger_talk)
        .where(stranger_talk.c.id == one.id)
        .values(message_id=one.message_id, updated_at=now)
    )
    sealed.update_sealed(conn, stranger_talk, one.id, {"state": states.dump(one.state)})


def end(conn: Connection, account_id: int) -> None:
    """Nothing of it stays."""
    conn.execute(delete(stranger_talk).where(stranger_talk.c.account_id == account_id))


def purge(conn: Connection, before: datetime) -> int:
    """Forget what nobody touched since *before*; how many."""
    return conn.execute(delete(stranger_talk).where(stranger_talk.c.updated_at < before)).rowcount
