"""The conversations and challenges that come with the product, walked at random with sample people."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.content.loader import load_folder
from bot.content.problem import LANGUAGES
from dialogs import engine
from dialogs.actions import ACTIONS
from dialogs.effects import Failed, Say
from dialogs.events import ChoiceTapped, Event, Performed, TextReceived
from dialogs.facts import FACTS
from dialogs.script import LATER, FreeText, Script
from dialogs.state import State
from dialogs.text import plain
from dialogs.words import Words

LIBRARY = load_folder(Path("dialogs"), Path("challenge_catalog"))
STEPS = 60


def next_event(script: Script, state: State, chance: random.Random) -> Event:
    if state.awaiting:
        return Performed(state.awaiting, chance.choice(sorted(ACTIONS[state.awaiting])))
    if isinstance(script.steps[state.at or ""].kind, FreeText) and chance.random() < 0.5:
        return TextReceived(Words("**Zij** zei <b>hoi</b> {{ name }}"))
    keys = [option.key for option in state.shown if option.key != LATER]
    return ChoiceTapped(state.screen, chance.choice(keys or [LATER]))


@pytest.mark.parametrize("band", ["under18", "18plus"])
@pytest.mark.parametrize("name, language", sorted(LIBRARY.dialogs))
def test_no_walk_through_a_dialog_fails_or_shows_an_empty_message(name, language, band):
    script = LIBRARY.dialogs[name, language]
    facts = {**FACTS, "band": band, "language": language}
    for walk in range(15):
        chance = random.Random(walk)
        state, effects = engine.start(script, {}, facts)
        for _ in range(STEPS):
            assert not any(isinstance(effect, Failed) for effect in effects)
            assert all(plain(effect.text) for effect in effects if isinstance(effect, Say))
            if state.at is None:
                break
            state, effects = engine.step(script, state, next_event(script, state, chance), facts)


def test_every_challenge_is_there_in_both_languages_for_every_cause():
    for language in LANGUAGES:
        causes = {
            cause
            for (_, spoken), challenge in LIBRARY.challenges.items()
            if spoken == language
            for cause in challenge.causes
        }
        assert causes == {"skills", "access", "thoughts"}
