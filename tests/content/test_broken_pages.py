"""Every mistake is named with its line and column, in one message, with how to mend it."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.check import check
from bot.content.problem import Language
from dialogs.rules import RULES
from tests.content.pages import GOOD, At, file_of, found, written

NL: At = ("dialog", "checkin", "nl")
PHRASES_NL: At = ("phrases", "phrases", "nl")
EN: At = ("dialog", "checkin", "en")
CHALLENGE_NL: At = ("challenge", "groet", "nl")

SPOILED = [
    case
    for file in sorted(Path(__file__).parent.glob("broken_*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["spoiled"]
]
RULES_OF_OURS = ", ".join(sorted({*RULES, "plural"}))


@pytest.mark.parametrize("case", SPOILED, ids=[case["name"] for case in SPOILED])
def test_a_spoiled_page_is_refused_at_its_place(case):
    [at] = [at for at in GOOD if file_of(at) == case["page"]]
    assert case["old"] in GOOD[at]
    page = GOOD[at].replace(case["old"], case["new"], 1)

    problems = [problem for problem in found({at: page}) if problem.file == case["page"]]
    spoken: tuple[tuple[Language, list[str]], ...] = (("en", case["expect"]), ("nl", case["verwacht"]))
    for language, expected in spoken:
        lines = [problem.rendered(language).removeprefix(case["page"] + ":") for problem in problems]
        assert lines == [line.replace("{rules}", RULES_OF_OURS) for line in expected]


def test_the_spoiled_pages_are_many_and_of_both_folders_and_both_languages():
    assert len({(case["page"], case["old"], case["new"]) for case in SPOILED}) == len(SPOILED) >= 60
    assert {case["page"] for case in SPOILED} == {file_of(at) for at in GOOD}


@pytest.mark.parametrize(
    "content, expected",
    [
        ("", "1:1: the file is empty; write a dialog or challenge in it, or remove it"),
        ("# later\n", "1:1: the file is empty; write a dialog or challenge in it, or remove it"),
        (
            "- hoi\n",
            "1:1: the file does not begin with a name and a colon; begin with for example: dialog: name",
        ),
        (
            b"about: x\nx: caf\xe9\n",
            "2:7: this character is not saved as UTF-8; save the file with encoding UTF-8",
        ),
    ],
    ids=["empty", "only a comment", "a list", "not UTF-8"],
)
def test_a_file_that_is_no_dialog_is_refused(content, expected):
    [problem] = [problem for problem in found({NL: content}) if problem.file == "dialogs/nl/checkin.yaml"]

    assert problem.rendered("en") == f"dialogs/nl/checkin.yaml:{expected}"


def test_a_file_with_a_byte_order_mark_is_fine():
    assert found({NL: b"\xef\xbb\xbf" + GOOD[NL].encode()}) == []


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not():
    page = GOOD[NL].encode()
    full = page + b"#" * (256 * 1024 - len(page))

    assert found({NL: full}) == []
    [problem, *_] = [
        problem for problem in found({NL: full + b"#"}) if problem.file == "dialogs/nl/checkin.yaml"
    ]
    assert problem.kind == "too_big"


def test_a_dialog_without_translation_is_played_in_dutch_with_a_warning():
    [problem] = found({EN: None})

    assert problem.severity == "warning"
    assert problem.rendered("en") == (
        'dialogs/nl/checkin.yaml:1:1: warning: there is no translation of "checkin"; '
        "who reads English gets Dutch; make the English document: en/checkin.yaml"
    )


def test_a_translation_without_original_is_refused():
    assert [problem.rendered("en") for problem in found({NL: None})] == [
        'dialogs/en/checkin.yaml:1:1: there is no Dutch file "checkin"; make nl/checkin.yaml or remove the translation'
    ]


def test_all_mistakes_in_all_files_are_told_at_once_sorted_by_place():
    problems = found(
        {
            NL: GOOD[NL].replace("goto: tension", "goto: tensoin", 1),
            CHALLENGE_NL: GOOD[CHALLENGE_NL].replace("[skills]", "[skils]"),
            EN: GOOD[EN].replace("steps", "stpes"),
        }
    )

    assert [(problem.file, problem.line, problem.kind) for problem in problems] == [
        ("challenge_catalog/nl/groet.yaml", 4, "unknown_value_near"),
        ("dialogs/en/checkin.yaml", 3, "unknown_key_near"),
        ("dialogs/nl/checkin.yaml", 15, "unknown_step_near"),
    ]


def test_a_problem_reads_in_dutch_as_well():
    [problem] = found({NL: GOOD[NL].replace("first: done", "first: doen")})

    assert (
        problem.rendered("nl")
        == 'dialogs/nl/checkin.yaml:5:1: de stap "doen" bestaat niet; bedoelde je "done"?'
    )


def test_every_kind_of_problem_has_a_sentence_and_a_remedy_in_both_languages():
    messages = tomllib.loads(Path("bot/content/messages.toml").read_text("utf-8"))
    for kind, message in messages.items():
        assert {*message} == {"nl", "en"}, kind
        for language in ("nl", "en"):
            what, mend = message[language]
            assert what, kind
            assert mend or kind in ("warning", "summary"), kind


def test_every_kind_of_problem_that_the_program_names_has_its_sentences():
    messages = tomllib.loads(Path("bot/content/messages.toml").read_text("utf-8"))
    calls = [
        (getattr(node.func, "attr", getattr(node.func, "id", "")), node.args)
        for file in Path("bot/content").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    named = {
        word.value + near
        for name, words in calls
        if name in ("problem", "problem_in", "Problem", "Unfit", "refuse", "unknown")
        for word in words
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value
        for near in (("", "_near") if name == "unknown" else ("",))
    }
    assert len(named) > 60
    assert named - {"warning", "error"} <= messages.keys()


EXAMPLES: At = ("dialog", "checkin", "nl")
WITH_EXAMPLES = (
    GOOD[NL]
    + """\
examples:
  - name: twee tikken
    given: {days: 1, name: Noor, ladder: {a: A}}
    results: {send_checkin: sent}
    answers: [gedaan, 3, "Zij zei hoi"]
    end: done
"""
)
EVERY_PAGE: list[At] = [*GOOD, ("helplines", "helplines", "nl"), ("helplines", "helplines", "en")]


@settings(max_examples=200, deadline=None)
@example(NL, b"<:")
@example(NL, b"<plain>:")
@example(NL, b"examples: [{answers: [[]]}]")
@example(CHALLENGE_NL, b"steps: {a: {predictions: [1]}}")
@example(("helplines", "helplines", "nl"), b"helplines: [1]")
@given(st.sampled_from(EVERY_PAGE), st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_a_page_or_problems_with_a_place(at, content):
    for problem in found({at: content}):
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.rendered("nl")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([NL, EN, CHALLENGE_NL, PHRASES_NL, EXAMPLES]),
    st.integers(0, 1500),
    st.integers(0, 6),
    st.text(alphabet="{}[]:,'\"&*!|>%#-? \n\tax0", max_size=4),
)
def test_any_slip_of_the_pen_leaves_a_page_or_problems_with_a_place(at, place, gone, typed):
    page = WITH_EXAMPLES if at is EXAMPLES else GOOD[at]
    for problem in found({NL if at is EXAMPLES else at: page[:place] + typed + page[place + gone :]}):
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.rendered("nl")


def test_a_missing_folder_and_a_misnamed_file_are_told(tmp_path):
    dialogs, catalog = written(tmp_path)
    (dialogs / "nl" / "extra.yml").write_text("dialog: extra", "utf-8")
    for file in (catalog / "en").iterdir():
        file.unlink()
    (catalog / "en").rmdir()

    (dialogs / "nl" / "map.yaml").mkdir()

    told = [problem.rendered("en") for problem in check(dialogs, catalog)]
    assert "dialogs/nl/map.yaml:1:1: this file cannot be opened; check that you may read it" in told
    assert (
        "challenge_catalog/en:1:1: this folder is missing; make the folder, even when nothing is in it yet"
        in told
    )
    assert "dialogs/nl/extra.yml:1:1: this file is not read; give it a name that ends in .yaml" in told
