"""Erasing on both databases: every table that refers to a person is emptied in an order the database accepts."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.storage import challenges, consents, due, erasures, guardians, items, journal, ledger, people, sealed
from bot.storage.inbox import receive
from bot.storage.personal import NUMBERS_ONLY, owner_column, rows_of
from bot.storage.schema import metadata
from bot.storage.schema_alerts import alert, alert_step, card_view, emergency_card, halt
from bot.storage.schema_care import care_case, care_moment, sensitive_message
from bot.storage.schema_flow import inbox, outbox
from bot.storage.schema_people import account, person
from bot.storage.schema_talk import item, revision
from tests.storage.example import NOW, message, somebody


def everything(conn, name="Samkanarie"):
    """A youngster with a row in every table that can hold one: youngster, professional, account."""
    sam, account_id = somebody(conn, name)
    vera, _ = somebody(conn, "Vera")
    people.change(conn, vera, role="professional")
    people.assign(conn, sam, vera, "main", NOW)
    values = {"hash": f"h{sam}", "kind": "challenge", "key": "k", "nl": "", "en": "", "origin": "release"}
    conn.execute(insert(revision).values(**values, published_at=NOW))
    given = challenges.give(conn, sam, "k", f"h{sam}", vera, NOW)
    challenges.rate(conn, given, {"een": 4}, NOW)
    attempt = challenges.plan(conn, challenges.load(conn, given), "een", NOW, NOW)
    challenges.note(conn, challenges.load_attempt(conn, attempt), {"happened": "geheim"})
    sent = items.add(conn, sam, "checkin", NOW, "geheim", attempt_id=attempt, recipient_id=vera, state="sent")
    items.answer(conn, items.load(conn, sent), vera, "dank", NOW)
    raised = items.add(conn, sam, "alert", NOW, "geheim", state="handled", handled_at=NOW)
    conn.execute(
        insert(alert).values(
            item_id=raised, youth_id=sam, level="p1", kind="suicide", about="self", explicit=True, quoted=False,
            why="", state="handled", drill=False, raised_at=NOW, began_at=NOW, wakes=0,
        )
    )  # fmt: skip
    conn.execute(insert(alert_step).values(item_id=raised, what="sent", person_id=vera, at=NOW))
    card = {"youth_id": sam, "filled_by": vera, "filled_at": NOW}
    sealed.insert(conn, emergency_card, card, {"contact": "geheim"}, owner=sam)
    conn.execute(
        insert(card_view).values(youth_id=sam, item_id=raised, viewer_id=vera, reason="danger", at=NOW)
    )
    conn.execute(insert(halt).values(youth_id=sam, reason="other", halted_by=vera, halted_at=NOW))
    case = {
        "youth_id": sam, "kind": "suicide", "explicit": True, "quoted": False, "about": "self", "why": "",
        "word": "zelfmoord", "state": "closed", "item_id": raised, "silent": False, "wiped": False,
        "opened_at": NOW,
    }  # fmt: skip
    sealed.insert(conn, care_case, case, {"words": "geheim"}, owner=sam)
    conn.execute(insert(care_moment).values(youth_id=sam, kind="asked", at=NOW))
    row = message(conn, account_id, person_id=sam)
    message(conn, account_id, person_id=sam, edits=row)
    conn.execute(insert(sensitive_message).values(outbox_id=row, person_id=sam, at=NOW))
    consents.add(conn, sam, "keep_answers", True, "h", NOW)
    guardians.add(conn, sam, "123456", "h", vera, NOW)
    journal.add(conn, sam, "joined", NOW)
    due.plan(conn, sam, "nudge", "1", NOW, None, {"attempt": attempt}, NOW)
    due.plan(conn, vera, "something", "1", NOW, None, {"item": sent}, NOW)
    return sam, vera, account_id


def test_nothing_is_left_and_the_professional_stays(conn):
    sam, vera, _ = everything(conn)

    proof = erasures.erase(conn, sam, NOW)

    assert proof.left == {}
    assert people.find(conn, sam) is None
    assert people.load(conn, vera).name == "Vera"
    assert {"item", "alert", "alert_step", "care_case", "emergency_card", "rating"} <= set(proof.erased)
    assert [row.person_id for row in due.claim(conn, NOW, 10)] == []


def test_only_this_youngster_goes(conn):
    sam, _, _ = everything(conn)
    kim, _, _ = everything(conn, "Kimkanarie")
    before = {
        table.name: conn.execute(select(table).where(mine)).all()
        for table, mine in rows_of(conn, kim).items()
    }

    erasures.erase(conn, sam, NOW)

    after = {
        table.name: conn.execute(select(table).where(mine)).all()
        for table, mine in rows_of(conn, kim).items()
    }
    assert before == after


def test_the_account_stays_without_an_owner_so_that_the_last_message_arrives(conn):
    sam, _, account_id = everything(conn)
    erasures.erase(conn, sam, NOW)

    left = conn.execute(select(account).where(account.c.id == account_id)).one()
    assert (left.person_id, left.linked_at) == (None, NOW)
    assert people.forget_strangers(conn, NOW + timedelta(seconds=1)) == 1


def test_updates_set_aside_lose_their_words(conn):
    sam, _, account_id = everything(conn)
    mine = conn.execute(select(account.c.lookup).where(account.c.id == account_id)).scalar_one()
    receive(conn, "telegram", [(1, bytes(mine), "geheim")], NOW)
    conn.execute(inbox.update().values(state="quarantined"))

    erasures.erase(conn, sam, NOW)

    row = conn.execute(select(inbox)).one()
    assert (row.payload, row.account_lookup) == (None, None)


def test_a_message_to_staff_that_names_the_youngster_is_taken_back_another_goes_out(conn):
    sam, vera, _ = everything(conn)
    _, other = somebody(conn, "Tom")
    named = message(conn, other, text="Samkanarie deelde iets", person_id=vera)
    neutral = message(conn, other, text="Er staat iets klaar", person_id=vera)

    erasures.erase(conn, sam, NOW)

    states = {
        row.id: row.state for row in conn.execute(select(outbox).where(outbox.c.id.in_([named, neutral])))
    }
    assert states == {named: "cancelled", neutral: "ready"}


@pytest.mark.parametrize("state", ["open", "sent", "acknowledged"])
def test_an_alert_that_is_not_handled_keeps_the_erasure_waiting(conn, state):
    sam, _, _ = everything(conn)
    assert not erasures.waits_for_alert(conn, sam)
    conn.execute(alert.update().values(state=state))

    assert erasures.waits_for_alert(conn, sam)


def test_a_question_about_safety_that_is_open_keeps_it_waiting_too(conn):
    sam, _, _ = everything(conn)
    conn.execute(care_case.update().values(state="open"))

    assert erasures.waits_for_alert(conn, sam)


def test_what_is_in_the_ledger_is_erased_again_and_nobody_else(conn, tmp_path):
    sam, vera, _ = everything(conn)
    path = tmp_path / "keys.erased"
    ledger.remember(path, erasures.marked(conn, sam), NOW)

    assert len(erasures.replay(conn, ledger.read(path), NOW)) == 1
    assert people.find(conn, sam) is None
    assert people.find(conn, vera) is not None


def test_the_same_number_in_another_database_is_somebody_else(conn, vault, tmp_path):
    sam, _, _ = everything(conn)
    path = tmp_path / "keys.erased"
    ledger.remember(path, ledger.mark(vault, sam, NOW - timedelta(days=400)), NOW)

    assert erasures.replay(conn, ledger.read(path), NOW) == []


def test_every_table_that_refers_to_a_person_is_theirs_or_hangs_on_a_row_that_is():
    """A new table with a youngster in it cannot be forgotten: it has an owner, or a reference to a row with one."""
    about_staff = {
        *("drill", "commissioning", "draft", "publication", "withdrawal", "approval"),
        *("series_exception", "series_change", "summer_stop", "closing", "team_change", "place_change"),
    }
    for table in metadata.sorted_tables:
        refers = any(key.column.table is person for key in table.foreign_keys)
        hangs = any(key.column.table.name in ("item", "challenge", "attempt") for key in table.foreign_keys)
        if refers and table.name not in NUMBERS_ONLY | about_staff:
            assert owner_column(table) is not None or hangs, table.name


def test_words_of_others_stay_readable(conn):
    sam, vera, _ = everything(conn)
    note = items.add(conn, vera, "checkin", NOW, "van iemand anders")
    erasures.erase(conn, sam, NOW)

    assert conn.execute(select(item.c.id)).scalars().all() == [note]
    assert items.load(conn, note).content == "van iemand anders"
