"""What is too long arrives in parts that a reader would have chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.message import Button, Message, Picture
from bot.telegram.defuse import JOINER
from bot.telegram.entities import size, text_only
from bot.telegram.split import doubted, split
from dialogs.text import Span, plain

pieces = st.sampled_from(
    [
        "Hallo. ",
        "woord ",
        "\n",
        "\n\n",
        "😀",
        "👨‍👩‍👧",
        "🇳🇱",
        "x" * 40,
        " ",
        "06-12345678",
        "evil.nl ",
        "é",
        "שלום ",
    ]
)
texts = st.lists(pieces, max_size=40).map("".join)
spans = st.lists(st.builds(Span, texts, st.sampled_from(["plain", "bold", "words"])), max_size=6).map(tuple)


def without_blanks(rendered: tuple[Span, ...]) -> list[tuple[str, str]]:
    return [
        (character, span.style) for span in rendered for character in span.text if not character.isspace()
    ]


@given(spans, st.integers(20, 200))
@example((Span("x" * 61 + " " * 60 + "y", "words"),), 62)
@settings(max_examples=300)
def test_every_part_fits_and_together_they_are_the_whole(rendered: tuple[Span, ...], longest: int):
    if not plain(rendered).strip():
        return
    parts = split(Message(rendered), longest)
    for part in parts:
        assert size(part.text) <= longest
        assert text_only(part.text).strip()
        text_only(part.text).encode("utf-16-le")
    together = [pair for part in parts for pair in without_blanks(part.text)]
    assert together == without_blanks(rendered)


@given(st.integers(2049, 5000))
@settings(max_examples=20)
def test_emoji_are_never_cut_in_two(count: int):
    for part in split(Message((Span("😀" * count),))):
        assert set(text_only(part.text)) == {"😀"}


def test_a_family_and_a_flag_of_england_stay_together():
    for sign in (
        "👨‍👩‍👧",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "👍🏽",
        "e\u0301",
    ):
        for part in split(Message((Span(sign * 40),)), 50):
            assert plain(part.text).replace(sign, "") == ""


def test_paragraphs_come_before_lines_and_lines_before_sentences():
    story = f"{'a' * 60}\n\n{'b' * 30}\nccc. ddd"
    assert [plain(part.text) for part in split(Message((Span(story),)), 100)] == [
        "a" * 60,
        f"{'b' * 30}\nccc. ddd",
    ]
    assert plain(split(Message((Span(f"{'a' * 60}\nbbb. {'c' * 60}"),)), 101)[0].text) == "a" * 60
    assert plain(split(Message((Span(f"{'a' * 60} bbb. {'c' * 60}"),)), 101)[0].text) == f"{'a' * 60} bbb."


def test_what_fits_stays_one_message():
    message = Message((Span("x" * 4096),), rows=((Button("Ja", "g.ja"),),))
    assert split(message) == [message]


def test_joiners_count_too():
    words = Message((Span("evil.nl " * 511, "words"),))
    parts = split(words)
    assert len(parts) == 2
    assert text_only(parts[0].text).count(JOINER) > 400


def test_buttons_come_last_the_doubt_first_and_all_are_protected():
    message = Message(
        (Span("woord " * 1000),), rows=((Button("Lees", "g.lees"),),), doubt="Mogelijk dubbel", protect=True
    )
    first, second = split(message)
    assert (first.rows, first.doubt) == ((), "Mogelijk dubbel")
    assert (second.rows, second.doubt) == (message.rows, "")
    assert first.protect
    assert second.protect


def test_there_is_room_for_the_doubt_when_it_is_sent_again():
    message = Message((Span("x" * 4090),), doubt="Mogelijk dubbel")
    first, _ = split(message)
    again = doubted(first)
    assert plain(again.text).startswith("Mogelijk dubbel\n\nx")
    assert size(again.text) <= 4096
    assert doubted(again) == again


def test_a_picture_with_a_long_text_goes_ahead_of_it():
    picture = Picture(b"png")
    message = Message((Span("x" * 1025),), picture=picture, rows=((Button("Ja", "g.ja"),),))
    ahead, text = split(message)
    assert (ahead.picture, ahead.text, ahead.rows) == (picture, (), ())
    assert (text.picture, text.text, text.rows) == (None, message.text, message.rows)


def test_what_cannot_be_split_says_so():
    too_long = Message((Span("x" * 5000),))
    with pytest.raises(ValueError, match="only a new message"):
        split(replace(too_long, do="edit"))
    with pytest.raises(ValueError, match="without text"):
        split(Message((Span(" " * 5000),)))
