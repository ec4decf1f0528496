"""After an outage of more than a day everybody hears, once, which hours were not received; help comes first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation import outage
from tests.talk.stage import at

STORM = "Er was een lange storing bij mij."


def heard(stage):
    """Telegram answers at this moment, and what follows arrives; whether hours were lost."""
    lost = stage.writes(lambda conn: outage.contact(conn, stage.world, stage.now))
    stage.ticks()
    return lost


def silent_until(stage, moment):
    """The companion was down: nothing ticks, time goes on."""
    stage.now = at(moment)


def storms(phone, before=0):
    return phone.since(before).count(STORM)


def test_the_first_answer_of_telegram_is_no_end_of_an_outage(stage):
    stage.youth_begins("Sam")

    assert not heard(stage)
    assert storms(stage.of("Sam")) == 0


@pytest.mark.parametrize("gap, told", [(timedelta(hours=24), 0), (timedelta(hours=24, seconds=1), 1)])
def test_telegram_keeps_messages_for_a_day_so_only_a_longer_silence_counts(stage, gap, told):
    sam = stage.youth_begins("Sam")
    heard(stage)
    stage.now += gap
    heard(stage)

    assert storms(sam) == told


def test_a_youngster_reads_help_first_and_then_the_hours(stage):
    sam = stage.youth_begins("Sam")
    stage.now = at("2026-11-20 12:30")
    heard(stage)
    silent_until(stage, "2026-11-22 15:00")
    heard(stage)

    said = next(one for one in reversed(sam.shown) if STORM in one.text)
    assert "Van vrijdag 20 november, 12:30 tot zaterdag 21 november, 15:00" in said.text
    assert said.text.index("113") < said.text.index("Van vrijdag")
    assert "ligt niet aan jou" in said.text
    assert said.labels == ["Hulp nu"]
    assert "112" in sam.taps("Hulp nu").said


def test_nobody_hears_it_twice_however_often_the_companion_restarts(stage):
    sam = stage.youth_begins("Sam")
    heard(stage)
    silent_until(stage, "2026-11-22 15:00")
    for _ in range(3):
        heard(stage)
        stage.now += timedelta(minutes=1)
    stage.passes("2026-11-24 12:00")

    assert storms(sam) == 1


def test_a_second_outage_is_told_again(stage):
    sam = stage.youth_begins("Sam")
    heard(stage)
    for moment in ("2026-11-22 15:00", "2026-11-25 16:00"):
        silent_until(stage, moment)
        heard(stage)

    assert storms(sam) == 2


def test_at_night_it_waits_for_the_morning_also_on_a_school_day(stage):
    sam = stage.youth_begins("Sam", born="2009-03")
    heard(stage)
    before = len(sam.shown)
    silent_until(stage, "2026-11-23 02:00")
    heard(stage)
    assert storms(sam, before) == 0
    stage.passes("2026-11-23 07:59")
    assert storms(sam, before) == 0
    stage.passes("2026-11-23 08:01")

    assert storms(sam, before) == 1


def test_in_school_hours_it_comes_at_once_without_a_sound(stage):
    sam = stage.youth_begins("Sam", born="2009-03")
    heard(stage)
    silent_until(stage, "2026-11-23 10:00")
    heard(stage)

    found = next(one for one in sam.shown if STORM in one.text)
    assert found.message.silent


def test_staff_hear_it_when_they_work_and_strangers_do_not(stage):
    stage.youth_begins("Sam")
    stranger = stage.phone("Iemand").types("hallo")
    heard(stage)
    vera = stage.of("Vera")
    before = len(vera.shown)
    silent_until(stage, "2026-11-22 15:00")
    heard(stage)
    assert storms(vera, before) == 0
    stage.passes("2026-11-23 09:01")

    assert storms(vera, before) == 1
    assert "Vraag zelf na of er iets was." in vera.since(before)
    assert storms(stranger) == 0


def test_who_blocked_the_bot_or_did_not_begin_is_not_told(stage):
    sam = stage.youth_begins("Sam")
    kim = stage.youth_opens("Kim")
    sam.blocks()
    heard(stage)
    silent_until(stage, "2026-11-22 15:00")
    heard(stage)

    assert storms(sam) == storms(kim) == 0
