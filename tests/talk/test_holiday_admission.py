"""With both professionals away and nobody standing in nobody new comes in: refused with the way out, by every door."""

from __future__ import annotations

from tests.talk import test_first_talk as talk
from tests.talk import test_growing_up as grown
from tests.talk import test_phase as page
from tests.talk import test_waiting_list as listed
from tests.talk.stage import at
from tests.talk.test_holiday import days_off, plans

ALONE = "Op deze dagen leest nog niemand: donderdag 26 november."


def both_away(stage, *names):
    days_off(stage, *(names or ("Vera", "Tom")), first="2026-11-26 00:00", last="2026-11-27 08:00")


def test_a_step_into_the_group(stage):
    _, number = page.in_phase(stage, "waiting")
    both_away(stage)
    vera = page.page(stage).taps("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")

    assert ALONE in vera.said
    assert "Menu, Afwezig" in vera.said
    assert page.phase(stage, number) == "waiting"


def test_a_step_out_of_the_group_is_always_possible(stage):
    _, number = page.in_phase(stage, "participating")
    both_away(stage)
    page.leaves(stage)

    assert page.phase(stage, number) == "left"


def test_a_place_from_the_waiting_list(stage):
    number = listed.enters(stage, "Pim", "waiting")
    both_away(stage)
    vera = listed.opens_list(stage.of("Vera"), "Pim").taps("Geef een plek", "Meedoen")

    assert ALONE in vera.said
    assert page.phase(stage, number) == "waiting"


def test_after_the_first_talk_the_waiting_list_is_the_way_out(stage):
    number = talk.known(stage)
    both_away(stage)
    vera = talk.talks(stage).taps("Oefenavond")
    assert ALONE in vera.said
    assert page.phase(stage, number) == "screening"

    vera.taps("Wachtlijst")
    assert page.phase(stage, number) == "waiting"


def test_going_to_another_group_looks_at_the_days_there(stage):
    kim = stage.youth_begins("Kim", born="2008-12", **grown.YOUNG)
    days_off(stage, "Vera", "Tom", first="2027-01-07 00:00", last="2027-01-08 08:00")
    stage.passes("2026-11-23 12:00")
    grown.reads_step(stage.of("Amira"))
    stage.of("Amira").taps("Join Us 18-25")

    assert "Op deze dagen leest in die groep nog niemand: donderdag 7 januari." in stage.of("Amira").ever
    assert "Op maandag 4 januari ga je" not in kim.ever


def test_a_tester_comes_in_all_the_same(stage):
    _, number = page.in_phase(stage, "waiting", practice=True)
    both_away(stage)
    page.page(stage).taps("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")

    assert page.phase(stage, number) == "trial"


def test_days_after_the_next_two_weeks_keep_nobody_out(stage):
    _, number = page.in_phase(stage, "waiting")
    days_off(stage, "Vera", "Tom", first="2026-12-14 00:00", last="2026-12-15 08:00")
    page.page(stage).taps("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")

    assert page.phase(stage, number) == "trial"


def test_when_somebody_stands_in_it_is_possible(stage):
    _, number = page.in_phase(stage, "waiting")
    plans(stage, "Tom", "maandag 23 nov", "dinsdag 24 nov", "Een week")
    plans(stage, "Vera", "maandag 23 nov", "dinsdag 24 nov", "Een week")
    stage.of("Vera").taps("Wie leest", "Amira", "Klaar")
    page.page(stage).taps("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")

    assert page.phase(stage, number) == "trial"
    assert stage.now < at("2026-11-20 13:00")
