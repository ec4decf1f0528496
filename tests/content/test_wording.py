"""Sentences that are fine are left alone: a checker that cries wolf is switched off."""

from __future__ import annotations

import pytest

from tests.content.pages import GOOD, At, found

NL: At = ("dialog", "checkin", "nl")
EN: At = ("dialog", "checkin", "en")
CHALLENGE: At = ("challenge", "groet", "nl")


@pytest.mark.parametrize(
    "sentence",
    [
        "Hang je jas op en ga zitten.",
        "Je kunt de telefoon ophangen als je klaar bent.",
        "Neem de trein van 9 uur.",
        "Spring gerust even binnen.",
        "Dit is geen geheim. Vera leest het dinsdag.",
        "Bel 113, gratis, dag en nacht.",
        "Vera leest dit en niemand leest dag en nacht mee.",
        "Het wordt een rustige avond met een gesprek.",
        "Hoe gespannen word je ervan?",
        "Wordt het te laat, dan vraag ik het morgen.",
        "Dat is klaar 🙂",
        "{% if days > 2 %}Hoe ging het?{% else %}Hoe gaat het?{% endif %}",
        "{% if days > 2 %}Dag {{ name }}.{% endif %} Hoe gaat het?",
        "Kijk op kindertelefoon.nl of typ /mijngegevens.",
    ],
)
def test_an_ordinary_sentence_is_left_alone(sentence):
    quoted = '"' + sentence.replace('"', '\\"') + '"'

    kinds = [one.kind for one in found({NL: GOOD[NL].replace("Ik verstuur het later.", quoted)})]
    assert [kind for kind in kinds if kind != "translation_differs"] == []


@pytest.mark.parametrize(
    "sentence",
    ["Hang up when you are done.", "Take the 9 o'clock train.", "Jump in.", "It is no secret. Vera reads it."],
)  # fmt: skip
def test_an_ordinary_english_sentence_is_left_alone(sentence):
    assert found({EN: GOOD[EN].replace("I send it later.", f'"{sentence}"')}) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Spreek niet af met iemand van internet.",
        "Ga nooit mee naar iemand thuis.",
        "Neem geen bier mee.",
        "Zeg hoi bij de bushalte, overdag.",
    ],
)
def test_a_warning_not_to_do_it_is_no_invitation(sentence):
    assert found({CHALLENGE: GOOD[CHALLENGE].replace("Zeg hoi tegen een bekende.", f'"{sentence}"')}) == []
