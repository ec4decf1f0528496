"""The first talk: under two minutes of taps, a proposal, and a decision by a person."""

import pytest

from bot.rehearsal.programme import OLDER
from bot.storage import admissions, people, phases, waiting
from tests.talk.journeys import opens_youngsters

ANSWERS = ("Ja", "Ja", "Ja", "Een beetje", "Nee", "Nee", "Nee", "Nee", "Ja", "Ja")


def known(stage, phase="screening"):
    number = stage.youth("Pim")
    group, today = stage.programme.groups[OLDER], stage.now.date()
    stage.writes(lambda conn: admissions.enter(conn, number, group, phase, None, today, stage.now))
    return number


def talks(stage, by="Vera"):
    staff = opens_youngsters(stage.of(by), "Pim").taps("Eerste gesprek", "Beginnen")
    for label in ANSWERS:
        staff.taps(label)
    return staff


def phase(stage, number):
    return stage.reads(lambda conn: phases.phase_of(conn, number))


def test_the_talk_shows_what_is_met_and_what_stands_out(stage):
    known(stage)
    vera = talks(stage)

    assert (
        "Klopt: al lang alleen, heeft er veel last van, wil zelf, kan meedoen en leren in een groep"
        in vera.said
    )
    assert "Nog open: de groep is in de eigen gemeente" in vera.said
    assert "gedachten: 100 van 100" in vera.said
    assert "Het meest speelt: gedachten." in vera.said


def test_the_program_decides_nothing(stage):
    number = known(stage)
    talks(stage)

    assert phase(stage, number) == "screening"
    assert stage.reads(lambda conn: people.load(conn, number)).causes == ("skills",)


def test_a_trial_meeting_is_recorded_and_taken_back(stage):
    number = known(stage)
    vera = talks(stage).taps("Oorzaken overnemen", "Oefenavond")
    assert phase(stage, number) == "trial"
    assert stage.reads(lambda conn: people.load(conn, number)).causes == ("thoughts",)
    vera.taps("Toch anders")

    assert phase(stage, number) == "screening"


def test_the_waiting_list_gives_a_place(stage):
    number = known(stage)
    talks(stage).taps("Wachtlijst")

    assert phase(stage, number) == "waiting"
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is not None


def test_a_referral_has_its_reason_and_what_to_say(stage):
    number = known(stage)
    vera = talks(stage).taps("Doorverwijzen", "Wijkteam")

    assert "Het wijkteam kan meekijken" in vera.said
    last = stage.reads(lambda conn: phases.history(conn, number))[-1]
    assert (last.phase, last.reason) == ("referred", "district_team")


def test_another_talk_keeps_it_open(stage):
    number = known(stage, "waiting")
    vera = talks(stage).taps("Nog een gesprek")

    assert "nog een gesprek" in vera.said
    assert phase(stage, number) == "screening"


def waits(stage, number):
    return stage.reads(lambda conn: waiting.of_youth(conn, number))


@pytest.mark.parametrize("taps", [("Oefenavond",), ("Doorverwijzen", "Wijkteam"), ("Nog een gesprek",)])
def test_who_was_on_the_waiting_list_is_back_on_the_same_place_when_the_decision_is_undone(stage, taps):
    number = known(stage, "waiting")
    place = waits(stage, number)
    vera = talks(stage).taps(*taps)
    assert waits(stage, number) is None
    vera.taps("Toch anders")

    assert phase(stage, number) == "waiting"
    assert waits(stage, number) == place


def test_deciding_for_the_list_somebody_is_on_changes_nothing_and_neither_does_undoing_it(stage):
    number = known(stage, "waiting")
    place = waits(stage, number)
    vera = talks(stage).taps("Wachtlijst")
    assert waits(stage, number) == place
    vera.taps("Toch anders")

    assert phase(stage, number) == "waiting"
    assert waits(stage, number) == place


def test_who_came_on_the_list_by_the_talk_is_off_it_again(stage):
    number = known(stage)
    talks(stage).taps("Wachtlijst", "Toch anders")

    assert phase(stage, number) == "screening"
    assert waits(stage, number) is None


def test_who_takes_part_is_asked_nothing(stage):
    known(stage, "participating")

    assert "Eerste gesprek" not in opens_youngsters(stage.of("Vera"), "Pim").last.labels
