"""When no colleague is there on every day of a holiday: two divide the days, or the coordinator finds somebody."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from bot.programme.cover import Stretch
from bot.storage import holidays, people
from bot.storage.schema_alerts import absence
from tests.talk.alarm import staff_id
from tests.talk.stage import CODE, at
from tests.talk.test_holiday import days_off, plans, running

NEAR = ("maandag 23 nov", "maandag 23 nov", "Een week")
NOBODY = "Geen collega is er alle dagen."


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def away_in_turn(stage):
    """Tom is away at the end of that week, everybody else at its beginning."""
    days_off(stage, "Tom", first="2026-11-26 00:00", last="2026-11-30 09:00")
    days_off(stage, "Amira", "Bas", first="2026-11-23 00:00", last="2026-11-25 09:00")


def readers(stage):
    staff = {number: name for name, number in stage.programme.staff.items()}
    return [(str(one.days.first), str(one.days.last), staff.get(one.reader_id)) for one in running(stage)]


def reads_news(stage):
    noor = stage.of("Noor")
    noor.taps_data(noor.sees("Lees").button("Lees").data)
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)
    return noor


def test_the_days_go_to_two_colleagues_with_one_tap(stage, sam):
    away_in_turn(stage)
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest")
    assert NOBODY in vera.said
    assert "Tom leest maandag 23 november tot en met woensdag 25 november" in vera.said
    assert "Amira leest donderdag 26 november tot en met zondag 29 november" in vera.said
    vera.taps("Zo verdelen", "Klaar")

    assert readers(stage) == [("2026-11-23", "2026-11-25", "Tom"), ("2026-11-26", "2026-11-29", "Amira")]
    for name in ("Tom", "Amira"):
        assert "Jij leest dan voor één jongere." in stage.of(name).ever


def test_youngsters_read_both_names_and_the_day_they_are_back(stage, sam):
    away_in_turn(stage)
    plans(stage, "Vera", *NEAR).taps("Wie leest", "Zo verdelen", "Klaar")
    stage.passes("2026-11-20 18:00")
    for one in [one for one in sam.shown if one.labels[:1] == ["Lees"]]:
        sam.taps_data(one.button("Lees").data)

    assert "Tom leest dan wat je stuurt." in sam.ever
    assert "Amira leest dan wat je stuurt." in sam.ever
    assert "donderdag 26 november is Vera" not in sam.ever
    assert sam.ever.count("maandag 30 november") >= 2


def test_dividing_is_undone_on_the_spot(stage, sam):
    away_in_turn(stage)
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest", "Zo verdelen", "Toch niet")

    assert readers(stage) == [("2026-11-23", "2026-11-29", None)]
    assert NOBODY in vera.said


def test_an_old_screen_does_not_join_what_does_not_follow_any_more(stage, sam):
    away_in_turn(stage)
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest", "Zo verdelen")
    rest = running(stage)[1]
    days = {"first_on": date(2026, 11, 28), "begins_at": at("2026-11-28 00:00")}
    stage.writes(lambda conn: conn.execute(update(absence).where(absence.c.id == rest.id).values(days)))
    before = readers(stage)
    vera.taps("Toch niet")

    assert len(before) == 2
    assert readers(stage) == before


def test_an_old_screen_does_not_join_across_another_holiday(stage, sam):
    away_in_turn(stage)
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest", "Zo verdelen")
    number = staff_id(stage, "Vera")
    between = Stretch(date(2026, 11, 25), date(2026, 11, 26))
    begins, ends = at("2026-11-25 00:00"), at("2026-11-27 00:00")
    stage.writes(lambda conn: holidays.add(conn, number, between, begins, ends, number))
    before = readers(stage)
    vera.taps("Toch niet")

    assert len(before) == 3
    assert readers(stage) == before


def test_nothing_is_cut_off_when_the_rest_cannot_be_planned(stage, sam):
    away_in_turn(stage)
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest")
    number = staff_id(stage, "Vera")
    after = Stretch(date(2026, 11, 29), date(2026, 12, 2))
    begins, ends = at("2026-11-29 00:00"), at("2026-12-03 09:00")
    stage.writes(lambda conn: holidays.add(conn, number, after, begins, ends, number))
    before = readers(stage)
    vera.taps("Zo verdelen")

    assert readers(stage) == before


def test_what_was_shown_is_what_is_done(stage, sam):
    away_in_turn(stage)
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest")
    days_off(stage, "Amira", first="2026-11-27 00:00", last="2026-11-27 23:59")
    vera.taps("Zo verdelen")

    assert readers(stage) == [("2026-11-23", "2026-11-29", None)]
    assert "Bas leest donderdag 26 november" in vera.said


def test_with_one_tap_the_coordinator_is_asked_and_chooses(stage, sam):
    days_off(stage, "Tom", "Amira", "Bas", first="2026-11-23 00:00", last="2026-11-30 09:00")
    vera = plans(stage, "Vera", *NEAR).taps("Wie leest")
    assert "Zo verdelen" not in vera.last.labels
    vera.taps("Vraag de coördinator")
    assert "Noor krijgt bericht in werktijd" in vera.said
    stage.writes(lambda conn: conn.exec_driver_sql("delete from absence where planned = 0"))
    noor = stage.of("Noor")
    wanted = [one for one in noor.shown if one.labels == ["Lees"]][-1]
    noor.taps_data(wanted.button("Lees").data)
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)
    assert "Vera zoekt iemand die leest." in noor.ever
    noor.taps("Wie leest", "Tom", "Klaar")

    assert [one.reads for one in running(stage)] == ["backup"]


def test_the_coordinator_is_not_told_to_ask_the_coordinator(stage, sam):
    days_off(stage, "Tom", "Amira", "Bas", first="2026-11-23 00:00", last="2026-11-30 09:00")
    noor = plans(stage, "Vera", *NEAR, by="Noor").taps("Wie leest")
    assert NOBODY in noor.said
    assert "Vraag de coördinator" not in noor.last.labels
    assert "coördinator" not in noor.said
    noor.taps("Iemand erbij halen")

    assert "Om welke groep gaat het?" in noor.said or "Tik je code." in noor.said


def test_somebody_of_another_team_may_be_chosen(stage, sam):
    days_off(stage, "Tom", first="2026-11-23 00:00", last="2026-11-30 09:00")
    plans(stage, "Vera", *NEAR, by="Noor").taps("Wie leest", "Amira", "Klaar")

    assert readers(stage) == [("2026-11-23", "2026-11-29", "Amira")]


# A holiday that is near


def asked_again(stage):
    vera = stage.of("Vera")
    return sum("Wie leest dan wat één jongere stuurt?" in text for text in vera.texts)


def test_a_near_holiday_is_asked_about_in_the_chat_when_the_screen_stays_open(stage, sam):
    vera = plans(stage, "Vera", "maandag 23 nov", "dinsdag 24 nov", "Een week")
    assert "Het begint al binnen twee weken. Wie leest dan?" in vera.said
    assert asked_again(stage) == 0
    stage.passes("2026-11-20 12:30")

    assert asked_again(stage) == 1


def test_an_answer_on_the_spot_is_not_asked_for_again(stage, sam):
    plans(stage, "Vera", "maandag 23 nov", "dinsdag 24 nov", "Een week").taps("Wie leest", "Tom", "Klaar")
    before = asked_again(stage)
    stage.passes("2026-11-23 18:00")

    assert asked_again(stage) == before


def test_after_working_hours_the_question_comes_before_the_holiday_and_not_at_night(stage, sam):
    stage.passes("2026-11-20 18:00")
    plans(stage, "Vera", "maandag 16 nov", "zaterdag 21 nov", "Een week")
    stage.passes("2026-11-20 18:30")

    assert asked_again(stage) == 1


def test_who_does_not_know_yet_is_asked_on_the_next_working_day(stage, sam):
    plans(stage, "Vera", "maandag 23 nov", "dinsdag 24 nov", "Een week").taps("Wie leest", "Weet ik nog niet")
    stage.passes("2026-11-23 08:59")
    before = asked_again(stage)
    stage.passes("2026-11-23 09:01")

    assert asked_again(stage) == before + 1


def test_taken_back_and_then_planned_again_it_asks_as_well(stage, sam):
    vera = plans(stage, "Vera", "maandag 23 nov", "dinsdag 24 nov", "Een week")
    vera.taps("Toch niet", "Toch wel vakantie")

    assert "Het begint al binnen twee weken. Wie leest dan?" in vera.said


def test_an_absence_noted_today_is_not_divided(stage, sam):
    away_in_turn(stage)
    vera = stage.of("Vera").types("Menu").taps("Afwezig", "Een week")
    assert NOBODY in vera.said

    assert "Zo verdelen" not in vera.last.labels
    assert "Vraag de coördinator" in vera.last.labels
    number = staff_id(stage, "Vera")
    assert len(stage.reads(lambda conn: holidays.noted(conn, number, stage.now))) == 1
    assert stage.reads(lambda conn: people.load(conn, number)).state == "active"
