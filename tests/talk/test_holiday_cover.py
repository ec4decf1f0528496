"""Whoever stands in has what they need, and no more: alerts, the card, and nothing after it is over."""

from __future__ import annotations

import pytest

from bot.conversation import deed
from bot.conversation.turn import Turn
from bot.rehearsal.programme import OLDER
from bot.storage import admissions, erasures, holidays, people
from tests.talk import alarm
from tests.talk.alarm import staff_id
from tests.talk.stage import CODE
from tests.talk.test_holiday import plans, running


@pytest.fixture
def covered(stage):
    """Amira reads for Vera from Monday 30 November on."""
    sam = stage.youth_begins()
    plans(stage, "Vera", "maandag 30 nov", "maandag 30 nov", "Een week")
    stage.of("Vera").taps("Wie leest", "Amira", "Klaar")
    return sam


def relation(stage, name, youth):
    def look(conn):
        actor = people.load(conn, staff_id(stage, name))
        return deed.relation_to_youth(Turn(conn, stage.world, stage.now), actor, stage.id_of(youth))

    return stage.reads(look)


def test_an_alert_goes_to_who_stands_in_and_before_and_after_to_the_own_one(stage, covered):
    assert str(alarm.would_get(stage, covered).holder.name) == "Vera"
    stage.passes("2026-11-30 09:30")
    assert str(alarm.would_get(stage, covered).holder.name) == "Amira"
    stage.passes("2026-12-07 09:30")
    assert str(alarm.would_get(stage, covered).holder.name) == "Vera"


def test_an_alert_reaches_the_chat_of_who_stands_in_and_is_taken_on_there(stage, covered):
    stage.passes("2026-11-30 09:30")
    alarm.raises(stage, covered)

    alarm.takes(stage.of("Amira"))
    assert "acknowledged" in [what for what, _ in alarm.course(stage)]


def test_who_stands_in_is_nothing_to_the_youngster_afterwards(stage, covered):
    assert relation(stage, "Amira", covered) == "cover"
    assert relation(stage, "Bas", covered) == "organisation"
    stage.passes("2026-12-07 09:30")

    assert relation(stage, "Amira", covered) == "organisation"


def test_the_card_stands_in_the_menu_until_it_is_over(stage, covered):
    amira = stage.of("Amira").types("Menu")
    amira.taps("Overdracht", "Lees").taps_code(CODE)
    assert "Sam is begonnen" in amira.said
    assert "Overdracht" not in stage.of("Bas").types("Menu").last.labels
    stage.passes("2026-12-07 09:30")

    assert "Overdracht" not in amira.types("Menu").last.labels


def test_an_old_card_opens_nothing_after_somebody_else_was_chosen(stage, covered):
    stage.passes("2026-11-23 09:30")
    shown = stage.of("Amira").sees("Lees")
    stage.of("Vera").types("Menu").taps("Afwezig", "Vakantie later", "Vera, maandag 30 nov")
    stage.of("Vera").taps("Wie leest", "Tom", "Klaar")
    amira = stage.of("Amira").taps_data(shown.button("Lees").data)
    amira.taps_code(CODE)

    assert "Deze overdracht geldt niet meer." in amira.ever
    assert "Sam is begonnen" not in amira.ever


def test_who_stands_in_opens_the_youngster_in_the_overview(stage, covered):
    stage.passes("2026-11-30 09:30")
    covered.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    stage.passes("2026-12-01 09:30")
    amira = stage.of("Amira").types("Menu").taps("Overzicht", "Open")
    if "Tik je code" in amira.said:
        amira.taps_code(CODE)
    amira.taps("1")

    assert "Sam is begonnen" in amira.ever


def test_a_youngster_who_was_halted_is_not_on_the_card(stage, covered):
    from bot.storage import halts

    stage.writes(
        lambda conn: halts.begin(conn, stage.id_of(covered), "other", staff_id(stage, "Vera"), stage.now)
    )
    amira = stage.of("Amira").types("Menu").taps("Overdracht", "Lees").taps_code(CODE)

    assert "Sam" not in amira.said


def test_an_erased_youngster_takes_along_what_they_were_told(stage, covered):
    stage.passes("2026-11-23 18:00")
    number, one = stage.id_of(covered), running(stage)[0]
    assert stage.reads(lambda conn: holidays.told_to(conn, one.id)) == [number]
    stage.writes(lambda conn: erasures.erase(conn, number, stage.now))

    assert stage.reads(lambda conn: holidays.told_to(conn, one.id)) == []
    stage.passes("2026-12-08 12:00")


def test_an_erased_colleague_stands_in_for_nobody(stage, covered):
    stage.writes(lambda conn: erasures.erase(conn, staff_id(stage, "Amira"), stage.now))
    stage.passes("2026-11-23 12:00")

    assert running(stage)[0].reads is None
    assert stage.of("Vera").sees("Weet ik nog niet").labels[0] == "Tom"


def test_an_erased_professional_leaves_no_holiday_behind(stage, covered):
    stage.passes("2026-11-23 18:00")

    def passed_on(conn):
        people.assign(conn, stage.id_of(covered), staff_id(stage, "Bas"), "main", stage.now)
        return erasures.erase(conn, staff_id(stage, "Vera"), stage.now)

    stage.writes(passed_on)
    stage.passes("2026-12-08 12:00")
    assert running(stage) == []


def test_the_card_says_where_in_the_programme_they_are_and_the_evening_in_those_days(stage):
    sam = stage.youth_begins()
    number, group = stage.id_of(sam), stage.programme.groups[OLDER]
    stage.writes(
        lambda conn: admissions.enter(conn, number, group, "trial", None, stage.now.date(), stage.now)
    )
    plans(stage, "Vera", "maandag 30 nov", "maandag 30 nov", "Een week")
    stage.of("Vera").taps("Wie leest", "Amira", "Klaar")
    stage.passes("2026-11-23 09:30")
    card = stage.of("Amira").taps("Lees").taps_code(CODE).said

    assert "In het programma: oefenavond" in card
    assert "Bijeenkomst in die dagen: dinsdag 1 december" in card
    assert card.index("Bijeenkomst in die dagen") < card.index("Sam is begonnen")
