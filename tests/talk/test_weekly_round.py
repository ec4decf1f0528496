"""A professional's weekly round from screen to screen: every way out of a card leads back to the digest."""

from __future__ import annotations

import re

import pytest

from tests.talk.journeys import did, has_prepared_plan, opens, tells

QUESTION = "Mag mijn zus mee?"
WORDS = "Zeg hoi tegen de buurvrouw. Daarna is het klaar."


@pytest.fixture
def monday(stage):
    """Sam shared a step, Kim wrote back, Yara wants to talk, Daan has begun; the digest is open."""
    for name in ("Yara", "Kim", "Daan"):
        stage.youth_begins(name)
    has_prepared_plan(stage)
    vera, kim = stage.of("Vera"), stage.of("Kim")
    kim.types("Menu").taps("Ik wil iemand spreken", "Over Join Us")
    opens(vera)
    vera.taps("Antwoord").types("Dat kan. Dinsdag om zes uur?")
    stage.passes("2026-11-20 12:30")
    tells(did(stage)).taps("Sturen")
    kim.taps("Lees", "Antwoord terug").types(QUESTION)
    stage.of("Yara").types("Menu").taps("Ik wil iemand spreken", "Over thuis")
    stage.passes("2026-11-23 09:00")
    return vera.taps("Open").taps_code()


def line(vera, name):
    return next(one for one in vera.said.splitlines() if re.match(rf"\d+\. {name}:", one))


def opens_card(vera, name):
    """Their number stands on a line of their own, or among names that are gathered."""
    (number, *_) = re.findall(rf"\b(\d+)\.? {name}\b", vera.said)
    return vera.taps(number)


def test_who_wrote_back_is_not_said_to_ask_for_a_talk_and_nothing_is_said_twice(monday):
    assert line(monday, "Kim").endswith("Kim: schreef terug (1 dag); is begonnen")
    assert line(monday, "Yara").endswith("Yara: wil iemand spreken (1 dag); is begonnen")
    assert "Open: schreef terug (1 dag)" in opens_card(monday, "Kim").said


def test_a_planned_talk_stands_on_the_card_and_the_wish_stays_open(monday):
    opens_card(monday, "Yara").taps(
        "Meer doen", "Gesprek plannen", "maandag 23 nov", "16:00", "Bellen", "Sturen"
    )
    assert "Yara wilde iemand spreken en leest dat dit het antwoord is. Dat blijft open." in monday.said
    monday.taps("Terug naar overzicht")

    card = opens_card(monday, "Yara").said
    assert "Gesprek gepland: maandag 23 november, 16:00 (wacht op antwoord)." in card
    assert "Open: wil iemand spreken (1 dag)" in card


def test_who_did_not_ask_is_planned_without_a_word_about_a_wish(monday):
    opens_card(monday, "Daan").taps(
        "Meer doen", "Gesprek plannen", "maandag 23 nov", "16:00", "Bellen", "Sturen"
    )

    assert monday.said.endswith("Het antwoord zie je op de kaart.")


def test_every_end_of_a_card_leads_back_to_the_digest(monday):
    opens_card(monday, "Daan").taps("Meer doen", "Terug naar overzicht")
    opens_card(monday, "Kim").taps("Antwoord").types("Ja hoor").taps("Terughalen", "Terug naar overzicht")
    assert line(monday, "Kim")
    opens_card(monday, "Daan").taps("Uitdaging geven", "Een groet per dag", "Terug naar overzicht")
    opens_card(monday, "Daan").taps("Meer doen", "Notities", "Nieuwe notitie", "Vragen hoe de stap ging.")
    monday.taps("Terug naar overzicht")
    opens_card(monday, "Sam").taps(
        "Meer doen", "Stap aanpassen", "Zeg hoi met de naam erbij", "Eigen woorden typen"
    )
    monday.types(WORDS).taps("De naam blijft", "Zo geven", "Terug naar overzicht")

    assert "Deelde iets (oudste 1 dag): 3 Sam" in monday.said


def test_the_round_answers_everybody_and_nobody_asks_anything_then(monday):
    opens_card(monday, "Sam").taps("Antwoord").types("Wat fijn om te lezen, Sam.").taps(
        "Terug naar overzicht"
    )
    opens_card(monday, "Kim").taps("Antwoord").types("Ja hoor").taps("Terughalen", "Opnieuw schrijven")
    monday.types("Ja, je zus mag mee.").taps("Terug naar overzicht")
    assert QUESTION not in monday.said
    opens_card(monday, "Yara").taps("We hebben gepraat", "Terug naar overzicht")

    assert monday.said.startswith("Niemand vraagt nu iets van jou.")
