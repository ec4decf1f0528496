"""A fresh installation: Noordwijk, one group, two professionals, and the invitation of one of them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.buttons import token_from
from bot.keys import load_keys, make_key_file
from bot.sandbox.clock import DEFAULT_START
from bot.schedule.series import Series
from bot.storage import invitations, meetings, people
from bot.storage.database import open_engine, transaction
from bot.storage.schema_programme import group_staff, location, meeting_group, municipality, organisation
from bot.storage.upgrade import create
from bot.vault import Vault

DATABASE, KEYS = "companion.db", "companion.keys"


def url_of(folder: Path) -> str:
    """The database of an installation."""
    return f"sqlite:///{folder / DATABASE}"


def vault_of(folder: Path) -> Vault:
    """The keys of an installation."""
    return Vault(load_keys(folder / KEYS), os.urandom)


def install(folder: Path) -> str:
    """Make keys, database and programme in *folder*; what Vera's invitation link carries."""
    vault = Vault(make_key_file(folder / KEYS, os.urandom(64)), os.urandom)
    create(url_of(folder), vault)
    engine = open_engine(url_of(folder), vault)
    try:
        with transaction(engine) as conn:
            return _build(conn, DEFAULT_START.astimezone(UTC))
    finally:
        engine.dispose()


def _build(conn: Connection, now: datetime) -> str:
    def add(table: Table, **values: Any) -> int:
        return int(conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())

    welfare = add(organisation, key="welzijn", name="Welzijn Voorbeeld")
    town = add(municipality, key="noordwijk", name="Noordwijk")
    place = add(location, key="x-out", name="X-Out", place="Noordwijkerhout")
    group = add(
        meeting_group,
        key="18-25",
        name="Join Us 18-25",
        organisation_id=welfare,
        municipality_id=town,
        location_id=place,
        age_group="18-25",
        example=True,
    )
    meetings.add_series(conn, group, Series(date(2021, 5, 11), time(19), time(22), 2))
    staff = {
        name: people.add(
            conn, name, now, {"role": "professional", "key": name.lower(), "organisation_id": welfare}
        )
        for name in ("Vera", "Tom")
    }
    # Without two who have begun Vera invites nobody; Tom does nothing in this journey.
    people.change(conn, staff["Tom"], state="active", began_at=now)
    for number in staff.values():
        conn.execute(insert(group_staff).values(group_id=group, person_id=number))
    token = token_from(os.urandom(16))
    invitations.add(conn, token, staff["Vera"], None, now, now + timedelta(days=7))
    return token
