"""Every step of every dialog about danger, in both languages and for every age: help is never out of reach."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.helplines import KINDS as HELP_KINDS
from bot.care.kinds import HELP, branch_of
from bot.conversation.passing import CARE
from bot.safety.finding import KINDS
from dialogs.actions import ACTIONS
from dialogs.facts import FACTS
from dialogs.script import Choices, FreeText
from dialogs.text import plain
from tests.talk.stage import shelf

DIALOGS = sorted((CARE - {"danger"}) | {"talk_staff", "limits"})
OPENERS = {("limits", "opener"), ("danger_told", "neutral")}


def questions():
    for name, language in itertools.product(DIALOGS, ("nl", "en")):
        for step in shelf().script(name, language).steps.values():
            if isinstance(step.kind, Choices | FreeText) and (name, step.key) not in OPENERS:
                yield pytest.param(name, language, step.key, id=f"{name}-{language}-{step.key}")


@pytest.mark.parametrize("name, language, key", tuple(questions()))
@given(
    kind=st.sampled_from(["", *KINDS]),
    band=st.sampled_from(["under18", "18plus"]),
    reading=st.sampled_from(["now", "later", "nobody"]),
    flags=st.tuples(*[st.booleans()] * 6),
)
def test_112_and_113_are_within_reach_at_every_step(name, language, key, kind, band, reading, flags):
    script = shelf().script(name, language)
    names = ("care_can_avoid", "care_explicit", "care_stated", "care_waits", "care_silent", "care_wiped")
    facts = FACTS | {
        "care_kind": kind,
        "band": band,
        "care_reading": reading,
        **dict(zip(names, flags, strict=True)),
    }
    facts |= {"answers": dict.fromkeys(script.fields), "labels": {}, "item": None, "result": None}

    say = script.steps[key].say
    assert say is not None
    said = plain(say(facts))

    assert ("112" in said and "113" in said) or "/hulp" in said


def test_every_kind_the_detector_knows_has_a_conversation_and_helplines():
    assert set(KINDS) == set(HELP)
    assert set(HELP.values()) <= HELP_KINDS
    assert {branch_of(kind, "self") for kind in KINDS} == ACTIONS["open_care"]


def test_another_in_danger_is_a_friend_whatever_the_danger_is():
    assert {branch_of(kind, "other") for kind in KINDS} == {"friend"}


def test_every_question_about_danger_can_be_wiped():
    for name in CARE - {"danger"}:
        for step in shelf().script(name, "nl").steps.values():
            if isinstance(step.kind, Choices) and step.key not in ("wiped", "neutral"):
                assert step.private, (name, step.key)
                assert "wis" in {one.key for one in step.kind.written}, (name, step.key)
