"""Somebody was noted as died by mistake: they come back at once, and a full group does not hold one more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.conversation import growing_up, phase_moves
from bot.conversation.turn import Turn
from bot.programme.lifecycle import Refused
from bot.rehearsal.programme import OLDER
from bot.storage import admissions, due, halts, people, phases, waiting
from bot.storage.schema_course import phase_move
from tests.talk.journeys import opens_youngsters
from tests.talk.test_assisted import takes_part
from tests.talk.test_bad_input import dies
from tests.talk.test_closing import second_group
from tests.talk.test_errands import opens_list
from tests.talk.test_holiday import days_off
from tests.talk.test_phase import in_phase, page
from tests.talk.test_waiting_list import enters, holds


@pytest.fixture
def given_away(stage):
    """Sam took part in a group of three, was noted as died, and the place went to Teun."""
    sam, number = in_phase(stage, "participating")
    holds(stage, 3)
    for name in ("Ids", "Puk"):
        enters(stage, name)
    dies(stage).types("Menu")
    enters(stage, "Teun")
    return sam, number


def lifts(stage):
    return opens_youngsters(stage.of("Vera")).taps("Weer aanzetten", "Weer aanzetten")


def taken(stage):
    return stage.reads(lambda conn: admissions.taken_places(conn, stage.programme.groups[OLDER]))


def phase(stage, number):
    return stage.reads(lambda conn: phases.phase_of(conn, number))


def test_it_is_not_lifted_into_a_full_group_and_the_way_out_is_said(stage, given_away):
    _, number = given_away
    vera = lifts(stage)

    assert "De groep is vol." in vera.said
    assert "Sam kan op de wachtlijst." in vera.said
    assert vera.last.labels == ["Op de wachtlijst", "Toch niet"]
    assert stage.reads(lambda conn: halts.running(conn, number)) is not None
    assert taken(stage) == 3


def test_on_the_waiting_list_nothing_is_lost(stage, given_away):
    sam, number = given_away
    lifts(stage).taps("Op de wachtlijst")

    assert phase(stage, number) == "waiting"
    assert stage.reads(lambda conn: halts.running(conn, number)) is None
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is not None
    assert taken(stage) == 3
    history = [one.phase for one in stage.reads(lambda conn: phases.history(conn, number))]
    assert history == ["participating", "halted", "waiting"]
    planned = {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))}
    assert "died_term" not in planned
    assert not planned & {"meeting_48h", "meeting_3h"}
    sam.types("Menu")
    assert "Dit gesprek staat stil" not in sam.said


def test_in_another_group_they_take_part_from_now_on(stage, given_away):
    sam, number = given_away
    other = second_group(stage)
    vera = lifts(stage)
    name = next(label for label in vera.last.labels if label.startswith("Join Us"))
    vera.taps(name)

    assert f"Sam hoort nu bij {name}." in vera.said
    assert stage.reads(lambda conn: people.load(conn, number)).group_id == other
    assert phase(stage, number) == "participating"
    assert taken(stage) == 3
    sam.taps_data(sam.sees("Lees").button("Lees").data)
    assert f"Je hoort nu bij {name}." in sam.ever


def test_who_says_no_changes_nothing(stage, given_away):
    _, number = given_away
    lifts(stage).taps("Toch niet")

    assert phase(stage, number) == "halted"
    assert stage.reads(lambda conn: halts.running(conn, number)).reason == "died"


def test_with_a_place_by_now_they_are_back_where_they_were(stage, given_away):
    _, number = given_away
    vera = lifts(stage)
    holds(stage, 4)
    vera.taps("Op de wachtlijst")

    assert phase(stage, number) == "participating"


def test_a_halt_for_another_reason_kept_the_place(stage):
    _, number = in_phase(stage, "participating")
    holds(stage, 3)
    for name in ("Ids", "Puk"):
        enters(stage, name)
    opens_youngsters(stage.of("Vera")).taps("Stilzetten", "Opgenomen")
    stage.of("Vera").types("Menu")
    lifts(stage)

    assert phase(stage, number) == "participating"


def test_who_was_there_before_phases_were_recorded_waits_as_well(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    holds(stage, 3)
    for name in ("Ids", "Puk"):
        enters(stage, name)
    dies(stage).types("Menu")
    enters(stage, "Teun")
    lifts(stage).taps("Op de wachtlijst")

    assert phase(stage, number) == "waiting"
    assert taken(stage) == 3


def test_onto_the_list_is_not_turned_back_into_a_halt_that_nobody_can_lift(stage, given_away):
    _, number = given_away
    lifts(stage).taps("Op de wachtlijst")
    holds(stage, 4)
    vera = page(stage)
    assert "Laatste stap terugdraaien" not in vera.last.labels

    def take_back(conn):
        turn = Turn(conn, stage.world, stage.now)
        return phase_moves.take_back(turn, number, stage.programme.staff["Vera"])

    assert stage.writes(take_back) == Refused("nothing")
    assert phase(stage, number) == "waiting"


def test_who_cannot_be_put_on_the_list_stays_halted_and_nothing_else_changes(stage, given_away):
    _, number = given_away
    vera = lifts(stage)
    # The halt was noted by a clock that was a day ahead.
    tomorrow = stage.now.date() + timedelta(days=1)
    stage.writes(
        lambda conn: conn.execute(
            update(phase_move).where(phase_move.c.phase == "halted").values(happened_on=tomorrow)
        )
    )
    vera.taps("Op de wachtlijst")

    assert "Dat kan ik voor jou niet." in vera.said
    assert phase(stage, number) == "halted"
    assert stage.reads(lambda conn: halts.running(conn, number)).reason == "died"


def goes_elsewhere(vera):
    name = next(label for label in vera.last.labels if label.startswith("Join Us"))
    return vera.taps(name)


def test_nobody_goes_to_a_group_in_which_nobody_reads(stage, given_away):
    _, number = given_away
    second_group(stage)
    days_off(stage, "Amira", "Bas", first="2026-11-23 00:00", last="2026-11-25 09:00")
    vera = goes_elsewhere(lifts(stage))

    assert "leest op deze dagen nog niemand: maandag 23 november" in vera.said
    assert phase(stage, number) == "halted"
    assert stage.reads(lambda conn: halts.running(conn, number)) is not None
    vera.taps("Iets anders kiezen", "Op de wachtlijst")
    assert phase(stage, number) == "waiting"


def test_those_of_the_new_group_hear_that_it_goes_on_and_those_of_the_old_do_not(stage, given_away):
    second_group(stage)
    tom, before = stage.of("Tom"), len(stage.of("Tom").shown)
    goes_elsewhere(lifts(stage))
    stage.ticks()

    assert len(tom.shown) == before
    for name in ("Amira", "Bas"):
        phone = stage.of(name)
        assert "Sam krijgt weer gewone berichten" in phone.taps("Lees").said, name


def test_without_an_account_the_new_professional_reads_that_they_moved(stage):
    number = takes_part(stage)
    other = second_group(stage)
    stage.writes(
        lambda conn: growing_up.move_now(
            Turn(conn, stage.world, stage.now),
            people.load(conn, stage.programme.staff["Vera"]),
            people.load(conn, number),
            other,
        )
    )
    amira = opens_list(stage.of("Amira"))

    assert "vertel dat Sam op vrijdag 20 november naar Join Us Katwijk is gegaan." in amira.said
    assert "blijft" not in amira.said
