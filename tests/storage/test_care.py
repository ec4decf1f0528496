"""Cases of danger: sealed until a person has the words, then gone from here; moments are counted and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.message import Lane, Promise
from bot.storage import care, outbox, people
from bot.storage.database import transaction
from bot.storage.schema_care import care_case

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS = "ik wil dood"


@pytest.fixture
def conn(engine):
    with transaction(engine) as conn:
        yield conn


@pytest.fixture
def sam(conn):
    return people.add(conn, "Sam", NOW, {"role": "youth"})


def test_a_case_keeps_what_was_found_and_what_was_typed(conn, sam):
    values = {
        "kind": "suicide",
        "explicit": True,
        "why": "statement.wants_to_die,context.past",
        "word": "zelfmoord",
    }
    number = care.add(conn, sam, NOW, WORDS, **values)
    care.append(conn, care.load(conn, number), "nu echt")

    case = care.load(conn, number)
    assert case.words == f"{WORDS}\nnu echt"
    assert case.why == ("statement.wants_to_die", "context.past")
    assert (case.kind, case.explicit, case.quoted, case.about, case.state) == (
        "suicide",
        True,
        False,
        "self",
        "open",
    )
    assert care.open_of(conn, sam) == case


def test_the_words_are_sealed_in_the_row(conn, sam):
    care.add(conn, sam, NOW, WORDS)

    assert WORDS.encode() not in conn.execute(select(care_case.c.words)).scalar_one()


def test_a_settled_case_has_no_words_and_is_open_no_more(conn, sam):
    number = care.add(conn, sam, NOW, WORDS)

    care.settle(conn, number, "alerted", NOW, level="p2", reading="now")

    case = care.load(conn, number)
    assert (case.words, case.state, case.level, case.reading) == ("", "alerted", "p2", "now")
    assert care.open_of(conn, sam) is None


def test_what_nobody_answered_is_closed_after_its_time(conn, sam):
    old = care.add(conn, sam, NOW - timedelta(days=2), WORDS)
    new = care.add(conn, sam, NOW, WORDS)

    assert care.close_unanswered(conn, NOW - timedelta(days=1), NOW) == 1
    assert [care.load(conn, number).state for number in (old, new)] == ["closed", "open"]


def test_moments_are_counted_by_kind_and_since(conn, sam):
    care.note(conn, sam, "asked", NOW - timedelta(hours=25))
    care.note(conn, sam, "asked", NOW)
    care.note(conn, sam, "unsure", NOW)

    assert care.noted(conn, sam, "asked", NOW - timedelta(hours=24)) == 1
    assert care.noted(conn, sam, "unsure", NOW - timedelta(days=7)) == 1
    assert care.purge(conn, NOW - timedelta(hours=1)) == 1


def test_whom_somebody_avoids_is_known_for_a_while(conn, sam):
    vera = people.add(conn, "Vera", NOW, {"role": "professional"})
    care.add(conn, sam, NOW, WORDS, about="self", excluded_id=vera)
    assert care.avoided(conn, sam, NOW - timedelta(days=30)) is None

    care.add(conn, sam, NOW, WORDS, about="staff", excluded_id=vera)

    assert care.avoided(conn, sam, NOW - timedelta(days=30)) == vera
    assert care.avoided(conn, sam, NOW) is None


def test_messages_that_can_be_wiped(conn, sam):
    account = people.add_account(conn, "telegram", 7, 7, NOW)
    row = outbox.add(conn, outbox.NewRow(account.id, Lane.REPLY, Promise.SCREEN, "{}"), NOW)
    care.remember_message(conn, sam, row, NOW)
    care.remember_message(conn, sam, row, NOW)

    assert care.messages(conn, sam, NOW - timedelta(hours=48)) == [row]
    assert care.messages(conn, sam, NOW) == []
    care.forget_message(conn, row)
    assert care.messages(conn, sam, NOW - timedelta(hours=48)) == []
