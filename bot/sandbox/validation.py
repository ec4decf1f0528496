"""Checks every call against the specification: what is missing, mistyped or unknown is refused."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.schema import Field, Schema, item_type

_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"false", "0", "no"})
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_MARKUP_TYPES = frozenset(
    {"InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply"}
)


class Mismatch(Exception):
    """A value does not fit; `place` leads to it."""

    def __init__(self, place: str, words: str) -> None:
        super().__init__(f"{place}: {words}" if place else words)
        self.place = place
        self.words = words


def check_call(
    schema: Schema, method: str, given: Mapping[str, Any], uploads: frozenset[str]
) -> dict[str, Any]:
    """The parameters of `method` as real values. Raises ApiError 400 for the first thing that is wrong."""
    fields = schema.methods[method]
    for name in (*given, *uploads):
        if name not in fields and name not in uploads:
            raise bad_request(
                f'unknown field "{name[:64]}" in {method}', warning=f"{method}: unknown field {name[:64]}"
            )
    checked: dict[str, Any] = {}
    for field in fields.values():
        if field.name in uploads and "InputFile" in field.types:
            checked[field.name] = f"attach://{field.name}"
        elif field.name in given:
            checked[field.name] = _parameter(schema, method, field, given[field.name])
        elif field.required:
            raise _missing(method, field)
    return checked


def _missing(method: str, field: Field) -> ApiError:
    words = _MISSING.get(field.name, f'parameter "{field.name}" is required')
    return bad_request(words, warning=f"{method}: required field {field.name} is missing")


def _parameter(schema: Schema, method: str, field: Field, raw: Any) -> Any:
    if field.name == "reply_markup" and raw in (None, "null"):
        raise bad_request("object expected as reply markup", warning=f"{method}: reply_markup is null")
    try:
        value = _from_text(schema, field, raw) if isinstance(raw, str) else raw
        return _fit(schema, value, field.types, "")
    except Mismatch as mismatch:
        raise bad_request(_words(field, mismatch), warning=f"{method}: {field.name}: {mismatch}") from None


def _from_text(schema: Schema, field: Field, raw: str) -> Any:
    """Form fields carry everything as text: read it as the type asks."""
    if field.required and raw == "" and field.name in _MISSING:
        raise bad_request(_MISSING[field.name])
    if "Integer" in field.types and _is_integer(raw):
        return int(raw)
    if "String" in field.types or "InputFile" in field.types:
        return raw
    if "Boolean" in field.types:
        return _boolean(raw)
    if "Integer" in field.types:
        raise Mismatch("", "an Integer is expected")
    if "Float" in field.types:
        try:
            return float(raw)
        except ValueError:
            raise Mismatch("", "a Float is expected") from None
    return parse_json(raw)


def _boolean(raw: str) -> bool:
    if raw.lower() in _TRUE:
        return True
    if raw.lower() in _FALSE:
        return False
    raise Mismatch("", "a Boolean is expected")


def _is_integer(raw: str) -> bool:
    digits = raw.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= 19


def parse_json(raw: str | bytes) -> Any:
    """JSON without the extras Python allows. Raises Mismatch for anything unreadable."""
    try:
        return json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Mismatch("", "can't be parsed as JSON") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _fit(schema: Schema, value: Any, types: tuple[str, ...], place: str) -> Any:
    names = schema.alternatives(types)
    plain = [name for name in names if _fits_plain(value, name)]
    if plain:
        return value
    if isinstance(value, list):
        return _fit_array(schema, value, names, place)
    if isinstance(value, dict):
        return _fit_object(schema, value, names, place)
    raise Mismatch(place, f"{' or '.join(types)} is expected")


def _fits_plain(value: Any, name: str) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "String" | "InputFile":
            return isinstance(value, str)
        case "Boolean":
            return isinstance(value, bool)
        case _:
            return False


def _fit_array(schema: Schema, value: list[Any], names: tuple[str, ...], place: str) -> list[Any]:
    items = tuple(inner for name in names if (inner := item_type(name)) is not None)
    if not items:
        raise Mismatch(place, f"{' or '.join(names[:3])} is expected")
    return [_fit(schema, item, items, f"{place}[{index}]") for index, item in enumerate(value)]


def _fit_object(schema: Schema, value: dict[str, Any], names: tuple[str, ...], place: str) -> dict[str, Any]:
    candidates = [name for name in names if name in schema.types]
    if not candidates:
        raise Mismatch(place, f"{' or '.join(names[:3])} is expected")
    name = _choose(schema, value, candidates, place)
    fields = schema.types[name]
    for key in value:
        if key not in fields:
            raise Mismatch(place, f'unknown field "{key[:64]}" in {name}')
    for field in fields.values():
        if field.required and field.name not in value:
            raise Mismatch(place, f'Can\'t find field "{field.name}"')
        if field.constant is not None and value.get(field.name, field.constant) != field.constant:
            raise Mismatch(place, f'{name}.{field.name} must be "{field.constant}"')
    return {
        key: _fit(schema, inner, fields[key].types, f"{place}.{key}" if place else key)
        for key, inner in value.items()
    }


def _choose(schema: Schema, value: dict[str, Any], candidates: list[str], place: str) -> str:
    """Which member of a union an object is: by its constant, else by its required fields."""
    if len(candidates) == 1:
        return candidates[0]
    for name in candidates:
        constants = [field for field in schema.types[name].values() if field.constant is not None]
        if constants and all(value.get(field.name) == field.constant for field in constants):
            return name
    for name in candidates:
        fields = schema.types[name].values()
        required = [field.name for field in fields if field.required]
        if required and not any(field.constant for field in fields) and set(required) <= value.keys():
            return name
    raise Mismatch(place, f"{' or '.join(candidates[:4])} is expected")


def _words(field: Field, mismatch: Mismatch) -> str:
    """Telegram's wording where it is known, an equally plain one where it is not."""
    if _MARKUP_TYPES & set(field.types):
        if mismatch.words == "can't be parsed as JSON":
            return "can't parse reply keyboard markup JSON object"
        if mismatch.place == "":
            return "object expected as reply markup"
        if mismatch.place == "inline_keyboard":
            return 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        if mismatch.place.startswith("inline_keyboard["):
            return f"can't parse inline keyboard button: {mismatch.words}"
        return f"can't parse keyboard button: {mismatch}"
    if mismatch.words == "can't be parsed as JSON":
        return f"can't parse {field.name} JSON object"
    if field.name.endswith("entities"):
        return f"can't parse MessageEntity: {mismatch}"
    if field.name == "message_id":
        return "message identifier is not specified"
    return f'wrong parameter "{field.name}" in request: {mismatch}'
