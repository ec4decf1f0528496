"""What somebody has once at a time: one who reads first, one who stands in, one place on a list."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.storage import people
from bot.storage.database import transaction
from bot.storage.schema_people import assignment
from bot.storage.trouble import StorageTrouble
from tests.storage.example import NOW


def somebody(conn, role="youth", name="Sam"):
    return people.add(conn, name, NOW, {"role": role})


def running(conn, youth):
    query = select(assignment.c.kind, func.count()).where(
        assignment.c.youth_id == youth, assignment.c.until.is_(None)
    )
    return dict(conn.execute(query.group_by(assignment.c.kind)).all())


def test_two_workers_who_assign_at_once_leave_one_reader(engine):
    with transaction(engine) as conn:
        youth = somebody(conn)
        vera, tom = (somebody(conn, "professional", name) for name in ("Vera", "Tom"))
    done = threading.Event()

    def assigns():
        with transaction(engine) as conn:
            people.assign(conn, youth, tom, "main", NOW + timedelta(seconds=1))
        done.set()

    worker = threading.Thread(target=assigns)
    with transaction(engine) as conn:
        people.assign(conn, youth, vera, "main", NOW)
        worker.start()
        done.wait(timeout=1)
    worker.join(timeout=60)

    with transaction(engine) as conn:
        assert running(conn, youth) == {"main": 1}
        assert people.looked_after_by(conn, youth) == {"main": tom}


def test_the_database_itself_refuses_a_second_reader(engine):
    with transaction(engine) as conn:
        youth, vera, tom = somebody(conn), somebody(conn, "professional"), somebody(conn, "professional")
        people.assign(conn, youth, vera, "main", NOW)
        people.assign(conn, youth, tom, "backup", NOW)
        people.assign(conn, youth, tom, "main", NOW)
        assert running(conn, youth) == {"main": 1, "backup": 1}
    second = {"youth_id": youth, "professional_id": vera, "kind": "main", "since": NOW}
    with pytest.raises(IntegrityError), transaction(engine) as conn:
        conn.execute(insert(assignment).values(second))


def test_two_turns_that_wait_for_each_other_end_with_one_kept_whole_and_one_to_try_again(engine):
    """A youngster's own turn takes the youngster before the group, a colleague's page the group before them."""
    with transaction(engine) as conn:
        sam, vera = somebody(conn), somebody(conn, "professional", "Vera")
    met = threading.Barrier(2)
    ended: list[str] = []

    def takes(first, second, state):
        try:
            with transaction(engine) as conn:
                people.change(conn, first, state=state)
                if (
                    engine.dialect.name != "sqlite"
                ):  # one writer at a time there: the second waits at its first line
                    met.wait(timeout=30)
                people.change(conn, second, state=state)
        except StorageTrouble as trouble:
            ended.append(trouble.kind)
        else:
            ended.append("kept")

    workers = [
        threading.Thread(target=takes, args=(sam, vera, "active")),
        threading.Thread(target=takes, args=(vera, sam, "paused")),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)

    assert sorted(ended) == (["kept", "kept"] if engine.dialect.name == "sqlite" else ["kept", "locked"])
    with transaction(engine) as conn:
        assert people.load(conn, sam).state == people.load(conn, vera).state
