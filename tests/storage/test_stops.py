"""How many youngsters stand where; practice never counts, and each youngster once."""

from datetime import timedelta

import pytest

from bot.storage import challenges, people, revisions, sessions, stops
from bot.storage.sessions import Session
from dialogs.state import State
from tests.storage.example import NOW

KEY = "een-groet-per-dag"
LONG_AGO, SINCE = NOW - timedelta(days=60), NOW - timedelta(days=14)


@pytest.fixture
def vera(conn):
    revisions.add(conn, "a", "challenge", KEY, "nl", "en", "release", NOW)
    return people.add(conn, "Vera", NOW, {"role": "professional"})


def youth(conn, **more):
    return people.add(conn, "Sam", NOW, {"role": "youth", "state": "active", **more})


def given(conn, vera, step=None, state="active", at=LONG_AGO, **more):
    number = challenges.give(conn, youth(conn, **more), KEY, "a", vera, at)
    if state != "given":
        challenges.set_state(conn, number, state, at)
    if step:
        challenges.choose_step(conn, number, step)
    return challenges.load(conn, number)


def looked(conn):
    found = stops.of_challenge(conn, KEY, SINCE)
    return found.began, found.ended, dict(found.stopped)


class TestChallenge:
    def test_who_did_nothing_for_long_stands_at_the_chosen_step(self, conn, vera):
        given(conn, vera, "hoi")
        given(conn, vera, "hoi")
        given(conn, vera, "zin")
        given(conn, vera, "zin", state="done")

        assert looked(conn) == (4, 1, {"hoi": 2, "zin": 1})

    def test_who_moves_stands_nowhere(self, conn, vera):
        given(conn, vera, "hoi", at=NOW)
        one = given(conn, vera, "hoi")
        challenges.plan(conn, one, "hoi", NOW + timedelta(days=1), NOW)

        assert looked(conn) == (2, 0, {})

    def test_who_put_it_aside_stopped_there(self, conn, vera):
        given(conn, vera, "hoi", state="resting", at=NOW)

        assert looked(conn) == (1, 0, {"hoi": 1})

    def test_who_never_chose_or_wanted_another_stopped_before_the_first_step(self, conn, vera):
        given(conn, vera, state="given")
        given(conn, vera, state="declined")

        assert looked(conn) == (2, 0, {"": 2})

    def test_whose_step_was_withdrawn_stands_where_the_last_attempt_was(self, conn, vera):
        one = given(conn, vera, "hoi")
        challenges.plan(conn, one, "hoi", LONG_AGO, LONG_AGO)
        challenges.set_aside(conn, one.id, "hoi", LONG_AGO)
        challenges.choose_step(conn, one.id, None)

        assert looked(conn) == (1, 0, {"hoi": 1})

    def test_practice_and_others_challenges_do_not_count(self, conn, vera):
        given(conn, vera, "hoi", practice=True)

        assert looked(conn) == (0, 0, {})
        assert stops.of_challenge(conn, "iets-anders", SINCE).began == 0

    def test_somebody_who_had_it_twice_counts_once_where_they_are_now(self, conn, vera):
        one = given(conn, vera, "hoi", state="declined")
        again = challenges.give(conn, one.youth_id, KEY, "a", vera, LONG_AGO)
        challenges.set_state(conn, again, "active", LONG_AGO)
        challenges.choose_step(conn, again, "zin")

        assert looked(conn) == (1, 0, {"zin": 1})


class TestDialog:
    def running(self, conn, person, at, status="open", updated=LONG_AGO):
        state = State("prepare", at)
        number = sessions.add(conn, person, "prepare", "a", state, True, updated)
        one = Session(number, person, "prepare", "a", state, status, True, None, updated)
        sessions.save(conn, one, updated)

    def test_where_a_dialog_stands_still(self, conn, vera):
        self.running(conn, youth(conn), "belief")
        self.running(conn, youth(conn), "belief", status="paused")
        self.running(conn, youth(conn), "place", updated=NOW)
        self.running(conn, youth(conn), None, status="ended")
        self.running(conn, youth(conn, practice=True), "belief")
        self.running(conn, vera, "belief")

        found = stops.of_dialog(conn, "prepare", SINCE)

        assert (found.began, found.ended, dict(found.stopped)) == (4, 1, {"belief": 2})

    def test_the_latest_of_each_youngster_counts(self, conn, vera):
        sam = youth(conn)
        self.running(conn, sam, "belief")
        self.running(conn, sam, "place", updated=LONG_AGO + timedelta(days=1))

        assert dict(stops.of_dialog(conn, "prepare", SINCE).stopped) == {"place": 1}
