"""Everything a phone can send that is not text."""

import base64
import binascii
import struct
import zlib
from typing import Any

from bot.sandbox.actions import say, text_fields, writable
from bot.sandbox.entities import MAX_CAPTION
from bot.sandbox.errors import ControlError
from bot.sandbox.media import document_json
from bot.sandbox.messages import Message
from bot.sandbox.phones import Phone
from bot.sandbox.storage import StoredFile, image_size
from bot.sandbox.world import World

KINDS = ("voice", "photo", "sticker", "document", "location", "contact")


def send_media(world: World, phone: Phone, body: dict[str, Any]) -> Message:
    """Send one attachment; raises ControlError."""
    chat = writable(world, phone)
    caption = str(body.get("caption") or "")
    if len(caption) > MAX_CAPTION:
        raise ControlError(400, "a caption has at most 1024 characters")
    content = _content(world, phone, body)
    if caption and body["kind"] in {"voice", "photo", "document"}:
        fields = text_fields(caption)
        content["caption"] = caption
        if "entities" in fields:
            content["caption_entities"] = fields["entities"]
    return say(world, phone, chat, content)


def _content(world: World, phone: Phone, body: dict[str, Any]) -> dict[str, Any]:
    match body.get("kind"):
        case "voice":
            stored = _store(world, "voice", "voice.ogg", "audio/ogg", _given(body) or b"OggS" + bytes(28))
            return {
                "voice": {
                    **_file(stored),
                    "duration": 3,
                    "mime_type": "audio/ogg",
                }
            }
        case "photo":
            picture = _given(body) or png(320, 200, (91, 141, 190))
            if image_size(picture) is None:
                raise ControlError(400, "that is no picture")
            stored = _store(world, "photo", str(body.get("file_name") or "photo.png"), "image/png", picture)
            return {"photo": [{**_file(stored), "width": stored.width, "height": stored.height}]}
        case "sticker":
            stored = _store(world, "sticker", "sticker.webp", "image/webp", b"RIFF" + bytes(26))
            shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
            return {"sticker": {**_file(stored), **shape, "emoji": str(body.get("emoji") or "🙂")}}
        case "document":
            name = str(body.get("file_name") or "notitie.txt")
            kind = str(body.get("mime_type") or "application/octet-stream")
            stored = _store(world, "document", name, kind, _given(body) or b"voorbeeld\n")
            return {"document": document_json(stored)}
        case "location":
            place = {"latitude": 52.2404, "longitude": 4.4318}
            return {"location": {key: _coordinate(body.get(key, value)) for key, value in place.items()}}
        case "contact":
            contact = {
                "phone_number": str(body.get("phone_number") or "+31600000000"),
                "first_name": phone.spec.name,
            }
            return {"contact": {**contact, "user_id": phone.user_id}}
        case _:
            raise ControlError(400, f"kind is one of {', '.join(KINDS)}")


def _coordinate(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not -180 <= value <= 180:
        raise ControlError(400, "a place has a latitude and a longitude")
    return float(value)


def _given(body: dict[str, Any]) -> bytes:
    text = body.get("content")
    if text is None:
        return b""
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError):
        raise ControlError(400, "content is base64") from None


def _store(world: World, kind: str, name: str, content_type: str, content: bytes) -> StoredFile:
    return world.files.add(kind, name, content_type, content)


def _file(stored: StoredFile) -> dict[str, Any]:
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
    }


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A one-coloured PNG."""
    row = b"\0" + bytes(colour) * width

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
