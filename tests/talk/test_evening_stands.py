"""What rests on an evening goes with it: questions, reminders, promises, and the message that waits for the morning."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import select, text

from bot.conversation import planning, recurring
from bot.conversation.turn import Turn
from bot.programme.lifecycle import Move
from bot.schedule.evenings import Change
from bot.seed import evenings as seeded
from bot.storage import calendars, changes, door_wishes, due, meetings, people, phases
from bot.storage import schema_flow as flow
from bot.storage.database import transaction
from bot.storage.trouble import StorageTrouble
from tests.talk.journeys import opens
from tests.talk.stage import at
from tests.talk.test_changed_evening import (
    OPENER,
    cancels,
    evenings,
    group_of,
    moves,
    rows,
    skips_holidays,
)

# The group of 18-25 meets on Tuesday 1 and 15 December 2026, 19:00.


@pytest.fixture
def sam(stage):
    phone = stage.youth_begins()
    stage.ticks()
    return phone


def asked_on(stage, phone):
    """The days for which it was planned to ask somebody how it goes, whatever became of it."""
    mine = (flow.due.c.person_id == stage.id_of(phone), flow.due.c.kind == "two_weekly")
    query = select(flow.due.c.not_after).where(*mine).order_by(flow.due.c.not_after)
    found = stage.reads(lambda conn: conn.execute(query).scalars().all())
    days = [one.astimezone(stage.world.settings.zone) - recurring.ASKED_UNTIL for one in found]
    return [f"{day:%m-%d}" for day in days]


# How it goes is asked by the calendar, also while nobody meets


def test_in_a_summer_stop_it_is_asked_all_the_same(stage, sam):
    evenings(stage.of("Vera")).taps("Zomerstop", "dinsdag 15 dec", "dinsdag 12 jan", "Het is vakantie.")
    stage.of("Vera").taps("Sturen")
    stage.passes("2026-12-20 12:00")

    assert asked_on(stage, sam) == ["12-02", "12-16", "12-30"]


def test_in_school_holidays_it_is_asked_all_the_same(stage, sam):
    skips_holidays(stage)
    stage.passes("2026-12-20 12:00")

    assert asked_on(stage, sam) == ["12-02", "12-16", "12-30"]


def test_an_evening_that_moves_is_asked_about_once(stage, sam):
    moves(stage.of("Vera")).taps("Sturen")
    stage.passes("2026-12-05 12:00")

    assert asked_on(stage, sam)[:2] == ["12-03", "12-16"]


# A reminder is for the evening as it stands


def test_a_reminder_of_an_old_moment_says_nothing(stage, sam):
    moves(stage.of("Vera"), to="woensdag 2 dec").taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Ik kom")
    number, evening = stage.id_of(sam), evening_of(stage)
    about = {"meeting": evening.id}
    stage.passes("2026-12-01 12:00")
    count = len(sam.shown)
    # As after a halt that is undone: what had been planned for the old moment waits again.
    stage.writes(
        lambda conn: due.plan(
            conn, number, "meeting_3h", "2026-12-01", at("2026-12-01 16:00"), None, about, stage.now
        )
    )
    stage.passes("2026-12-01 18:00")

    assert sam.since(count) == ""


def test_a_reminder_of_an_evening_that_began_says_nothing(stage, sam):
    number, evening = stage.id_of(sam), evening_of(stage)
    stage.passes("2026-12-01 19:05")
    count = len(sam.shown)

    def waits_again(conn):
        table = flow.due
        mine = (table.c.person_id == number, table.c.occurrence == evening.occurrence)
        conn.execute(table.delete().where(*mine, table.c.kind == "meeting_3h"))
        about = {"meeting": evening.id}
        due.plan(conn, number, "meeting_3h", evening.occurrence, stage.now, None, about, stage.now)

    stage.writes(waits_again)
    stage.ticks()

    assert sam.since(count) == ""


def evening_of(stage, day="2026-12-01"):
    return stage.reads(lambda conn: meetings.named(conn, group_of(stage), day))


# No two evenings on one day, and none in a stop that says there are none


def extra(phone, day):
    return evenings(phone).taps("Extra bijeenkomst", day, "19:00", "Geen reden", "Sturen")


def test_a_stop_over_an_extra_evening_is_refused_and_says_why(stage, sam):
    extra(stage.of("Vera"), "dinsdag 8 dec")
    count = len(sam.shown)
    vera = evenings(stage.of("Vera")).taps("Zomerstop", "dinsdag 1 dec", "dinsdag 12 jan", "Geen reden")

    assert vera.said.startswith(
        "Dat kan niet. In die tijd staat nog een bijeenkomst die iemand apart vastlegde"
    )
    assert "dinsdag 8 december" in vera.said
    assert "Er is niets veranderd." in vera.said
    stage.ticks()
    assert "geen bijeenkomsten" not in sam.since(count)

    vera.taps("Terug", "dinsdag 8 dec", "Verandering intrekken", "Geen reden", "Sturen", "Naar de lijst")
    vera.taps("Zomerstop", "dinsdag 1 dec", "dinsdag 12 jan", "Geen reden")
    assert "zijn er geen bijeenkomsten" in vera.said


def test_a_stop_over_an_evening_that_was_moved_into_it_is_refused(stage, sam):
    moves(stage.of("Vera"), to="dinsdag 8 dec").taps("Sturen")
    vera = evenings(stage.of("Vera")).taps("Zomerstop", "dinsdag 8 dec", "dinsdag 12 jan", "Geen reden")

    assert "In die tijd staat nog een bijeenkomst" in vera.said


def test_an_evening_that_was_made_in_a_stop_meanwhile_is_not_swallowed(stage, sam):
    """Between the preview and the sending a colleague decides something: the second one looks again."""
    vera = evenings(stage.of("Vera")).taps("Zomerstop", "dinsdag 1 dec", "dinsdag 12 jan", "Geen reden")
    extra(stage.of("Tom"), "dinsdag 8 dec")
    vera.taps("Sturen")

    assert "Er is intussen iets veranderd." in vera.ever
    assert "zijn er geen bijeenkomsten" not in sam.ever


def test_undoing_a_move_onto_a_day_that_another_evening_took_is_refused(stage, sam):
    moves(stage.of("Vera"), day="dinsdag 15 dec", to="woensdag 16 dec").taps("Sturen")
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Andere dag of tijd", "Later", "dinsdag 15 dec")
    vera.taps("20:00", "De zaal is niet vrij.", "Sturen")
    stage.ticks()
    before = rows(stage)
    vera = evenings(stage.of("Vera")).taps("woensdag 16 dec", "Verandering intrekken", "Geen reden")

    assert vera.said.startswith("Dat kan niet. Op die dag is er al een bijeenkomst")
    assert rows(stage) == before


def test_undoing_a_cancellation_of_a_day_that_another_evening_took_is_refused(stage, sam):
    cancels(stage.of("Vera")).taps("Sturen")
    stage.writes(lambda conn: moved_onto(conn, stage))
    stage.ticks()
    before = rows(stage)
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Verandering intrekken", "Geen reden")

    assert vera.said.startswith("Dat kan niet. Op die dag is er al een bijeenkomst")
    assert rows(stage) == before


def moved_onto(conn, stage):
    """The evening of 15 December is held on the first."""
    one = Change("moved", date(2026, 12, 15), date(2026, 12, 1), time(20), time(22))
    changes.add(conn, group_of(stage), one, "", None, stage.now)
    planning.plan_evenings(Turn(conn, stage.world, stage.now), group_of(stage))


# Who is told: whom it concerns when it is said


def test_who_stopped_before_the_morning_is_not_told(stage, sam):
    kim = stage.youth_begins("Kim")
    stage.passes("2026-11-20 23:30")
    cancels(stage.of("Vera")).taps("Sturen")
    counts = len(sam.shown), len(kim.shown)
    number = stage.id_of(sam)
    today = stage.now.date()
    stage.writes(lambda conn: phases.add(conn, number, Move("left", "own_wish", today, stage.now)))
    stage.passes("2026-11-21 12:00")

    assert OPENER not in sam.since(counts[0])
    assert OPENER in kim.since(counts[1])


def test_who_went_to_another_group_before_the_morning_is_not_told(stage, sam):
    stage.passes("2026-11-20 23:30")
    cancels(stage.of("Vera")).taps("Sturen")
    count, number = len(sam.shown), stage.id_of(sam)
    stage.writes(lambda conn: people.change(conn, number, group_id=group_of(stage, "12-18")))
    stage.passes("2026-11-21 12:00")

    assert OPENER not in sam.since(count)


# A promise is for an evening, not for the day it moves to


def wish_of(stage, phone):
    number = stage.id_of(phone)
    return stage.reads(lambda conn: door_wishes.running(conn, number, evening_of(stage).id))


def is_promised(stage, sam):
    sam.types("Menu").taps("Ik vind het spannend", "Iemand wacht bij de deur")
    stage.ticks()
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Tom")
    stage.ticks()


def test_a_promise_does_not_move_along_without_whoever_made_it(stage, sam):
    is_promised(stage, sam)
    sam.taps("Lees")
    moves(stage.of("Vera")).taps("Sturen")
    stage.ticks()

    assert wish_of(stage, sam).promised_by is None
    assert wish_of(stage, sam).promised_at is None
    sam.types("Menu").taps("Ik vind het spannend")
    assert "Tom" not in sam.said
    assert "Er is nog geen naam bij." in sam.said


def test_an_old_answer_says_that_it_was_for_the_old_day(stage, sam):
    is_promised(stage, sam)
    old = sam.last
    moves(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps_data(old.button("Lees").data)

    assert "Dit was voor het oude moment." in sam.ever
    assert "Tom wacht" not in sam.ever


def test_the_wish_waits_for_a_name_again(stage, sam):
    is_promised(stage, sam)
    sam.taps("Lees")
    vera = stage.of("Vera")
    count = len(vera.shown)
    moves(vera).taps("Sturen")
    stage.ticks()

    assert "Er staat iets nieuws voor je klaar" in vera.since(count)
    opens(vera)
    vera.taps("Tom")
    stage.ticks()
    sam.taps("Lees")
    assert "Tom wacht op je bij de deur. Dat is woensdag 2 december om 20:00." in sam.ever


def test_another_place_keeps_the_promise(stage, sam):
    is_promised(stage, sam)
    evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Andere plek", "The Base", "Geen reden", "Sturen")

    assert wish_of(stage, sam).promised_by == stage.programme.staff["Tom"]


# Two workers


@pytest.mark.postgres
@pytest.mark.parametrize("who", ["looking ahead", "the seed"])
def test_nobody_brings_evenings_while_another_worker_changes_them(stage_on_postgres, who):
    stage = stage_on_postgres
    group, zone = group_of(stage), stage.world.settings.zone

    def brings():
        with transaction(stage.engine) as other:
            other.execute(text("SET LOCAL lock_timeout = '200ms'"))
            if who == "the seed":
                seeded.follow(other, group, "midden", zone, stage.now)
            else:
                planning.plan_evenings(Turn(other, stage.world, stage.now), group)

    with transaction(stage.engine) as mine:
        calendars.lock(mine, group)
        with pytest.raises(StorageTrouble) as raised:
            brings()
    assert raised.value.kind == "locked"


@pytest.mark.postgres
def test_looking_ahead_waits_for_nobody_whose_turn_it_is(stage_on_postgres):
    stage = stage_on_postgres
    number = stage.id_of(stage.youth_begins("Lou"))

    with transaction(stage.engine) as mine:
        people.locked(mine, number)
        with transaction(stage.engine) as other:
            other.execute(text("SET LOCAL lock_timeout = '200ms'"))
            assert due.plan(other, number, "quieter", "locked", stage.now, None, {}, stage.now)
            due.cancel(other, number, "quieter", "locked", stage.now)
