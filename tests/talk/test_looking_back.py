"""Looking back: own sentences first, then steps and figures, the same figures as a picture. Nothing compares."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.storage import people
from bot.storage.schema_talk import attempt
from tests.talk.journeys import did, has_plan, has_prepared_plan, has_sent, tells

STEP = "Zeg hoi tegen een bekende"


def told(stage):
    """One step that was told about, not sent."""
    if stage.skips_to(told):
        return stage.of("Sam")
    has_prepared_plan(stage)
    return tells(did(stage)).taps("Niet sturen", "Later")


def done_again(stage, sentence, place="In mijn buurt"):
    sam = stage.of("Sam").types("Menu").taps("Mijn stap", "Een moment kiezen")
    sam.taps(sam.last.labels[1], "16:00", "Zo is het genoeg")
    stage.passes(stage.now.replace(hour=15, minute=30) + timedelta(days=1))
    sam.types("Menu").taps("Hoe ging het?", "Gedaan", "Meer vertellen", "Sla over", "7", "3", "Sla over")
    return sam.types(sentence).taps("Niet sturen", "Later")


def test_before_the_first_step_there_is_nothing_and_no_menu_entry(stage):
    sam = stage.youth_begins().types("/terugkijken")
    assert sam.said == "Er is nog niets om terug te kijken. Na je eerste stap vind je het hier."

    assert "Terugkijken" not in sam.types("Menu").last.labels


def test_own_sentences_come_first_and_figures_after_a_tap(stage):
    sam = told(stage).types("Menu").taps("Terugkijken")

    assert sam.said.endswith(f"• Het viel mee (zaterdag 21 november: {STEP})")
    assert "Spanning" not in sam.said
    sam.taps("Stappen en cijfers")

    assert sam.said.split("\n\n", 1)[1].splitlines() == [
        f"zaterdag 21 november: gedaan. {STEP}.",
        "Je was 80 procent zeker. Het gebeurde niet.",
        "Spanning: vooraf 6, op het hoogst 7, toen het klaar was 3.",
    ]


def test_the_command_leads_there_too_and_closes(stage):
    sam = told(stage).types("/terugkijken")

    assert sam.taps("Sluiten").said == "Gesloten. Terugkijken kan altijd in Menu."


def test_the_picture_carries_the_same_numbers_as_text(stage):
    sam = told(stage).types("/terugkijken").taps("Stappen en cijfers", "Als plaatje")

    assert sam.last.message.picture is not None
    assert sam.last.message.picture.png.startswith(b"\x89PNG")
    for said in (STEP, "80 procent", "niet", "vooraf 6", "op het hoogst 7", "toen het klaar was 3"):
        assert said in sam.said
    assert len(sam.said) <= 1024


def test_after_many_steps_the_text_under_the_picture_still_fits_and_pages_hold_the_rest(stage):
    has_plan(stage)
    did(stage).taps("Meer vertellen", "Sla over", "7", "3", "Sla over").types("Zin 0").taps("Niet sturen")
    sam = stage.of("Sam").taps("Later")
    for number in range(1, 8):
        done_again(stage, f"Zin {number}")
    sam.types("/terugkijken")
    assert "Zin 7" in sam.said
    assert "Zin 1" not in sam.said
    sam.taps("Oudere zinnen")
    assert "Zin 1" in sam.said
    assert "Zin 7" not in sam.said
    assert "Oudere zinnen" not in sam.last.labels

    sam.taps("Stappen en cijfers")
    assert sam.said.count("Spanning:") == 4
    sam.taps("Oudere stappen")
    assert sam.said.count("Spanning:") == 4
    sam.taps("Als plaatje")

    assert sam.said.count("Spanning:") == 5
    assert len(sam.said) <= 1024


def test_who_only_tapped_twice_sees_the_step_without_figures_or_picture(stage):
    has_plan(stage)
    sam = did(stage).taps("Klaar voor nu").types("/terugkijken")

    assert f"zaterdag 21 november: gedaan. {STEP}." in sam.said
    assert "None" not in sam.said
    assert "Als plaatje" not in sam.last.labels


def test_a_card_of_an_exercise_stands_there_as_well(stage):
    sam = stage.youth_begins().types("Menu")
    sam.taps("Oefeningen", "Alles laten zien", "Minder streng voor mezelf")
    sam.taps("8", "Het is nu voorbij", "Ja, bewaar het als kaart", "4", "Stoppen voor nu")

    assert sam.types("/terugkijken").said.endswith("• Het is nu voorbij")


def test_a_sentence_that_is_also_a_card_stands_there_once(stage):
    sam = told(stage).types("/terugkijken")

    assert sam.said.count("Het viel mee") == 1


def test_a_card_that_was_put_away_keeps_its_sentence_with_the_step_alone(stage):
    sam = (
        told(stage)
        .types("/terugkijken")
        .taps("Mijn kaarten", "Het viel mee", "Niet meer laten zien", "Sluiten")
    )

    sam.types("/terugkijken")

    assert "Mijn kaarten" not in sam.last.labels
    assert sam.said.count("Het viel mee") == 1


def test_when_the_words_are_cleared_the_steps_stay(stage):
    sam = told(stage)
    sam.types("/terugkijken").taps("Mijn kaarten", "Het viel mee", "Niet meer laten zien", "Sluiten")
    stage.writes(lambda conn: conn.execute(update(attempt).values(words=None)))

    sam.types("/terugkijken")

    assert "vooraf 6, op het hoogst 7" in sam.said
    assert "None" not in sam.said


def test_it_works_in_english(stage):
    sam = told(stage)
    number = stage.id_of(sam)
    stage.writes(lambda conn: people.change(conn, number, language="en"))

    sam.types("/lookback").taps("Steps and numbers")
    assert "You were 80 percent sure. It did not happen." in sam.said
    sam.taps("As a picture")

    assert "Tension: before 6, at the highest 7, when it was over 3." in sam.said


def test_an_open_question_waits_beside_it(stage):
    sam = has_prepared_plan(stage)
    did(stage).taps("Meer vertellen")
    question = sam.said
    sam.types("/terugkijken").taps("Sluiten").types("Menu").taps("Verder waar ik was")

    assert sam.said == question


def test_staff_cannot_open_it(stage):
    has_sent(stage)
    vera = stage.of("Vera").types("/terugkijken")

    assert "viel mee" not in vera.said
