"""parse_mode HTML: text and entities out of markup, refused with Telegram's words."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities import Entity, utf16_length
from bot.sandbox.errors import ApiError, bad_request

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "span": "spoiler", "a": "text_link", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);?")
_TAG_NAME = re.compile(r"[^\s>/]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']+)")
_VALUE = re.compile(r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.\-]+))")


@dataclass(slots=True)
class _Open:
    """A tag that is not closed yet."""

    name: str
    attributes: dict[str, str]
    at: int
    begin: int


class _Reader:
    """One pass over the markup."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def fail(self, words: str) -> ApiError:
        return bad_request(f"can't parse entities: {words}", warning=f"HTML: {words}")

    def byte(self, position: int) -> int:
        return len(self.markup[:position].encode("utf-8"))

    def emit(self, words: str) -> None:
        self.text.append(words)
        self.length += utf16_length(words)

    def run(self) -> tuple[str, list[Entity]]:
        markup = self.markup
        while self.position < len(markup):
            character = markup[self.position]
            if character == "&":
                self.reference()
            elif character == "<":
                if markup.startswith("</", self.position):
                    self.end_tag()
                else:
                    self.start_tag()
            else:
                self.emit(character)
                self.position += 1
        if self.open:
            raise self.fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.text), _merge_code(self.entities)

    def reference(self) -> None:
        match = _REFERENCE.match(self.markup, self.position)
        found = decode_reference(match.group(1)) if match else None
        if match is None or found is None:
            self.emit("&")
            self.position += 1
            return
        self.emit(found)
        self.position = match.end()

    def start_tag(self) -> None:
        begin = self.position
        match = _TAG_NAME.match(self.markup, begin + 1)
        name = match.group().lower() if match else ""
        self.position = begin + 1 + len(name)
        if self.position >= len(self.markup):
            raise self.fail(f"Unclosed start tag at byte offset {self.byte(begin)}")
        if name not in _SIMPLE:
            raise self.fail(f'Unsupported start tag "{name}" at byte offset {self.byte(begin)}')
        attributes = self.attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self.fail(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(begin)}')
        self.open.append(_Open(name, attributes, self.length, begin))

    def attributes(self, name: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            rest = re.compile(r"\s*").match(self.markup, self.position)
            self.position = rest.end() if rest else self.position
            if self.position >= len(self.markup):
                raise self.fail(f'Unclosed start tag "{name}" at byte offset {self.byte(begin)}')
            if self.markup[self.position] == ">":
                self.position += 1
                return found
            match = _ATTRIBUTE.match(self.markup, self.position)
            if match is None:
                raise self.fail(f'Empty attribute name in the tag "{name}" at byte offset {self.byte(begin)}')
            self.position = match.end()
            value = _VALUE.match(self.markup, self.position)
            if value is None:
                if match.group(1) == "expandable" and name == "blockquote":
                    found["expandable"] = ""
                    continue
                raise self.fail(
                    f"Expected equal sign in declaration of an attribute of the tag "
                    f'"{name}" at byte offset {self.byte(begin)}'
                )
            self.position = value.end()
            raw = next((group for group in value.groups() if group is not None), "")
            found[match.group(1).lower()] = _REFERENCE.sub(
                lambda m: decode_reference(m.group(1)) or m.group(), raw
            )

    def end_tag(self) -> None:
        begin = self.position
        close = self.markup.find(">", begin)
        if close < 0:
            raise self.fail(f"Unclosed end tag at byte offset {self.byte(begin)}")
        name = self.markup[begin + 2 : close].strip().lower()
        if not self.open:
            raise self.fail(f"Unexpected end tag at byte offset {self.byte(begin)}")
        top = self.open.pop()
        if name and name != top.name:
            raise self.fail(
                f'Unmatched end tag at byte offset {self.byte(begin)}, expected "</{top.name}>", found "</{name}>"'
            )
        self.position = close + 1
        self.close(top)

    def close(self, tag: _Open) -> None:
        length = self.length - tag.at
        if length == 0:
            return
        entity: dict[str, Any] = {"type": _SIMPLE[tag.name], "offset": tag.at, "length": length}
        match tag.name:
            case "a":
                url = tag.attributes.get("href") or "".join(self.text)[-length:]
                if not is_link(url):
                    return
                entity["url"] = url
            case "blockquote" if "expandable" in tag.attributes:
                entity["type"] = "expandable_blockquote"
            case "code" if tag.attributes.get("class", "").startswith("language-"):
                entity["language"] = tag.attributes["class"].removeprefix("language-")
            case "tg-emoji":
                if not tag.attributes.get("emoji-id", "").isdigit():
                    raise self.fail("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = tag.attributes["emoji-id"]
            case "tg-time":
                unix = tag.attributes.get("unix", "")
                if not (unix.isascii() and unix.isdigit()) or len(unix) > 12:
                    raise self.fail("Invalid date specified")
                entity["unix_time"] = int(unix)
                if "format" in tag.attributes:
                    entity["date_time_format"] = tag.attributes["format"]
        self.entities.append(entity)


def is_link(url: str) -> bool:
    """Whether Telegram would keep this as the target of a link."""
    return re.match(r"(?:https?://|tg://)?[^\s/:@?#.]+(?:\.[^\s/]+|:[0-9]+|/|\?|$)", url) is not None and (
        "." in url or url.startswith(("tg://", "http://", "https://"))
    )


def decode_reference(name: str) -> str | None:
    """The character an HTML reference stands for; None for those Telegram does not know."""
    if name.startswith("#"):
        digits = name[2:] if name[1] == "x" else name[1:]
        code = int(digits, 16 if name[1] == "x" else 10) if len(digits) <= 8 else 0
        return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else None
    return _NAMED.get(name)


def _merge_code(entities: list[Entity]) -> list[Entity]:
    """`<pre><code class="language-x">` is one entity with a language."""
    pres = {(entity["offset"], entity["length"]): entity for entity in entities if entity["type"] == "pre"}
    kept: list[Entity] = []
    for entity in entities:
        around = pres.get((entity["offset"], entity["length"]))
        if entity["type"] == "code" and around is not None:
            if "language" in entity:
                around["language"] = entity["language"]
            continue
        if entity["type"] == "code":
            entity.pop("language", None)
        kept.append(entity)
    return kept


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Text and entities of `markup`; raises ApiError 400 with the byte offset."""
    return _Reader(markup).run()
