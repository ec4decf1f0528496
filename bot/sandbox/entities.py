"""Entities of a text: UTF-16 positions, what Telegram refuses, and what it trims."""

from typing import Any

from bot.sandbox.errors import bad_request

Entity = dict[str, Any]
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
CODE = frozenset({"code", "pre"})
_KNOWN = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
        "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
        "custom_emoji", "date_time",
    }
)  # fmt: skip
_NEEDS = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every Telegram limit and offset."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def borders(text: str) -> list[int]:
    """The UTF-16 position of every character, and of the end."""
    found = [0]
    for character in text:
        found.append(found[-1] + (2 if ord(character) > 0xFFFF else 1))
    return found


def part(text: str, entity: Entity) -> str:
    """The words an entity covers."""
    raw = text.encode("utf-16-le")
    return raw[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
        "utf-16-le", "replace"
    )


def checked_entities(text: str, entities: list[Entity]) -> list[Entity]:
    """Given entities as Telegram keeps them; raises ApiError 400 for impossible ones."""
    if len(entities) > MAX_ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG", warning=f"{len(entities)} entities in one message")
    allowed = set(borders(text))
    end = max(allowed)
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in _KNOWN:
            raise bad_request(
                f'can\'t parse MessageEntity: unsupported type "{entity["type"][:32]}" specified'
            )
        if start < 0 or entity["length"] <= 0 or stop > end:
            raise bad_request(
                "ENTITY_BOUNDS_INVALID", warning=f"entity {start}+{entity['length']} in a text of {end}"
            )
        if start not in allowed:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {start}")
        if stop not in allowed:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol"
            )
        needed = _NEEDS.get(entity["type"])
        if needed is not None and needed not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed}\"")
    return tidy(entities)


def tidy(entities: list[Entity]) -> list[Entity]:
    """In order, and nothing inside code, as Telegram stores them."""
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    codes = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in ordered
        if entity["type"] in CODE
    ]
    kept: list[Entity] = []
    for entity in ordered:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        inside = any(start < end and stop > begin for begin, end in codes)
        if entity["type"] in CODE or not inside or _around(entity, codes):
            kept.append(entity)
    return kept


def _around(entity: Entity, codes: list[tuple[int, int]]) -> bool:
    if entity["type"] not in {"blockquote", "expandable_blockquote"}:
        return False
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    return all(start <= begin and end <= stop for begin, end in codes if start < end and stop > begin)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut blank edges off as Telegram does, and move the entities along."""
    stripped = text.rstrip()
    lead = utf16_length(stripped) - utf16_length(stripped.lstrip())
    stripped = stripped.lstrip()
    end = utf16_length(stripped)
    moved: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return stripped, moved
