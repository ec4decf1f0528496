"""A mistake in the helplines is found with its line; a row that grows old is warned about and never refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.helplines import helpline_problems

TODAY = date(2026, 11, 20)
DIALOGS = Path(__file__).resolve().parents[2] / "dialogs"


@pytest.fixture
def folder(tmp_path):
    for language in ("nl", "en"):
        (tmp_path / "dialogs" / language).mkdir(parents=True)
        shutil.copy(DIALOGS / language / "helplines.yaml", tmp_path / "dialogs" / language)
    return tmp_path / "dialogs"


def changed(folder, old, new, language="nl"):
    path = folder / language / "helplines.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return helpline_problems(folder, TODAY)


def test_the_file_as_it_is_has_no_mistakes():
    assert helpline_problems(DIALOGS, TODAY) == []


@pytest.mark.parametrize(
    "old, new, kind",
    [
        ('number: "0800-0432"', 'number: "0800 0432"', "helpline_wrong"),
        ('number: "0800-0432"', "number: 8000432", "helpline_wrong"),
        ("kinds: [talk]", "kinds: [praten]", "helpline_wrong"),
        ("ages: {from: 8, to: 18}", "ages: {from: 8}", "helpline_wrong"),
        ('mon: "11:00-21:00"', 'mon: "11-21 uur"', "helpline_wrong"),
        ('chat: "kindertelefoon.nl"', 'chat: "kindertelefoon .nl"', "helpline_wrong"),
        ('number: "113"', 'number: "114"', "helpline_missing"),
        ("verified_on: null", "verified_on: gisteren", "helpline_wrong"),
    ],
)
def test_a_row_that_cannot_be_shown_is_refused_with_its_place(folder, old, new, kind):
    problems = changed(folder, old, new)

    assert [one.kind for one in problems] == [kind]
    assert problems[0].severity == "error"
    assert problems[0].file == "dialogs/nl/helplines.yaml"


def test_yaml_that_cannot_be_read_is_one_problem(folder):
    assert {one.kind for one in changed(folder, "helplines:", "helplines: [")} == {"helpline_wrong"}


def test_a_translation_of_nothing_and_a_row_without_one(folder):
    problems = changed(folder, "key: kindertelefoon", "key: kinder", "en")

    assert [(one.kind, one.severity) for one in problems] == [
        ("helpline_unknown", "error"),
        ("helpline_untranslated", "warning"),
    ]


@pytest.mark.parametrize(
    "day, kinds",
    [
        ("2026-11-01", []),
        ("2026-08-22", []),
        ("2026-08-21", ["helpline_ages"]),
        ("2026-05-24", ["helpline_ages"]),
        ("2026-05-23", ["helpline_stale"]),
    ],
)
def test_a_row_that_grows_old_is_warned_about(folder, day, kinds):
    problems = changed(folder, "verified_on: null", f"verified_on: {day}")

    assert [one.kind for one in problems] == kinds
    assert all(one.severity == "warning" for one in problems)
