"""Explicit statements of danger are found however they are typed; ordinary answers of the exercises are left alone.

Every sentence here was made up by us: this shows that the list works as it is meant, not how much it finds among
what young people really write (care research 3.5).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.incoming import Command, Incoming, Sender, Started, Tapped, Typed, Unreadable, words_of
from bot.safety.normal import normal
from bot.safety.statements import BITE, HELP_KINDS, STATEMENTS, classify
from dialogs.words import Words

ROOT = Path(__file__).resolve().parents[2]

DANGER = {
    "wants to die": [
        "ik wil dood",
        "Ik wil gewoon dood.",
        "soms wou ik dat ik dood was",
        "was ik maar dood",
        "i want to die",
        "I wanna die",
    ],
    "does not want to live": [
        "ik wil niet meer leven",
        "ik hoef niet meer te leven",
        "ik heb geen zin meer om te leven",
        "I don't want to live anymore",
        "i dont want to be here anymore",
    ],
    "ends own life": [
        "ik ga een einde aan mijn leven maken",
        "ik wil mijn leven beëindigen",
        "ik spring voor de trein",
        "ik heb pillen geslikt",
        "ik ga mezelf ophangen",
        "I am going to kill myself",
    ],
    "suicide": ["ik denk aan zelfmoord", "ik denk elke dag over zelfdoding"],
    "wants to be gone": ["ik wil er niet meer zijn"],
    "hurts self": ["ik snijd mezelf", "ik heb mezelf weer gesneden", "ik doe mezelf pijn", "I cut myself"],
    "is hit": [
        "mijn vader slaat me",
        "mijn stiefvader heeft me gisteren geslagen",
        "ze schoppen me elke dag op school",
        "ik word thuis mishandeld",
        "ik ben verkracht",
        "my dad hits me",
    ],
    "is forced": ["hij dwingt me tot seks", "forced to have sex"],
    "is not safe": ["ik ben niet veilig thuis", "ik durf vanavond niet naar huis", "I am not safe at home"],
}
EXPLICIT = [(why, sentence) for why, sentences in DANGER.items() for sentence in sentences]
SENTENCES = st.sampled_from([sentence for _, sentence in EXPLICIT])
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
ORDINARY = [
    "ik was bang maar het viel mee",
    "ik ben trots op mezelf",
    "mijn buik deed pijn van de spanning",
    "ik ben doodmoe",
    "ik vond het doodeng",
    "ik schaamde me dood",
    "we lachten ons rot",
    "ik wil niet meer naar school",
    "mijn hond is dood",
    "ik durf niet naar haar toe",
    "ik heb mezelf verrast",
    "ik maakte er een mooie dag van",
    "ik wil graag leven in de stad",
    "niemand zei iets terug",
    "iemand lacht om mij",
    "ik kom niet uit mijn woorden",
    "ik ben eerder gestopt",
    "ze keken weg",
    "het was doodstil in de klas",
    "I was dead tired",
    "dying to know what she said",
    "I hit the ball",
    "Niks",
    "",
]


@pytest.mark.parametrize("why, sentence", EXPLICIT, ids=lambda one: one)
def test_an_explicit_statement_is_found_and_named(why, sentence):
    finding = classify(sentence)

    assert (finding.label, finding.why) == ("crisis", why)


@pytest.mark.parametrize("sentence", SPELLINGS)
def test_however_it_is_spelled(sentence):
    assert classify(sentence).label == "crisis"


@pytest.mark.parametrize("sentence", ORDINARY)
def test_an_ordinary_answer_is_left_alone(sentence):
    assert classify(sentence).label == "none"


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
        yield label
    elif isinstance(label, dict):
        yield from (
            one for value in label.values() for one in sentences(value) if isinstance(value, str | dict)
        )


def test_no_example_of_ours_is_taken_for_danger():
    written = list(words_of_content())

    assert len(written) > 150
    assert [text for text in written if classify(text).label != "none"] == []


@given(
    st.sampled_from([sentence for _, sentence in EXPLICIT]),
    st.integers(0, 3 * BITE),
    st.integers(0, 3 * BITE),
)
def test_wherever_it_stands_in_a_long_text(sentence, before, after):
    filler = "en toen gingen we naar buiten en het regende "
    text = (filler * 50)[:before].rpartition(" ")[0] + " " + sentence + " " + (filler * 50)[:after]

    assert classify(text).label == "crisis"


@given(
    st.sampled_from([sentence for _, sentence in EXPLICIT]),
    st.sampled_from([" ", ", ", "\n", " 🙂 ", "\t", " - ", "\u00a0"]),
)
def test_whatever_stands_between_the_words(sentence, between):
    assert classify(sentence.replace(" ", between)).label == "crisis"


@given(st.text(max_size=400))
def test_any_text_is_judged_without_an_error(text):
    assert classify(text).label in ("crisis", "none")


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


def test_every_kind_of_statement_has_an_example_here():
    assert {why for why, _ in STATEMENTS} == set(DANGER)
    assert set(HELP_KINDS) <= set(DANGER)


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
