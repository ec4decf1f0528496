"""When the next message goes out: a row whose time has come may still have to wait for its chat."""

from datetime import timedelta

from bot.message import Lane, Promise
from bot.storage import outbox
from bot.storage.outbox_order import next_moment
from tests.storage.example import LEASE, NOW, seconds, somebody, words


def stored(conn, account, **more):
    values = {"account_id": account, "lane": Lane.REPLY, "promise": Promise.SCREEN, "payload": words()}
    return outbox.add(conn, outbox.NewRow(**{**values, **more}), NOW)


def test_nothing_waits(conn):
    assert next_moment(conn, NOW) is None


def test_a_message_whose_time_has_come_goes_now(conn):
    stored(conn, somebody(conn)[1])

    assert next_moment(conn, NOW) == NOW


def test_a_message_of_tomorrow_goes_tomorrow(conn):
    stored(conn, somebody(conn)[1], not_before=NOW + timedelta(days=1))

    assert next_moment(conn, NOW) == NOW + timedelta(days=1)


def test_what_waits_behind_a_doubtful_message_goes_when_that_one_is_tried_again(conn):
    _, account = somebody(conn)
    first = stored(conn, account)
    stored(conn, account, lane=Lane.TIDY)
    outbox.claim(conn, NOW, "worker", 1, LEASE)
    outbox.unsure(conn, first, NOW)

    assert next_moment(conn, NOW) == NOW + seconds(2)


def test_a_chat_that_asked_for_patience_gets_its_message_afterwards(conn):
    _, account = somebody(conn)
    stored(conn, account)
    outbox.chat_waits(conn, account, NOW + seconds(30))

    assert next_moment(conn, NOW) == NOW + seconds(30)


def test_the_message_of_another_chat_does_not_wait_for_that(conn):
    _, patient = somebody(conn)
    stored(conn, patient)
    outbox.chat_waits(conn, patient, NOW + seconds(30))
    stored(conn, somebody(conn, "Noa")[1])

    assert next_moment(conn, NOW) == NOW
