"""What is unsure is asked, once a day and calmly; then the exercise goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.safety.statements import classify
from tests.talk import kept
from tests.talk.care import MIDDLE, alerts, cases, in_the_middle, levels

UNSURE = "ik keek een serie over zelfmoord"
ORDINARY = "ik was bang maar het viel mee"
QUESTION = "Dat klinkt zwaar. Waar gaat het om?"


def test_the_sentences_of_these_tests_are_what_they_stand_for():
    assert classify(UNSURE).label == "concern"
    assert classify(ORDINARY).label == "none"


def test_one_calm_question_with_the_numbers(stage):
    sam = in_the_middle(stage).types(UNSURE)

    assert sam.said.startswith(QUESTION)
    assert sam.last.labels == ["Een rotdag", "Mijn veiligheid", "Weet ik niet", "Wis dit uit de chat"]
    assert "113" in sam.said
    assert "112" in sam.said
    assert alerts(stage) == []


def test_an_exercise_is_not_interrupted_by_an_ordinary_sentence(stage):
    sam = in_the_middle(stage).types(ORDINARY)

    assert sam.said.startswith("Hoe zeker ben je")


def test_a_bad_day_goes_on_where_it_was(stage):
    sam = in_the_middle(stage).types(UNSURE).taps("Een rotdag")

    assert "Je andere antwoorden zijn er nog." in sam.texts[-2]
    assert sam.said.startswith(MIDDLE)
    assert alerts(stage) == []
    assert stage.reads(lambda conn: kept.places_of(conn, UNSURE)) == set()


def test_the_second_time_that_day_it_is_an_answer_like_any_other(stage):
    sam = in_the_middle(stage).types(UNSURE).taps("Een rotdag")

    sam.types(UNSURE)

    assert sam.said.startswith("Hoe zeker ben je")


def test_the_next_day_it_is_asked_again(stage):
    sam = stage.youth_begins().types(UNSURE).taps("Een rotdag")
    stage.passes(timedelta(hours=24))

    assert sam.types(UNSURE).said.startswith(QUESTION)


@pytest.mark.parametrize("way", ["edited", "caption"])
def test_also_in_a_caption_or_an_edit(stage, way):
    sam = stage.youth_begins()

    sam.edits(UNSURE) if way == "edited" else sam.sends("photo", UNSURE)

    assert sam.said.startswith(QUESTION)


def test_my_safety_leads_to_the_question_that_counts(stage):
    sam = in_the_middle(stage).types(UNSURE).taps("Mijn veiligheid")

    assert sam.said.endswith("Denk je aan zelfmoord?")
    sam.taps("Ja, soms")
    assert levels(stage) == ["p2"]
    assert alerts(stage)[0].content == UNSURE


def test_no_after_a_quotation_sends_nothing_and_says_so(stage):
    sam = stage.youth_begins().types(UNSURE).taps("Mijn veiligheid", "Nee")

    assert sam.said.startswith("Oké. Ik stuur niemand een bericht.")
    assert alerts(stage) == []
    assert stage.reads(lambda conn: kept.places_of(conn, UNSURE)) == set()


def test_not_knowing_twice_within_a_week_is_taken_seriously(stage):
    sam = stage.youth_begins().types(UNSURE).taps("Weet ik niet")
    assert alerts(stage) == []
    stage.passes(timedelta(days=2))

    sam.types(UNSURE).taps("Weet ik niet")

    assert sam.said.endswith("Denk je aan zelfmoord?")


def test_not_knowing_twice_in_a_month_is_not(stage):
    sam = stage.youth_begins().types(UNSURE).taps("Weet ik niet")
    stage.passes(timedelta(days=8))

    sam.types(UNSURE).taps("Weet ik niet")

    assert "zelfmoord?" not in sam.said


def test_who_asks_for_a_person_is_not_asked_something_else(stage):
    sam = stage.youth_begins().types("Menu").taps("Ik wil iemand spreken").types(UNSURE)

    assert sam.said.startswith("Verstuurd naar Vera.")


def test_words_nobody_answered_about_are_gone_after_a_day(stage):
    stage.youth_begins().types(UNSURE)
    stage.passes(timedelta(hours=26))

    assert stage.reads(lambda conn: kept.places_of(conn, UNSURE)) == set()
    assert [one.state for one in cases(stage)] == ["closed"]


@pytest.mark.parametrize("state", ["consent", "refused", "too_young"])
def test_before_consent_there_are_numbers_instead_and_nothing_is_kept(stage, state):
    if state == "too_young":
        kim = stage.youth_opens("Kim", born="2011-06")
    else:
        kim = stage.youth_opens("Kim").taps("Begrepen", "Begrepen", "Verder", "Begrepen")
        kim.taps(*(["Nee"] if state == "refused" else []))
    before = stage.reads(kept.rows)

    kim.types(UNSURE)

    assert "Ik kan niemand waarschuwen." in kim.said
    assert "\n113\n" in kim.said
    assert set(kept.changed(before, stage.reads(kept.rows))) <= {"outbox", "audit"}
