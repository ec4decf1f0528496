"""Care goes on after a stop, also at night, and no word typed to somebody who would read it is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import alerts as running
from tests.talk.alarm import decides, on_call, takes
from tests.talk.care import DANGER, alerts, cases, holder, levels
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import at
from tests.talk.test_rights_guardian import YOUNG, signs

MINUTES = timedelta(minutes=11)
MORE = "ik wil niet meer leven"
WIPE = "Wis dit uit de chat"


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


@pytest.fixture
def stopped(stage, sam):
    sam.types("/stop")
    assert "Schrijf je later over gevaar, dan help ik wel." in sam.said
    return sam.taps("Stoppen")


# After a stop


def test_who_stopped_and_writes_danger_is_asked_and_a_person_hears(stage, stopped):
    stopped.types(DANGER)
    assert "Denk je aan zelfmoord?" in stopped.said

    stopped.taps("Ja, nu")

    assert levels(stage) == ["p1"]
    assert holder(stage) == "Vera"
    assert alerts(stage)[0].content == DANGER


def test_silence_after_a_stop_counts_as_well(stage, stopped):
    stopped.types(DANGER)

    stage.passes(MINUTES)

    assert levels(stage) == ["p2"]
    assert "Vera krijgt nu bericht." in stopped.said


def test_what_is_unsure_after_a_stop_gets_numbers_and_is_not_kept(stage, stopped):
    stopped.types("ik keek een serie over zelfmoord")

    assert "113" in stopped.said
    assert cases(stage) == []


def test_who_never_said_yes_is_in_no_case(stage):
    kim = stage.youth_opens("Kim").taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Nee")

    kim.types(DANGER)

    assert "Ik kan niemand waarschuwen." in kim.said
    assert cases(stage) == []


def test_after_a_stop_no_button_leads_to_a_talk_that_cannot_be(stage, stopped):
    stopped.types(DANGER).taps("Nee")

    assert "Mijn begeleider" not in stopped.last.labels
    assert "Gewoon verder" in stopped.last.labels


# While only a wish for contact runs


def test_words_typed_under_a_wish_for_contact_go_to_whoever_has_it_and_that_was_said(stage, sam):
    sam.types(DANGER).taps("Nee")
    assert "Typ je hier nog iets, dan kan Vera dat wel lezen." in sam.said

    sam.types("op school gaat het zo slecht")

    assert levels(stage) == ["p3"]
    assert alerts(stage)[0].content == "op school gaat het zo slecht"


@pytest.mark.parametrize("way", ["types", "edits"])
def test_danger_beside_a_wish_for_contact_is_a_case_of_its_own(stage, sam, way):
    sam.types(DANGER).taps("Nee", "Gewoon verder")

    getattr(sam, way)(MORE)
    assert "Denk je aan zelfmoord?" in sam.said
    sam.taps("Ja, soms")

    assert levels(stage) == ["p3", "p2"]
    assert alerts(stage)[-1].content == MORE


def test_the_same_beside_one_that_was_lowered_but_not_for_the_very_same_words(stage, sam):
    sam.types(DANGER).taps("Ja, soms", "Dat bedoelde ik niet")
    sam.edits(DANGER)
    assert len(cases(stage)) == 1

    sam.edits(MORE).taps("Ja, nu")

    assert levels(stage)[-1] == "p1"
    assert alerts(stage)[-1].content == MORE


def test_after_a_stop_danger_beside_a_wish_for_contact_is_a_case_too(stage, sam):
    sam.types(DANGER).taps("Nee", "Gewoon verder").types("/stop").taps("Stoppen")

    sam.types(MORE)
    stage.passes(MINUTES)

    assert levels(stage) == ["p3", "p2"]
    assert len(stage.reads(lambda conn: running.running_about(conn, stage.id_of(sam)))) == 2


# At night


def test_what_was_read_at_once_by_day_is_not_promised_at_night(stage, sam):
    sam.types(DANGER).taps("Ja, soms")
    assert "Vera krijgt nu bericht." in sam.said
    stage.passes("2026-11-20 23:30")

    sam.types("het is zo stil hier")

    assert "Vera leest dit maandag 23 november vanaf 09:00. Tot dan leest niemand mee." in sam.said
    assert "bel 112" in sam.said


def test_typing_at_night_while_a_case_is_open_says_once_a_night_that_nobody_reads(stage, sam):
    said = "Wat je hier typt, leest nu niemand."
    sam.types(DANGER).taps("Ja, soms", "Verder").types("hallo")
    assert said not in sam.ever
    stage.passes("2026-11-20 23:30")

    sam.types("ben je daar").types("hoi")
    assert sam.ever.count(said) == 1
    assert "Direct gevaar: bel 112." in sam.ever
    stage.passes("2026-11-21 23:30")
    sam.types("hoi")
    assert sam.ever.count(said) == 2


def test_without_a_case_the_night_needs_no_such_sentence(stage, sam):
    stage.passes(at("2026-11-20 23:30"))

    assert "leest nu niemand" not in sam.types("ben je daar").ever


# Wiping


def test_help_can_be_wiped_with_all_that_stood_there_before(stage, sam):
    sam.types("/hulp").taps("Terug").types("/hulp").taps(WIPE)

    assert sam.said.startswith("Mijn laatste berichten zijn weg uit deze chat.")
    assert "Gratis, dag en nacht:\n113" not in "\n".join(sam.texts[3:])
    assert sam.taps("Klaar").said == "Wat wil je doen?"


def test_help_for_staff_has_nothing_to_wipe_and_stays(stage, sam):
    vera = stage.of("Vera").types("/hulp")
    shown = vera.last

    assert WIPE not in shown.labels
    assert not shown.message.protect
    stage.passes("2026-11-23 12:00")
    assert "113" in shown.text


def test_the_page_about_the_professional_can_be_wiped_before_anything_is_typed(stage, sam):
    sam.types("/hulp").taps("Het gaat over mijn begeleider")

    sam.taps(WIPE)

    assert sam.said.startswith("Mijn laatste berichten zijn weg uit deze chat.")
    assert "Het gaat over" not in sam.said
    assert alerts(stage) == []


def test_the_question_about_safety_can_be_wiped_and_answered_after_all(stage, sam):
    stage.passes("2026-12-02 09:00")
    sam.types("Menu")
    stage.passes("2026-12-02 16:01")
    sam.taps("Gaat wel", WIPE)
    assert "Voel je je veilig?" not in "\n".join(sam.texts)

    sam.taps("Terug naar de vraag", "Nee")

    assert len(cases(stage)) == 1


# After a parent or guardian stopped it


@pytest.mark.parametrize("words", ["ik ga mezelf nu ophangen", "het lukt niet meer"])
def test_who_was_stopped_by_a_guardian_with_the_question_open_is_still_heard(stage_with, words):
    stage14 = stage_with(minimum_age=14)
    stage14.passes("2026-11-23 10:00")
    kim = stage14.youth_opens("Kim", **YOUNG)
    signs(stage14)
    kim.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag").types(DANGER)
    opens_youngsters(stage14.of("Amira"), "Kim").taps(
        "Ouder of verzorger", "Ouder trekt het in", "Ja, noteren"
    )

    kim.types(words)
    stage14.passes(MINUTES)

    assert "Ik kan niemand waarschuwen." not in kim.ever
    assert levels(stage14) == ["p2"]
    assert words in alerts(stage14)[0].content


# At night, once more


def test_a_button_of_the_question_typed_at_night_is_an_answer_and_no_small_talk(stage, sam):
    stage.passes("2026-11-20 23:30")
    sam.types(DANGER).types("Ja, nu")

    assert levels(stage) == ["p1"]
    assert "Wat je hier typt, leest nu niemand." not in sam.ever


def test_of_who_took_it_on_and_went_home_nothing_is_promised_though_somebody_is_on_call(stage, sam):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-20 17:00"), at("2026-11-21 09:00"))
    stage.passes("2026-11-20 16:58")
    sam.types(DANGER).taps("Ja, nu")
    takes(stage.of("Vera"))
    stage.passes("2026-11-20 17:02")

    sam.types("het is zo stil hier")

    assert "Vera leest dit maandag 23 november vanaf 09:00. Tot dan leest niemand mee." in sam.said


# Wiping with a case open


def test_help_wiped_with_the_question_open_keeps_silence_neutral(stage, sam):
    sam.types(DANGER).types("/hulp").taps(WIPE)

    stage.passes(MINUTES)

    assert levels(stage) == ["p2"]
    assert sam.said.startswith("Er is een bericht voor je.")


def test_help_wiped_while_a_person_works_on_it_keeps_what_follows_neutral(stage, sam):
    sam.types(DANGER).taps("Ja, soms", "Verder").types("/hulp").taps(WIPE)

    sam.edits(MORE)

    assert cases(stage)[0].wiped
    assert sam.said.startswith("Er is een bericht voor je.")
    assert "Vera krijgt nu bericht." in sam.taps("Lees").said
