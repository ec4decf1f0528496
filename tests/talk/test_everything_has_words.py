"""Facts, actions, phrases and scripts: what the content names exists in the code, and the other way round."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from bot.authorize import Action
from bot.conversation import actions, answers, commands, facts, invited, keyboard, overview, passing
from bot.conversation.moments import SAID_WHEN_DROPPED
from bot.conversation.strangers import StrangerFacts
from bot.conversation.turn import Turn
from dialogs.actions import ACTIONS
from dialogs.facts import FACTS
from dialogs.script import Action as ActionStep
from dialogs.script import End
from tests.talk.stage import FRIDAY_NOON, shelf

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "bot").rglob("*.py"))}
PHRASES = {language: shelf()._now.library.phrases[language] for language in ("nl", "en")}
SCRIPTS = {name for name, _ in shelf()._now.library.dialogs}


def strings():
    """Every string constant of bot/, and every f-string as a pattern."""
    for tree in SOURCES.values():
        joined = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
        inside = {id(part) for node in joined for part in node.values}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_0-9]+"
                    for p in node.values
                )
                yield re.compile("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                yield node.value


PLAIN = {one for one in strings() if isinstance(one, str)}
PATTERNS = [one for one in strings() if isinstance(one, re.Pattern) and not re.match(r"\[|\\", one.pattern)]


def asked_phrases():
    """What code asks for by its name: the first argument of every ``phrase`` call, and of those that hand it on."""
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in ("phrase", "_phrase", "say"):
                    yield from (
                        arg.value
                        for arg in node.args
                        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                    )


# Facts and actions


def test_every_fact_is_looked_up_and_every_lookup_is_a_fact():
    assert facts.LOOKUPS.keys() == FACTS.keys()


def test_every_action_is_carried_out_and_declared():
    assert actions.ACTIONS.keys() == ACTIONS.keys()


def test_every_action_is_asked_for_by_some_script():
    asked = {
        step.kind.name
        for script in shelf()._now.library.dialogs.values()
        for step in script.steps.values()
        if isinstance(step.kind, ActionStep)
    }

    assert asked == ACTIONS.keys()


def test_what_a_stranger_may_be_told_are_facts_too(stage):
    turn = stage.reads(lambda conn: StrangerFacts(Turn(conn, stage.world, FRIDAY_NOON)))

    assert set(turn) <= FACTS.keys()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("text", ["/hulp", "/privacy", "hallo", "ik wil dood"])
def test_what_strangers_can_be_shown_names_nothing_they_have_not(stage, text, language):
    assert stage.phone("Iemand", language).types(text).shown


# Phrases


def test_both_languages_have_the_same_phrases():
    assert PHRASES["nl"].keys() == PHRASES["en"].keys()


def test_every_phrase_that_code_asks_for_exists():
    asked = set(asked_phrases())

    assert len(asked) > 30
    assert asked - PHRASES["nl"].keys() == set()


def test_every_phrase_is_used():
    unused = {
        name
        for name in PHRASES["nl"]
        if name not in PLAIN and not any(pattern.fullmatch(name) for pattern in PATTERNS)
    }

    assert unused == set()


def test_everything_the_journal_can_hold_has_words_for_the_professional():
    """``moved_<kind>`` or ``moved_<kind>_<value>``; who is told at once also has ``notify_<kind>``."""
    values = {
        "challenge": ["active", "declined", "resting", "done"],
        "outcome": ["done", "partly", "not_done"],
        "meeting": ["come", "not", "unsure"],
        "pause": ["on", "over"],
        "scary": ["unanswered"],
        "dropped": sorted(set(SAID_WHEN_DROPPED.values())),
    }
    written, told = set(), set()
    for path, tree in SOURCES.items():
        if path.parent.name != "conversation":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = ast.unparse(node.func)
                constants = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if name == "journal.add" and constants:
                    written.add(next(one for one in constants if isinstance(one, str)))
                if name in ("relay.notify_staff", "notify_staff") and constants:
                    told |= {one for one in constants if isinstance(one, str)}
    assert {"joined", "refused", "too_young", "blocked", "back"} <= told
    assert {"challenge", "step", "outcome", "meeting", "talk", "alert"} <= written
    lines = [f"moved_{kind}_{value}" for kind in written | told for value in values.get(kind, [])]
    lines += [f"moved_{kind}" for kind in written | told if kind not in values]
    lines += [f"notify_{kind}" for kind in told]
    assert [line for line in lines if line not in PHRASES["nl"]] == []


def test_every_state_of_coming_has_words():
    assert set(overview.COMING.values()) | {"coming_none"} <= PHRASES["nl"].keys()


# Scripts


def begun_in_code():
    """Names of scripts that stand as a constant where a dialog is begun, and in the tables of commands and answers."""
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
                continue
            name = ast.unparse(node.func)
            if name.rpartition(".")[2] in ("begin", "_begin", "_open", "dosed", "show"):
                constants = [arg for arg in node.args if isinstance(arg, ast.Constant)]
                yield from (arg.value for arg in constants if isinstance(arg.value, str))
    yield from chain(
        commands.EVERYBODY.values(),
        commands.STAFF_ONLY.values(),
        answers.BEFORE_CONSENT,
        passing.UNPINNED,
        invited.WELCOMES.values(),
        keyboard.MENUS.values(),
    )


def test_every_script_that_code_begins_exists():
    begun = set(begun_in_code())

    assert {"danger", "nudge", "checkin", "digest", "read_item", "answer_from"} <= begun
    assert begun - SCRIPTS == set()


def test_every_script_is_begun_somewhere():
    followed = {
        step.kind.then
        for script in shelf()._now.library.dialogs.values()
        for step in script.steps.values()
        if isinstance(step.kind, End) and step.kind.then
    }

    assert SCRIPTS - followed - PLAIN == set()


def test_every_dialog_exists_in_both_languages_with_the_same_steps():
    for name in SCRIPTS:
        dutch, english = (shelf().script(name, language) for language in ("nl", "en"))
        assert dutch.steps.keys() == english.steps.keys(), name


def test_a_resting_dialog_of_a_youngster_before_consent_may_run():
    """Whatever opens by itself before consent is in the list of dialogs that run then."""
    assert {"welcome", "too_young", "again", "help"} <= answers.BEFORE_CONSENT


def test_every_right_is_asked_for_somewhere():
    trees = [tree for path, tree in SOURCES.items() if path.name != "authorize.py"]
    named = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}

    assert set(get_args(Action)) - named == set()
