"""When the overview comes: as the professional chose, within working hours, and once after an outage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.talk.journeys import did, has_plan, has_sent
from tests.talk.stage import at
from tests.talk.test_overview import opens_overview

READY, NOTHING = "Je overzicht staat klaar.", "Je overzicht: niets nieuws."


def sets(phone, *labels):
    return phone.types("/instellingen").taps(*labels)


def moves(stage, name="Sam"):
    """Something happens that a digest tells."""
    stage.of(name).types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")


def comes(stage, until):
    """When digests came until a moment, to the hour."""
    vera, found = stage.of("Vera"), []
    while stage.now < at(until):
        before = len(vera.shown)
        stage.passes(min(at(until) - stage.now, timedelta(minutes=30)))
        new = [one.text for one in vera.shown[before:]]
        found += [stage.now.astimezone(stage.world.settings.zone)] * sum(
            one in (READY, NOTHING) for one in new
        )
    return [f"{moment:%a %H}" for moment in found]


def test_it_is_daily_until_something_else_is_chosen(stage):
    vera = sets(stage.of("Vera"))

    assert "Je overzicht komt nu elke werkdag om 09:00." in vera.said
    assert "Een alarm of een vraag wacht daar nooit op." in vera.said


def test_weekly_comes_once_a_week_on_that_day(stage):
    has_plan(stage)
    vera = sets(stage.of("Vera"), "Eén keer per week", "woensdag", "Ander tijdstip", "11:00")
    assert "elke woensdag om 11:00" in vera.said
    vera.taps("Zo is het goed")
    moves(stage)

    assert comes(stage, "2026-11-26 00:00") == ["Wed 11"]
    opens_overview(vera).taps("Sluiten")
    assert comes(stage, "2026-12-03 00:00") == ["Wed 11"]


def test_before_the_meeting_it_comes_while_somebody_works(stage):
    has_plan(stage)
    vera = sets(stage.of("Vera"), "Alleen als ik kijk", "Ook voor de bijeenkomst")
    assert "alleen als je kijkt, en voor de bijeenkomst" in vera.said
    moves(stage)

    found = comes(stage, "2026-12-03 00:00")

    assert found == ["Tue 16"]


def test_only_when_they_look_means_never_by_itself(stage):
    has_sent(stage)
    vera = sets(stage.of("Vera"), "Alleen als ik kijk", "Zo is het goed")

    assert comes(stage, "2026-11-27 00:00") == []
    assert "deelde iets" in opens_overview(vera).said


def test_what_was_chosen_is_taken_back(stage):
    has_plan(stage)
    sets(stage.of("Vera"), "Alleen als ik kijk", "Elke werkdag", "Zo is het goed")
    moves(stage)

    assert comes(stage, "2026-11-24 00:00") == ["Mon 09"]


def test_a_youngster_has_other_settings(stage):
    sam = stage.youth_begins().types("/instellingen")

    assert "overzicht" not in sam.said


def test_when_nothing_is_new_it_is_one_neutral_line(stage):
    has_plan(stage)
    stage.passes("2026-11-23 09:00")
    vera = opens_overview(stage.of("Vera")).taps("Sluiten")
    stage.passes("2026-11-24 09:00")

    assert vera.said == NOTHING
    assert vera.last.labels == []
    assert vera.last.message.silent


def test_without_youngsters_nothing_comes(stage):
    stage.passes("2026-11-27 12:00")

    assert stage.of("Bas").texts.count(READY) + stage.of("Bas").texts.count(NOTHING) == 0


def test_what_nobody_opened_is_not_sent_again_when_nothing_came_to_it(stage):
    has_plan(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    count = vera.texts.count(READY)
    stage.passes("2026-11-25 12:00")

    assert vera.texts.count(READY) == count
    assert NOTHING not in vera.texts


@pytest.mark.parametrize(
    ("back", "expected"),
    [("2026-11-26 13:00", "Thu 13"), ("2026-11-26 20:00", "Fri 09"), ("2026-11-28 12:00", "Mon 09")],
)
def test_after_an_outage_it_comes_once_in_working_hours_and_covers_all_of_it(stage, back, expected):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")
    stage.passes("2026-11-22 20:00")
    vera = stage.of("Vera")
    stage.now = at(back)  # nothing ran since Sunday evening

    found = comes(stage, "2026-11-30 09:30")

    assert found[0] == expected
    assert vera.texts.count(READY) == 1
    opens_overview(vera)
    assert "Stap gedaan: 1 Sam" in vera.said


def test_one_that_follows_an_opened_one_tells_only_what_is_new(stage):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")
    stage.passes("2026-11-23 09:00")
    vera = opens_overview(stage.of("Vera")).taps("Sluiten")
    moves(stage)
    stage.passes("2026-11-24 09:00")

    vera.taps("Open")
    vera = vera.taps_code() if "Tik je code" in vera.said else vera

    assert "1 jongere komt dinsdag 1 december." in vera.said
    assert "Stap gedaan" not in vera.said
