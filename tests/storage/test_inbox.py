"""Updates that came in: stored once, handled in order, never lost."""

import pytest
from sqlalchemy import func, select, update

from bot.storage import inbox
from bot.storage.schema_flow import inbox as table
from tests.storage.example import LEASE, NOW, row, seconds

SAM, VERA = b"sam", b"vera"


def receive(conn, *updates, source="telegram"):
    return inbox.receive(conn, source, [(number, who, f"update {number}") for number, who in updates], NOW)


def claim(conn, now=NOW, limit=100, worker="one"):
    return inbox.claim(conn, now, limit, worker, LEASE)


def numbers(received):
    return [one.update_id for one in received]


class TestReceiving:
    def test_what_comes_in_is_stored_once(self, conn):
        assert receive(conn, (10, SAM), (11, SAM), (10, SAM)) == 2
        assert receive(conn, (11, SAM), (12, VERA)) == 1
        assert inbox.counts(conn) == {"waiting": 3}

    def test_a_number_below_the_highest_is_new_when_it_was_never_seen(self, conn):
        receive(conn, (900, SAM))

        assert receive(conn, (3, VERA)) == 1

    def test_two_sources_number_on_their_own(self, conn):
        receive(conn, (10, SAM))

        assert receive(conn, (10, SAM), source="web") == 1

    def test_a_handled_update_that_comes_again_is_known(self, conn):
        receive(conn, (10, SAM))
        (first,) = claim(conn)
        inbox.done(conn, first.id, "answered", NOW)

        assert receive(conn, (10, SAM)) == 0

    def test_the_payload_comes_back_and_is_never_shown(self, conn):
        receive(conn, (10, SAM))

        (first,) = claim(conn)
        assert (first.payload, first.account_lookup, first.source) == ("update 10", SAM, "telegram")
        assert "update 10" not in repr(first)
        assert "sam" not in repr(first)


class TestClaiming:
    def test_one_at_a_time_per_account_oldest_first(self, conn):
        receive(conn, (1, SAM), (2, SAM), (3, VERA))

        first = claim(conn)
        assert numbers(first) == [1, 3]
        assert claim(conn) == []
        inbox.done(conn, first[0].id, "answered", NOW)
        assert numbers(claim(conn)) == [2]

    def test_updates_of_nobody_do_not_wait_for_each_other(self, conn):
        receive(conn, (1, None), (2, None), (3, None))

        assert numbers(claim(conn, limit=2)) == [1, 2]
        assert numbers(claim(conn)) == [3]

    def test_an_update_is_claimed_again_after_its_lease(self, conn):
        receive(conn, (1, SAM))
        claim(conn, worker="dead")

        assert claim(conn, NOW + LEASE - seconds(1)) == []
        assert numbers(claim(conn, NOW + LEASE, worker="new")) == [1]

    def test_who_lost_the_lease_cannot_finish(self, conn):
        receive(conn, (1, SAM))
        (slow,) = claim(conn, worker="slow")
        claim(conn, NOW + LEASE, worker="quick")

        assert not inbox.done(conn, slow.id, "answered", NOW, "slow")
        assert not inbox.failed(conn, slow.id, "KeyError", NOW, "slow")
        assert inbox.done(conn, slow.id, "answered", NOW, "quick")
        assert not inbox.done(conn, slow.id, "answered", NOW)

    def test_at_a_start_everything_held_is_free_again(self, conn):
        receive(conn, (1, SAM), (2, VERA))
        claim(conn, limit=1, worker="one")
        claim(conn, limit=1, worker="two")

        assert inbox.recover(conn, "one") == 1
        assert numbers(claim(conn)) == [1]
        assert inbox.recover(conn) == 2
        assert numbers(claim(conn)) == [1, 2]


class TestFailing:
    def test_the_attempts_are_spread_and_the_fifth_is_the_last(self, conn):
        receive(conn, (1, SAM), (2, SAM))
        moment, waits = NOW, []
        while inbox.counts(conn) == {"waiting": 2}:
            (one,) = claim(conn, moment)
            inbox.failed(conn, one.id, "KeyError", moment)
            retry_at = row(conn, table, one.id).not_before
            assert one.update_id not in numbers(claim(conn, retry_at - seconds(0.1), worker="early"))
            inbox.recover(conn)
            waits.append((retry_at - moment).total_seconds())
            moment = retry_at

        assert waits[:-1] == [1, 2, 4, 8]
        assert inbox.counts(conn) == {"waiting": 1, "quarantined": 1}

    def test_a_quarantined_update_keeps_its_words_and_blocks_nobody(self, conn):
        receive(conn, (1, SAM), (2, SAM))
        (one,) = claim(conn)
        inbox.quarantine(conn, one.id, "KeyError", NOW)

        found = row(conn, table, one.id)
        assert (found.outcome, found.payload is not None) == ("KeyError", True)
        assert numbers(claim(conn)) == [2]

    def test_the_operator_can_put_it_back(self, conn):
        receive(conn, (1, SAM))
        (one,) = claim(conn)
        inbox.quarantine(conn, one.id, "KeyError", NOW)

        assert inbox.requeue(conn, one.id, NOW)
        (again,) = claim(conn)
        assert (again.payload, again.attempts) == ("update 1", 0)
        assert not inbox.requeue(conn, one.id, NOW)

    def test_what_was_put_back_waits_for_the_one_being_handled(self, conn):
        receive(conn, (1, SAM), (2, SAM))
        (one,) = claim(conn)
        inbox.quarantine(conn, one.id, "KeyError", NOW)
        (two,) = claim(conn)
        inbox.requeue(conn, one.id, NOW)

        assert claim(conn) == []
        inbox.done(conn, two.id, "answered", NOW)
        assert numbers(claim(conn)) == [1]

    def test_a_payload_that_was_moved_goes_to_quarantine_and_stops_nobody(self, conn):
        receive(conn, (1, SAM), (2, VERA))
        foreign = conn.execute(select(table.c.payload).where(table.c.update_id == 2)).scalar_one()
        conn.execute(update(table).where(table.c.update_id == 1).values(payload=foreign))

        assert numbers(claim(conn)) == [2]
        assert inbox.counts(conn) == {"waiting": 1, "quarantined": 1}


class TestForgetting:
    def test_done_forgets_the_words_at_once_and_the_number_after_two_weeks(self, conn):
        receive(conn, (1, SAM))
        (one,) = claim(conn)
        inbox.done(conn, one.id, "answered", NOW)

        assert row(conn, table, one.id).payload is None
        assert inbox.purge(conn, NOW + inbox.KEPT) == 0
        assert inbox.purge(conn, NOW + inbox.KEPT + seconds(1)) == 1
        assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 0

    def test_what_waits_or_is_quarantined_is_never_purged(self, conn):
        receive(conn, (1, SAM), (2, VERA))
        (one, _) = claim(conn)
        inbox.quarantine(conn, one.id, "KeyError", NOW)

        assert inbox.purge(conn, NOW + 10 * inbox.KEPT) == 0


@pytest.mark.parametrize("text", ["", "🙂", "a" * 100_000, "\x00"])
def test_any_text_is_a_payload(conn, text):
    inbox.receive(conn, "telegram", [(1, SAM, text)], NOW)

    assert claim(conn)[0].payload == text
