"""Messages that go out: order, lanes, doubt, and what is never sent."""

import pytest
from sqlalchemy import select, update

from bot.message import Lane, Promise, load
from bot.storage import outbox, outbox_state, sealed
from bot.storage.schema_flow import outbox as table
from bot.storage.schema_people import account
from dialogs.text import plain
from tests.storage.example import LEASE, NOW, claimed_ids, message, row, seconds, somebody


@pytest.fixture
def sam(conn):
    return somebody(conn)[1]


@pytest.fixture
def vera(conn):
    return somebody(conn, "Vera")[1]


class TestAdding:
    def test_what_goes_in_comes_out(self, conn):
        person_id, account_id = somebody(conn)
        row_id = message(
            conn, account_id, text="Tot donderdag in Noordwijk", person_id=person_id, reference="K7-42",
            not_after=NOW + seconds(60),
        )  # fmt: skip

        (going,) = outbox.claim(conn, NOW, "one", 10, LEASE)

        assert (going.id, going.account_id, going.person_id) == (row_id, account_id, person_id)
        assert plain(load(going.payload).text) == "Tot donderdag in Noordwijk"
        assert (going.reference, going.channel) == ("K7-42", "telegram")
        assert (going.lane, going.promise) == (Lane.REPLY, Promise.AT_LEAST_ONCE)
        assert (going.attempts, going.doubted, going.edited_message) == (0, 0, None)
        assert (going.created_at, going.not_after) == (NOW, NOW + seconds(60))

    def test_neither_words_nor_address_are_shown(self, conn, sam):
        message(conn, sam, text="Geheim")

        (going,) = outbox.claim(conn, NOW, "one", 10, LEASE)

        assert "Geheim" not in repr(going)
        assert "address" not in repr(going)
        assert "Geheim" not in repr(outbox.NewRow(1, Lane.REPLY, Promise.RELAY, "Geheim"))

    def test_the_same_key_is_stored_once(self, conn, sam, vera):
        first = message(conn, sam, dedupe_key="briefing 12")

        assert message(conn, sam, dedupe_key="briefing 12") == first
        assert message(conn, vera, dedupe_key="briefing 13") != first
        assert message(conn, sam) != message(conn, sam)
        assert outbox_state.counts(conn) == {"ready": 4}

    def test_a_sent_message_keeps_its_key_so_it_is_not_sent_again(self, conn, sam):
        first = message(conn, sam, dedupe_key="briefing 12")
        claimed_ids(conn)
        outbox.sent(conn, first, 900, NOW)

        assert message(conn, sam, dedupe_key="briefing 12") == first
        assert claimed_ids(conn, NOW + seconds(3600)) == []


class TestOrder:
    def test_one_at_a_time_per_account_oldest_first(self, conn, sam):
        first, second = message(conn, sam), message(conn, sam)

        assert claimed_ids(conn) == [first]
        assert claimed_ids(conn) == []
        outbox.sent(conn, first, 1, NOW)
        assert claimed_ids(conn) == [second]

    def test_accounts_do_not_wait_for_each_other(self, conn, sam, vera):
        rows = [message(conn, sam), message(conn, vera), message(conn, sam)]

        assert claimed_ids(conn) == rows[:2]

    def test_the_most_urgent_lane_goes_first_within_and_across_accounts(self, conn, sam, vera):
        message(conn, sam, Lane.DIGEST)
        alert = message(conn, sam, Lane.ALERT, Promise.ALERT)
        reminder = message(conn, vera, Lane.REMINDER)

        assert claimed_ids(conn) == [alert, reminder]

    def test_no_more_than_asked(self, conn, sam, vera):
        message(conn, sam, Lane.RELAY)
        reply = message(conn, vera, Lane.REPLY)

        assert claimed_ids(conn, limit=1) == [reply]

    def test_a_later_moment_is_waited_for_without_holding_up_the_rest(self, conn, sam):
        nudge = message(conn, sam, not_before=NOW + seconds(60))
        reply = message(conn, sam)

        assert claimed_ids(conn) == [reply]
        outbox.sent(conn, reply, 1, NOW)
        assert claimed_ids(conn, NOW + seconds(59)) == []
        assert claimed_ids(conn, NOW + seconds(60)) == [nudge]

    @pytest.mark.parametrize(
        "lane, held_back",
        [(Lane.ALERT, False), (Lane.REPLY, False), (Lane.RELAY, True), (Lane.REMINDER, True)],
    )
    def test_a_message_that_failed_keeps_its_place_in_its_own_and_lower_lanes(
        self, conn, sam, lane, held_back
    ):
        failed = message(conn, sam, Lane.RELAY)
        claimed_ids(conn)
        outbox.later(conn, failed, NOW + seconds(5), "RetryAfter")
        other = message(conn, sam, lane)

        assert claimed_ids(conn) == ([] if held_back else [other])

    def test_an_older_message_is_not_held_back_by_a_later_one_that_failed(self, conn, sam):
        first = message(conn, sam, not_before=NOW + seconds(1))
        second = message(conn, sam)
        claimed_ids(conn)
        outbox.later(conn, second, NOW + seconds(60), "ConnectError")

        assert claimed_ids(conn, NOW + seconds(1)) == [first]

    def test_an_alert_that_failed_holds_back_replies_but_no_alert(self, conn, sam):
        failed = message(conn, sam, Lane.ALERT, Promise.ALERT)
        claimed_ids(conn)
        outbox.later(conn, failed, NOW + seconds(5), "ConnectError")
        message(conn, sam, Lane.REPLY)
        second = message(conn, sam, Lane.ALERT, Promise.ALERT)

        assert claimed_ids(conn) == [second]

    def test_a_chat_that_must_wait_waits_alone(self, conn, sam, vera):
        patient, other = message(conn, sam), message(conn, vera)
        outbox.chat_waits(conn, sam, NOW + seconds(30))
        outbox.chat_waits(conn, sam, NOW + seconds(10))

        assert claimed_ids(conn) == [other]
        assert claimed_ids(conn, NOW + seconds(29)) == []
        assert claimed_ids(conn, NOW + seconds(30)) == [patient]


class TestNeverSent:
    def test_a_message_past_its_time_is_dropped(self, conn, sam):
        reminder = message(conn, sam, Lane.REMINDER, Promise.WHILE_VALID, not_after=NOW + seconds(10))

        assert claimed_ids(conn, NOW + seconds(11)) == []
        found = row(conn, table, reminder)
        assert (found.state, found.error, found.payload) == ("cancelled", "expired", None)

    def test_up_to_the_last_moment_it_is_sent(self, conn, sam):
        reminder = message(conn, sam, Lane.REMINDER, Promise.WHILE_VALID, not_after=NOW)

        assert claimed_ids(conn) == [reminder]

    def test_a_doubtful_reminder_past_its_time_may_have_arrived(self, conn, sam):
        reminder = message(conn, sam, Lane.REMINDER, Promise.WHILE_VALID, not_after=NOW + seconds(10))
        claimed_ids(conn)
        outbox.unsure(conn, reminder, NOW)

        assert claimed_ids(conn, NOW + seconds(11)) == []
        found = row(conn, table, reminder)
        assert (found.state, found.error, found.payload) == ("uncertain", "expired", None)

    def test_who_blocked_us_gets_nothing_any_more(self, conn, sam, vera):
        first, second, other = message(conn, sam), message(conn, sam), message(conn, vera)
        claimed_ids(conn)

        assert outbox.blocked(conn, sam, NOW) == [first, second]
        late = message(conn, sam)
        outbox.sent(conn, other, 1, NOW)
        assert claimed_ids(conn) == []
        assert [outbox_state.state_of(conn, r) for r in (first, second, late, other)] == [
            "cancelled", "cancelled", "cancelled", "sent",
        ]  # fmt: skip
        assert row(conn, account, sam).state == "blocked"

    def test_a_row_that_was_moved_to_another_place_becomes_a_dead_letter_and_stops_nobody(
        self, conn, sam, vera
    ):
        broken, good = message(conn, sam), message(conn, vera)
        other = conn.execute(select(table.c.payload).where(table.c.id == good)).scalar_one()
        conn.execute(update(table).where(table.c.id == broken).values(payload=other))

        assert claimed_ids(conn) == [good]
        found = row(conn, table, broken)
        assert (found.state, found.error, found.payload) == ("dead", "Tampered", None)

    def test_words_whose_owner_was_erased_are_not_sent(self, conn):
        person_id, account_id = somebody(conn)
        own = message(conn, account_id, person_id=person_id)
        goodbye = message(conn, account_id)
        sealed.shred(conn, person_id)

        claimed_ids(conn)
        assert (outbox_state.state_of(conn, own), row(conn, table, own).error) == ("dead", "Shredded")
        assert claimed_ids(conn) == [goodbye]


class TestEdits:
    @pytest.fixture
    def screen(self, conn, sam):
        return message(conn, sam, promise=Promise.SCREEN)

    @pytest.fixture
    def edit(self, conn, sam, screen):
        return message(conn, sam, Lane.TIDY, Promise.IDEMPOTENT, edits=screen)

    def test_an_edit_waits_for_its_message_and_then_knows_its_number(self, conn, screen, edit):
        assert claimed_ids(conn) == [screen]
        outbox.sent(conn, screen, 4711, NOW)

        (going,) = outbox.claim(conn, NOW, "one", 10, LEASE)
        assert (going.id, going.edited_message) == (edit, 4711)

    def test_an_edit_that_waits_does_not_hold_up_the_rest(self, conn, sam, screen, edit):
        claimed_ids(conn)
        outbox.later(conn, screen, NOW + seconds(5), "ConnectError")
        reply = message(conn, sam, Lane.ALERT, Promise.ALERT)

        assert claimed_ids(conn) == [reply]
        assert outbox_state.state_of(conn, edit) == "ready"

    def test_an_edit_of_a_message_that_never_went_out_is_cancelled(self, conn, screen, edit):
        claimed_ids(conn)
        outbox.dead(conn, screen, "BadRequest", NOW)

        assert claimed_ids(conn) == []
        assert (outbox_state.state_of(conn, edit), row(conn, table, edit).error) == (
            "cancelled",
            "target_gone",
        )

    def test_an_edit_waits_while_its_message_is_doubted_and_is_cancelled_when_that_gives_up(
        self, conn, screen, edit
    ):
        claimed_ids(conn)
        outbox.unsure(conn, screen, NOW)
        assert claimed_ids(conn, NOW + seconds(1)) == []
        assert outbox_state.state_of(conn, edit) == "ready"

        assert claimed_ids(conn, NOW + seconds(2)) == [screen]
        outbox.unsure(conn, screen, NOW + seconds(3))
        assert claimed_ids(conn, NOW + seconds(60)) == []
        assert outbox_state.state_of(conn, edit) == "cancelled"


class TestAfterTheCall:
    def test_sent_keeps_the_number_and_forgets_the_words(self, conn, sam):
        row_id = message(conn, sam)
        claimed_ids(conn)

        assert outbox.sent(conn, row_id, 4711, NOW)
        found = row(conn, table, row_id)
        assert (found.state, found.message_id, found.payload, found.sent_at) == ("sent", 4711, None, NOW)
        assert not outbox.sent(conn, row_id, 4711, NOW)

    def test_an_answer_that_comes_late_ends_the_doubt(self, conn, sam):
        row_id = message(conn, sam)
        claimed_ids(conn)
        outbox.unsure(conn, row_id, NOW)

        assert outbox.sent(conn, row_id, 4711, NOW)
        assert claimed_ids(conn, NOW + seconds(600)) == []

    @pytest.mark.parametrize("promise", [Promise.SCREEN, Promise.WHILE_VALID])
    def test_one_resend_then_it_stays_uncertain(self, conn, sam, promise):
        row_id = message(conn, sam, promise=promise)
        claimed_ids(conn)

        assert outbox.unsure(conn, row_id, NOW) == "resend"
        assert claimed_ids(conn, NOW + seconds(1)) == []
        (again,) = outbox.claim(conn, NOW + seconds(2), "one", 1, LEASE)
        assert (again.id, again.doubted) == (row_id, 1)
        assert outbox.unsure(conn, row_id, NOW + seconds(2)) == "give_up"
        found = row(conn, table, row_id)
        assert (found.state, found.doubted, found.payload) == ("uncertain", 2, None)

    def test_an_uncertain_message_does_not_hold_up_what_follows(self, conn, sam):
        first, second = message(conn, sam, promise=Promise.SCREEN), message(conn, sam)
        for moment in (NOW, NOW + seconds(2)):
            claimed_ids(conn, moment)
            outbox.unsure(conn, first, moment)

        assert claimed_ids(conn, NOW + seconds(2)) == [second]

    def test_a_relay_is_sent_until_somebody_answers_and_keeps_its_place(self, conn, sam):
        first, second = (
            message(conn, sam, Lane.RELAY, Promise.RELAY),
            message(conn, sam, Lane.RELAY, Promise.RELAY),
        )
        moment = NOW
        for _ in range(20):
            assert claimed_ids(conn, moment) == [first]
            assert outbox.unsure(conn, first, moment) == "resend"
            assert claimed_ids(conn, moment) == []
            moment += seconds(300)
        claimed_ids(conn, moment)
        outbox.sent(conn, first, 1, moment)

        assert claimed_ids(conn, moment) == [second]

    def test_an_alert_goes_out_again_at_once(self, conn, sam):
        alert = message(conn, sam, Lane.ALERT, Promise.ALERT)
        claimed_ids(conn)
        outbox.unsure(conn, alert, NOW)

        assert claimed_ids(conn) == [alert]

    def test_a_dead_letter_can_be_sent_again_for_two_weeks(self, conn, sam):
        row_id = message(conn, sam)
        claimed_ids(conn)
        assert outbox.dead(conn, row_id, "BadRequest", NOW)
        assert outbox.purge(conn, NOW + outbox.DEAD_KEPT) == 0
        assert outbox.requeue(conn, row_id, NOW)
        claimed_ids(conn)
        outbox.dead(conn, row_id, "BadRequest", NOW)

        assert outbox.purge(conn, NOW + outbox.DEAD_KEPT + seconds(1)) == 1
        assert not outbox.requeue(conn, row_id, NOW)
        assert row(conn, table, row_id).payload is None

    def test_who_lost_the_lease_decides_nothing(self, conn, sam):
        row_id = message(conn, sam)
        claimed_ids(conn, worker="slow")
        outbox.recover(conn, NOW + LEASE)
        claimed_ids(conn, NOW + LEASE + seconds(2), worker="quick")

        assert outbox.unsure(conn, row_id, NOW, "slow") == "lost"
        assert not outbox.later(conn, row_id, NOW, "ConnectError", "slow")
        assert not outbox.dead(conn, row_id, "BadRequest", NOW, "slow")
        assert row(conn, table, row_id).worker == "quick"

    def test_what_waits_can_be_taken_back_what_is_being_sent_cannot(self, conn, sam):
        waiting = message(conn, sam)
        assert outbox.cancel(conn, waiting, "withdrawn", NOW)
        going = message(conn, sam)
        claimed_ids(conn)

        assert not outbox.cancel(conn, going, "withdrawn", NOW)
        assert outbox_state.counts(conn) == {"cancelled": 1, "sending": 1}


class TestRecovery:
    def test_a_row_left_behind_is_doubtful_after_its_lease(self, conn, sam):
        row_id = message(conn, sam)
        claimed_ids(conn)

        assert outbox.recover(conn, NOW + LEASE - seconds(1)) == {}
        assert outbox.recover(conn, NOW + LEASE) == {row_id: "resend"}
        assert row(conn, table, row_id).doubted == 1

    def test_a_process_that_starts_takes_back_what_it_held_itself(self, conn, sam, vera):
        own, other = message(conn, sam), message(conn, vera)
        claimed_ids(conn, limit=1, worker="one")
        claimed_ids(conn, limit=1, worker="two")

        assert outbox.recover(conn, NOW, "one") == {own: "resend"}
        assert outbox_state.state_of(conn, other) == "sending"

    def test_where_only_one_process_can_run_it_takes_back_everything(self, conn, sam, vera):
        rows = {message(conn, sam): "resend", message(conn, vera): "resend"}
        claimed_ids(conn)

        assert outbox.recover(conn, NOW, everyone=True) == rows
        assert outbox_state.counts(conn) == {"ready": 2}

    def test_a_screen_that_was_lost_twice_gives_up(self, conn, sam):
        row_id = message(conn, sam, promise=Promise.SCREEN)
        claimed_ids(conn)
        outbox.recover(conn, NOW, everyone=True)
        claimed_ids(conn, NOW + seconds(2))

        assert outbox.recover(conn, NOW, everyone=True) == {row_id: "give_up"}


def test_a_newer_edit_makes_those_that_wait_needless_but_never_one_under_way(conn, sam):
    shown = message(conn, sam)
    claimed_ids(conn)
    outbox.sent(conn, shown, 7, NOW)
    first = message(conn, sam, edits=shown)
    (under_way,) = claimed_ids(conn)
    second = message(conn, sam, edits=shown)

    assert outbox.supersede(conn, shown, NOW) == 1
    third = message(conn, sam, edits=shown)

    assert under_way == first
    assert outbox_state.state_of(conn, first) == "sending"
    assert outbox_state.state_of(conn, second) == "cancelled"
    assert outbox_state.state_of(conn, third) == "ready"
