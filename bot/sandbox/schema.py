"""The vendored Bot API specification, and how a value must look to fit it."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_ARRAY = "Array of "
_MUST_BE = re.compile(r"(?:must be|always) [\"“]?([a-z_]+)[\"”]?")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method or one field of a type."""

    name: str
    types: tuple[str, ...]
    required: bool
    constant: str | None


@dataclass(frozen=True, slots=True)
class Schema:
    """Methods and types by name; `unions` maps a type to the types it may be."""

    version: str
    methods: dict[str, dict[str, Field]]
    types: dict[str, dict[str, Field]]
    unions: dict[str, tuple[str, ...]]
    names: dict[str, str]
    reactions: frozenset[str]
    update_kinds: frozenset[str]

    def alternatives(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """`types` with every union replaced by its members."""
        found: list[str] = []
        for name in types:
            found.extend(self.alternatives(self.unions[name]) if name in self.unions else (name,))
        return tuple(found)


@cache
def load_schema() -> Schema:
    """Read the specification once; it never changes while running."""
    raw = json.loads(files("bot.sandbox").joinpath("spec", "bot-api-spec.json").read_text(encoding="utf-8"))
    types = {name: _fields(body) for name, body in raw["types"].items()}
    return Schema(
        version=raw["version"],
        methods={name: _fields(body) for name, body in raw["methods"].items()},
        types=types,
        unions={name: tuple(body["subtypes"]) for name, body in raw["types"].items() if body.get("subtypes")},
        names={name.lower(): name for name in raw["methods"]},
        reactions=_reactions(raw["types"]["ReactionTypeEmoji"]),
        update_kinds=frozenset(types["Update"]) - {"update_id"},
    )


def _fields(body: dict[str, Any]) -> dict[str, Field]:
    return {
        field["name"]: Field(
            name=field["name"],
            types=tuple(field["types"]),
            required=field["required"],
            constant=_constant(field),
        )
        for field in body.get("fields", [])
    }


def _constant(field: dict[str, Any]) -> str | None:
    if field["name"] not in {"type", "source", "status"}:
        return None
    match = _MUST_BE.search(field["description"])
    return match.group(1) if match else None


def _reactions(body: dict[str, Any]) -> frozenset[str]:
    text = next(field["description"] for field in body["fields"] if field["name"] == "emoji")
    return frozenset(re.findall(r"[\"“]([^\"“”]+)[\"”]", text))


def item_type(name: str) -> str | None:
    """What an array type holds; None when `name` is no array."""
    return name[len(_ARRAY) :] if name.startswith(_ARRAY) else None
