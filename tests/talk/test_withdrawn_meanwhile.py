"""A withdrawal reaches also who hears nothing now: in a pause, with everything halted, and on PostgreSQL."""

from __future__ import annotations

import pytest

from bot.storage import challenges
from tests.talk.journeys import STEP, gives, has_plan, opens_youngsters, picks, plans
from tests.talk.stage import new_stage
from tests.talk.test_withdrawn import OPENER, current, lift, moments_of, planned, withdraw


@pytest.mark.parametrize("step", ["hoi", None])
def test_in_a_pause_it_is_gone_at_once_and_told_when_the_pause_is_over(stage, step):
    sam = has_plan(stage).types("/pauze").taps("Een week")
    count = len(sam.shown)

    withdraw(stage, step)
    stage.ticks()
    assert planned(stage) is None
    assert not {"nudge", "follow_up"} & moments_of(stage)
    stage.passes("2026-11-26 20:00")
    assert sam.shown[count:] == []

    stage.passes("2026-11-28 20:00")

    assert sam.texts[count:].count(OPENER) == 1
    sam.taps("Lees")
    assert "Jij deed niets fout." in sam.said


def test_who_ends_the_pause_hears_it_then(stage):
    sam = has_plan(stage).types("/pauze").taps("Een week")
    withdraw(stage, "hoi")
    stage.ticks()

    sam.types("/pauze").taps("Pauze stoppen")
    stage.passes("2026-11-21 12:00")

    assert sam.said == OPENER


def test_taken_back_within_the_pause_nothing_was_lost_and_nothing_is_told(stage):
    sam = has_plan(stage).types("/pauze").taps("Een week")
    withdraw(stage, "hoi")
    stage.ticks()

    lift(stage, "hoi")
    stage.passes("2026-11-28 20:00")

    assert OPENER not in sam.texts
    assert current(stage).step == "hoi"


@pytest.mark.parametrize("step", ["hoi", None])
def test_on_a_halted_phone_nothing_comes_and_the_step_is_gone(stage, step):
    sam = has_plan(stage)
    opens_youngsters(stage.of("Vera")).taps("Stilzetten", "Opgenomen")
    count = len(sam.shown)

    withdraw(stage, step)
    stage.passes("2026-11-28 20:00")

    assert sam.shown[count:] == []
    assert planned(stage) is None
    one = current(stage)
    assert one is None or one.step is None


@pytest.fixture
def friday_on_postgres(new_postgres_database, prepared):
    """Friday noon on PostgreSQL: not the stage that others share, on which it may be any hour by now."""
    stage = new_stage(new_postgres_database(), prepared.vault)
    yield stage
    stage.close()


@pytest.mark.postgres
def test_the_same_on_postgresql(friday_on_postgres):
    stage = friday_on_postgres
    kim = stage.youth_begins("Kim")
    gives(stage, "Kim")
    day = next(label for label in picks(kim).last.labels if label.startswith("zo"))
    plans(kim, day).taps("Zo is het genoeg")
    try:
        assert withdraw(stage, "hoi").told >= 1
        assert planned(stage, "Kim") is None
        stage.passes(stage.now.replace(hour=11, minute=0) if stage.now.hour < 11 else stage.now)
        stage.ticks()
        kim.taps("Lees")
        assert STEP in kim.said
    finally:
        lift(stage, "hoi")
    assert stage.reads(lambda conn: challenges.current(conn, stage.id_of(kim))).step is None
