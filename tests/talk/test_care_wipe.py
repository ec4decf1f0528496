"""Somebody at home may look along: what stands in the chat can be wiped; what a person has stays there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.talk.care import DANGER, MIDDLE, alerts, in_the_middle, levels

WIPE = "Wis dit uit de chat"
SENSITIVE = ("zelfmoord", "gevaar", "Ja, nu", "krijgt bericht", "krijgt nu bericht")


def stands(phone):
    """What stands in the chat now, without what the bot says to everybody at the start."""
    return "\n".join(
        text for text in phone.texts if "vast. Zo vind je" not in text and "Begrepen" not in text
    )


def test_wiping_takes_our_messages_away_and_leaves_a_neutral_one(stage):
    sam = in_the_middle(stage).types(DANGER).taps("Ja, soms", WIPE)

    assert [word for word in SENSITIVE if word in stands(sam)] == []
    assert sam.said.startswith("Mijn laatste berichten zijn weg uit deze chat.")
    assert "Wat jij schreef, wis je zelf" in sam.said
    assert "/hulp" in sam.said


def test_the_alert_stays_with_the_professional(stage):
    stage.youth_begins().types(DANGER).taps("Ja, soms", WIPE)

    assert alerts(stage)[0].content == DANGER


def test_wiping_the_question_keeps_it_answerable(stage):
    sam = stage.youth_begins().types(DANGER).taps(WIPE)
    assert "De 10 minuten lopen door." in sam.said

    sam.taps("Terug naar de vraag", "Ja, nu")

    assert levels(stage) == ["p1"]


def test_after_wiping_the_exercise_goes_on(stage):
    sam = in_the_middle(stage).types(DANGER).taps("Ja, soms", WIPE, "Klaar")

    assert sam.said.startswith(MIDDLE)


def test_silence_after_wiping_says_so_neutrally_until_it_is_opened(stage):
    sam = stage.youth_begins().types(DANGER).taps(WIPE, "Klaar")

    stage.passes(timedelta(minutes=11))

    assert levels(stage) == ["p2"]
    assert sam.said.startswith("Er is een bericht voor je.")
    assert sam.taps("Lees").said.startswith(
        "Je koos niets. Dat mag. Hier staat wat er nu gebeurt.\n\nVera krijgt nu bericht."
    )


def test_wiping_takes_only_what_telegram_still_lets_go(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, soms", "Verder")
    stage.passes(timedelta(hours=49))

    sam.types("ik wil niet meer leven").taps(WIPE)

    assert sum("Denk je aan zelfmoord?" in text for text in sam.texts) == 1


@pytest.mark.parametrize("words", [DANGER, "mijn vader slaat me", "mijn vriendin wil dood"])
def test_it_can_be_wiped_at_every_sensitive_step(stage, words):
    sam = stage.youth_begins().types(words)
    assert WIPE in sam.last.labels

    sam.taps(sam.last.labels[1])

    assert WIPE in sam.last.labels
