"""What fits after an attempt, as conversations: the youngster decides, nothing moves up by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.storage import challenges, exercises, journal, people
from bot.storage.schema_talk import journal as lines
from tests.talk.journeys import (
    did,
    gives,
    has_plan,
    has_prepared_plan,
    opens_youngsters,
    picks,
    plans,
    tells,
)

STEP = "Zeg hoi tegen een bekende"
CUE = "Op welk moment doe je dat?"
SMALLER = "Een knik naar iemand"


def given(stage):
    number = stage.id_of(stage.of("Sam"))
    return stage.reads(lambda conn: challenges.current(conn, number))


def titles(stage):
    one = given(stage)
    return [step.title for step in stage.world.library.challenge(one.key, "nl", one.revision).steps]


def again(stage, outcome, place=None, belief="20"):
    """The same step once more, tomorrow afternoon; prepared when a place is given."""
    sam = stage.of("Sam").types("Menu").taps("Mijn stap", "Een moment kiezen")
    sam.taps(sam.last.labels[1], "16:00")
    if place is None:
        sam.taps("Zo is het genoeg")
    else:
        sam.taps("Nog even voorbereiden", "De ander kijkt weg", belief, "6", "Niks", "Nee")
        sam.taps(place, "Weet ik niet", "Gelezen")
    stage.passes(stage.now.replace(hour=15, minute=30) + timedelta(days=1))
    return sam.types("Menu").taps("Hoe ging het?", outcome)


def not_done_twice(stage):
    if stage.skips_to(not_done_twice):
        return stage.of("Sam")
    has_plan(stage)
    did(stage, outcome="Niet gedaan").taps("Klaar voor nu")
    return again(stage, "Niet gedaan")


def tells_kept(sam, *, highest="7", after="3", feared="Nee", again="20"):
    """[Meer vertellen] to the end; nothing is sent."""
    sam.taps("Meer vertellen", feared, "Iemand deed of zei iets terug", highest, after)
    if feared != "Ja":
        sam.taps("Sla over")
    return sam.taps("Sla over", again, "Niet sturen")


# Not started twice: down, or half a step


def test_once_not_done_asks_what_it_always_asked(stage):
    has_plan(stage)
    sam = did(stage, outcome="Niet gedaan")

    assert "Wat past nu bij jou?" in sam.said


def test_the_second_time_it_is_about_half_a_step_in_as_many_taps(stage):
    sam = not_done_twice(stage)

    assert "Je raakt niets kwijt.\nVera ziet alleen: niet gedaan." in sam.said
    assert sam.said.endswith("Wat is een halve stap?")
    assert sam.taps("Klaar voor nu").said == "Oké. Er verandert niets. Je stap vind je in Menu."
    assert given(stage).step == "hoi"


def test_half_a_step_in_own_words_becomes_a_plan(stage):
    sam = not_done_twice(stage).types("Alleen kijken wie er is")
    assert sam.said.startswith("Genoteerd: Alleen kijken wie er is")

    sam.taps("Een plan ervoor maken")

    number = stage.id_of(sam)
    kept = stage.reads(lambda conn: exercises.latest(conn, number, "advice"))[0]
    assert kept.said("between") == "Alleen kijken wie er is"
    assert sam.said.endswith(CUE)


@pytest.mark.parametrize(
    "tapped, expected",
    [
        ("Kleinere stap", f"Jouw stap: {SMALLER}."),
        ("Ander moment", f"Jouw stap: {STEP}."),
        ("Praten met Vera", "Ik stuur Vera een bericht dat je wilt praten."),
    ],
)
def test_every_other_way_stays_open(stage, tapped, expected):
    sam = not_done_twice(stage).taps(tapped)

    assert expected in sam.said


def test_my_step_says_so_too_until_something_else_was_chosen(stage):
    sam = not_done_twice(stage).taps("Klaar voor nu").types("Menu").taps("Mijn stap")
    assert "Deze stap was twee keer te groot. Een kleinere mag." in sam.said

    sam.taps("Andere stap", SMALLER, "Later").types("Menu").taps("Mijn stap")

    assert "te groot" not in sam.said


# Done


def test_two_taps_stay_two_taps(stage):
    has_prepared_plan(stage)
    sam = did(stage)
    count = len(sam.shown)

    sam.taps("Klaar voor nu")

    assert len(sam.shown) == count + 1
    assert "spannender" not in sam.ever


def test_a_surprise_offers_a_step_up_and_nothing_moves_by_itself(stage):
    has_prepared_plan(stage)
    before = given(stage).step
    sam = tells_kept(did(stage))

    assert sam.said.startswith("Je was 80 procent zeker. Het gebeurde niet.")
    assert "Wil je een spannender stap?" in sam.said
    assert given(stage).step == before
    sam.taps("Klaar voor nu")
    stage.passes(timedelta(days=3))

    assert given(stage).step == before


def test_a_step_up_is_taken_when_the_youngster_says_so(stage):
    has_prepared_plan(stage)
    sam = tells_kept(did(stage))
    wanted = titles(stage)[titles(stage).index(STEP) + 1]

    sam.taps("Ja, die stap")

    assert sam.texts[-2] == f"Oké. Dan is je stap nu: {wanted}. Terug kan altijd."
    assert "Op welke dag wil je dit doen?" in sam.said


def test_after_sending_it_waits_behind_a_button(stage):
    has_prepared_plan(stage)
    sam = tells(did(stage)).taps("Sturen")
    assert sam.said.startswith("Verstuurd.")

    sam.taps("Wat past nu bij mij?")

    assert "Wil je een spannender stap?" in sam.said


def test_after_another_sending_there_is_no_such_button(stage):
    sam = stage.youth_begins().types("Menu").taps("Ik wil iemand spreken").types("Over thuis")

    assert not sam.has("Wat past nu bij mij?")


def test_still_tense_offers_the_same_step_elsewhere_and_up_stays_possible(stage):
    has_prepared_plan(stage)
    sam = tells_kept(did(stage), after="8", feared="Een beetje", again="60")
    # A surprise of 30: that counts before the tension.
    assert "Wil je een spannender stap?" in sam.said
    sam.taps("Klaar voor nu")

    sam = tells_kept(again(stage, "Gedaan", "In mijn buurt", belief="60"), after="8", feared="Een beetje")
    assert sam.said.startswith("Je deed het terwijl het spannend was.")

    assert sam.taps("Spannender stap").texts[-2].startswith("Oké. Dan is je stap nu:")


def test_twice_in_two_places_with_little_expected_is_learned(stage):
    has_prepared_plan(stage)
    did(stage).taps("Klaar voor nu")

    sam = again(stage, "Gedaan", "Bij Join Us").taps("Klaar voor nu")

    assert sam.said.startswith("Deze stap ging goed op twee plekken. Ik noem hem: geleerd.")


def test_twice_in_the_same_place_is_not(stage):
    has_prepared_plan(stage)
    did(stage).taps("Klaar voor nu")

    sam = again(stage, "Gedaan", "In mijn buurt").taps("Klaar voor nu")

    assert "geleerd" not in sam.ever


@pytest.mark.parametrize("figure, offered", [("6", True), ("5", False)])
def test_without_a_prediction_confidence_decides(stage, figure, offered):
    has_plan(stage)
    sam = did(stage).taps("Meer vertellen", "Iemand deed of zei iets terug", "7", "3", "Sla over", "Sla over")
    sam.taps("Niet sturen")
    assert "Hoeveel vertrouwen heb je dat je die kunt doen?" in sam.said

    sam.taps(figure)

    assert ("Wil je een spannender stap?" in sam.said) is offered
    assert (sam.said == "Oké. Er verandert niets. Je stap vind je in Menu.") is not offered


def test_what_was_feared_happened_changes_no_step(stage):
    has_prepared_plan(stage)
    sam = did(stage).taps("Meer vertellen", "Ja", "Sla over", "9", "8", "Sla over", "90", "Niet sturen")
    sam.taps("Klaar voor nu")
    assert "spannender" not in sam.ever

    sam.types("Menu").taps("Mijn stap")

    assert "De vorige keer gebeurde wat je dacht." in sam.said
    assert "Spannender stap" not in sam.last.labels


# The top: the next challenge is chosen together


def at_the_top(stage):
    """The last step went otherwise than expected."""
    if stage.skips_to(at_the_top):
        return stage.of("Sam")
    stage.youth_begins()
    sam = gives(stage)
    plans(picks(sam, titles(stage)[-1]))
    sam.taps("Nog even voorbereiden")
    sam.taps(sam.last.labels[0], "80", "6", "Niks", "Nee", "In mijn buurt", "Weet ik niet", "Gelezen")
    return tells_kept(did(stage))


def test_at_the_top_the_next_challenge_is_chosen_together(stage):
    sam = at_the_top(stage)
    assert "Een volgende uitdaging kies je samen met Vera." in sam.said

    sam.taps("Ja, samen kiezen", "Oké")
    stage.passes("2026-11-23 09:00")

    assert given(stage) is None
    assert "is klaar met de uitdaging, kies samen een nieuwe" in opens_youngsters(stage.of("Vera")).said
    assert "Uitdaging geven" in stage.of("Vera").last.labels


def test_not_done_after_all_takes_it_back(stage):
    sam = at_the_top(stage)
    before = given(stage)

    sam.taps("Ja, samen kiezen", "Toch niet klaar")

    assert given(stage) == before
    assert sam.said == "Oké. Er verandert niets. Je stap vind je in Menu."


def test_when_another_was_given_it_is_too_late_to_take_it_back(stage):
    sam = at_the_top(stage).taps("Ja, samen kiezen")
    gives(stage, challenge="Het kleine bericht")

    sam.taps("Toch niet klaar")

    assert sam.said == "Er is al een nieuwe uitdaging. Bespreek het met Vera."


# Looking together


def test_three_attempts_without_progress_are_told_as_a_status_only(stage):
    sam = not_done_twice(stage).taps("Klaar voor nu")
    again(stage, "Niet gedaan")
    assert "Vera ziet alleen: niet gedaan, en: samen kijken." in sam.said
    sam.taps("Klaar voor nu")
    stage.passes(timedelta(days=1))
    stage.passes(timedelta(days=1))

    found = stage.reads(lambda conn: journal.latest(conn, stage.id_of(sam)))
    assert [(one.kind, one.value) for one in found if one.kind == "together"] == [("together", None)]
    assert "samen naar de stap kijken kan helpen" in opens_youngsters(stage.of("Vera")).said


def test_fourteen_days_without_anything_as_well_and_once(stage):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")
    sam = stage.of("Sam")

    def count():
        query = select(func.count()).where(lines.c.youth_id == stage.id_of(sam), lines.c.kind == "together")
        return stage.reads(lambda conn: conn.execute(query).scalar_one())

    stage.passes("2026-12-05 12:00")
    assert count() == 0
    stage.passes("2026-12-06 12:00")
    assert count() == 1

    stage.passes("2026-12-20 12:00")

    assert count() == 1


def test_in_english_too(stage):
    has_prepared_plan(stage)
    sam = did(stage)
    number = stage.id_of(sam)
    stage.writes(lambda conn: people.change(conn, number, language="en"))
    sam.taps(
        "Meer vertellen", "No", "Nothing special happened", "7", "3", "Skip", "Skip", "20", "Do not send"
    )

    assert sam.said.startswith("You were 80 percent sure. It did not happen.")
    sam.taps("Yes, that step")
    assert "You can always go back." in sam.texts[-2]


def test_it_can_be_left_and_found_again(stage):
    sam = not_done_twice(stage).taps("Later")
    stage.passes(timedelta(days=2))

    sam.types("Menu").taps("Verder waar ik was")

    assert sam.said.endswith("Wat is een halve stap?")


def test_an_older_step_up_does_nothing_once_another_step_was_chosen(stage):
    has_prepared_plan(stage)
    sam = tells_kept(did(stage))
    older = sam.sees("Ja, die stap").button("Ja, die stap").data
    sam.types("Menu").taps("Mijn stap", "Andere stap", SMALLER, "Later")

    sam.taps_data(older)

    assert given(stage).step == "knik"
    assert f"Jouw stap: {SMALLER}." in sam.said
