"""Who is quiet for long: a list that is opened, with thresholds per group. Never an alarm, and nobody is told."""

from __future__ import annotations

from datetime import timedelta

from bot.storage import attendance, meetings, pauses, people
from tests.talk.test_digest_screen import begun, two_groups
from tests.talk.test_overview import opens_overview


def silent(stage, name, days, **more):
    number = begun(stage, name, **more)
    at = stage.now - timedelta(days=days)
    stage.writes(lambda conn: people.change(conn, number, heard_at=at, began_at=at))
    return number


def opens_list(stage):
    return opens_overview(stage.of("Vera")).taps("Wie is lang stil")


def test_who_is_silent_for_three_weeks_stands_in_a_list(stage):
    silent(stage, "Sam", 22)
    silent(stage, "Noor", 20)
    vera = opens_list(stage)

    assert "1. Sam: 22 dagen niets gehoord" in vera.said
    assert "Noor" not in vera.said
    assert "Dat mag. Het is een lijst, geen alarm." in vera.said


def test_missed_evenings_count_by_what_was_noted(stage):
    number = begun(stage, "Sam")
    vera_id = stage.programme.staff["Vera"]

    stage.passes("2026-12-17 12:00")

    def misses(conn):
        group = stage.programme.groups["18-25"]
        for one in meetings.between(conn, group, stage.now - timedelta(days=27), stage.now):
            attendance.note(conn, one.id, {number: "away"}, vera_id, stage.now)
        people.change(conn, number, heard_at=stage.now)

    stage.writes(misses)

    assert "1. Sam: 2 keer niet op de bijeenkomst" in opens_list(stage).said


def test_a_pause_is_no_signal(stage):
    number = silent(stage, "Sam", 40)
    stage.writes(lambda conn: pauses.begin(conn, number, None, stage.now))

    assert "Wie is lang stil" not in opens_overview(stage.of("Vera")).last.labels


def test_each_group_has_its_own_threshold(stage):
    two_groups(stage, 0)
    silent(stage, "Sam", 10)
    silent(stage, "Kim", 30, group="12-18")
    vera = opens_list(stage)
    assert "Sam" not in vera.said
    vera.taps("Vanaf wanneer", "Join Us 18-25")
    assert "na 21 dagen niets horen, of na 2 keer niet op de bijeenkomst" in vera.said
    vera.taps("7 dagen", "3 keer", "Naar overzicht", "Open", "Wie is lang stil")

    assert "1. Kim: 30 dagen niets gehoord" in vera.said
    assert "2. Sam: 10 dagen niets gehoord" in vera.said


def test_a_threshold_can_be_as_usual_again(stage):
    silent(stage, "Sam", 10)
    silent(stage, "Noor", 50)
    vera = opens_list(stage).taps("Vanaf wanneer", "7 dagen", "2 keer", "Toch anders", "Zoals gewoonlijk")
    assert "na 21 dagen niets horen" in vera.said
    vera.taps("Naar overzicht", "Open", "Wie is lang stil")

    assert "Sam" not in vera.said


def test_a_number_in_the_list_opens_the_card(stage):
    silent(stage, "Sam", 22)
    vera = opens_list(stage).taps("1")

    assert vera.said.startswith("Sam is begonnen op")


def test_nothing_goes_out_and_the_youngster_hears_nothing(stage):
    sam = stage.youth_begins()
    stage.passes(timedelta(days=40))
    assert "niets gehoord" not in stage.of("Vera").ever
    vera = opens_list(stage)
    stage.passes(timedelta(days=2))

    assert "Sam" in vera.ever
    for word in ("gemeld", "signaal", "alarm", "niets gehoord", "lang stil"):
        assert word not in sam.ever.lower()
    assert not [kind for kind in stage.alarms if "quiet" in kind]


def test_a_colleague_of_another_group_cannot_change_it(stage):
    silent(stage, "Sam", 22)
    data = opens_list(stage).last.button("Vanaf wanneer").data
    amira = stage.of("Amira").taps_data(data)

    assert amira.toast == "Deze knop werkt hier niet."
