"""Somebody is ill: who reads for the days it lasts is asked at once, of whoever notes it. Nothing else changes."""

from __future__ import annotations

from bot.storage import holidays
from tests.talk import alarm
from tests.talk.alarm import staff_id
from tests.talk.stage import CODE
from tests.talk.test_holiday import days_off, plans

WEEK_LATER = "2026-11-27 12:00"


def covers(stage, name="Vera"):
    return stage.reads(lambda conn: holidays.covers(conn, [staff_id(stage, name)], stage.now))


def ill(stage, name="Vera", long="Een week"):
    return stage.of(name).types("Menu").taps("Afwezig", long)


def test_who_is_ill_is_asked_at_once_who_reads_these_days(stage):
    stage.youth_begins()
    vera = ill(stage)

    assert "Je bent er niet: vrijdag 20 november tot en met vrijdag 27 november." in vera.said
    assert "Wie leest dan wat één jongere stuurt?" in vera.said
    assert vera.last.labels[0] == "Tom"
    assert "Weet ik nog niet" in vera.last.labels


def test_a_coordinator_who_notes_it_is_asked(stage):
    stage.youth_begins()
    noor = stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")

    assert "Vera is er niet: vrijdag 20 november tot en met vrijdag 27 november. Wie leest dan" in noor.said
    noor.taps("Amira")
    assert "Amira leest dan." in noor.said
    assert [one.reader_id for one in covers(stage)] == [staff_id(stage, "Amira")]


def test_the_colleague_gets_the_card_and_the_alert_and_loses_them_when_the_other_is_back(stage):
    sam = stage.youth_begins()
    ill(stage).taps("Amira", "Klaar")
    assert str(alarm.would_get(stage, sam).holder.name) == "Amira"
    stage.passes("2026-11-23 09:30")
    amira = stage.of("Amira").taps("Lees").taps_code(CODE)
    assert "Sam is begonnen" in amira.said
    stage.of("Vera").types("Menu").taps("Afwezig", "Weer aanwezig")
    stage.passes("2026-11-23 10:30")

    assert str(alarm.would_get(stage, sam).holder.name) == "Vera"
    assert any("Je leest toch niet voor Vera" in text for text in amira.ever.splitlines())
    assert "Overdracht" not in amira.types("Menu").last.labels


def test_without_an_answer_nothing_changes(stage):
    sam = stage.youth_begins()
    ill(stage).taps("Weet ik nog niet")

    assert covers(stage) == []
    assert str(alarm.would_get(stage, sam).holder.name) == "Tom"


def test_the_question_can_be_answered_later(stage):
    stage.youth_begins()
    vera = ill(stage).taps("Weet ik nog niet")
    vera.types("Menu").taps("Afwezig", "Wie leest", "Tom", "Klaar")

    stage.passes("2026-11-23 09:30")
    assert "Overdracht" in stage.of("Tom").types("Menu").last.labels


def test_it_is_no_holiday_and_youngsters_are_not_told_days(stage):
    sam = stage.youth_begins()
    vera = ill(stage).taps("Tom", "Klaar")
    stage.passes("2026-11-23 20:00")

    assert "Vera is er niet van" not in sam.ever
    assert "Er is geen vakantie gepland." in vera.types("Menu").taps("Afwezig", "Vakantie later").said
    plans(stage, "Vera", "maandag 23 nov", "donderdag 26 nov", "Een week")
    assert "Het begint al binnen twee weken. Wie leest dan?" in vera.said
    assert len(stage.reads(lambda conn: holidays.of_person(conn, staff_id(stage, "Vera"), stage.now))) == 1


def test_who_looks_after_nobody_is_asked_nothing(stage):
    vera = ill(stage)

    assert vera.said.startswith("Genoteerd.")


def test_an_afternoon_after_work_needs_no_reader(stage):
    stage.youth_begins()
    stage.passes("2026-11-20 19:00")

    assert ill(stage, long="Alleen vandaag").said.startswith("Genoteerd.")


def test_with_everybody_away_it_says_so_and_the_coordinator_hears(stage):
    stage.youth_begins()
    days_off(stage, "Tom", "Amira", "Bas", first="2026-11-20 00:00", last=WEEK_LATER)
    vera = ill(stage)

    assert "Geen collega is er alle dagen." in vera.said
    assert "days_unread" in " ".join(stage.alarms)


def test_noted_anew_the_question_is_about_the_new_days_and_who_read_hears_so(stage):
    stage.youth_begins()
    vera = ill(stage).taps("Tom", "Klaar")
    vera.types("Menu").taps("Afwezig", "Twee weken")

    assert "tot en met vrijdag 4 december. Wie leest dan" in vera.said
    assert covers(stage) == []
