"""Several challenges, one open at a time by choice; the next is chosen together."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.storage import challenges, due
from bot.storage.schema_talk import challenge
from tests.talk.journeys import gives, has_plan, opens_youngsters, picks

SECOND = "Het kleine bericht"
FIRST = "Een groet per dag"


def current(stage):
    number = stage.id_of(stage.of("Sam"))
    return stage.reads(lambda conn: challenges.current(conn, number))


def open_count(stage):
    query = select(func.count()).where(challenge.c.state.in_(challenges.OPEN))
    return stage.reads(lambda conn: conn.execute(query).scalar_one())


def rests(stage):
    """The first challenge rests; a planned step was laid aside."""
    if stage.skips_to(rests):
        return stage.of("Sam")
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Andere uitdaging")
    return sam.taps("Samen een nieuwe kiezen")


def has_two(stage):
    """The second challenge is open, the first rests."""
    if stage.skips_to(has_two):
        return stage.of("Sam")
    rests(stage).taps("Oké")
    stage.passes("2026-11-23 10:00")
    sam = gives(stage, challenge=SECOND)
    sam.taps("Ja, die wil ik", "Meteen een stap kiezen")
    return sam.taps(sam.last.labels[0], "Later")


def test_before_choosing_it_says_that_the_planned_moment_goes(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Andere uitdaging")

    assert sam.said.startswith(f"Je doet nu: {FIRST}.")
    assert "Kies je een andere, dan vervalt je geplande moment." in sam.said
    assert sam.taps("Zo laten").said == "Oké. Zo blijft het."
    assert current(stage).state == "active"


def test_letting_it_rest_asks_for_a_new_one_to_be_chosen_together(stage):
    sam = rests(stage)
    assert "Vera ziet: wil samen een andere kiezen." in sam.said
    sam.taps("Oké")
    stage.passes("2026-11-23 09:00")

    card = opens_youngsters(stage.of("Vera"))

    assert "wil samen een andere uitdaging kiezen" in card.said
    assert "Uitdaging geven" in card.last.labels


def test_nothing_that_was_planned_for_it_comes_any_more(stage):
    sam = rests(stage).taps("Oké")
    stage.passes("2026-11-22 12:00")

    assert "Dit is het moment dat je koos." not in sam.ever
    waiting = stage.reads(lambda conn: due.waiting_of(conn, stage.id_of(sam)))
    assert not {"nudge", "follow_up"} & {one.kind for one in waiting}


def test_it_can_be_taken_back_at_once(stage):
    sam = rests(stage).taps("Toch hiermee door")

    assert sam.said == "Oké. Zo blijft het."
    assert (current(stage).state, current(stage).step) == ("active", "hoi")


def test_too_late_when_another_one_was_given(stage):
    rests(stage)
    stage.passes("2026-11-23 10:00")
    sam = gives(stage, challenge=SECOND)

    sam.taps("Toch hiermee door")

    assert sam.said == "Je hebt al een nieuwe uitdaging. Wisselen kan in Menu."
    assert open_count(stage) == 1


def test_the_youngster_switches_and_one_is_open_at_a_time(stage):
    sam = has_two(stage).types("Menu").taps("Mijn stap", "Andere uitdaging")
    assert sam.said.startswith(f"Je doet nu: {SECOND}.")

    sam.taps(FIRST)

    assert "Jouw stap: Zeg hoi tegen een bekende." in sam.said
    assert open_count(stage) == 1
    sam.types("Menu").taps("Mijn stap", "Andere uitdaging")
    assert SECOND in sam.last.labels
    assert FIRST not in sam.last.labels


def test_without_an_open_one_the_menu_leads_to_the_older_ones(stage):
    sam = rests(stage).taps("Oké").types("Menu")
    assert "Mijn stap" not in sam.last.labels

    sam.taps("Mijn uitdagingen")
    assert sam.said.startswith("Je doet nu geen uitdaging.")
    assert "Samen een nieuwe kiezen" not in sam.last.labels

    assert "Jouw stap:" in sam.taps(FIRST).said


def test_one_whose_step_was_never_chosen_begins_with_choosing(stage):
    sam = stage.youth_begins()
    gives(stage).taps("Ja, die wil ik", "Later")
    number = stage.id_of(sam)
    one = stage.reads(lambda conn: challenges.current(conn, number))
    stage.writes(lambda conn: challenges.set_state(conn, one.id, "resting", stage.now))

    sam.types("Menu").taps("Mijn uitdagingen", FIRST)

    assert "Ja, die wil ik" in sam.last.labels
    picks(sam)
    assert current(stage).step == "hoi"


def test_a_tap_on_one_that_is_open_already_changes_nothing(stage):
    sam = has_two(stage).types("Menu").taps("Mijn stap", "Andere uitdaging")
    older = sam.sees(FIRST).button(FIRST).data
    sam.taps(FIRST)

    sam.taps_data(older)

    assert sam.toast == "Deze knop hoort bij een eerdere vraag."
    assert open_count(stage) == 1


@pytest.mark.parametrize("outcome", ["resting", "done"])
def test_both_what_rests_and_what_is_done_can_be_taken_up_again(stage, outcome):
    sam = has_plan(stage)
    one = current(stage)
    stage.writes(lambda conn: challenges.set_state(conn, one.id, outcome, stage.now))

    assert FIRST in sam.types("Menu").taps("Mijn uitdagingen").last.labels
