"""Whatever somebody writes between quotes is what a young person reads."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.cage import BOLD, CLOSE, OPEN, Cage
from bot.content.quoting import quoted
from bot.content.source import Source, read
from bot.content.templates import sentence
from dialogs.text import plain

NL = Cage("nl")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.text(
    alphabet="\"'\\:#-?&*!|>%@`{}[], \n\t\x00\x85\u2028\ufeffaé🙂", max_size=40
)


def read_back(page: str) -> object:
    document, problems = read(Source("dialog", "a", "nl", "dialogs/nl/a.yaml", page.encode()))
    assert problems == []
    assert document is not None
    return document.data["say"]


@settings(max_examples=300, deadline=None)
@example("nee")
@example("19:00")
@example("null")
@example(" # geen opmerking ")
@example("say: {x}")
@given(TEXT)
def test_any_text_in_double_quotes_reads_back_as_it_was(text):
    assert read_back(f"say: {quoted(text)}\n") == text
    assert read_back(f"{{say: {quoted(text)}, x: 1}}\n") == text
    assert read_back(f"x:\n  - 1\nsay:   {quoted(text)}   # opmerking\n") == text


PRINTED = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="'\u2028\u2029\xa0"), max_size=80
)


@settings(max_examples=300, deadline=None)
@given(PRINTED)
def test_a_sentence_that_a_teacher_puts_between_single_quotes_reads_back_as_it_was(text):
    assert read_back(f"say: '{text}'\n") == text


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters=f"{{*{BOLD}{OPEN}{CLOSE}"), max_size=80
    )
)
def test_a_sentence_without_gaps_and_stars_is_said_as_it_stands(text):
    assert plain(sentence(NL, text)({})) == text.strip()
