"""Ten minutes without an answer: a person is told, as it was said beforehand, whatever restarts in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.talk.care import DANGER, MIDDLE, alerts, cases, in_the_middle, levels

TEN_MINUTES = timedelta(minutes=10)


def test_it_is_said_in_the_first_message(stage):
    sam = stage.youth_begins().types(DANGER)

    assert "Vera krijgt bericht, ook als je 10 minuten niets kiest." in sam.said


def test_silence_has_a_person_told(stage):
    sam = stage.youth_begins().types(DANGER)
    stage.passes(TEN_MINUTES - timedelta(seconds=5))
    assert levels(stage) == []

    stage.passes(timedelta(seconds=10))

    assert levels(stage) == ["p2"]
    assert alerts(stage)[0].content == DANGER
    assert sam.said.startswith(
        "Je koos niets. Dat mag. Hier staat wat er nu gebeurt.\n\nVera krijgt nu bericht."
    )


@pytest.mark.parametrize(
    "answer", ["Ja, nu", "Ja, soms", "Nee", "Zeg ik liever niet", "Dat bedoelde ik niet"]
)
def test_any_answer_ends_the_waiting(stage, answer):
    stage.youth_begins().types(DANGER).taps(answer)
    before = levels(stage)

    stage.passes(TEN_MINUTES * 2)

    assert levels(stage) == before
    assert len(alerts(stage)) == 1


def test_neither_more_words_nor_another_person_nor_a_look_in_the_menu_is_an_answer(stage):
    sam = stage.youth_begins().types(DANGER)
    sam.types("en niemand ziet het").taps("Niet deze persoon").types("Menu")

    stage.passes(TEN_MINUTES)

    assert levels(stage) == ["p2"]
    assert alerts(stage)[0].content == f"{DANGER}\nen niemand ziet het"


def test_somebody_who_answers_after_the_silence_is_still_heard(stage):
    sam = stage.youth_begins().types(DANGER)
    stage.passes(TEN_MINUTES)

    sam.taps("Ja, nu")

    assert levels(stage) == ["p1"]
    assert [(one.content, one.level) for one in alerts(stage)] == [(DANGER, "p1")]
    assert sam.said.startswith("Ben je nu in gevaar? Bel 112.")


def test_no_after_the_silence_takes_nothing_back(stage):
    sam = stage.youth_begins().types(DANGER)
    stage.passes(TEN_MINUTES)

    sam.taps("Nee")

    assert len(alerts(stage)) == 1
    assert levels(stage) == ["p2"]


def test_the_interrupted_question_waits_behind_it(stage):
    sam = in_the_middle(stage).types(DANGER)
    stage.passes(TEN_MINUTES)

    assert sam.taps("Verder").said.startswith(MIDDLE)


def test_an_exercise_that_goes_on_is_no_answer(stage):
    sam = in_the_middle(stage).types(DANGER)
    sam.taps("Iets anders") if sam.has("Iets anders") else sam.types("Menu")

    stage.passes(TEN_MINUTES)

    assert levels(stage) == ["p2"]
    assert [one.state for one in cases(stage)] == ["alerted"]


def test_stopping_does_not_stop_it_and_that_is_said(stage):
    sam = stage.youth_begins().types(DANGER).types("/stop")
    assert "Er is nog iemand bezig met een melding over jou. Die stopt niet." in sam.said
    sam.taps("Stoppen")

    stage.passes(TEN_MINUTES)

    assert levels(stage) == ["p2"]
    assert sam.said.startswith(
        "Je koos niets. Dat mag. Hier staat wat er nu gebeurt.\n\nVera krijgt nu bericht."
    )
    assert "113" in sam.taps("Verder").ever


def test_blocking_does_not_stop_it_either(stage):
    sam = stage.youth_begins().types(DANGER)
    sam.blocks()

    stage.passes(TEN_MINUTES)

    assert levels(stage) == ["p2"]
    assert alerts(stage)[0].content == DANGER
