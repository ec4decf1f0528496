"""Bad input of guidance: an answer to who stopped or left, and a professional who has no youngsters."""

from __future__ import annotations

from datetime import timedelta

from bot.programme.lifecycle import Move
from bot.storage import phases
from tests.talk.journeys import has_sent
from tests.talk.stage import CODE

ANSWER = "Tot dinsdag bij de deur."
OPENER = "Er is een antwoord van Vera."


def asks_to_answer(stage):
    """Vera has what Sam sent before her, and is about to type."""
    has_sent(stage)
    stage.passes("2026-11-23 09:00")
    stage.of("Vera").types("/overzicht")
    return opens_number(stage.of("Vera"))


def opens_number(vera):
    if "Open" in vera.last.labels:
        vera.taps("Open")
    if "Tik je code" in vera.said:
        vera.taps_code(CODE)
    return vera.taps("1", "Antwoord")


def test_who_said_stop_gets_nothing_and_what_was_typed_is_shown(stage):
    vera = asks_to_answer(stage)
    stage.of("Sam").types("stop").taps("Stoppen")
    vera.types(ANSWER)

    assert "Sam is gestopt en krijgt geen berichten meer." in " ".join(one.text for one in vera.shown)
    assert f"Je antwoord is niet verstuurd. Dit schreef je:\n\n{ANSWER}" in " ".join(
        one.text for one in vera.shown
    )
    stage.passes(timedelta(minutes=3))
    assert OPENER not in stage.of("Sam").texts


def test_an_answer_to_who_left_the_programme_still_comes(stage):
    vera = asks_to_answer(stage)
    number, today = stage.id_of(stage.of("Sam")), stage.now.date()
    stage.writes(lambda conn: phases.add(conn, number, Move("left", "no_time", today, stage.now, None), ""))
    vera.types(ANSWER)
    stage.passes(timedelta(minutes=3))
    stage.of("Sam").taps("Lees")

    assert ANSWER in stage.of("Sam").said


def test_without_youngsters_every_page_says_so_plainly(stage):
    bas = stage.of("Bas").types("/overzicht")
    opened = "Open" in bas.last.labels
    if opened:
        bas.taps("Open").taps_code(CODE)
    assert bas.said.startswith("Je hebt nog geen jongeren.")
    assert not {"1", "Verder", "Wie is lang stil", "Lees wat is gedeeld"} & set(bas.last.labels)
    bas.types("Menu").taps("Mijn jongeren")
    assert bas.said.startswith("Je hebt nog geen jongeren.")


def test_without_youngsters_there_is_one_to_practise_with_and_it_goes_again(stage):
    bas = stage.of("Bas").types("Menu").taps("Oefenen")
    assert "OEFENING" in bas.said or "Robin" in bas.said
