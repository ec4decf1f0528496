"""Alarms that wait for the operator, commissioning records, drills, copies, and who can be reached."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.storage import alarms, chats, commissionings, copies, drills, organisations, people
from bot.storage.schema_operation import commissioning
from bot.storage.schema_programme import organisation
from tests.storage.example import NOW, message, somebody

HASHES = {"content_hash": "a" * 64, "care_hash": "b" * 64, "duty_hash": "c" * 64}


def kinds(alarms_found):
    return [one.kind for one in alarms_found]


def found(what: Any) -> Any:
    assert what is not None
    return what


@pytest.fixture
def welfare(conn):
    made = insert(organisation).values(key="welzijn", name="Welzijn Voorbeeld").returning(organisation.c.id)
    return conn.execute(made).scalar_one()


class TestAlarms:
    def test_an_alarm_waits_until_the_command_took_it(self, conn):
        number = alarms.add(conn, "backlog", "", NOW)

        assert kinds(alarms.unrung(conn)) == ["backlog"]
        alarms.rung(conn, [number], NOW)
        assert alarms.unrung(conn) == []

    def test_the_same_alarm_within_an_hour_is_one_that_happened_again(self, conn):
        first = alarms.add(conn, "token", "", NOW)

        assert alarms.add(conn, "token", "", NOW + timedelta(minutes=59)) == first
        assert alarms.add(conn, "token", "", NOW + timedelta(minutes=60)) != first
        assert [one.times for one in alarms.unrung(conn)] == [2, 1]

    def test_another_reference_is_another_alarm(self, conn):
        assert alarms.add(conn, "nobody_reads", "A-1", NOW) != alarms.add(conn, "nobody_reads", "A-2", NOW)

    @pytest.mark.parametrize("kind", sorted(alarms.EACH_TIME))
    def test_what_is_about_a_person_rings_each_time(self, conn, kind):
        first = alarms.add(conn, kind, "A-1", NOW)

        assert alarms.add(conn, kind, "A-1", NOW + timedelta(minutes=15)) != first

    def test_what_the_operator_has_seen_rings_no_more(self, conn):
        alarms.add(conn, "backlog", "", NOW)
        alarms.add(conn, "token", "", NOW)

        assert alarms.count_open(conn) == {"backlog": 1, "token": 1}
        assert alarms.seen(conn, NOW) == 2
        assert alarms.unrung(conn) == []
        assert alarms.count_open(conn) == {}

    def test_mail_is_noted_apart_from_the_telephone(self, conn):
        number = alarms.add(conn, "backlog", "", NOW)
        alarms.mailed(conn, [number], NOW)

        assert alarms.unmailed(conn, NOW - timedelta(days=1)) == []
        assert kinds(alarms.unrung(conn)) == ["backlog"]

    def test_an_old_alarm_is_no_longer_mailed(self, conn):
        alarms.add(conn, "backlog", "", NOW - timedelta(days=2))

        assert alarms.unmailed(conn, NOW - timedelta(days=1)) == []

    def test_after_thirty_days_it_is_forgotten(self, conn):
        alarms.add(conn, "backlog", "", NOW - timedelta(days=30, seconds=1))
        alarms.add(conn, "backlog", "", NOW - timedelta(days=30))

        assert alarms.purge(conn, NOW) == 1
        assert len(alarms.latest(conn, NOW - timedelta(days=40))) == 1


class TestCommissioning:
    def test_a_record_is_read_back_and_names_are_sealed(self, conn):
        number = commissionings.add(conn, {"by": "Noor Jansen"}, HASHES, 16, NOW)

        last = found(commissionings.latest(conn))
        assert (last.id, last.at, last.minimum_age, last.withdrawn_at) == (number, NOW, 16, None)
        assert last.record == {"by": "Noor Jansen"}
        assert b"Noor" not in conn.execute(select(commissioning.c.record)).scalar_one()

    def test_the_latest_record_counts(self, conn):
        commissionings.add(conn, {"by": "Noor"}, HASHES, 16, NOW)
        second = commissionings.add(conn, {"by": "Joost"}, HASHES, 16, NOW)

        assert found(commissionings.latest(conn)).id == second

    def test_it_is_withdrawn_once_by_somebody(self, conn):
        number = commissionings.add(conn, {}, HASHES, 16, NOW)

        assert commissionings.withdraw(conn, number, "Noor Jansen", NOW)
        assert not commissionings.withdraw(conn, number, "Noor Jansen", NOW)
        assert found(commissionings.latest(conn)).withdrawn_at == NOW
        assert b"Noor" not in conn.execute(select(commissioning.c.withdrawal)).scalar_one()

    def test_without_a_record_there_is_none(self, conn):
        assert commissionings.latest(conn) is None


class TestDrills:
    def test_a_drill_runs_until_it_ends_and_its_course_is_kept(self, conn, welfare):
        vera = people.add(conn, "Vera", NOW, {"role": "professional"})
        number = drills.add(conn, welfare, 7, NOW)
        assert found(drills.running(conn, welfare)).id == number
        assert drills.latest(conn, welfare) is None

        course = [(NOW.isoformat(), "sent", vera)]
        drills.end(conn, number, "acknowledged", course, NOW + timedelta(minutes=2), (vera, NOW))

        assert drills.running(conn, welfare) is None
        last = found(drills.latest_acknowledged(conn, welfare))
        assert (last.id, last.acknowledged_by, last.timeline) == (number, vera, tuple(course))

    def test_one_that_nobody_acknowledged_does_not_count_as_good(self, conn, welfare):
        drills.end(conn, drills.add(conn, welfare, 7, NOW), "nobody", [], NOW)

        assert found(drills.latest(conn, welfare)).outcome == "nobody"
        assert drills.latest_acknowledged(conn, welfare) is None


def test_the_last_copy_is_remembered(conn):
    assert copies.last(conn) is None
    copies.note(conn, NOW)
    copies.note(conn, NOW + timedelta(days=1))

    assert copies.last(conn) == NOW + timedelta(days=1)


def test_organisations_have_a_number_a_key_and_a_name(conn, welfare):
    assert organisations.every(conn) == [(welfare, "welzijn", "Welzijn Voorbeeld")]


class TestChats:
    def test_who_blocked_the_bot_or_never_came_cannot_be_reached(self, conn):
        sam, account = somebody(conn)
        kim = people.add(conn, "Kim", NOW, {"role": "youth"})

        assert chats.can_be_reached(conn, sam)
        assert not chats.can_be_reached(conn, kim)
        people.set_account_state(conn, account, "blocked")
        assert not chats.can_be_reached(conn, sam)

    def test_everybody_who_takes_part_is_found_once(self, conn):
        sam, _ = somebody(conn)
        kim, _ = somebody(conn, "Kim")
        people.change(conn, sam, state="active")
        people.change(conn, kim, state="refused")

        assert chats.active_people(conn) == [sam]

    def test_the_chats_of_a_role(self, conn):
        sam, account = somebody(conn)

        assert chats.addresses_of(conn, "youth") == [people.address(conn, account)]
        assert chats.addresses_of(conn, "professional") == []
        assert sam

    def test_a_message_with_a_key_was_put(self, conn):
        _, account = somebody(conn)
        message(conn, account, dedupe_key="news:1")

        assert chats.was_put(conn, "news:1")
        assert not chats.was_put(conn, "news:2")
