"""Several workers at once: nobody gets what another one has, and every chat keeps its order."""

import random
import subprocess
import sys
import textwrap
import threading
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.message import Lane, Promise
from bot.storage import counter, due, inbox, outbox, outbox_state, sealed
from bot.storage.database import open_engine, transaction
from bot.storage.schema_flow import outbox as outbox_table
from bot.storage.trouble import StorageTrouble
from tests.storage.example import LEASE, NOW, message, seconds, somebody

WORKERS = 4


def at_once(work, workers=WORKERS):
    """Run *work* (called with a number) in several threads that start together; every error comes out."""
    gate, errors = threading.Barrier(workers), []

    def run(number):
        gate.wait()
        try:
            work(number)
        except Exception as error:  # noqa: BLE001 - handed to the test below
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def patiently(engine, step):
    """*step* in a transaction. On a busy machine a writer may wait too long: nothing was kept, so again, as the bot."""
    while True:
        try:
            with transaction(engine) as conn:
                return step(conn)
        except StorageTrouble as trouble:
            if trouble.kind != "locked":
                raise


def test_two_workers_race_for_one_row(engine):
    for number in range(20):
        with transaction(engine) as conn:
            inbox.receive(conn, "telegram", [(number, b"sam", "Hoi")], NOW)
        winners: list[tuple[int, int]] = []

        def race(worker, number=number, winners=winners):
            with transaction(engine) as conn:
                winners += [(worker, one.id) for one in inbox.claim(conn, NOW, 1, str(worker), LEASE)]

        at_once(race, 2)
        assert len(winners) == 1
        with transaction(engine) as conn:
            assert inbox.done(conn, winners[0][1], "answered", NOW, str(winners[0][0]))


def test_two_processes_race_for_every_row(engine, url, key_file):
    with transaction(engine) as conn:
        inbox.receive(
            conn, "telegram", [(number, str(number % 7).encode(), "Hoi") for number in range(200)], NOW
        )
    script = textwrap.dedent(
        """
        import os, sys
        from datetime import UTC, datetime, timedelta
        from pathlib import Path
        from bot.keys import load_keys
        from bot.vault import Vault
        from bot.storage import inbox
        from bot.storage.database import open_engine, transaction

        now = datetime(2026, 11, 20, 12, tzinfo=UTC)
        worker = sys.argv[3]
        engine = open_engine(sys.argv[1], Vault(load_keys(Path(sys.argv[2])), os.urandom))
        print("ready", flush=True)
        sys.stdin.readline()
        while True:
            with transaction(engine) as conn:
                rows = inbox.claim(conn, now, 3, worker, timedelta(seconds=30))
                left = inbox.counts(conn).get("waiting", 0)
            for row in rows:
                with transaction(engine) as conn:
                    assert inbox.done(conn, row.id, "answered", now, worker)
                print(row.update_id)
            if not left:
                break
        engine.dispose()
        """
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, url, str(key_file), worker],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for worker in ("one", "two")
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    handled = [int(line) for process in processes for line in process.communicate()[0].split()]

    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(handled) == list(range(200))


def test_two_thousand_racing_claims(engine):
    with transaction(engine) as conn:
        inbox.receive(conn, "telegram", [(number, None, "Hoi") for number in range(2000)], NOW)
    claimed: list[int] = []

    def claims(conn, worker):
        rows = inbox.claim(conn, NOW, 5, str(worker), LEASE)
        for row in rows:
            assert inbox.done(conn, row.id, "answered", NOW, str(worker))
        return rows

    def work(worker):
        while True:
            rows = patiently(engine, lambda conn: claims(conn, worker))
            claimed.extend(row.update_id for row in rows)
            if not rows:
                return

    at_once(work)
    assert sorted(claimed) == list(range(2000))


def test_every_chat_keeps_its_order_with_several_senders(engine):
    chance = random.Random(1)
    with transaction(engine) as conn:
        accounts = [somebody(conn)[1] for _ in range(8)]
        rows = [message(conn, chance.choice(accounts), Lane.RELAY, Promise.RELAY) for _ in range(200)]
    order, guard = defaultdict(list), threading.Lock()
    in_flight: set[int] = set()
    overlaps: list[int] = []
    moment = [NOW]

    def work(worker):
        own = random.Random(worker)
        while True:
            going, counts = patiently(
                engine,
                lambda conn: (
                    outbox.claim(conn, moment[0], str(worker), 3, LEASE),
                    outbox_state.counts(conn),
                ),
            )
            open_rows = {"ready", "sending"} & set(counts)
            with guard:
                overlaps.extend(one.account_id for one in going if one.account_id in in_flight)
                in_flight.update(one.account_id for one in going)
            for one in going:
                with guard:
                    in_flight.discard(one.account_id)
                    fails = own.random() < 0.1
                    if not fails:
                        order[one.account_id].append(one.id)
                if fails:
                    later = moment[0] + seconds(1)
                    patiently(
                        engine,
                        lambda conn, one=one, later=later: outbox.later(
                            conn, one.id, later, "ConnectError", str(worker)
                        ),
                    )
                else:
                    patiently(engine, lambda conn, one=one: outbox.sent(conn, one.id, one.id, moment[0]))
            if not going:
                with guard:
                    moment[0] += seconds(1)
            if not open_rows:
                return

    at_once(work)
    assert overlaps == []
    assert sorted(row for sent in order.values() for row in sent) == rows
    assert all(sent == sorted(sent) for sent in order.values())
    with transaction(engine) as conn:
        assert outbox_state.counts(conn) == {"sent": 200}


def test_an_urgent_message_never_overtakes_one_that_is_being_sent(engine):
    for _ in range(30):
        with transaction(engine) as conn:
            account_id = somebody(conn)[1]
            message(conn, account_id, Lane.REPLY)
        claimed: list[int] = []

        def race(worker, account_id=account_id, claimed=claimed):
            with transaction(engine) as conn:
                if worker == 0:
                    message(conn, account_id, Lane.ALERT, Promise.ALERT)
            with transaction(engine) as conn:
                claimed += [one.id for one in outbox.claim(conn, NOW, str(worker), 1, LEASE)]

        at_once(race, 3)
        assert len(claimed) <= 1
        with transaction(engine) as conn:
            conn.execute(outbox_table.update().values(state="sent"))


def test_the_same_key_from_many_turns_is_stored_once(engine):
    with transaction(engine) as conn:
        account_id = somebody(conn)[1]
    ids = []

    def work(worker):
        for number in range(20):
            with transaction(engine) as conn:
                ids.append((number, message(conn, account_id, dedupe_key=f"briefing {number}")))

    at_once(work)
    assert len(set(ids)) == 20
    with transaction(engine) as conn:
        assert outbox_state.counts(conn) == {"ready": 20}


def test_a_due_moment_is_handled_by_one(engine):
    with transaction(engine) as conn:
        person_id, _ = somebody(conn)
        for number in range(100):
            due.plan(
                conn, person_id, "reminder", str(number), NOW + timedelta(seconds=number % 5), None, {}, NOW
            )
    handled: list[int] = []

    def work(worker):
        while True:
            with transaction(engine) as conn:
                found = due.claim(conn, NOW + seconds(9), 4)
                for one in found:
                    assert due.done(conn, one.id, "sent", NOW)
            handled.extend(one.id for one in found)
            with transaction(engine, read_only=True) as conn:
                if due.next_moment(conn) is None:
                    return

    at_once(work)
    assert len(set(handled)) == len(handled) == 100


def test_a_moment_is_planned_by_one(engine):
    with transaction(engine) as conn:
        person_id, _ = somebody(conn)
    planned: list[bool] = []

    def work(worker):
        for number in range(25):
            with transaction(engine) as conn:
                planned.append(due.plan(conn, person_id, "reminder", str(number), NOW, None, {}, NOW))

    at_once(work)
    assert planned.count(True) == 25


def test_no_bump_is_lost(engine):
    def work(worker):
        for _ in range(50):
            with transaction(engine) as conn:
                counter.bump(conn, "content")

    at_once(work)
    with transaction(engine) as conn:
        assert counter.value(conn, "content") == WORKERS * 50


def test_everybody_seals_with_the_same_key_of_a_person(url, vault, engine):
    with transaction(engine) as conn:
        person_id, _ = somebody(conn)
        sealed.shred(conn, person_id)
    blobs = {}

    def work(worker):
        with transaction(engine) as conn:
            blobs[worker] = sealed.seal(conn, outbox_table.c.payload, worker, "Hoi", person_id)

    at_once(work)
    vault.evict(person_id)
    again = open_engine(url, vault)
    with transaction(again) as conn:
        for worker, blob in blobs.items():
            assert sealed.opened(conn, outbox_table.c.payload, worker, blob) == "Hoi"
        assert conn.execute(select(1)).scalar_one() == 1
    again.dispose()


@pytest.mark.parametrize("crowd", [300])
def test_a_claim_of_many_accounts_takes_each_once(engine, crowd):
    with transaction(engine) as conn:
        for _ in range(crowd):
            message(conn, somebody(conn)[1])
    taken: list[int] = []

    def work(worker):
        while True:
            with transaction(engine) as conn:
                going = outbox.claim(conn, NOW, str(worker), 20, LEASE)
                waiting = outbox_state.counts(conn).get("ready", 0)
            taken.extend(one.account_id for one in going)
            if not waiting:
                return

    at_once(work)
    assert len(set(taken)) == len(taken) == crowd
