"""The guide for who edits texts: its example passes the check, and every button and sentence in it is the bot's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.content.check import problems_in
from bot.content.kinds import sources_of
from bot.content.library import Vocabulary
from bot.content.new import FEWEST, MOST
from bot.content.samples import MOST_ON_PHONE
from bot.content.shape_challenge import ChallengeForm, ChallengeStepForm
from bot.content.wording import MOST_WORDS_IN_SENTENCE
from tests.docs import guide

KEY = "een-vraag-in-de-winkel"
DUTCH, ENGLISH = guide.examples()
DIALOGS = ("content", "content_new", "content_sent", "content_play", "content_weeks", "staff_menu", "phrases")
MOST_BYTES = 60_000


def strings(node):
    """Every text in a page of YAML, with what a person reads on one line."""
    if isinstance(node, str):
        return [" ".join(node.split())]
    inside = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [one for part in inside for one in strings(part)]


def pages():
    return [guide.page(name) for name in DIALOGS]


def found(dutch=DUTCH, english=ENGLISH):
    sources = sources_of("challenge", KEY, dutch.encode(), english.encode())
    return problems_in(sources, Vocabulary(), lambda file, line=1, column=1: None)


def test_the_example_passes_the_check_without_a_remark():
    assert found() == []


def test_both_rules_about_quotes_read_as_the_guide_says():
    double, single = '"Neem \\"dit\\" mee"', "'foto''s'"
    assert single in guide.TEXT
    read = YAML(typ="safe").load(f"a: {double}\nb: {single}\n")

    assert read == {"a": 'Neem "dit" mee', "b": "foto's"}


def test_every_word_of_a_challenge_is_explained_and_no_other():
    table = guide.TEXT.split("| woord |")[1].split("\n\n")[0]
    explained = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    words = {*ChallengeForm.model_fields, *ChallengeStepForm.model_fields} - {"licence", "origin"}

    assert sorted(explained) == sorted(words)


def test_every_button_that_the_guide_names_exists():
    known = {label for page in pages() for label in guide.labels(page)}

    assert guide.buttons() - known == set()
    assert len(guide.buttons()) > 20


@pytest.mark.parametrize("sentence", guide.said())
def test_every_sentence_that_the_guide_quotes_is_the_bots(sentence):
    assert any(sentence in text for page in pages() for text in strings(page))


@pytest.mark.parametrize("remark", guide.problems())
def test_every_remark_of_the_check_is_quoted_as_it_is(remark):
    messages = tomllib.loads(Path("bot/content/messages.toml").read_text("utf-8"))
    shapes = [re.escape("; ".join(one["nl"])) for one in messages.values() if one["nl"][1]]

    assert any(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", shape), remark) for shape in shapes)


@pytest.mark.parametrize(
    "old, new, remark",
    [
        ("    tip:", "\ttip:", "een tab aan het begin van de regel"),
        ("    tip:", "    tpi:", '"tpi" is hier onbekend; bedoelde je "tip"?'),
        ("Daarna mag je doorlopen.", "Dit blijft geheim.", '"blijft geheim" belooft geheimhouding'),
        ('    where: "In een winkel waar je al vaker komt, overdag."\n', "", "onder 18 noemt elke stap"),
        ("overdag", "'s avonds laat", "'s avonds laat"),
    ],
)
def test_the_mistakes_of_the_guide_are_found_in_its_example(old, new, remark):
    wrong = [one for one in found(DUTCH.replace(old, new, 1)) if one.severity == "error"]

    assert any(remark in one.rendered("nl") for one in wrong), [one.rendered("nl") for one in wrong]


def test_the_figures_are_those_of_the_check():
    numbers = {4: "vier", 6: "zes"}

    assert f"{numbers[FEWEST]} tot {numbers[MOST]} stappen" in guide.TEXT
    assert f"meer dan\n{MOST_WORDS_IN_SENTENCE} woorden" in guide.TEXT
    assert f"hooguit {MOST_WORDS_IN_SENTENCE} woorden" in guide.TEXT
    assert f"tot {MOST_ON_PHONE} tekens" in guide.TEXT


def test_every_picture_is_there_and_small():
    files = {path.stem: path.stat().st_size for path in guide.PICTURES.glob("content-*.png")}

    assert sorted(files) == sorted(guide.pictures())
    assert {name for name, size in files.items() if size > MOST_BYTES} == set()
