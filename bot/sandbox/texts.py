"""From the text parameters of a call to the text and entities of a message."""

from typing import Any

from bot.sandbox.autolinks import with_automatic
from bot.sandbox.entities import MAX_CAPTION, MAX_TEXT, Entity, checked_entities, tidy, trim, utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.html_mode import parse_html


def message_text(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    """Text of 1-4096 UTF-16 units with all its entities; raises ApiError 400."""
    raw = params.get("text")
    if not raw:
        raise bad_request("message text is empty", warning="empty message text")
    text, entities = _formatted(raw, params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad_request("text must be non-empty", warning="message text of blanks only")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long", warning=f"message text of {utf16_length(text)} UTF-16 units")
    return text, with_automatic(text, entities)


def caption_text(params: dict[str, Any]) -> tuple[str, list[Entity]]:
    """Caption of 0-1024 UTF-16 units with all its entities; raises ApiError 400."""
    raw = params.get("caption") or ""
    text, entities = _formatted(raw, params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request(
            "message caption is too long", warning=f"caption of {utf16_length(text)} UTF-16 units"
        )
    return text, with_automatic(text, entities)


def _formatted(raw: str, mode: str | None, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    if mode:
        if mode.lower() in {"markdown", "markdownv2"}:
            raise bad_request(
                "unsupported parse_mode", warning=f"the sandbox does not know parse_mode {mode}"
            )
        if mode.lower() != "html":
            raise bad_request("unsupported parse_mode", warning=f"parse_mode {mode[:20]}")
        parsed, entities = parse_html(text)
        return trim(parsed, tidy(entities))
    return trim(text, checked_entities(text, given or []))
