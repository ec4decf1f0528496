"""Danger in every kind: what is asked, who is told at which level, and what never stands there."""

from __future__ import annotations

import pytest

from tests.talk import kept
from tests.talk.care import DANGER, MIDDLE, PRAISE, alerts, cases, in_the_middle, levels
from tests.talk.stage import at

BBC = "ik word gedwongen tot seks en ik ben pas 12"
BBC_EN = "I'm being forced to have sex and I'm only 12"
KINDS = {
    DANGER: "Denk je aan zelfmoord?",
    "ik snij mezelf": "Denk je aan zelfmoord?",
    "mijn vader slaat me": "Ben je nu veilig?",
    BBC: "Ben je nu veilig?",
    "mijn vriendin wil dood": "Is die ander nu in gevaar?",
}
ANSWERS = {
    (DANGER, "Ja, nu"): ["p1"],
    (DANGER, "Ja, soms"): ["p2"],
    (DANGER, "Zeg ik liever niet"): ["p2"],
    (DANGER, "Nee"): ["p3"],
    (DANGER, "Dat bedoelde ik niet"): ["p3"],
    ("mijn vader slaat me", "Nee"): ["p1"],
    ("mijn vader slaat me", "Ja"): ["p2"],
    ("mijn vader slaat me", "Weet ik niet"): ["p2"],
    ("mijn vriendin wil dood", "Ja, nu"): ["p1"],
    ("mijn vriendin wil dood", "Nee"): ["p2"],
    ("mijn vriendin wil dood", "Weet ik niet"): ["p2"],
}


@pytest.mark.parametrize("words", KINDS)
def test_each_kind_has_its_own_question_with_112_and_113_above_it(stage, words):
    sam = stage.youth_begins().types(words)

    assert sam.said.endswith(KINDS[words])
    assert "\n112\n" in sam.said
    assert "\n113\n" in sam.said
    assert levels(stage) == []


@pytest.mark.parametrize("words, answer", ANSWERS)
def test_each_answer_has_its_own_urgency(stage, words, answer):
    sam = stage.youth_begins().types(words).taps(answer)

    assert levels(stage) == ANSWERS[words, answer]
    assert "Vera" in sam.said
    assert "112" in sam.said
    assert "113" in sam.said


def test_in_danger_now_comes_with_112_first(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, nu")

    assert sam.said.startswith("Ben je nu in gevaar? Bel 112.")
    assert "Vera krijgt nu bericht." in sam.said


def test_no_after_a_plain_statement_asks_for_contact_and_says_so(stage):
    sam = stage.youth_begins().types(DANGER)
    sam.taps("Meer")
    assert "Bij Nee staat er alleen: graag even contact." in sam.said

    sam.taps("Nee")

    assert "Vera krijgt een bericht: graag even contact. Jouw woorden staan daar niet in." in sam.said
    assert alerts(stage)[0].content == ""
    assert sam.taps("Mijn begeleider").said.endswith("Waarover wil je praten?")


def test_the_words_of_the_youngster_are_mirrored(stage):
    sam = stage.youth_begins().types("ik denk aan zelfdoding")

    assert sam.said.endswith("Denk je aan zelfdoding?")


def test_the_sentence_two_computers_missed_in_2018(stage):
    sam = stage.youth_begins().types(BBC)

    assert "Dit is niet jouw schuld." in sam.said
    assert "Centrum Seksueel Geweld" in sam.said
    sam.taps("Nee")
    assert levels(stage) == ["p1"]
    assert alerts(stage)[0].content == BBC


def test_the_same_sentence_in_english(stage):
    sam = stage.youth_begins("Kim")
    sam.types("/taal").taps("English").types(BBC_EN)

    assert sam.said.endswith("Are you safe now?")
    assert "This is not your fault." in sam.said
    sam.taps("No")
    assert sam.said.startswith("Are you in danger now? Call 112.")


@pytest.mark.parametrize("words", KINDS)
def test_no_praise_follows(stage, words):
    sam = in_the_middle(stage)
    count = len(sam.shown)

    sam.types(words)
    sam.taps(sam.last.labels[1])

    assert [one for one in PRAISE if one in sam.since(count)] == []


def test_a_friend_in_danger_is_an_alert_about_another(stage):
    stage.youth_begins().types("mijn vriendin wil dood").taps("Nee")

    assert [one.about for one in cases(stage)] == ["other"]


def test_the_number_for_a_friend_is_about_that_friend(stage):
    sam = stage.youth_begins().types("mijn vriendin wil dood").taps("Ja, nu")

    assert sam.said.startswith("Is die ander nu in gevaar? Bel 112.")


OTHERS = {
    "ik kots na het eten om af te vallen": ("Voel je je nu heel ziek of zwak?", "huisarts"),
    "ik ga hem vermoorden": ("Is er nu iemand in gevaar?", "112"),
    "ik slaap vannacht buiten op straat, ik durf niet naar huis": ("Ben je nu veilig?", "Veilig Thuis"),
    "hij dreigt mijn naaktfoto door te sturen als ik niet betaal": ("Ben je nu veilig?", "niet jouw schuld"),
}


@pytest.mark.parametrize("words", OTHERS)
def test_what_lists_of_words_forget_is_taken_as_seriously(stage, words):
    sam = stage.youth_begins().types(words)
    question, line = OTHERS[words]
    assert sam.said.endswith(question)
    assert line in sam.said

    sam.taps("Weet ik niet")

    assert levels(stage) == ["p2"]
    assert alerts(stage)[0].content == words


def test_under_18_sees_lines_for_that_age(stage):
    kim = stage.youth_begins("Kim", born="2010-01", group="12-18", main="Amira", backup="Bas")

    kim.types("mijn vader slaat me")

    assert "Veilig Thuis" in kim.said
    assert "Kindertelefoon" not in kim.said
    assert "Kindertelefoon" in kim.taps("Meer").said
    assert "Alles Oké" not in kim.said


def test_the_interrupted_question_comes_back_with_its_answers_and_takes_words_again(stage):
    sam = in_the_middle(stage).types(DANGER).taps("Dat bedoelde ik niet", "Gewoon verder")
    assert sam.said.startswith(MIDDLE)

    sam.types("Iemand lacht om mij").taps("80", "6", "Niks", "Nee", "Sla over", "Weet ik niet")

    assert "zaterdag 21 november" in sam.said
    assert stage.reads(lambda conn: kept.places_of(conn, DANGER)) == set()


def test_meant_otherwise_after_it_was_sent_is_honest_about_who_knows(stage):
    sam = in_the_middle(stage).types(DANGER).taps("Ja, soms", "Dat bedoelde ik niet")

    assert "Je andere antwoorden zijn er nog." in sam.texts[-2]
    assert "Het bericht aan Vera blijft staan. Vera kan je vragen hoe het gaat." in sam.texts[-2]
    assert sam.said.startswith(MIDDLE)
    assert alerts(stage)[0].level == "p3"


def test_more_danger_before_an_answer_is_one_case_with_all_words(stage):
    stage.youth_begins().types(DANGER).types("mijn vader slaat me").taps("Nee")

    assert len(cases(stage)) == 1
    assert alerts(stage)[0].content == f"{DANGER}\nmijn vader slaat me"


def test_more_danger_after_an_answer_is_another_alert(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, soms", "Verder")

    sam.types("ik wil niet meer leven").taps("Ja, nu")

    assert levels(stage) == ["p2", "p1"]


def test_what_is_typed_meanwhile_goes_with_it(stage):
    sam = stage.youth_begins().types(DANGER).types("en niemand ziet het")
    assert sam.said.endswith("Denk je aan zelfmoord?")
    sam.taps("Ja, soms").types("ik zit op mijn kamer")

    assert alerts(stage)[0].content == f"{DANGER}\nen niemand ziet het\nik zit op mijn kamer"
    assert "Wat je hier nog typt ook." in sam.said


def test_typing_an_answer_is_tapping_it(stage):
    stage.youth_begins().types(DANGER).types("Ja, nu")

    assert levels(stage) == ["p1"]
    assert alerts(stage)[0].content == DANGER


def test_out_of_hours_the_youngster_hears_beforehand_when_it_is_read(stage):
    sam = stage.youth_begins()
    stage.passes(at("2026-11-21 23:30"))
    sam.types(DANGER)
    assert "Vera leest dat maandag 23 november vanaf 09:00. Wacht daar niet op." in sam.said

    sam.taps("Ja, soms")

    assert "Vera leest dit maandag 23 november vanaf 09:00. Tot dan leest niemand mee." in sam.said


def test_the_words_stand_nowhere_but_with_the_alert(stage):
    sam = in_the_middle(stage).types(DANGER)
    assert stage.reads(lambda conn: kept.places_of(conn, DANGER)) == {"care_case.words"}

    sam.taps("Ja, soms")

    assert stage.reads(lambda conn: kept.places_of(conn, DANGER)) == {"item.content"}
    assert not kept.file_holds(stage.path, DANGER)
    assert DANGER not in sam.ever
