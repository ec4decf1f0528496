"""Examples in a dialog file: with these answers it ends there, in both languages, or the place is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.examples import played
from bot.content.library import Vocabulary
from bot.content.loader import build, gather
from bot.content.shape_dialog import DialogForm, ExampleForm
from tests.content.pages import GOOD, VOCABULARY, At, found, sources

NL: At = ("dialog", "checkin", "nl")


def with_examples(text: str, old: str = "", new: str = "") -> list[str]:
    page = GOOD[NL].replace(old, new, 1) if old else GOOD[NL]
    return [problem.kind for problem in found({NL: page + "examples:\n" + text})]


@pytest.mark.parametrize(
    "example",
    [
        "{name: twee tikken, answers: [niet], end: done}",
        '{name: typen, answers: [gedaan, 3, 0, "**Hoi** {{ name }}"], results: {send_checkin: sent}, end: done}',
        "{name: tikken, answers: [gedaan, skip, 10, mee], results: {send_checkin: later}, end: done}",
        "{name: een eigen weg, answers: [deels, anders], results: {send_checkin: sent}, end: done}",
        "{name: later, answers: [gedaan, 3, later], end: later}",
        "{name: een lege lijst, given: {ladder: {}}, answers: [gedaan, later], end: later}",
        "{name: een eigen lijst, given: {ladder: {a: A}}, answers: [gedaan, 3, later], end: later}",
        "{name: de band, given: {band: under18, days: 0, name: Noor}, answers: [niet], end: done}",
    ],
)
def test_an_example_that_goes_as_written_is_silent(example):
    assert with_examples(f"  - {example}\n") == []


def test_an_example_breaks_when_somebody_moves_a_way():
    example = "  - {name: deels, answers: [deels, later], end: later}\n  - {name: x, answers: [deels, 3], end: later}\n"

    assert with_examples(example) == ["example_answer"]
    assert with_examples(example, "say: Deels, goto: happened", "say: Deels, goto: tension") == [
        "example_waits"
    ]


def test_an_example_in_a_file_with_another_mistake_waits_until_that_is_mended():
    kinds = with_examples("  - {name: x, answers: [nergens], end: done}\n", "first: done", "first: doen")

    assert kinds == ["unknown_step_near"]


def test_an_action_that_leads_to_itself_does_not_play_for_ever():
    page = GOOD[NL].replace("to: wait}\n      - {to: bye}", "to: send}\n      - {to: bye}")
    built = build(sources({NL: page}), VOCABULARY)
    example = ExampleForm(name="x", answers=["deels", "mee"], results={"send_checkin": "later"}, end="done")

    slip = played(built.library.dialogs["checkin", "nl"], example, VOCABULARY)
    assert slip is not None
    assert slip.kind == "example_fails"


SHIPPED = build(gather(Path("dialogs"), Path("challenge_catalog"))[0], Vocabulary())
EXAMPLES = [
    (pair.key, example)
    for pair in SHIPPED.pairs
    if isinstance(pair.form, DialogForm)
    for example in pair.form.examples
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key, example", EXAMPLES, ids=[f"{key}: {one.name}" for key, one in EXAMPLES])
def test_an_example_of_a_shipped_dialog_goes_as_it_is_written(key, example, language):
    assert played(SHIPPED.library.dialogs[key, language], example, Vocabulary()) is None


def test_at_least_fifteen_dialogs_for_young_people_have_examples():
    youth = {
        pair.key
        for pair in SHIPPED.pairs
        if isinstance(pair.form, DialogForm) and pair.form.audience == "youth"
    }

    assert len({key for key, _ in EXAMPLES} & youth) >= 15
