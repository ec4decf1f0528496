"""Entities, HTML and what becomes a link by itself."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.autolinks import with_automatic
from bot.sandbox.entities import checked_entities, part, trim, utf16_length
from bot.sandbox.errors import ApiError
from bot.sandbox.html_mode import parse_html


def kinds(text: str) -> list[tuple[str, str]]:
    return [(entity["type"], part(text, entity)) for entity in with_automatic(text, [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kijk op join-us.nl.", [("url", "join-us.nl")]),
        ("Zie https://example.org/a?b=(c) nu", [("url", "https://example.org/a?b=(c)")]),
        ("(zie www.join-us.nl/route)", [("url", "www.join-us.nl/route")]),
        ("Doe /hulp of /stop@een_bot", [("bot_command", "/hulp"), ("bot_command", "/stop@een_bot")]),
        ("kom/kom niet", []),
        ("Vraag @vera_noordwijk", [("mention", "@vera_noordwijk")]),
        ("Mail vera@join-us.nl", [("email", "vera@join-us.nl")]),
        ("#stap 1 #123", [("hashtag", "#stap")]),
        (
            "Bel 0800-0113 of +31 6 12345678",
            [("phone_number", "0800-0113"), ("phone_number", "+31 6 12345678")],
        ),
        ("t.me/companion_sandbox_bot?start=abc", [("url", "t.me/companion_sandbox_bot?start=abc")]),
        ("06-12345678, 071 3612345", [("phone_number", "06-12345678"), ("phone_number", "071 3612345")]),
        ("Op 01-05-2021 12:00, 0-10, 2026-11-20", []),
        ("Dat is 3.5 of zo... ok", []),
        ("Hoi.nu ga ik", [("url", "Hoi.nu")]),
    ],
)
def test_what_becomes_a_link(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


def test_nothing_becomes_a_link_inside_code_or_another_link() -> None:
    code = [{"type": "code", "offset": 0, "length": 10}]
    assert with_automatic("join-us.nl", code) == code
    pre = [{"type": "pre", "offset": 0, "length": 16}]
    assert with_automatic("/start @iemand_x", pre) == pre
    link = [{"type": "text_link", "offset": 0, "length": 10, "url": "https://example.org"}]
    assert with_automatic("join-us.nl", link) == link


def test_bold_does_not_stop_a_link() -> None:
    bold = [{"type": "bold", "offset": 0, "length": 10}]
    assert [entity["type"] for entity in with_automatic("join-us.nl", bold)] == ["bold", "url"]


def test_positions_count_utf16_units() -> None:
    assert with_automatic("🙂 /hulp", []) == [{"type": "bot_command", "offset": 3, "length": 5}]


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("<b>Dag</b> Sam", "Dag Sam", [("bold", 0, 3)]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd",
         [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("🙂<i>x</i>", "🙂x", [("italic", 2, 1)]),
        ("1 &lt; 2 &amp; &#39;x&#x27; &quot; &euro; a&b", "1 < 2 & 'x' \" &euro; a&b", []),
        ("<b></b>leeg", "leeg", []),
    ],
)  # fmt: skip
def test_html(markup: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse_html(markup)
    assert parsed == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_html_links_and_languages() -> None:
    assert (
        parse_html('<a href="https://example.org/?a=1&amp;b=2">x</a>')[1][0]["url"]
        == "https://example.org/?a=1&b=2"
    )
    assert parse_html("<a href='nergens'>x</a>")[1] == []
    _, [pre] = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (pre["type"], pre["language"]) == ("pre", "python")
    _, [time] = parse_html('<tg-time unix="1795172400" format="t">vrijdag</tg-time>')
    assert (time["type"], time["unix_time"], time["date_time_format"]) == ("date_time", 1795172400, "t")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("ë <3 jou", 'Unsupported start tag "3" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ],
)  # fmt: skip
def test_html_that_telegram_refuses(markup: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(markup)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({"type": "bold", "offset": 0, "length": 6}, "ENTITY_BOUNDS_INVALID"),
        ({"type": "bold", "offset": -1, "length": 2}, "ENTITY_BOUNDS_INVALID"),
        ({"type": "bold", "offset": 0, "length": 0}, "ENTITY_BOUNDS_INVALID"),
        ({"type": "bold", "offset": 1, "length": 2}, "entity begins in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": 0, "length": 1}, "ends in a middle of a UTF-16 symbol"),
        ({"type": "vet", "offset": 0, "length": 2}, "unsupported type"),
        ({"type": "text_link", "offset": 0, "length": 2}, 'Can\'t find field "url"'),
    ],
)
def test_entities_that_telegram_refuses(entity: dict[str, object], words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        checked_entities("🙂abc", [entity])
    assert words in refusal.value.description


def test_at_most_100_entities() -> None:
    text = "ab" * 101
    entities = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(101)]
    assert len(checked_entities(text, entities[:100])) == 100
    with pytest.raises(ApiError):
        checked_entities(text, entities)


def test_edges_are_trimmed_and_entities_follow() -> None:
    assert trim("  ab  ", [{"type": "bold", "offset": 1, "length": 4}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )


@given(st.text())
def test_any_text_that_is_escaped_comes_through_html_unchanged(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, [])


@given(st.text(alphabet="ab <>/&=\"'#;bicode-pr🙂", max_size=40))
def test_html_either_parses_within_the_text_or_refuses(markup: str) -> None:
    with contextlib.suppress(ApiError):
        text, entities = parse_html(markup)
        end = utf16_length(text)
        assert all(0 <= found["offset"] < found["offset"] + found["length"] <= end for found in entities)


@given(st.text(alphabet="ab.@/:#$+0123456789nl🙂- ()", max_size=60))
def test_links_never_overlap_and_lie_inside(text: str) -> None:
    end = 0
    for entity in with_automatic(text, []):
        assert entity["offset"] >= end
        end = entity["offset"] + entity["length"]
    assert end <= utf16_length(text)
