"""What comes unasked says nothing on a lock screen: previews show more than the first line, so all of it is neutral."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dialogs.facts import FACTS
from dialogs.text import plain
from tests.talk.stage import shelf
from tests.threats.scene import STAFF

CONVERSATION = Path(__file__).resolve().parents[2] / "bot" / "conversation"
BACKGROUND = {"turn.begin", "dosed", "youth_moments.begin", "youth_moments.dosed"}
"""Functions that let a dialog begin with somebody who did nothing: ``turn.begin`` and those of due moments."""

TELLING = re.compile(
    r"eenza|alleen voel|lonel|therap|begeleid|professional|youth worker|gevaar|danger|zelfmoord|suicid|113|hulp nodig|"
    r"crisis|stap|challenge|uitdaging|spanning|gedacht|groep|jongere[^n]|young person|vertrouw|confidant|wil iemand",
    re.IGNORECASE,
)
NEUTRAL = {"inspected_staff", "notice"}
"""Of staff: "een van je jongeren" names nobody and tells nothing; their own work may be seen as such."""

ANSWERS = {"welcome", "danger", "concern"}
"""These come at once after something the person did: they have the chat in front of them."""

ROSTER = {"handover"}
"""To a colleague, about a colleague: who is away on which days is their roster. It names no youngster."""

ASKED = {"reconfirm", "terms", "two_weekly"}
"""A question of ours that is shown whole: it may hold no name; what it says is checked below."""


def begun_in_background() -> set[str]:
    """Dialogs that begin by themselves: constants in calls that begin one in the background."""
    found = set()
    for path in sorted(CONVERSATION.glob("*.py")):
        module = ast.parse(path.read_text("utf-8"))
        named = {
            ast.unparse(target): one.value
            for one in module.body
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
            for target in one.targets
        }
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
                continue
            name = ast.unparse(node.func)
            quiet = any(
                keyword.arg == "foreground" and getattr(keyword.value, "value", True) is False
                for keyword in node.keywords
            )
            own = path.stem == "youth_moments" and name == "begin"
            if own or quiet or name in BACKGROUND:
                given = [named.get(arg.id, arg) if isinstance(arg, ast.Name) else arg for arg in node.args]
                strings = [arg.value for arg in given if isinstance(arg, ast.Constant)]
                found |= {one for one in strings if isinstance(one, str) and shelf().has_dialog(one)}
    return (found | {"inspected", "inspected_staff", "meeting", "meeting_soon"}) - ANSWERS


OPENERS = sorted(begun_in_background())


def tells_youth_unasked() -> set[str]:
    """Modules in which words go straight to a youngster, in the lane of what comes by itself."""
    found = set()
    for path in sorted(CONVERSATION.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef) or "Lane.RELAY" not in ast.unparse(node):
                continue
            calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
            told = {ast.unparse(one.args[0]) for one in calls if ast.unparse(one.func).endswith("turn.tell")}
            # Whoever is told in a loop over everybody who comes is a youngster too.
            if "youth" in told or (told and "telling.audience" in ast.unparse(node)):
                found.add(path.stem)
    return found


def test_nothing_else_is_written_to_a_youngster_without_an_opener():
    assert tells_youth_unasked() == set()


def opener(script_name: str, language: str) -> tuple[str, bool]:
    """The first screen of a dialog in words, and whether a fact about a person stands in it."""
    script = shelf().script(script_name, language)
    step = script.steps[script.first]
    if step.say is None:
        return "", False
    names = {**FACTS, "answers": {}, "labels": {}, "item": None, "result": None}
    text = plain(step.say(names))
    told = any(str(FACTS[name]) in text for name in ("name", "youth_name", "professional", "inspector"))
    return text, told


def test_the_openers_are_found():
    known = {"read_item", "answer_from", "notice", "nudge", "digest", "reconfirm", "inspected"}
    assert known | {"reader_told", "guardian_told", "holiday_told"} <= set(OPENERS)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("script", [one for one in OPENERS if one not in ROSTER])
def test_no_opener_names_anybody(script, language):
    text, told = opener(script, language)

    assert not told
    assert not any(re.search(rf"\b{name}\b", text) for name in STAFF)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("script", [one for one in OPENERS if one not in NEUTRAL | ASKED])
def test_every_line_of_an_opener_is_neutral(script, language):
    text, _ = opener(script, language)

    assert not TELLING.search(text), text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("script", [one for one in OPENERS if one not in ASKED])
def test_an_opener_is_short_enough_to_hide_nothing_below(script, language):
    assert len(opener(script, language)[0]) <= 120


def test_the_description_of_a_link_that_is_not_ours_names_nobody():
    text, told = opener("link_refused", "nl")

    assert not told
    assert "jeugdprofessional" in text
