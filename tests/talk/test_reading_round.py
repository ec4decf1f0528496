"""Who chose when the digest comes reads what asks nothing there, together; what needs a person comes at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.conversation import relay, starting
from bot.conversation.turn import Turn
from bot.storage import items, people
from tests.talk.journeys import has_sent, waiting
from tests.talk.stage import CODE, at
from tests.talk.test_digest_screen import begun, sends
from tests.talk.test_overview import opens_overview


@pytest.fixture
def weekly(stage):
    """Vera chose Tuesday; Kim shared something on Saturday evening."""
    stage.of("Vera").types("/tijden").taps("Eén keer per week", "dinsdag")
    has_sent(stage, name="Kim")
    return stage


def state_of(stage, number):
    return stage.reads(lambda conn: items.load(conn, number)).state


def first(stage):
    return stage.reads(lambda conn: items.waiting_for(conn, stage.programme.staff["Vera"]))[0].id


def test_it_has_no_message_of_its_own_and_the_youngster_hears_when_it_is_read(weekly):
    kim, vera = weekly.of("Kim"), weekly.of("Vera")
    weekly.passes("2026-11-23 12:00")

    assert waiting(vera) == []
    assert "leest dit dinsdag 24 november vanaf" in kim.ever


def test_the_words_stand_in_the_digest_and_all_are_seen_with_one_tap(weekly):
    weekly.passes("2026-11-24 10:30")
    number = first(weekly)
    vera = opens_overview(weekly.of("Vera")).taps("Lees wat is gedeeld")
    assert "1. Kim, zaterdag 21 november:" in vera.said
    assert "Noor zei hoi terug" in vera.said
    assert state_of(weekly, number) == "opened"

    vera.taps("Alles gezien")
    assert vera.said == "1 bericht is afgehandeld. Niemand krijgt bericht."
    assert state_of(weekly, number) == "handled"
    vera.taps("Toch open laten")
    assert "Noor zei hoi terug" in vera.said
    assert state_of(weekly, number) == "opened"


def test_what_came_after_it_was_shown_stays_open(weekly):
    weekly.passes("2026-11-24 10:30")
    vera = opens_overview(weekly.of("Vera")).taps("Lees wat is gedeeld")
    weekly.passes(timedelta(minutes=1))
    later = sends(weekly, begun(weekly, "Pim"), content="Kwam er net bij", hours=0)
    vera.taps("Alles gezien")

    assert vera.said.startswith("1 bericht is afgehandeld.")
    assert state_of(weekly, later) == "sent"
    assert "Kwam er net bij" in vera.taps("Verder lezen").said


def test_a_number_opens_one_of_them_to_answer(weekly):
    weekly.passes("2026-11-24 10:30")
    vera = opens_overview(weekly.of("Vera")).taps("Lees wat is gedeeld", "1")

    assert {"Antwoord", "Gezien"} <= set(vera.last.labels)


@pytest.mark.parametrize(
    "kind, level, content",
    [
        ("talk", None, "Wil iemand spreken."),
        ("checkin", "concern", "Ik voel me waardeloos"),
        ("checkin", None, "Kun je me helpen?"),
        ("checkin", None, "Lang " * 150),
    ],
)
def test_what_needs_a_person_or_is_long_is_opened_by_itself(stage, kind, level, content):
    stage.passes("2026-11-24 10:30")
    number = sends(stage, begun(stage, "Pim"), kind, content=content, level=level)
    vera = opens_overview(stage.of("Vera"))

    assert "Lees wat is gedeeld" not in vera.last.labels
    assert state_of(stage, number) == "sent"


def test_left_after_the_digest_it_is_said_once_and_then_goes_to_the_colleague(weekly):
    number, vera, tom = first(weekly), weekly.of("Vera"), weekly.of("Tom")
    weekly.passes("2026-11-24 17:00")
    assert not any("nog open" in one.text for one in vera.shown)
    weekly.passes("2026-11-25 12:00")
    assert any("Dit staat nog open" in one.text for one in vera.shown)
    assert waiting(tom) == []

    weekly.passes("2026-11-26 12:00")
    assert weekly.reads(lambda conn: items.load(conn, number)).recipient_id == weekly.programme.staff["Tom"]
    assert len(waiting(tom)) == 1


def test_a_wish_to_talk_comes_at_once(weekly):
    before = len(waiting(weekly.of("Vera")))
    weekly.passes("2026-11-23 12:00")
    kim = weekly.of("Kim").types("Menu").taps("Ik wil iemand spreken")
    kim.types("Even praten graag")
    weekly.ticks()

    assert len(waiting(weekly.of("Vera"))) == before + 1


def test_that_somebody_began_stands_in_the_digest_and_that_somebody_stopped_comes_at_once(weekly):
    weekly.youth_begins("Pim")
    weekly.youth_begins("Lou")
    weekly.passes("2026-11-23 12:00")
    vera = weekly.of("Vera")
    assert "Er is nieuws over een van je jongeren." not in vera.ever
    weekly.of("Lou").types("/stop").taps("Stoppen")
    weekly.passes(timedelta(minutes=1))
    assert vera.ever.count("Er is nieuws over een van je jongeren.") == 1
    weekly.passes("2026-11-24 10:30")

    assert re.search(r"Is begonnen: .*Pim", opens_overview(vera).said)


def test_who_never_chose_gets_it_at_once(stage):
    has_sent(stage)
    stage.passes("2026-11-23 12:00")

    assert len(waiting(stage.of("Vera"))) == 1


def test_a_weekly_one_missed_in_the_evening_comes_the_next_morning_and_is_what_is_read_first(weekly):
    vera = weekly.of("Vera")
    weekly.passes("2026-11-23 20:00")
    weekly.now = at("2026-11-24 21:00")  # nothing ran on the day it was due
    weekly.ticks()
    weekly.passes("2026-11-25 08:59")
    count = vera.texts.count("Je overzicht staat klaar.")

    weekly.passes("2026-11-25 17:00")
    assert vera.texts.count("Je overzicht staat klaar.") == count + 1
    assert "nog open" not in vera.ever
    weekly.passes("2026-11-26 12:00")
    assert "Dit staat nog open" in vera.ever


def test_of_more_that_were_missed_nothing_is_called_left_before_one_came(stage):
    vera = stage.of("Vera")
    vera.types("/tijden").taps("Alleen als ik kijk", "Elke werkdag", "Zo is het goed")
    has_sent(stage, name="Kim")
    stage.passes("2026-11-22 20:00")
    stage.now = at("2026-11-26 20:00")  # nothing ran from Monday to Thursday
    stage.ticks()
    stage.passes("2026-11-27 12:00")

    assert vera.texts.count("Je overzicht staat klaar.") == 1
    assert "nog open" not in vera.ever
    assert waiting(stage.of("Tom")) == []


def test_what_waited_for_a_digest_that_was_switched_off_is_announced_in_the_morning(weekly):
    vera, number = weekly.of("Vera"), first(weekly)
    vera.types("/tijden").taps("Alleen als ik kijk", "Zo is het goed")
    weekly.passes("2026-11-23 08:00")
    assert waiting(vera) == []
    weekly.passes("2026-11-23 17:00")
    assert "Er staat iets nieuws voor je klaar" in vera.ever
    assert "nog open" not in vera.ever

    weekly.passes("2026-11-24 12:00")
    assert vera.ever.count("Dit staat nog open") == 1
    weekly.passes("2026-11-25 12:00")
    assert weekly.reads(lambda conn: items.load(conn, number)).recipient_id == weekly.programme.staff["Tom"]


def test_with_another_day_it_waits_for_that_day(weekly):
    vera = weekly.of("Vera")
    vera.types("/tijden").taps("Eén keer per week", "donderdag", "Zo is het goed")
    weekly.passes("2026-11-26 17:00")

    assert "Je overzicht staat klaar." in vera.ever
    assert "Er staat iets nieuws" not in vera.ever
    assert "nog open" not in vera.ever


def _shares(turn, number):
    vera = people.named(turn.conn, "Vera")[0]
    relay.send_item(turn, items.add(turn.conn, number, "checkin", turn.now, "Hoi"), vera, turn.now)
    starting.begin_all(turn)


def test_what_waited_for_the_evening_is_announced_when_the_evening_is_cancelled(stage):
    vera = stage.of("Vera")
    vera.types("/tijden").taps("Alleen als ik kijk", "Ook voor de bijeenkomst", "Zo is het goed")
    stage.passes("2026-11-27 10:00")
    number = begun(stage, "Pim")
    stage.writes(lambda conn: _shares(Turn(conn, stage.world, stage.now), number))
    stage.ticks()
    before = waiting(vera)
    vera.types("Menu").taps("Bijeenkomsten")
    if "Tik je code" in vera.said:
        vera.taps_code(CODE)
    vera.taps("dinsdag 1 dec", "Gaat niet door", "Geen reden", "Sturen")
    stage.passes(timedelta(days=4))

    assert (before, len(waiting(vera))) == ([], 1)
