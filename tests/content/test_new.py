"""A challenge from a few answers: complete, in both languages, and right by our own check."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.check import problems_in
from bot.content.kinds import sources_of
from bot.content.library import Vocabulary
from bot.content.new import NewChallenge, NewStep, Said, key_of, written

STEPS = tuple(
    NewStep(
        Said(f"Stap {n}", f"Step {n}"),
        Said("Kijk één keer rond.", "Look around once."),
        (Said("Iemand kijkt mij aan", "Somebody looks at me"), Said("Er is niemand", "Nobody is there")),
    )
    for n in range(1, 5)
)


def challenge(**more):
    values = {
        "title": Said("Samen eten", "Eating together"),
        "about": Said("Je eet een keer met iemand.", "You eat with somebody once."),
        "causes": ("skills",),
        "bands": ("under18", "18plus"),
        "steps": STEPS,
        **more,
    }
    return NewChallenge(**values)


def problems(pages):
    sources = sources_of(pages.kind, pages.key, pages.nl, pages.en)
    return problems_in(sources, Vocabulary(), lambda file, line=1, column=1: None)


def test_complete_answers_give_a_file_without_a_single_remark():
    pages = written(challenge())

    assert pages.key == "samen-eten"
    assert problems(pages) == []
    assert b"status: example" in pages.nl


def test_without_english_the_dutch_stands_in():
    pages = written(challenge(title=Said("Samen eten")))

    assert b'title: "Samen eten"' in pages.en
    assert [one for one in problems(pages) if one.severity == "error"] == []


def test_two_steps_of_the_same_title_are_two_steps():
    same = tuple(NewStep(Said("Kijken", "Look"), step.do, step.fears) for step in STEPS)

    pages = written(challenge(steps=same))

    assert b"  kijken:" in pages.nl
    assert b"  kijken-4:" in pages.nl
    assert problems(pages) == []


@pytest.mark.parametrize(
    "title, key",
    [
        ("Één groet per dag!", "een-groet-per-dag"),
        ("  ", "naamloos"),
        ("🙂", "naamloos"),
        ("a" * 50, "a" * 32),
        ("Met: 'tekens' & \"meer\"", "met-tekens-meer"),
    ],
)
def test_a_name_for_files_follows_from_the_title(title, key):
    assert key_of(title, ()) == key


@given(st.text(max_size=60), st.lists(st.text(max_size=40).map(lambda text: key_of(text, ())), max_size=5))
def test_a_name_is_always_fit_and_never_taken(title, taken):
    made = key_of(title, taken)

    assert 0 < len(made) <= 32
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made not in taken


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40))
def test_whatever_is_typed_comes_out_as_it_was_and_breaks_no_file(text):
    pages = written(challenge(about=Said(f"a{text}", f"b{text}")))
    kinds = {one.kind for one in problems(pages) if one.severity == "error"}

    assert not any(kind.startswith("yaml") or kind in ("unknown_key", "empty_file") for kind in kinds)


class TestWithFewAnswers:
    FEW = tuple(
        NewStep(Said(""), Said(f"Ga {n} keer naast iemand zitten. Praten hoeft niet."), ())
        for n in range(1, 5)
    )

    def test_what_nobody_said_is_an_example_that_is_named_line_by_line_in_both_files(self):
        pages = written(challenge(about=Said(""), steps=self.FEW))

        found = problems(pages)
        assert {one.kind for one in found if one.severity == "error"} == {"to_fill_in"}
        named = {(one.file.split("/")[1], one.line) for one in found if one.kind == "to_fill_in"}
        texts = {"nl": pages.nl.decode(), "en": pages.en.decode()}
        assert named == {
            (language, number)
            for language, text in texts.items()
            for number, line in enumerate(text.splitlines(), start=1)
            if "VUL IN:" in line or "FILL IN:" in line
        }
        assert len(named) == 2 * (1 + 4 * 2)

    def test_the_title_of_a_step_is_the_beginning_of_what_to_do(self):
        pages = written(challenge(steps=self.FEW))

        assert b'title: "Ga 1 keer naast iemand zitten"' in pages.nl

    def test_written_over_it_is_right(self):
        pages = written(challenge(about=Said(""), steps=self.FEW))
        nl, en = (text.replace(b"VUL IN: ", b"").replace(b"FILL IN: ", b"") for text in (pages.nl, pages.en))

        assert [one for one in problems(replace(pages, nl=nl, en=en)) if one.severity == "error"] == []

    def test_who_wrote_it_stands_in_the_file(self):
        assert b'origin: "Welzijn Voorbeeld"' in written(challenge(origin="Welzijn Voorbeeld")).nl

    def test_an_ordinary_sentence_that_asks_to_fill_in_is_no_example(self):
        pages = written(challenge(about=Said("Vul in: een woord.", "Fill in: one word.")))

        assert problems(pages) == []
