"""A file is read by a quick parser and, when something has to be explained, by a slow one: both read the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.source import Document, Source, _quickly, _slowly

TOP = Path(__file__).resolve().parents[2]
FILES = sorted([*TOP.glob("dialogs/*/*.yaml"), *TOP.glob("challenge_catalog/*/*.yaml")])
PAGE = (TOP / "dialogs/nl/checkin.yaml").read_text("utf-8")


def both(text: str) -> tuple[Document | None, Document | None]:
    """What the quick parser makes of *text*, and what the slow one makes of it."""
    source = Source("dialog", "checkin", "nl", "dialogs/nl/checkin.yaml", text.encode())
    return _quickly(source, text), _slowly(source, text)[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_file_of_ours_is_read_quickly_and_the_same(file):
    quick, slow = both(file.read_text("utf-8"))

    assert quick is not None
    assert quick == slow


@settings(max_examples=200, deadline=None)
@example(place=0, gone=0, typed="\t")
@example(place=40, gone=0, typed='"')
@example(place=40, gone=0, typed="é\U0001f600: &a ")
@given(
    place=st.integers(0, len(PAGE)),
    gone=st.integers(0, 6),
    typed=st.text(alphabet="{}[]:,'\"&*!|>%#-?@`\\ \n\tax0é\u2028\U0001f600", max_size=5),
)
def test_what_both_can_read_they_read_the_same(place, gone, typed):
    quick, slow = both(PAGE[:place] + typed + PAGE[place + gone :])

    assert quick is None or slow is None or quick == slow
