"""How many taps a conversation takes, and the table of it in the documents."""

from __future__ import annotations

from pathlib import Path

from bot.content.shape_dialog import DialogForm
from bot.content.taps import fewest, most, of_youngsters, table

ROOT = Path(__file__).parents[2]

FORM = DialogForm.model_validate(
    {
        "dialog": "walk",
        "about": "A walk.",
        "for": "youth",
        "first": "which",
        "steps": {
            "which": {
                "say": "Which?",
                "choices": {"a": "A", "b": {"say": "B", "goto": "bye"}},
                "several": "Done",
                "goto": "how",
            },
            "how": {
                "say": "How?",
                "scale": {"low": "no", "high": "yes"},
                "skip": {"say": "Skip", "goto": "which"},
                "goto": "note",
            },
            "note": {"do": "keep_exercise", "goto": "sent"},
            "sent": {"end": "sent"},
            "bye": {"say": "Bye.", "end": "done"},
        },
    }
)


def test_the_fewest_taps_to_each_ending_count_questions_and_no_silent_steps():
    assert fewest(FORM) == {"done": 1, "sent": 2}


def test_the_most_taps_go_back_nowhere_and_tick_one_where_several_may_be():
    assert most(FORM) == 3


def test_a_row_says_both():
    assert table([FORM]).splitlines()[-1] == "| walk | done 1, sent 2 | 3 |"


def test_the_table_in_the_documents_is_what_the_texts_say_now():
    """``companion content taps`` prints it anew."""
    now = table(of_youngsters(ROOT / "dialogs", ROOT / "challenge_catalog"))

    assert now in (ROOT / "docs" / "dialogs.md").read_text("utf-8")
