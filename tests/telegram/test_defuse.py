"""Words of a person stay readable and never lead anywhere."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram.constants import MessageEntityType

from bot.sandbox.autolinks import with_automatic
from bot.telegram.defuse import JOINER, cleaned, defused, utf16
from bot.telegram.entities import entities, size
from dialogs.text import Span, Style

LINKS = [
    "@noordwijkbot", "#eenzaam", "/hulp", "/hulp@noordwijkbot", "$EUR", "https://evil.example.com/x?y=1#z",
    "http://1.2.3.4/x", "evil.nl", "www.evil.nl/pad",
    "EVIL.NL", "tg://resolve?domain=noordwijkbot", "t.me/noordwijkbot",
    "sam@evil.nl", "sam.de-boer+x@mail.evil.nl", "06-12345678", "+31 6 12 34 56 78", "0612345678", "(071) 361 2345",
    "06 1234 5678", "071361234", "0031612345678", "ftp://evil.nl", "evil.nl:8080/a", "tonsite://evil.ton",
    "(evil.nl)", "hoi,evil.nl.",
]  # fmt: skip
words = st.text(max_size=120) | st.lists(
    st.sampled_from([*LINKS, " ", "\n", ".", "@", "/", "a", "7", "😀", "<3", "</b>", "é", "שלום", "مرحبا"]),
    max_size=12,
).map("".join)


def clickable(text: str) -> list[str]:
    """What the strict server would turn into a link by itself."""
    return [entity["type"] for entity in with_automatic(text, [])]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_is_no_link_any_more(link: str):
    assert clickable(defused(link)) == []


@pytest.mark.parametrize("link", ["@noordwijkbot", "evil.nl", "06-12345678", "/hulp", "sam@evil.nl"])
def test_the_strict_server_would_have_made_a_link_of_it(link: str):
    assert clickable(link) != []


@given(words)
@example("<3")
@example("</b>")
@example("😀" * 4096)
@settings(max_examples=300)
def test_words_stay_the_same_but_for_what_cannot_be_seen(text: str):
    assert defused(text).replace(JOINER, "") == cleaned(text)
    assert clickable(defused(text)) == []


@given(st.text(max_size=80))
def test_no_control_character_or_override_survives(text: str):
    safe = defused(text)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\x1b\r")
    safe.encode("utf-8")


def test_ordinary_words_are_left_alone():
    for text in ("Ik heb <3 gezegd.", "Om 14:30 uur, echt waar!", "מה שלומך", "Ik ben er. Jij ook?", "3 x 4"):
        assert defused(text) == text


def test_half_a_surrogate_pair_becomes_a_replacement_character():
    assert defused("hoi \ud83d") == "hoi \ufffd"


STYLES: dict[str, list[str]] = {
    "bold": ["bold"], "italic": ["italic"], "code": ["code"], "text_link": ["link"], "blockquote": ["words"],
}  # fmt: skip


def runs(rendered: tuple[Span, ...], style: str) -> set[str]:
    """What may be marked together: neighbours of one style, as they are or without blank ends."""
    found = set()
    for start in range(len(rendered)):
        for stop in range(start + 1, len(rendered) + 1):
            if all(span.style == style for span in rendered[start:stop]):
                whole = "".join(cleaned(span.text) for span in rendered[start:stop])
                found |= {whole, whole.strip()}
    return found


spans = st.lists(
    st.builds(Span, words, st.sampled_from(["plain", "bold", "italic", "words", "code", "link"])), max_size=8
).map(tuple)


@given(spans)
@settings(max_examples=300)
def test_every_entity_covers_whole_characters_of_its_own_span(rendered: tuple[Span, ...]):
    text, found = entities(rendered)
    units = text.encode("utf-16-le")
    assert len(units) // 2 == utf16(text) == size(rendered)
    assert len(found) <= 100
    for entity in found:
        assert entity.offset >= 0
        assert entity.length > 0
        covered = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        assert covered.replace(JOINER, "") in {
            run for style in STYLES[entity.type] for run in runs(rendered, style)
        }
    offsets = [entity.offset for entity in found]
    assert offsets == sorted(offsets)
    assert entities(rendered)[0] == text


@given(words, words)
@settings(max_examples=200)
def test_only_our_own_text_can_hold_a_link(name: str, text: str):
    rendered = (
        Span("Hoi ", "plain"),
        Span(name, "words"),
        Span(", je schreef: ", "plain"),
        Span(text, "words"),
    )
    assert clickable(entities(rendered)[0]) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "after"),
    [
        ("@", "noordwijkbot", ""),
        ("Kijk op ", "evil", ".nl"),
        ("https://", "evil.nl", "/x"),
        ("#", "eenzaam", ""),
    ],
)
def test_our_text_and_their_words_make_no_link_together(ours: str, theirs: str, after: str):
    assert clickable(entities((Span(ours), Span(theirs, "words"), Span(after)))[0]) == []


def test_our_own_text_keeps_its_commands():
    assert entities((Span("Typ /hulp"), Span(" Sam", "words")))[0] == "Typ /hulp Sam"


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("bold", MessageEntityType.BOLD),
        ("italic", MessageEntityType.ITALIC),
        ("code", MessageEntityType.CODE),
    ],
)
def test_a_style_becomes_its_entity_after_emoji(style: Style, kind: str):
    text, (entity,) = entities((Span("😀 "), Span("Sam", style)))
    assert text == "😀 Sam"
    assert (entity.type, entity.offset, entity.length) == (kind, 3, 3)


def test_a_link_leads_to_what_it_says():
    _, (entity,) = entities((Span("Zie "), Span("www.join-us.nl", "link")))
    assert entity.url == "https://www.join-us.nl"
    assert entities((Span("0800-0113", "link"),)) == ("0800-0113", [])


def test_long_words_become_a_quotation_on_lines_of_its_own():
    text, (quote,) = entities((Span("Sam schreef: "), Span("een\ntwee", "words"), Span("Groet")))
    assert text == "Sam schreef: \neen\ntwee\nGroet"
    assert quote.type == MessageEntityType.BLOCKQUOTE
    assert text[quote.offset : quote.offset + quote.length] == "een\ntwee"
    assert entities((Span("x" * 61, "words"),))[1][0].type == MessageEntityType.BLOCKQUOTE
    assert entities((Span("x" * 60, "words"),))[1] == []
