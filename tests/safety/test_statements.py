"""Explicit statements of danger are found however they are typed; ordinary answers of the exercises are left alone.

Every sentence here was made up by us: this shows that the list works as it is meant, not how much it finds among
what young people really write (care research 3.5).
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.incoming import Command, Incoming, Sender, Started, Tapped, Typed, Unreadable, words_of
from bot.safety.detector import PIECE, STEP, detect
from bot.safety.finding import KINDS, NOTHING
from bot.safety.model import model
from bot.safety.normal import normal
from bot.safety.statements import HELP_KINDS, STATEMENTS, classify
from dialogs.words import Words
from tests.safety.sentences import DENIED, DUTCH, ENGLISH, LOOKALIKE, PAST, QUOTED

MEANT = re.compile("(?i)gevaar|danger|veilig|safe")
"""Labels that are tapped by who is in danger."""

BRANCH = re.compile(r"{%.*?%}")

ROOT = Path(__file__).resolve().parents[2]
LAPPED = PIECE - STEP
"""Words that two neighbouring pieces share: what is not longer is seen whole in one of them."""


@pytest.fixture
def silent():
    """A model that never sees anything: what is found, was found by a statement."""
    return replace(model(), thresholds={"crisis": 999.0, "concern": 999.0, "per_piece": 0.0})


STATED = [*DUTCH, *ENGLISH]
SENTENCES = st.sampled_from([one for one in [*DUTCH[1:20], *ENGLISH[1:14]] if len(one.split()) <= LAPPED])
SPELLINGS = [
    "IK WIL DOOD",
    "ik wil doooood",
    "ik wil, dood",
    "ik wil... dood!!",
    "ik wil 💀 dood",
    "ik w1l d00d",
    "ik\nwil\ndood",
    "ik wíl dóód",
    "ik wil d\u00adood",
    "ik w\u200bil dood",
    "ik_wil_dood",
    "ik-wil-dood",
    "i k w i l d o o d",
    "i k  w i l  d o o d",
    "ik denk aan z.e.l.f.m.o.o.r.d",
    "ik denk aan ｚｅｌｆｍｏｏｒｄ",
    "I don’t want to live",
]


@pytest.mark.parametrize("sentence", STATED)
def test_a_plain_statement_is_found_whatever_the_model_says(sentence, silent):
    finding = detect(sentence, silent)

    assert (finding.label, finding.explicit) == ("crisis", True)
    assert finding.kind in KINDS


@pytest.mark.parametrize("sentence", STATED)
def test_the_model_does_not_take_a_plain_statement_away(sentence):
    assert classify(sentence).label == "crisis"


@pytest.mark.parametrize("sentence", SPELLINGS)
def test_however_it_is_spelled(sentence):
    assert classify(sentence).label == "crisis"


@pytest.mark.parametrize("sentence", LOOKALIKE)
def test_an_ordinary_answer_is_left_alone(sentence):
    assert classify(sentence) == replace(NOTHING, score=classify(sentence).score)


def test_danger_met_in_a_game_is_no_story():
    met = "ik ken hem van een game, hij is volwassen en wil dat ik naar zijn huis kom"

    assert classify(met).label == "crisis"


@pytest.mark.parametrize(
    "sentence", ["ik leef al een week op water en mijn ribben steken uit", "I flush my dinner every night"]
)
def test_signs_of_not_eating_alert_without_a_statement(sentence):
    finding = classify(sentence)

    assert (finding.label, finding.explicit) == ("crisis", False)


@pytest.mark.parametrize("sentence", QUOTED)
def test_words_of_a_story_are_asked_about_and_alert_nobody(sentence):
    finding = classify(sentence)

    assert (finding.label, finding.quoted) == ("concern", True)


@pytest.mark.parametrize("word", ["straks", "Leven", "vannacht?", "life", "wil"])
def test_one_everyday_word_says_nothing(word):
    assert classify(word).label == "none"


@pytest.mark.parametrize("word", ["suicidaal", "verkracht", "doodgaan", "112"])
def test_one_word_can_be_a_cry(word):
    assert classify(word).label == "crisis"


@pytest.mark.parametrize("sentence", PAST)
def test_what_is_over_is_asked_about(sentence):
    assert classify(sentence).label == "concern"


@pytest.mark.parametrize("sentence", DENIED)
def test_a_denial_is_no_statement(sentence):
    finding = classify(sentence)

    assert finding.label != "crisis"
    assert not finding.explicit


@pytest.mark.parametrize(
    "sentence", ["mijn vriendin wil dood", "my friend wants to die", "papa slaat mijn broertje"]
)
def test_somebody_else_in_danger_has_a_branch_of_its_own(sentence):
    assert (classify(sentence).kind, classify(sentence).about) == ("friend", "other")


@pytest.mark.parametrize(
    "sentence, kind, lines",
    [
        ("ik wil dood", "suicide", "talk"),
        ("mijn vader slaat me", "abuse", "home"),
        ("ik ben verkracht", "sexual", "sexual"),
        ("", "", "talk"),
    ],
)
def test_the_kind_chooses_the_helplines(sentence, kind, lines):
    finding = classify(sentence)

    assert (finding.kind, HELP_KINDS.get(finding.why, "talk")) == (kind, lines)


def words_of_content():
    """Everything a young person can tap as an answer, in both languages: none of it may set off an alarm."""
    for path in sorted((ROOT / "dialogs").glob("*/*.yaml")):
        yield from labels(YAML(typ="safe", pure=True).load(path))
    for path in sorted((ROOT / "challenge_catalog").glob("*/*.yaml")):
        for step in YAML(typ="safe", pure=True).load(path)["steps"].values():
            yield from step["predictions"].values()


def labels(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("examples", "choices") and isinstance(value, dict):
                yield from (one for label in value.values() for one in sentences(label))
            else:
                yield from labels(value)


def sentences(label):
    if isinstance(label, str):
        yield from (one.strip() for one in BRANCH.split(label) if one.strip())
    elif isinstance(label, dict):
        yield from (
            one
            for key, value in label.items()
            if key not in ("if", "goto") and isinstance(value, str | dict)
            for one in sentences(value)
        )


def test_no_example_of_ours_is_taken_for_danger():
    written = list(words_of_content())

    assert len(written) > 150
    ordinary = {text for text in written if not MEANT.search(text)}
    assert [text for text in ordinary if classify(text).label == "crisis"] == []
    asked = [text for text in ordinary if classify(text).label == "concern"]
    assert len(asked) <= len(ordinary) // 20, asked


@given(SENTENCES, st.integers(0, 1800), st.integers(0, 1800))
@settings(max_examples=15, deadline=None)
def test_wherever_it_stands_in_a_long_text(sentence, before, after):
    filler = "en toen gingen we naar buiten en het regende "
    text = (filler * 50)[:before].rpartition(" ")[0] + " " + sentence + " " + (filler * 50)[:after]

    assert classify(text).label == "crisis"


@given(st.sampled_from(STATED), st.sampled_from([" ", ", ", "\n", " 🙂 ", "\t", " - ", "\u00a0"]))
@settings(max_examples=30, deadline=None)
def test_whatever_stands_between_the_words(sentence, between):
    assert classify(sentence.replace(" ", between)).label == "crisis"


@given(st.text(max_size=400))
@settings(max_examples=30, deadline=None)
def test_any_text_is_judged_without_an_error(text):
    assert classify(text).label in ("crisis", "concern", "none")


@given(st.text(max_size=200))
def test_the_plain_form_stays_what_it_is(text):
    once = normal(text)

    assert normal(once) == once


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x1FFFF), max_size=100))
def test_the_plain_form_holds_words_and_single_spaces_only(text):
    assert re.fullmatch(r"(?:[^\W_]|')*(?: (?:[^\W_]|')+)*", normal(text))


def test_four_thousand_emoji_are_no_trouble():
    assert classify("🙂" * 4096).label == "none"
    assert classify("🙂" * 4096 + " ik wil dood").label == "crisis"


def test_every_key_of_a_statement_has_an_example_here(silent):
    found = {key for sentence in STATED for key in detect(sentence, silent).why}

    assert {f"statement.{key}" for key, _ in STATEMENTS} <= found


@pytest.mark.parametrize(
    "what, words",
    [
        (Typed(Words("ik wil dood")), "ik wil dood"),
        (Typed(Words("ik wil dood"), edited=True), "ik wil dood"),
        (Unreadable("photo", Words("ik wil dood")), "ik wil dood"),
        (Command("menu", Words("ik wil dood")), "menu ik wil dood"),
        (Command("ik_wil_dood", Words("")), "ik wil dood"),
        (Tapped("d.1.1.ja", "1"), ""),
        (Started("abc"), ""),
    ],
)
def test_every_word_that_was_typed_is_looked_at(what, words):
    assert words_of(Incoming(Sender(1, 1, Words("Sam"), "nl"), what)) == words
