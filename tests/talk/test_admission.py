"""Admission is gated, running never is: who comes in on real Telegram, and who hears why somebody did not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.conversation import standing
from bot.storage import alarms, commissionings, copies, drills, duty, invitations, people
from bot.storage.schema_programme import organisation
from tests.talk.commissioned import card, checked, commission, copied, record
from tests.talk.stage import Stage

NOT_YET = "Ik ben hier nog niet open voor jongeren."


@pytest.fixture
def real(stage_with) -> Stage:
    """Real Telegram, commissioned, everything in order."""
    return commission(stage_with(real=True))


def invited(stage, name="Sam", **more):
    """A youngster with an emergency card and an invitation."""
    number = stage.youth(name, **more)
    card(stage, number)
    return number, stage.invitation(number)


def says(stage, kind):
    """References of the alarms of this kind."""
    return [
        one.reference
        for one in stage.reads(lambda conn: alarms.latest(conn, stage.now - timedelta(days=40)))
        if one.kind == kind
    ]


def welfare(stage):
    vera = stage.programme.staff["Vera"]
    return stage.reads(lambda conn: people.load(conn, vera)).organisation_id


def opened(stage, name):
    """The news about the bot itself that somebody opens next."""
    return stage.of(name).taps("Lees").said


# Who comes in


def test_when_everything_is_in_order_a_real_youngster_begins(real):
    _, token = invited(real)

    assert "Hoi Sam" in real.phone("Sam").opens(token).said
    assert says(real, "not_admitted") == []


def lose_commissioning(stage, youth):
    def withdraw(conn):
        last = commissionings.latest(conn)
        assert last is not None
        return commissionings.withdraw(conn, last.id, "Noor", stage.now)

    assert stage.writes(withdraw)


def lose_helplines(stage, youth):
    stage.world = replace(stage.world, library=checked(stage, days_ago=181))


def lose_copy(stage, youth):
    stage.writes(lambda conn: copies.note(conn, stage.now - timedelta(days=3)))


def lose_main(stage, youth):
    stage.of("Vera").blocks()


def lose_backup(stage, youth):
    stage.of("Tom").blocks()


LOSSES = {
    "commissioning": lose_commissioning,
    "helplines": lose_helplines,
    "copy": lose_copy,
    "main": lose_main,
    "backup": lose_backup,
}


@pytest.mark.parametrize("lack", LOSSES)
def test_each_thing_that_is_lacking_keeps_a_youngster_out_until_it_is_mended(real, lack):
    number, token = invited(real)
    LOSSES[lack](real, number)
    sam = real.phone("Sam").opens(token)

    assert sam.said.startswith(NOT_YET)
    assert "Dat ligt niet aan jou" in sam.said
    assert "113" in sam.said
    assert "112" in sam.said
    assert says(real, "not_admitted") == [lack]
    assert real.outcomes[-1] == "not_admitted"


def test_without_an_emergency_card_nobody_comes_in_and_with_one_the_same_link_works(real):
    number = real.youth("Sam")
    token = real.invitation(number)
    sam = real.phone("Sam").opens(token)

    assert sam.said.startswith(NOT_YET)
    assert says(real, "not_admitted") == ["card"]
    card(real, number)
    assert "Hoi Sam" in sam.opens(token).said


def test_a_roster_that_ends_within_a_week_keeps_everybody_new_out(real):
    number, vera = welfare(real), real.programme.staff["Vera"]
    real.writes(lambda conn: conn.execute(update(organisation).values(on_call="roster")))
    real.writes(
        lambda conn: duty.add_shift(conn, number, vera, real.now, real.now + timedelta(days=6, hours=23))
    )
    record(real)
    _, token = invited(real)
    sam = real.phone("Sam").opens(token)
    assert says(real, "not_admitted") == ["duty"]
    real.writes(
        lambda conn: duty.add_shift(
            conn, number, vera, real.now + timedelta(days=6), real.now + timedelta(days=9)
        )
    )

    assert "Hoi Sam" in sam.opens(token).said


def test_another_decision_about_being_on_call_asks_for_a_new_record(real):
    real.writes(
        lambda conn: conn.execute(update(organisation).values(on_call_decided_by="Joost, 2026-11-19"))
    )
    _, token = invited(real)
    sam = real.phone("Sam").opens(token)
    assert says(real, "not_admitted") == ["commissioning"]
    record(real)

    assert "Hoi Sam" in sam.opens(token).said


def test_everything_that_is_lacking_is_named_at_once(stage_with):
    stage = stage_with(real=True)
    stage.youth_opens("Sam")

    assert says(stage, "not_admitted") == ["commissioning+helplines+copy+card"]


def test_a_practice_account_comes_in_whatever_is_lacking(stage_with):
    assert "Hoi Test" in stage_with(real=True).youth_opens("Test", practice=True).said


def test_whoever_was_too_young_is_still_new_when_old_enough(real):
    number, token = invited(real, "Kim", born="2010-11")
    kim = real.phone("Kim").opens(token)
    assert "nog geen 16" in kim.said
    real.passes("2026-12-01 12:00")
    kim.opens()
    assert kim.said.startswith(NOT_YET)
    assert says(real, "not_admitted") == ["copy"]
    copied(real)

    assert NOT_YET not in kim.opens().said
    assert real.reads(lambda conn: people.load(conn, number)).state != "too_young"


def test_help_is_answered_to_whoever_was_not_admitted(stage_with):
    sam = stage_with(real=True).youth_opens("Sam")

    sam.types("/hulp")

    assert "112" in sam.said
    assert "113" in sam.said


def test_whoever_takes_part_already_keeps_going_when_something_comes_to_lack(real):
    number, token = invited(real)
    sam = real.phone("Sam").opens(token)
    sam.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")
    lose_copy(real, number)
    lose_commissioning(real, number)

    assert "nog niet open" not in sam.types("/menu").said
    assert sam.last.labels
    assert real.reads(lambda conn: people.load(conn, number)).state == "active"


# Who hears of it


def test_the_professional_and_the_coordinator_hear_what_is_lacking_in_their_own_words(real):
    number = real.youth("Sam")
    token = real.invitation(number)
    sam = real.phone("Sam").opens(token)
    sam.opens(token)

    vera, noor = real.of("Vera"), real.of("Noor")
    assert vera.said == noor.said == "Er is nieuws over de bot zelf."
    assert "Sam" not in vera.said
    read = opened(real, "Vera")
    assert "Sam wilde beginnen." in read
    assert "noodkaart" in read
    assert "Sam" not in opened(real, "Noor")
    assert [text for text in noor.texts if "nieuws over de bot" in text] == []


def test_outside_working_hours_staff_are_left_alone_until_they_work(real):
    real.passes("2026-11-21 22:00")
    copied(real)
    number = real.youth("Sam")
    before = len(real.of("Vera").shown)
    real.phone("Sam").opens(real.invitation(number))

    assert len(real.of("Vera").shown) == before
    real.passes("2026-11-23 09:01")
    assert "Er is nieuws over de bot zelf." in real.of("Vera").since(before)


def test_a_link_of_somebody_who_was_not_admitted_is_not_used(stage_with):
    stage = stage_with(real=True)
    number = stage.youth("Sam")
    token = stage.invitation(number)
    stage.phone("Sam").opens(token)

    assert stage.reads(lambda conn: invitations.find(conn, token)).used_at is None


# Once a day


def test_a_missing_copy_alarms_the_operator_and_the_coordinator_once_a_day(real):
    drilled(real)
    noor = real.of("Noor")
    before = len(noor.shown)
    real.passes("2026-11-23 09:01")

    assert says(real, "no_fresh_copy") == ["welzijn"]
    assert noor.since(before).count("Er is nieuws over de bot zelf.") == 1
    read = noor.taps("Lees").said
    assert "Er kan nu niemand nieuw bij." in read
    assert "reservekopie" in read


def test_while_everything_is_in_order_nobody_is_bothered(real):
    drilled(real)
    before = len(real.of("Noor").shown)
    for day in (21, 22, 23):
        real.passes(f"2026-11-{day} 01:00")
        copied(real)
    real.passes("2026-11-23 12:00")

    assert real.of("Noor").since(before) == ""
    assert says(real, "no_fresh_copy") == []


def test_a_restart_looks_again_but_says_nothing_twice(real):
    drilled(real)
    lose_copy(real, 0)
    noor = real.of("Noor")
    before = len(noor.shown)
    for _ in range(3):
        real.writes(standing.look_again)
        real.ticks()

    assert noor.since(before).count("Er is nieuws over de bot zelf.") == 1


def test_stale_helplines_are_an_alarm_and_the_bot_goes_on(real):
    drilled(real)
    lose_helplines(real, 0)
    real.writes(standing.look_again)
    real.ticks()

    assert says(real, "helplines_stale") == ["welzijn"]
    assert "112" in real.phone("Iemand").types("/hulp").said


def test_an_installation_that_was_never_commissioned_bothers_nobody(stage_with):
    stage = stage_with(real=True)
    before = len(stage.of("Noor").shown)
    stage.passes("2026-11-25 12:00")

    assert stage.of("Noor").since(before) == ""


def test_away_from_real_telegram_nothing_is_looked_at(stage):
    before = len(stage.of("Noor").shown)
    record(stage)
    stage.passes("2026-11-25 12:00")

    assert stage.of("Noor").since(before) == ""


def test_the_coordinator_hears_each_month_that_a_drill_is_due(real):
    noor = real.of("Noor")
    before = len(noor.shown)
    for _ in range(13):
        real.passes(timedelta(days=1))
        copied(real)

    news = [one for one in noor.shown[before:] if one.text == "Er is nieuws over de bot zelf."]
    assert len(news) == 2
    assert "oefening" in noor.taps("Lees").said


def drilled(stage):
    """A drill was acknowledged today."""

    def add(conn):
        number = drills.add(conn, welfare(stage), 1, stage.now)
        vera = stage.programme.staff["Vera"]
        drills.end(conn, number, "acknowledged", [], stage.now, (vera, stage.now))

    stage.writes(add)
