"""Whoever promised to read for a colleague hears so before they take those days off."""

from __future__ import annotations

import pytest

from tests.talk.alarm import staff_id
from tests.talk.stage import CODE
from tests.talk.test_holiday import plans, running


@pytest.fixture
def promised(stage):
    """Tom reads for Vera from Monday 30 November on."""
    stage.youth_begins()
    plans(stage, "Vera", "maandag 30 nov", "maandag 30 nov", "Een week")
    stage.of("Vera").taps("Wie leest", "Tom", "Klaar")
    return stage


def test_a_holiday_on_days_that_were_promised_says_so_first(promised):
    tom = plans(promised, "Tom", "maandag 30 nov", "donderdag 3 dec", "Alleen die dag")

    assert "jij leest dan voor Vera: donderdag 3 december." in tom.said
    assert "Vera krijgt dan opnieuw de vraag wie leest." in tom.said
    assert "De coördinator hoort op welke dagen niemand leest." in tom.said
    assert running(promised, "Tom") == []
    tom.taps("Toch deze dagen")
    assert "Tom is er niet: donderdag 3 december." in tom.said

    promised.passes("2026-11-23 12:00")
    assert running(promised)[0].reads is None
    assert "Je bent er niet: maandag 30 november" in promised.of("Vera").sees("Weet ik nog niet").text
    assert "Er is iets te regelen." in promised.of("Noor").texts


def test_other_days_are_asked_nothing(promised):
    tom = plans(promised, "Tom", "maandag 30 nov", "donderdag 3 dec", "Alleen die dag").taps("Andere dagen")
    tom.taps("maandag 14 dec", "maandag 14 dec", "Alleen die dag")

    assert "Tom is er niet: maandag 14 december." in tom.said


def test_who_is_away_from_now_on_hears_it_too(promised):
    promised.passes("2026-12-01 09:30")
    tom = promised.of("Tom").types("Menu").taps("Afwezig", "Een week")
    assert "jij leest dan voor Vera: dinsdag 1 december tot en met zondag 6 december." in tom.said
    assert "De coördinator hoort op welke dagen niemand leest, en kan iemand kiezen." in tom.said
    tom.taps("Terug")
    assert "Weg vanaf nu?" in tom.said

    tom.taps("Een week", "Toch weg")
    assert "Genoteerd" in tom.said


def test_a_coordinator_who_notes_a_colleague_reads_it_with_the_name(promised):
    noor = plans(promised, "Tom", "maandag 30 nov", "donderdag 3 dec", "Alleen die dag", by="Noor")

    assert "Tom leest dan voor Vera: donderdag 3 december." in noor.said


def test_the_list_of_days_says_that_the_reader_is_away_too(promised):
    plans(promised, "Tom", "maandag 30 nov", "donderdag 3 dec", "Alleen die dag").taps("Toch deze dagen")
    noor = promised.of("Noor").types("Menu").taps("Dagen zonder lezer")

    assert "donderdag 3 december: één jongere" in noor.said
    assert "Tom leest dan. Tom kan niet op donderdag 3 december." in noor.said


def test_the_news_of_such_a_day_is_neutral_and_leads_to_the_days_behind_the_code(promised):
    plans(promised, "Tom", "maandag 30 nov", "donderdag 3 dec", "Alleen die dag").taps("Toch deze dagen")
    promised.passes("2026-11-23 12:00")
    noor = promised.of("Noor")
    assert "Er is iets te regelen." in noor.texts
    noor.taps("Lees")
    assert "donderdag 3 december" not in noor.said
    noor.taps_code(CODE)
    assert "donderdag 3 december: één jongere" in noor.said
    noor.taps("Dagen zonder lezer", "Vera, maandag 30 nov", "Amira", "Klaar")

    assert [one.reader_id for one in running(promised)] == [staff_id(promised, "Amira")]
