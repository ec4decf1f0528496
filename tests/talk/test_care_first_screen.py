"""The first message about danger is short enough for panic; the rest is behind one button."""

from __future__ import annotations

import pytest

from tests.talk.alarm import called, decides, latest, on_call, staff_id, takes
from tests.talk.care import DANGER, alerts, holder, in_the_middle, levels
from tests.talk.stage import at

SENTENCES = [
    DANGER,
    "mijn vriendin wil dood",
    "mijn vader slaat me",
    "ik kots na het eten om af te vallen",
    "ik steek hem neer",
]
MOST_LETTERS = 480
SATURDAY_NIGHT = "2026-11-21 23:30"


@pytest.mark.parametrize("words", SENTENCES)
def test_it_holds_two_numbers_who_hears_of_it_and_one_question(stage, words):
    sam = stage.youth_begins()
    stage.passes(SATURDAY_NIGHT)

    said = sam.types(words).said

    assert "\n112\n" in said
    assert "\n113\n" in said
    assert "Vera krijgt bericht, ook als je 10 minuten niets kiest." in said
    assert "Vera leest dat maandag 23 november vanaf 09:00." in said
    assert said.count("?") == 2  # that of the 113 line and the question
    assert len(said) <= MOST_LETTERS


@pytest.mark.parametrize("words", SENTENCES)
def test_the_rest_is_behind_one_button_and_the_question_comes_along(stage, words):
    sam = stage.youth_begins().types(words)
    asked, labels = sam.said.rsplit("\n", 1)[-1], sam.last.labels

    sam.taps("Meer")

    assert sam.said.startswith("Hier zijn meer nummers.")
    assert "staat alleen je voornaam" in sam.said
    assert sam.said.endswith(asked)
    assert sam.last.labels == [label for label in labels if label != "Meer"]
    assert alerts(stage) == []


def test_whoever_is_on_call_is_named_before_the_tap_that_calls_them(stage):
    sam = stage.youth_begins()
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-21 09:00"), at("2026-11-22 09:00"))
    stage.passes(SATURDAY_NIGHT)
    sam.types(DANGER)

    assert "Bij Ja, nu krijgt Bas meteen bericht." in sam.said

    assert "Bas krijgt nu bericht." in sam.taps("Ja, nu").said


def test_nobody_is_named_as_on_call_when_nobody_is(stage):
    sam = stage.youth_begins()
    stage.passes(SATURDAY_NIGHT)

    assert "meteen bericht" not in sam.types(DANGER).said


def test_silence_goes_on_while_the_rest_is_read(stage):
    sam = stage.youth_begins().types(DANGER).taps("Meer")

    stage.passes("2026-11-20 12:11")

    assert "Je koos niets." in sam.said
    assert len(alerts(stage)) == 1


def test_what_is_typed_beside_the_rest_goes_along(stage):
    sam = in_the_middle(stage).types(DANGER).taps("Meer").types("ze weten het thuis niet").taps("Ja, soms")

    assert "ze weten het thuis niet" in alerts(stage)[0].content
    assert "Vera krijgt" in sam.said


def test_help_opens_neutrally_on_a_lock_screen(stage):
    for phone in (stage.youth_begins(), stage.youth_opens("Kim", born="2009-01")):
        said = phone.types("/hulp").said
        assert said.startswith("Hier zijn nummers. Bellen mag altijd, ook als je twijfelt.")
        assert "zelfmoord" not in said[:160]
        assert "Direct gevaar:\n112" in said


@pytest.fixture
def night(stage):
    """A Saturday night with Bas on call; the youngster wrote about danger."""
    sam = stage.youth_begins()
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-21 09:00"), at("2026-11-22 09:00"))
    stage.passes(SATURDAY_NIGHT)
    return sam.types(DANGER)


def test_whoever_is_on_call_can_be_passed_by_before_anything_leaves(stage, night):
    night.taps("Niet deze persoon")
    assert night.said.endswith("Wie mag dit niet krijgen?")
    assert night.last.labels == ["Vera", "Bas", "Terug", "Wis dit uit de chat"]

    night.taps("Bas")
    assert "Bas" not in night.said
    assert "Vera krijgt bericht" in night.said
    night.taps("Ja, nu")

    assert holder(stage) == "Vera"
    assert called(stage.of("Bas")) == 0


def test_the_usual_person_can_be_passed_by_and_the_one_on_call_stays_named(stage, night):
    night.taps("Niet deze persoon", "Vera")

    assert "Tom krijgt bericht" in night.said
    assert "Bij Ja, nu krijgt Bas meteen bericht." in night.said


def test_whoever_is_on_call_can_be_passed_by_after_somebody_else_was(stage, night):
    night.taps("Niet deze persoon", "Vera", "Ja, nu")
    assert "Bas krijgt nu bericht." in night.said

    night.taps("Niet deze persoon")

    assert holder(stage) == "Tom"
    assert "Bas" not in night.said
    assert latest(stage).excluded == {staff_id(stage, "Vera"), staff_id(stage, "Bas")}


def test_passed_by_after_the_ten_minutes_it_is_taken_from_nobody_else(stage, night):
    night.taps("Niet deze persoon")
    stage.passes("2026-11-21 23:41")

    night.taps("Bas")

    assert holder(stage) == "Vera"
    assert staff_id(stage, "Bas") in latest(stage).excluded


def test_a_stronger_answer_after_it_was_handled_passes_by_the_same_people(stage):
    sam = stage.youth_begins().types(DANGER)
    stage.passes("2026-11-20 12:11")
    sam.taps("Niet deze persoon", "Niet deze persoon")
    assert holder(stage) == "Noor"
    takes(stage.of("Noor")).taps("Afgehandeld", "Gesproken")

    sam.taps("Ja, nu")

    assert levels(stage) == ["p1"]
    assert len(alerts(stage)) == 2
    assert latest(stage).excluded == {staff_id(stage, "Vera"), staff_id(stage, "Tom")}
