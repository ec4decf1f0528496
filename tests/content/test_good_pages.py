"""Good pages become a library that can be played, in both languages; and the same revision every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.command import SCHEMA_FILES, check_content, schema_texts
from bot.content.library import revision
from bot.content.loader import build, load_folder
from bot.content.problem import ContentProblems
from bot.errors import ContentRefused
from challenge_catalog.model import Challenge
from dialogs import engine
from dialogs.effects import Ended, Perform, Say
from dialogs.events import ChoiceTapped, Performed, TextReceived
from dialogs.script import Choices, Scale, Script
from dialogs.text import Span, plain
from dialogs.words import Words
from tests.content.pages import GOOD, LADDER, VOCABULARY, found, sources, written

FACTS = {**VOCABULARY.facts, "band": "under18"}


@pytest.fixture(scope="module")
def library():
    built = build(sources(), VOCABULARY)
    assert built.problems == ()
    return built.library


def test_good_pages_have_no_problems():
    assert found({}) == []


def test_a_script_keeps_the_structure_and_the_words_of_its_page(library):
    script: Script = library.dialogs["checkin", "nl"]

    assert list(script.steps) == ["done", "tension", "happened", "send", "wait", "bye"]
    assert script.audience == "youth"
    assert script.fields == {"outcome", "tension", "happened"}
    assert isinstance(script.steps["done"].kind, Choices)
    assert script.steps["done"].kind.columns == 2
    assert (
        script.steps["tension"].kind.top == 10 if isinstance(script.steps["tension"].kind, Scale) else False
    )


def test_a_percentage_goes_by_tens_to_a_hundred():
    page = GOOD["dialog", "checkin", "nl"].replace("scale: {low", "percent: {low")
    words = GOOD["dialog", "checkin", "en"].replace("scale: {low", "percent: {low")
    pages = sources({("dialog", "checkin", "nl"): page, ("dialog", "checkin", "en"): words})
    kind = build(pages, VOCABULARY).library.dialogs["checkin", "en"].steps["tension"].kind

    assert isinstance(kind, Scale)
    assert (kind.top, kind.by) == (100, 10)
    assert plain(kind.low(FACTS)) == "not at all"


@pytest.mark.parametrize(
    "language, asked, told",
    [
        ("nl", "Hoe ging het met: Zeg hoi met de naam erbij?", "Tot dinsdag, Sam."),
        ("en", "How was: Zeg hoi met de naam erbij?", "See you on Tuesday, Sam."),
    ],
)
def test_a_loaded_dialog_is_played_to_its_end(library, language, asked, told):
    script = library.dialogs["checkin", language]

    state, effects = engine.start(script, {}, FACTS)
    assert isinstance(effects[-1], Say)
    assert plain(effects[-1].text) == asked
    for choice in ("gedaan", "3", "skip"):
        state, effects = engine.step(script, state, ChoiceTapped(state.screen, choice), FACTS)
    assert state.answers["tension"] == {LADDER[0].key: 3, LADDER[1].key: None}
    state, effects = engine.step(script, state, TextReceived(Words("**Zij** zei hoi")), FACTS)
    assert effects[-1] == Perform("send_checkin")
    state, effects = engine.step(script, state, Performed("send_checkin", "sent"), FACTS)
    said, ended = effects
    assert isinstance(said, Say)
    assert plain(said.text) == told
    assert Span("Sam", "words") in said.text
    assert ended == Ended("done")


def test_a_sentence_is_chosen_by_age_band(library):
    say = library.dialogs["checkin", "nl"].steps["happened"].say

    assert plain(say({"band": "under18"})) == "Wat gebeurde er op school?"
    assert plain(say({"band": "18plus"})) == "Wat gebeurde er?"


def test_a_phrase_takes_the_names_that_the_code_gives_it(library):
    assert plain(library.phrases["en"]["line"]({"title": "Say hi"})) == "Step: Say hi"


def test_a_challenge_has_its_steps_in_order_in_both_languages(library):
    dutch: Challenge = library.challenges["groet", "nl"]
    english: Challenge = library.challenges["groet", "en"]

    assert [step.key for step in dutch.steps] == ["knik", "hoi", "naam", "zin"]
    assert english.title == "One greeting a day"
    assert english.steps[1].predictions == {"weg": "They look away", "stil": "Ze zeggen niets"}
    assert english.causes == dutch.causes == ("skills",)
    assert dutch.step("naam") == dutch.steps[2]
    assert dutch.step("none") is None


def test_a_missing_translation_falls_back_to_dutch():
    words = GOOD["dialog", "checkin", "en"].replace("  wait: {say: I send it later.}\n", "")
    library = build(sources({("dialog", "checkin", "en"): words}), VOCABULARY).library

    say = library.dialogs["checkin", "en"].steps["wait"].say
    assert say is not None
    assert plain(say({})) == "Ik verstuur het later."


def test_a_revision_depends_on_every_byte_of_both_files_and_on_nothing_else(library):
    again = build(sources(), VOCABULARY).library.revisions
    page = "phrases: {received: Got it., line: 'S {{ title }}'}\n"
    other = build(sources({("phrases", "phrases", "en"): page}), VOCABULARY)

    assert again == library.revisions
    assert other.library.revisions["dialog", "checkin"] == again["dialog", "checkin"]
    assert other.library.revisions["phrases", "phrases"] != again["phrases", "phrases"]
    assert revision("dialog", "a", b"xy", b"z") != revision("dialog", "a", b"x", b"yz")
    assert len(revision("dialog", "a", b"", b"")) == 64


def test_a_folder_loads_as_a_whole_or_not_at_all(tmp_path):
    good = load_folder(*written(tmp_path / "good"), VOCABULARY)
    assert {*good.dialogs} == {("checkin", "nl"), ("checkin", "en")}

    spoiled = (
        GOOD["dialog", "checkin", "nl"].replace("first: done", "first: doen").replace("later'", "latre'")
    )
    with pytest.raises(ContentRefused) as refused:
        load_folder(*written(tmp_path / "bad", {("dialog", "checkin", "nl"): spoiled}), VOCABULARY)
    assert isinstance(refused.value, ContentProblems)
    assert [problem.kind for problem in refused.value.problems] == [
        "unknown_step_near",
        "unknown_result_near",
    ]


def test_warnings_alone_never_stop_a_folder_from_loading(tmp_path):
    page = GOOD["dialog", "checkin", "nl"].replace("Ik verstuur het later.", "Je moet wachten.")

    load_folder(*written(tmp_path, {("dialog", "checkin", "nl"): page}), VOCABULARY)


def test_the_command_prints_lines_for_people_and_json_for_machines(tmp_path):
    page = GOOD["dialog", "checkin", "nl"].replace("first: done", "first: doen")
    folders = written(tmp_path, {("dialog", "checkin", "nl"): page})

    text, code = check_content(*folders, language="nl")
    assert code == 1
    assert (
        'dialogs/nl/checkin.yaml:5:1: de stap "doen" bestaat niet; bedoelde je "done"?' in text.splitlines()
    )
    as_json, code = check_content(*folders, language="en", as_json=True)
    assert code == 1
    assert '"kind": "unknown_step_near"' in as_json


@pytest.mark.parametrize("folder, file", [("dialogs", "dialog"), ("challenge_catalog", "challenge")])
def test_the_committed_schemas_are_current(folder, file):
    name = SCHEMA_FILES[file].name

    assert (Path(folder) / name).read_text("utf-8") == schema_texts()[name]
