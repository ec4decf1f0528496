"""The printed table "What we promise", line by line."""

from datetime import timedelta

import pytest

from bot.message import Promise
from bot.outbox_policy import after_doubt, wait_after_doubt

TABLE = {
    Promise.SCREEN: ("resend", "give_up", "give_up"),
    Promise.WHILE_VALID: ("resend", "give_up", "give_up"),
    Promise.AT_LEAST_ONCE: ("resend", "resend", "resend"),
    Promise.RELAY: ("resend", "resend", "resend"),
    Promise.ALERT: ("resend", "resend", "resend"),
    Promise.IDEMPOTENT: ("resend", "resend", "resend"),
}


def test_every_promise_stands_in_the_table():
    assert set(TABLE) == set(Promise)


@pytest.mark.parametrize("promise, verdicts", TABLE.items())
def test_what_happens_after_the_first_second_and_third_unanswered_send(promise, verdicts):
    assert tuple(after_doubt(promise, doubted) for doubted in (1, 2, 3)) == verdicts


@pytest.mark.parametrize("doubted", [0, -1])
def test_without_doubt_there_is_nothing_to_decide(doubted):
    with pytest.raises(ValueError, match="doubtful"):
        after_doubt(Promise.RELAY, doubted)


def test_an_alert_goes_out_again_at_once_and_never_waits_longer_than_ten_seconds():
    waits = [wait_after_doubt(Promise.ALERT, doubted) for doubted in range(1, 100)]

    assert waits[0] == timedelta(0)
    assert max(waits) == timedelta(seconds=10)


def test_anything_else_waits_longer_every_time_up_to_five_minutes():
    waits = [wait_after_doubt(Promise.RELAY, doubted) for doubted in range(1, 100)]

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=2), timedelta(minutes=5))
