"""A place from the list that is taken back: what was said is corrected, and nothing else is undone."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from bot.rehearsal.programme import OLDER
from bot.storage import admissions, calendars, due, halts, people, waiting
from bot.storage.database import transaction
from bot.storage.schema_course import waiting_place
from tests.talk.journeys import opens_youngsters
from tests.talk.test_phase import in_phase, page
from tests.talk.test_waiting_list import begins, enters, holds, opens_list, phase

PLACE = "Er is een plek voor je in Join Us 18-25."
NOT_ON = "De plek in Join Us 18-25 gaat nu toch niet door."


def gives(stage, name="Pim", what="Meedoen"):
    return opens_list(stage.of("Vera"), name).taps("Geef een plek", what)


def test_a_place_that_is_taken_back_before_it_was_told_is_never_told(stage):
    _, pim = begins(stage, "Pim")
    stage.passes("2026-11-20 23:30")
    gives(stage).taps("Toch niet")
    stage.passes("2026-11-22 20:00")

    assert "Er is een bericht voor je." not in pim.ever
    assert PLACE not in pim.ever


def test_who_was_told_of_a_place_hears_that_it_does_not_go_on(stage):
    _, pim = begins(stage, "Pim")
    vera = gives(stage)
    stage.ticks()
    assert PLACE in pim.taps("Lees").said
    vera.taps("Toch niet")
    stage.ticks()
    pim.taps("Lees")

    assert NOT_ON in pim.said
    assert "Je bent nummer 1." in pim.said


def test_who_had_not_read_it_yet_does_not_read_of_the_place_any_more(stage):
    _, pim = begins(stage, "Pim")
    vera = gives(stage)
    stage.ticks()
    old = pim.last.button("Lees").data
    vera.taps("Toch niet")
    pim.taps_data(old)

    assert PLACE not in pim.ever


def test_a_place_that_is_given_again_is_told_again(stage):
    number, pim = begins(stage, "Pim")
    vera = gives(stage)
    stage.ticks()
    assert PLACE in pim.taps("Lees").said
    vera.taps("Toch niet")
    stage.ticks()
    vera.taps("Geef een plek", "Meedoen")
    stage.ticks()

    assert PLACE in pim.taps("Lees").said
    assert NOT_ON not in pim.ever
    assert phase(stage, number) == "participating"


def test_a_place_that_was_taken_back_on_the_page_of_steps_is_corrected_too(stage):
    number, pim = begins(stage, "Pim")
    gives(stage)
    stage.ticks()
    page(stage, name="Pim").taps("Laatste stap terugdraaien")
    assert phase(stage, number) == "waiting"
    stage.ticks()

    assert NOT_ON in pim.taps("Lees").said


def test_a_place_is_not_taken_back_while_everything_is_halted(stage):
    number, _ = begins(stage, "Pim")
    old = gives(stage).last.button("Toch niet").data
    vera = opens_youngsters(stage.of("Vera"), "Pim").taps("Stilzetten", "Opgenomen")
    vera.taps_data(old)

    assert stage.reads(lambda conn: halts.running(conn, number)) is not None
    assert phase(stage, number) == "halted"
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is None


def test_a_place_is_not_taken_back_after_a_later_step(stage):
    number, _ = begins(stage, "Pim")
    vera = gives(stage)
    old = vera.last.button("Toch niet").data
    page(stage, name="Pim").taps("Volgende stap", "uitstroom", "leeftijd", "Vandaag", "Ja, noteren")
    vera.taps_data(old)

    assert phase(stage, number) == "outflow"
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is None


def test_nobody_comes_back_on_the_list_once_staff_moved_them_on(stage):
    number, pim = begins(stage, "Pim")
    pim.types("Menu").taps("De wachtlijst", "Haal me van de lijst", "Ja, haal me eraf")
    old = pim.last.button("Toch blijven").data
    page(stage, name="Pim").taps("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")
    pim.taps_data(old)

    assert phase(stage, number) == "trial"
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is None


def test_why_somebody_left_the_list_is_kept(stage):
    number, _ = begins(stage, "Pim")
    opens_list(stage.of("Vera"), "Pim").taps("Van de lijst", "Verhuisd")

    assert stage.reads(lambda conn: waiting.last_of_youth(conn, number)).why == "moved_away"


def kinds(stage, number):
    return {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))}


def test_a_place_brings_the_evenings_back_that_waiting_took_away(stage):
    _, number = in_phase(stage, "participating")
    stage.ticks()
    assert "meeting_48h" in kinds(stage, number)
    page(stage).taps("Volgende stap", "wachtlijst", "eigen wens", "Vandaag", "Ja, noteren")
    assert "meeting_48h" not in kinds(stage, number)
    gives(stage, "Sam")
    stage.ticks()

    assert "meeting_48h" in kinds(stage, number)


def test_who_is_taken_off_the_list_is_asked_nothing_any_more(stage):
    _, number = in_phase(stage, "participating")
    stage.ticks()
    page(stage).taps("Volgende stap", "wachtlijst", "eigen wens", "Vandaag", "Ja, noteren")
    assert "two_weekly" in kinds(stage, number)
    vera = opens_list(stage.of("Vera"), "Sam").taps("Van de lijst", "Verhuisd")
    assert "two_weekly" not in kinds(stage, number)
    vera.taps("Toch weer op de lijst")

    assert "two_weekly" in kinds(stage, number)


# Two at once


def while_the_last_place_is_given(stage, group, other):
    """*other* runs while somebody comes into the group, before that is kept."""
    done = threading.Event()

    def runs():
        other()
        done.set()

    worker = threading.Thread(target=runs)
    with transaction(stage.engine) as conn:
        calendars.lock(conn, group)
        worker.start()
        done.wait(timeout=1)
        values = {"role": "youth", "group_id": group, "state": "active"}
        number = people.add(conn, "Ids", stage.now, values)
        admissions.enter(conn, number, group, "participating", None, stage.now.date(), stage.now)
    worker.join(timeout=60)


@pytest.mark.postgres
def test_the_last_place_is_given_once(stage_on_postgres):
    stage = stage_on_postgres
    group = stage.programme.groups[OLDER]
    taken = stage.reads(lambda conn: waiting.room(conn, group).capacity - admissions.free_places(conn, group))
    holds(stage, taken + 1)
    number = enters(stage, "Pim", "waiting")
    vera = opens_list(stage.of("Vera"), "Pim").taps("Geef een plek")

    while_the_last_place_is_given(stage, group, lambda: vera.taps("Meedoen"))

    assert "De groep is vol." in vera.said
    assert phase(stage, number) == "waiting"


@pytest.mark.postgres
def test_a_youngster_stands_once_on_a_list(stage_on_postgres):
    stage = stage_on_postgres
    number = stage.youth("Fien")
    group = stage.programme.groups[OLDER]
    gate = threading.Barrier(2)

    def waits():
        with transaction(stage.engine) as conn:
            waiting.of_youth(conn, number)
            gate.wait()
            waiting.add(conn, number, group, stage.now.date(), stage.now)

    threads = [threading.Thread(target=waits) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    query = select(waiting_place).where(
        waiting_place.c.youth_id == number, waiting_place.c.ended_at.is_(None)
    )
    assert len(stage.reads(lambda conn: conn.execute(query).all())) == 1
