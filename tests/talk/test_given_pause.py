"""A pause that a professional gives: of the chat, until a day; the youngster reads who chose it and goes on at will."""

from __future__ import annotations

import pytest

from bot.programme.lifecycle import Move
from bot.storage import halts, journal, pauses, people, phases
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import CODE

READS = "Vera koos even pauze voor je, tot vrijdag 27 november, 16:00. Je deed niets verkeerd."


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def opens(stage, by="Vera"):
    if by == "Vera":
        return opens_youngsters(stage.of("Vera")).taps("Meer doen", "Chat op pauze")
    phone = stage.of(by).types("Menu").taps("Waar in het programma")
    if "Tik je code" in phone.said:
        phone.taps_code(CODE)
    return phone.taps("Sam", "Meer doen", "Chat op pauze")


def gives(stage, by="Vera"):
    return opens(stage, by).taps("Een week", "Zo doen")


def running(stage, sam):
    return stage.reads(lambda conn: pauses.running(conn, stage.id_of(sam), stage.now))


def reads(stage, sam, until="2026-11-20 13:00"):
    stage.passes(until)
    sam.taps_data(sam.sees("Lees").button("Lees").data)
    return sam


def test_the_youngster_reads_who_chose_it_word_for_word_and_nothing_else_comes(stage, sam):
    vera = opens(stage).taps("Een week")
    assert vera.said.endswith(READS)
    vera.taps("Zo doen")
    assert "Sam heeft pauze tot vrijdag 27 november, 16:00." in vera.said
    reads(stage, sam)
    assert sam.said.startswith(READS)
    sam.taps("Ja, is goed")
    count = len(sam.shown)
    stage.passes("2026-11-27 15:59")

    assert len(sam.shown) == count
    assert running(stage, sam).by_id == stage.programme.staff["Vera"]


def test_at_the_end_one_message_comes_that_does_not_say_they_chose_the_day(stage, sam):
    gives(stage)
    reads(stage, sam).taps("Ja, is goed")
    stage.passes("2026-11-28 12:00")

    assert sam.said.startswith("Je pauze is voorbij.")
    assert "die je koos" not in sam.said


def test_they_go_on_at_once_when_they_want(stage, sam):
    gives(stage)
    reads(stage, sam).taps("Nee, nu al verder")

    assert running(stage, sam) is None
    assert "Je hebt geen pauze meer" in sam.said
    card = opens_youngsters(stage.of("Vera")).said
    assert "de pauze is voorbij" in card


def test_their_own_day_is_theirs_alone(stage, sam):
    gives(stage)
    reads(stage, sam).taps("Een andere dag", "Een andere dag", "Twee weken")
    vera = opens(stage)

    assert vera.said == "Sam koos zelf al pauze. Die blijft zoals die is."
    assert "4 december" not in " ".join(one.text for one in vera.shown)
    assert running(stage, sam).by_id is None


def test_taken_back_in_time_they_hear_nothing(stage, sam):
    count = len(sam.shown)
    vera = gives(stage).taps("Terugdraaien")
    assert "hoort hier niets van" in vera.said
    stage.passes("2026-11-20 18:00")

    assert len(sam.shown) == count
    assert running(stage, sam) is None


def test_who_read_of_it_hears_that_it_was_ended(stage, sam):
    gives(stage)
    reads(stage, sam).taps("Ja, is goed")
    vera = opens(stage)
    assert "gekozen door Vera: tot vrijdag 27 november, 16:00." in vera.said
    assert "krijgt bericht" in vera.taps("Pauze stoppen").said
    reads(stage, sam, "2026-11-20 14:00")

    assert "Je pauze is eerder gestopt." in sam.said
    assert running(stage, sam) is None


def test_the_colleague_may_as_well_and_sees_who_gave_it(stage, sam):
    gives(stage, "Tom")
    vera = opens(stage)

    assert "gekozen door Tom" in vera.said
    assert running(stage, sam).by_id == stage.programme.staff["Tom"]


def test_until_a_day_is_four_weeks_at_most(stage, sam):
    vera = opens(stage).taps("Tot een dag")
    assert "maandag 14 dec" in vera.last.labels
    assert "maandag 21 dec" not in vera.last.labels
    vera.taps("dinsdag 24 nov", "Zo doen")

    assert "tot dinsdag 24 november, 16:00" in vera.said


# Bad input


def test_who_chose_a_pause_keeps_it(stage, sam):
    sam.types("/pauze").taps("Zonder einddag")

    assert "koos zelf al pauze" in opens(stage).said
    assert running(stage, sam).until is None


def test_who_chose_a_pause_just_before_the_tap_keeps_it(stage, sam):
    vera = opens(stage).taps("Een week")
    sam.types("/pauze").taps("Zonder einddag")

    assert "koos zelf al pauze" in vera.taps("Zo doen").said
    assert running(stage, sam).until is None


def test_two_at_once_give_one_pause(stage, sam):
    vera = opens(stage).taps("Een week")
    gives(stage, "Tom")

    assert "gekozen door Tom" in vera.taps("Zo doen").said


def test_who_is_halted_gets_none(stage, sam):
    number, vera = stage.id_of(sam), stage.programme.staff["Vera"]
    stage.writes(lambda conn: halts.begin(conn, number, "other", vera, stage.now))

    assert "staat stil" in opens(stage).said
    assert running(stage, sam) is None


def test_who_blocked_the_bot_gets_none(stage, sam):
    account = stage.reads(lambda conn: people.account_of(conn, stage.id_of(sam)))
    stage.writes(lambda conn: people.set_account_state(conn, account.id, "blocked"))

    assert opens(stage).said == "Sam kan nu geen berichten krijgen. Pauze is niet nodig."


def test_who_left_gets_none(stage, sam):
    number, today = stage.id_of(sam), stage.now.date()
    stage.writes(
        lambda conn: phases.add(conn, number, Move("left", "moved_away", today, stage.now, None), "")
    )

    assert opens(stage).said == "Sam doet nu niet mee. Pauze is niet nodig."


def test_who_stopped_while_the_screen_was_open_gets_none(stage, sam):
    vera = opens(stage).taps("Een week")
    sam.types("stop").taps("Stoppen")

    vera.taps("Zo doen")

    assert any("Pauze is niet nodig." in one.text for one in vera.shown)
    assert running(stage, sam) is None


def test_it_is_seen_as_a_pause_by_the_fixed_list(stage, sam):
    gives(stage)
    seen = stage.reads(lambda conn: [one.kind for one in journal.latest(conn, stage.id_of(sam))])

    assert "pause" in seen
