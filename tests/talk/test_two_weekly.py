"""Every two weeks: how are you, and do you feel safe. People answer buttons where a computer misses words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage.schema_flow import due
from tests.talk.care import alerts, levels
from tests.talk.journeys import reads
from tests.talk.stage import Stage


def asked(stage: Stage, **youth: str):
    """A youngster on the day after an evening, when the question is there."""
    sam = stage.youth_begins(**youth)
    stage.passes("2026-12-02 09:00")
    sam.types("Menu")  # who is heard is asked; who is silent is left alone
    stage.passes("2026-12-02 15:59")
    assert "Hoe gaat het met je?" not in sam.ever
    stage.passes("2026-12-02 16:01")
    return sam


def test_it_comes_on_the_day_after_each_evening_at_a_fixed_moment(stage):
    sam = asked(stage)

    assert sam.said.startswith("Er is een vraag voor je.")
    assert sam.said.endswith("Hoe gaat het met je?")


def test_two_taps_are_enough_and_send_nothing(stage):
    sam = asked(stage).taps("Gaat wel", "Ja")

    assert sam.said.startswith("Oké. Dat was alles.")
    assert alerts(stage) == []
    assert "Gaat wel" not in stage.of("Vera").ever


@pytest.mark.parametrize("answer, level", [("Nee", "p1"), ("Weet ik niet", "p2"), ("Ja", "p2")])
def test_not_safe_leads_to_a_person(stage, answer, level):
    sam = asked(stage).taps("Niet zo goed", "Nee")
    assert sam.said.endswith("Ben je nu veilig?")

    sam.taps(answer)

    assert levels(stage) == [level]
    assert "Vera" in sam.said


def test_who_does_not_know_and_is_safe_now_sends_nothing(stage):
    sam = asked(stage).taps("Goed", "Weet ik niet", "Ja")

    assert sam.said.startswith("Oké. Ik stuur niemand een bericht.")
    assert alerts(stage) == []


def test_silence_after_not_safe_counts(stage):
    asked(stage).taps("Goed", "Nee")

    stage.passes(timedelta(minutes=11))

    assert levels(stage) == ["p2"]


def test_what_is_told_is_seen_before_it_is_sent(stage):
    sam = asked(stage).taps("Gaat wel", "Ja", "Iets vertellen").types("het was rustig")
    assert "Hoe het gaat: Gaat wel\nIk wil vertellen: het was rustig" in sam.said

    sam.taps("Aanpassen").types("het was druk").taps("Sturen")
    stage.passes("2026-12-03 10:00")

    assert "Ik wil vertellen: het was druk" in reads(stage.of("Vera"))
    assert "rustig" not in stage.of("Vera").ever


def test_not_sending_sends_nothing(stage):
    asked(stage).taps("Gaat wel", "Ja", "Iets vertellen").types("het was rustig").taps("Niet sturen")
    stage.passes("2026-12-04 10:00")

    assert "rustig" not in stage.of("Vera").ever


def test_under_18_it_comes_after_school(stage):
    kim = stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")
    stage.passes("2026-12-08 07:00")
    kim.types("Menu")
    stage.passes("2026-12-10 20:00")

    moments = stage.reads(
        lambda conn: conn.execute(select(due.c.not_before).where(due.c.kind == "two_weekly")).scalars().all()
    )
    assert moments
    assert all(15 <= moment.astimezone(stage.world.settings.zone).hour < 20 for moment in moments)
    assert "Hoe gaat het met je?" in kim.ever


def test_it_counts_as_unasked(stage):
    sam = stage.youth_begins()
    stage.passes("2027-03-01 12:00")

    assert sam.ever.count("Hoe gaat het met je?") <= 3


def test_the_limits_are_told_again_after_three_months(stage):
    sam = stage.youth_begins()
    stage.passes("2027-02-17 12:00")
    sam.types("Menu")
    assert "Ik zeg dit elke drie maanden opnieuw." not in sam.ever

    stage.passes("2027-02-20 12:00")
    assert sam.said == "Er is een bericht voor je."
    sam.taps("Lees")
    assert "Niemand leest dag en nacht mee." in sam.said
    sam.taps("Begrepen")

    stage.passes("2027-05-19 12:00")
    sam.types("Menu")
    stage.passes("2027-05-25 12:00")
    assert sam.said == "Er is een bericht voor je."
