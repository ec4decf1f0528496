"""A step in words of its own: previewed, checked, told with the name, taken back; and when the catalog goes on."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.storage import adaptations, challenges, erasures, exports, withdrawals
from bot.storage.schema_guidance import adapted_step
from tests.talk.journeys import STEP, gives, has_plan, opens_youngsters, picks, plans
from tests.talk.stage import CODE
from tests.talk.test_publishing import GREETING, published

OWN = "Zeg hoi tegen je buurvrouw. Dan is de stap klaar."
TITLE = "Hoi tegen je buurvrouw"


@pytest.fixture
def sam(stage):
    """Has chosen a step and planned nothing yet."""
    stage.youth_begins()
    return picks(gives(stage))


def given(stage):
    return stage.reads(lambda conn: challenges.current(conn, stage.id_of(stage.of("Sam"))))


def opens(stage, step=STEP):
    return opens_youngsters(stage.of("Vera")).taps("Meer doen", "Stap aanpassen", step)


def adapts(stage, do=OWN, title=TITLE):
    vera = opens(stage).taps("Eigen woorden typen")
    vera.types(do).types(title)
    return vera.taps("Zo geven")


def step_of(sam):
    return sam.types("Menu").taps("Mijn stap").said


def test_the_preview_is_what_the_youngster_reads_with_the_name(stage, sam):
    vera = opens(stage).taps("Eigen woorden typen")
    vera.types(OWN).types(TITLE)
    shown = vera.said.split("\n\n", 1)[1]
    assert shown.startswith(f"Jouw stap: {TITLE}.\n\n{OWN}\n")
    assert "Vera paste deze stap aan voor jou." in shown
    vera.taps("Zo geven")

    assert step_of(sam).startswith(shown.strip())


def test_the_youngster_is_told_once_and_may_keep_it(stage, sam):
    adapts(stage)
    stage.passes("2026-11-20 12:30")
    sam.taps_data(sam.sees("Lees").button("Lees").data)

    assert OWN in sam.said
    assert "Vera paste deze stap aan voor jou." in sam.said
    sam.taps("Ja, zo is het goed")
    assert OWN in step_of(sam)


def test_who_prefers_how_it_was_has_it_and_the_professional_sees_that(stage, sam):
    adapts(stage)
    stage.passes("2026-11-20 12:30")
    sam.taps_data(sam.sees("Lees").button("Lees").data)
    sam.taps("Liever zoals het was")

    assert OWN not in step_of(sam)
    line = "leest de stap liever zonder aanpassing"
    assert line in opens_youngsters(stage.of("Vera")).said


def test_another_youngster_with_the_same_challenge_reads_the_catalog(stage, sam):
    adapts(stage)
    stage.youth_begins("Kim")
    kim = picks(gives(stage, "Kim"))

    assert OWN not in step_of(kim)


def test_the_words_are_checked_as_content_is(stage, sam):
    vera = opens(stage).taps("Eigen woorden typen")
    vera.types("Je moet hoi zeggen. Durf je dat? Wil je dat?").taps("De naam blijft")
    assert "twee vragen in een bericht" in vera.said
    assert '"moet" past niet' in vera.said

    vera.taps("Opnieuw typen").types("Zeg {{ name }} hoi.").taps("De naam blijft")
    assert "geen invulplekken" in vera.said
    vera.taps("Opnieuw typen").types("Kom hoi zeggen en " + "nog iets " * 8).taps("De naam blijft")
    assert "woorden" in vera.said
    assert "Zo past het nog niet" in vera.said
    assert stage.reads(lambda conn: adaptations.standing(conn, given(stage).id)) == []


def test_it_is_taken_back_before_the_youngster_hears_of_it(stage, sam):
    count = len(sam.shown)
    adapts(stage).taps("Terugdraaien")
    stage.passes("2026-11-20 14:00")

    assert len(sam.shown) == count
    assert OWN not in step_of(sam)


def test_undo_brings_back_the_words_from_before(stage, sam):
    adapts(stage)
    vera = opens(stage, f"✎ {TITLE}").taps("Andere woorden typen")
    vera.types("Zwaai naar je buurvrouw.").taps("De naam blijft")
    vera.taps("Zo geven", "Terugdraaien")

    assert OWN in step_of(sam)


def test_back_to_the_usual_text_from_the_card(stage, sam):
    adapts(stage)
    opens(stage, f"✎ {TITLE}").taps("Terug naar de gewone tekst")

    assert OWN not in step_of(sam)


# The catalog goes on


def renews(stage):
    return published(stage, "challenge", GREETING, "title: Een groet per dag", "title: Elke dag hoi")


def chooses(stage):
    stage.passes("2026-11-23 09:30")
    vera = stage.of("Vera")
    vera.taps_data(vera.sees("Lees").button("Lees").data)
    if "Tik je code" in vera.said:
        vera.taps_code(CODE)
    return vera


def test_the_professional_chooses_and_meanwhile_nothing_is_mixed(stage, sam):
    adapts(stage)
    renews(stage)
    held = given(stage)
    assert OWN in step_of(sam)
    vera = chooses(stage)
    assert "is vernieuwd sinds jouw aanpassing" in vera.said
    assert f"Jouw woorden: {TITLE}. {OWN}" in vera.said

    vera.taps("Mijn woorden houden")
    assert OWN in step_of(sam)
    assert given(stage).revision == held.revision
    assert "is vernieuwd" not in opens_youngsters(vera).taps("Meer doen", "Stap aanpassen").said


def test_the_new_text_comes_as_a_whole_and_can_be_taken_back(stage, sam):
    adapts(stage)
    newest = renews(stage)
    vera = chooses(stage).taps("Helemaal de nieuwe tekst")

    assert given(stage).revision == newest
    assert given(stage).step == "hoi"
    assert OWN not in step_of(sam)
    vera.taps("Terugdraaien")
    assert OWN in step_of(sam)
    assert given(stage).revision != newest


def test_the_text_does_not_change_under_a_planned_step(stage):
    has_plan(stage)
    adapts(stage)
    renews(stage)
    held = given(stage).revision
    vera = opens_youngsters(stage.of("Vera")).taps("Meer doen", "Stap aanpassen")
    vera.taps("Helemaal de nieuwe tekst")

    assert "heeft een stap gepland" in vera.said
    assert given(stage).revision == held


# Bad input, and what is kept


def test_a_step_that_was_withdrawn_cannot_be_adapted(stage, sam):
    vera = opens_youngsters(stage.of("Vera")).taps("Meer doen", "Stap aanpassen")
    revision = given(stage).revision
    stage.writes(
        lambda conn: withdrawals.add(
            conn, "challenge", given(stage).key, [revision], "hoi", "x", None, stage.now
        )
    )
    vera.taps(STEP)

    assert vera.said.startswith("Dat lukt niet meer.")


def test_without_a_challenge_there_is_nothing_to_adapt(stage, sam):
    vera = opens_youngsters(stage.of("Vera")).taps("Meer doen")
    stage.writes(lambda conn: challenges.set_state(conn, given(stage).id, "done", stage.now))
    vera.taps("Stap aanpassen")

    assert "heeft nu geen uitdaging" in vera.said


def test_the_words_are_sealed_given_to_who_asks_and_gone_with_the_youngster(stage, sam):
    adapts(stage)
    number = stage.id_of(sam)
    raw = stage.reads(lambda conn: conn.execute(select(adapted_step.c.words)).scalar_one())
    assert b"buurvrouw" not in raw
    assert OWN in str(stage.reads(lambda conn: exports.gather(conn, number))["adapted_step"])

    stage.writes(lambda conn: erasures.erase(conn, number, stage.now))
    assert stage.reads(lambda conn: conn.execute(select(adapted_step)).all()) == []


def test_once_told_it_stays_while_the_step_is_planned(stage, sam):
    kept = adapts(stage).last.button("Terugdraaien").data
    stage.passes("2026-11-20 12:30")
    sam.taps_data(sam.sees("Lees").button("Lees").data)
    sam.taps("Ja, zo is het goed")
    step_of(sam)
    plans(sam)
    vera = stage.of("Vera").taps_data(kept)

    assert vera.said.startswith("Sam heeft een stap gepland. De tekst verandert niet vlak daarvoor.")
    assert OWN in step_of(sam)


def test_before_it_was_told_a_planned_step_goes_back_to_its_own_words(stage):
    sam = has_plan(stage)
    adapts(stage).taps("Terugdraaien")

    assert stage.of("Vera").said.startswith("Teruggedraaid.")
    assert OWN not in step_of(sam)
