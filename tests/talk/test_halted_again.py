"""Somebody writes on a phone that was halted: who really has it is named, and a later day it is said again."""

from __future__ import annotations

import pytest

from bot.storage import halts
from tests.talk.alarm import adds_staff, called, course, is_away, latest, takes
from tests.talk.care import alerts, cases, holder
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import at


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


@pytest.fixture
def halted(stage, sam):
    opens_youngsters(stage.of("Vera")).taps("Stilzetten", "Opgenomen")
    return sam


def reminded(stage):
    return [who for what, who in course(stage) if what == "reminded"]


def test_the_sentence_names_who_holds_it(stage, halted):
    is_away(stage, "Vera", at("2026-11-30 09:00"))

    halted.types("hallo daar")

    assert "Tom krijgt bericht dat er iets is geschreven." in halted.said
    assert "Vera" not in halted.said
    assert holder(stage) == "Tom"


def test_it_names_who_took_it_over(stage, halted):
    halted.types("hallo daar")
    assert "Vera krijgt bericht" in halted.said
    is_away(stage, "Vera", at("2026-11-30 09:00"))
    stage.passes("2026-11-20 16:30")

    assert "Tom krijgt bericht" in halted.types("hallo").said


def test_outside_working_hours_it_says_from_when_it_is_read(stage, halted):
    stage.passes("2026-11-20 23:00")

    halted.types("hallo daar")

    assert "Vera leest dit maandag 23 november vanaf 09:00." in halted.said
    assert "112" in halted.said


def test_with_nobody_there_nobody_is_promised(stage, halted):
    for name in ("Vera", "Tom", "Noor"):
        is_away(stage, name, at("2026-11-30 09:00"))

    halted.types("hallo daar")

    assert "Ik kan nu niemand waarschuwen." in halted.said


def test_it_has_a_case_without_words(stage, halted):
    halted.types("hallo daar")

    assert [(one.kind, one.level, one.words, one.item_id) for one in cases(stage)] == [
        ("halted_wrote", "p2", "", latest(stage).item_id)
    ]


def test_many_messages_on_one_day_are_one_alert_and_each_is_answered(stage, halted):
    halted.types("een")
    vera = takes(stage.of("Vera"))
    count = called(vera)

    for words in ("twee", "drie"):
        assert "Dit gesprek staat stil." in halted.types(words).said

    assert called(vera) == count
    assert len(alerts(stage)) == 1
    assert reminded(stage) == []
    assert "112" in halted.types("/hulp").said


def test_on_a_later_day_whoever_took_it_on_hears_of_it_again_once(stage, halted):
    stage.passes("2026-11-20 16:30")
    halted.types("een")
    takes(stage.of("Vera"))
    stage.passes("2026-11-23 09:10")

    for words in ("twee", "drie"):
        assert "112" in halted.types(words).said
    stage.ticks()

    assert reminded(stage) == ["Vera"]


def test_handled_and_written_again_is_a_new_alert(stage, halted):
    halted.types("een")
    takes(stage.of("Vera")).taps("Afgehandeld", "Gesproken")

    halted.types("twee")

    assert len(alerts(stage)) == 2


def test_danger_on_a_halted_phone_is_a_case_of_its_own_with_its_question(stage, halted):
    halted.types("hallo daar")

    halted.types("ik wil dood").taps("Ja, nu")

    assert [(one.kind, one.level) for one in cases(stage)] == [("halted_wrote", "p2"), ("suicide", "p1")]
    assert stage.reads(lambda conn: halts.running(conn, stage.id_of(halted))) is not None


def test_the_confidant_is_not_named_for_a_halt(stage, halted):
    adds_staff(stage, "Yara", "confidant")

    assert "Yara" not in halted.types("hallo daar").said
