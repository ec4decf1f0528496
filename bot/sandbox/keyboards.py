"""Keyboards beyond their shape: what Telegram refuses of a well-formed one."""

from typing import Any

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.html_mode import is_link

Markup = dict[str, Any]
MAX_CALLBACK_BYTES = 64
_STYLES = frozenset({"danger", "success", "primary"})
_DECORATION = frozenset({"text", "icon_custom_emoji_id", "style"})
MAX_BUTTONS = 100


def checked_markup(markup: Markup | None) -> Markup | None:
    """The keyboard as it will be kept; an empty inline keyboard is none. Raises ApiError 400."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        for row in rows:
            for button in row:
                _check_inline(button)
        _check_size(rows)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = [row for row in markup["keyboard"] if row]
        for row in rows:
            for button in row:
                _check_reply(button)
        if not rows:
            raise _refuse(
                "reply keyboard without buttons", "keyboard of a ReplyKeyboardMarkup must be non-empty"
            )
        _check_size(rows)
        _check_placeholder(markup)
        return {**markup, "keyboard": rows}
    if markup.get("remove_keyboard") is False or markup.get("force_reply") is False:
        raise _refuse("keyboard that removes or forces nothing", "object expected as reply markup")
    _check_placeholder(markup)
    return markup


def is_inline(markup: Markup | None) -> bool:
    """True for a keyboard that belongs to its message."""
    return markup is not None and "inline_keyboard" in markup


def _refuse(what: str, words: str) -> ApiError:
    return bad_request(words, warning=f"reply_markup: {what}")


def _check_size(rows: list[list[Any]]) -> None:
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise _refuse("more than 100 buttons", "REPLY_MARKUP_TOO_LONG")


def _check_inline(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise _refuse("button without text", "can't parse inline keyboard button: Text must be non-empty")
    _check_style(button)
    actions = button.keys() - _DECORATION
    if not actions:
        words = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        raise _refuse("inline button that does nothing", words)
    if len(actions) > 1:
        raise _refuse(
            "button with two actions", "can't parse inline keyboard button: exactly one action is allowed"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_BYTES:
        size = len(button["callback_data"].encode())
        raise _refuse(f"callback_data of {size} bytes", "BUTTON_DATA_INVALID")
    if "url" in button and not is_link(button["url"]):
        words = f"inline keyboard button URL '{button['url'][:100]}' is invalid: Wrong HTTP URL"
        raise _refuse("button with an impossible link", words)
    if "web_app" in button and not button["web_app"].get("url", "").startswith("https://"):
        raise _refuse(
            "web_app without HTTPS",
            "inline keyboard button web app URL is invalid: Only HTTPS links are allowed",
        )
    if "copy_text" in button and not 1 <= utf16_length(button["copy_text"]["text"]) <= 256:
        raise _refuse("copy_text outside 1-256", "BUTTON_COPY_TEXT_INVALID")


def _check_reply(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise _refuse("button without text", "can't parse keyboard button: Text must be non-empty")
    _check_style(button)


def _check_style(button: dict[str, Any]) -> None:
    if "style" in button and button["style"] not in _STYLES:
        raise _refuse(
            f"button style {button['style'][:20]}", "can't parse keyboard button: invalid style specified"
        )


def _check_placeholder(markup: Markup) -> None:
    text = markup.get("input_field_placeholder")
    if text is not None and not 1 <= utf16_length(text) <= 64:
        raise _refuse("placeholder outside 1-64", "input field placeholder must be 1-64 characters long")
