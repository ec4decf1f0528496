"""Short or with explanation, own moments, quieter: how a youngster wants it, over weeks."""

from __future__ import annotations

import pytest

from bot.storage import due, preferences
from tests.talk.journeys import gives, has_plan, opens_youngsters, picks, plans
from tests.talk.stage import at

EXPLANATION = "Dat duurt 3 minuten."


def planned(stage, sam, kind):
    waiting = stage.reads(lambda conn: due.waiting_of(conn, stage.id_of(sam)))
    return next(one for one in waiting if one.kind == kind)


def given(stage):
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")


def test_with_explanation_until_somebody_wants_it_short(stage):
    sam = stage.youth_begins()
    gives(stage)
    assert EXPLANATION in plans(picks(sam)).said


def test_short_leaves_the_explanation_out_and_keeps_what_counts(stage):
    sam = stage.youth_begins().types("/instellingen").taps("Kort of met uitleg", "Kort")
    gives(stage)
    said = plans(picks(sam)).said

    assert EXPLANATION not in said
    assert "vraag ik hoe het ging." in said


def test_explanation_can_come_back(stage):
    sam = stage.youth_begins().types("/instellingen").taps("Kort of met uitleg", "Kort")
    sam.types("/instellingen").taps("Kort of met uitleg", "Met uitleg")
    gives(stage)

    assert EXPLANATION in plans(picks(sam)).said


def test_short_is_offered_after_two_weeks_until_a_choice_was_made(stage):
    sam = stage.youth_begins()
    assert "Korter praten?" not in sam.types("Menu").last.labels
    stage.passes("2026-12-05 12:00")
    assert "Korter praten?" in sam.types("Menu").last.labels

    sam.taps("Korter praten?", "Kort of met uitleg", "Met uitleg")

    assert "Korter praten?" not in sam.types("Menu").last.labels


def test_what_is_about_safety_and_who_reads_stays_also_in_short(stage):
    sam = stage.youth_begins().types("/instellingen").taps("Kort of met uitleg", "Kort")
    stage.passes("2026-11-29 19:01")
    sam.taps("Lees", "Ik kom", "Klaar")
    stage.passes("2026-12-02 17:00")

    assert "Dit antwoord stuur ik niet vanzelf door." in sam.said
    assert "Kies je Nee, dan hoort een mens dat ook." in sam.taps("Goed").said


def test_own_moments_move_what_is_planned_and_say_why(stage):
    sam = has_plan(stage)
    assert planned(stage, sam, "two_weekly").not_before == at("2026-12-02 16:00")

    sam.types("/tijden").taps("Voor alle vragen", "Ma-vr avond", "Klaar")

    assert "Alle vragen: Ma-vr avond (17:00-22:00)" in sam.said
    assert planned(stage, sam, "two_weekly").not_before == at("2026-12-02 17:00")
    assert planned(stage, sam, "nudge").not_before == at("2026-11-21 16:00")
    assert (
        "hoe het met je gaat. Van mij, de computer. Verplaatst naar jouw tijden." in sam.types("/straks").said
    )


def test_usual_moments_again(stage):
    sam = has_plan(stage).types("/tijden").taps("Voor alle vragen", "Weekend middag", "Klaar")
    assert planned(stage, sam, "two_weekly").not_before == at("2026-12-05 12:00")

    sam.types("/tijden").taps("Gewone tijden")

    assert planned(stage, sam, "two_weekly").not_before == at("2026-12-02 16:00")


def test_one_kind_can_have_moments_of_its_own(stage):
    sam = has_plan(stage).types("/tijden").taps("Voor alle vragen", "Weekend middag", "Klaar")
    sam.types("/tijden").taps("Hoe het gaat", "Ma-vr avond", "Klaar")

    assert planned(stage, sam, "two_weekly").not_before == at("2026-12-02 17:00")


def test_a_challenge_waits_for_the_moments_that_were_chosen(stage):
    sam = stage.youth_begins().types("/tijden").taps("Voor alle vragen", "Weekend middag", "Klaar")
    given(stage)
    count = len(sam.shown)
    stage.passes("2026-11-21 11:59")
    assert len(sam.shown) == count

    stage.passes("2026-11-21 12:05")

    assert sam.since(count) == "Er is een bericht voor je."


def test_an_adult_may_be_asked_late_and_a_minor_may_not(stage):
    sam = stage.youth_begins().types("/tijden").taps("Voor alle vragen")
    assert any(label.startswith("Ook laat") for label in sam.last.labels)
    kim = stage.youth_begins("Kim", born="2009-05")
    kim.types("/tijden").taps("Voor alle vragen")

    assert not any(label.startswith("Ook") for label in kim.last.labels)
    assert "Ma-vr avond (17:00-20:30)" in kim.last.labels


def test_nothing_ticked_is_no_choice(stage):
    sam = stage.youth_begins().types("/tijden").taps("Voor alle vragen", "Klaar")
    assert "Kies één tijd of meer" in sam.said

    assert "Dit geldt vanaf nu" in sam.taps("Weekend middag", "Klaar").said


def test_only_late_is_no_choice_either(stage):
    sam = stage.youth_begins().types("/tijden").taps("Voor alle vragen", "Ook laat", "Klaar")

    assert "Kies één tijd of meer" in sam.said


def test_quieter_and_back(stage):
    sam = stage.youth_begins().types("/instellingen").taps("Minder berichten")
    assert "hooguit twee keer in de week" in sam.said
    assert stage.reads(lambda conn: preferences.get(conn, stage.id_of(sam), "quieter"))

    sam.types("/instellingen").taps("Meer berichten")

    assert stage.reads(lambda conn: preferences.get(conn, stage.id_of(sam), "quieter")) is None


@pytest.mark.parametrize(
    "text",
    ["ben je echt?", "Ben je een mens?", "ben jij een robot", "Ben je een echt persoon?", "praat ik met een mens?",
     "is dit een bot?", "Is er iemand?", "Zit hier iemand?", "wie ben je?", "Wat ben jij eigenlijk?",
     "ben je een computer?",
     "bent u een mens", "Ben je AI?", "Ben je chatgpt?", "ben je nep?", "Hoi, ben je echt een mens?", "mens?", "Echt?",
     "Praat ik nu met iemand?", "ben je een mens of een computer?", "leest er iemand mee?", "are you real?",
     "Are you a human?", "Am I talking to a person?", "is this a bot?", "who are you?"],
)  # fmt: skip
def test_who_asks_whether_this_is_a_person_hears_that_it_is_a_computer(stage, text):
    sam = stage.youth_begins()

    assert "Ik ben een computer, geen mens." in sam.types(text).said


def test_also_in_the_middle_of_a_question_which_then_goes_on(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Voorbereiden", "Iets anders")
    sam.types("ben je echt?")
    assert "Ik ben een computer" in sam.said
    sam.taps("Verder")

    sam.types("Ze lopen weg")

    assert "Hoe zeker ben je dat dit gebeurt?" in sam.said


@pytest.mark.parametrize(
    "text",
    [
        "Ze zeggen: ben je een mens of zo, en dan lachen ze me uit",
        "echt",
        "mens",
        "Ik ben echt bang",
        "een robot",
    ],
)
def test_an_answer_that_only_looks_like_it_is_taken(stage, text):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Voorbereiden", "Iets anders").types(text)

    assert "Ik ben een computer" not in sam.said
