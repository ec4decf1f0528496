"""Pictures and files in messages: Telegram's fields for them."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Upload
from bot.sandbox.storage import StoredFile
from bot.sandbox.world import World

_ATTACH = "attach://"


def photo_content(world: World, given: str, files: dict[str, Upload]) -> dict[str, Any]:
    """The `photo` field out of an upload or a known file_id; raises ApiError 400."""
    stored = _stored(world, "photo", given, files)
    return {
        "photo": [
            {
                "file_id": stored.file_id,
                "file_unique_id": stored.unique_id,
                "file_size": len(stored.content),
                "width": stored.width,
                "height": stored.height,
            }
        ]
    }


def document_content(world: World, given: str, files: dict[str, Upload]) -> dict[str, Any]:
    """The `document` field out of an upload or a known file_id; raises ApiError 400."""
    return {"document": document_json(_stored(world, "document", given, files))}


def document_json(stored: StoredFile) -> dict[str, Any]:
    """As Telegram's Document."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.name,
        "mime_type": stored.content_type,
        "file_size": len(stored.content),
    }


def media_content(world: World, media: dict[str, Any], files: dict[str, Upload]) -> dict[str, Any]:
    """The content of an InputMedia; raises ApiError 400."""
    match media["type"]:
        case "photo":
            return photo_content(world, media["media"], files)
        case "document":
            return document_content(world, media["media"], files)
        case kind:
            raise bad_request(
                f"media of type {kind} is not part of the sandbox", warning=f"editMessageMedia: {kind}"
            )


def _stored(world: World, kind: str, given: str, files: dict[str, Upload]) -> StoredFile:
    if given.startswith(_ATTACH):
        upload = files.get(given[len(_ATTACH) :])
        if upload is None:
            raise bad_request(
                f"file attached as {given[:80]} not found", warning="attach:// without its file"
            )
        return world.files.add(kind, upload.name, upload.content_type, upload.content)
    if given.startswith(("http://", "https://")):
        raise bad_request(
            "failed to get HTTP URL content", warning=f"{kind} by URL: the sandbox fetches nothing"
        )
    stored = world.files.get(given)
    if stored is None:
        raise bad_request(
            "wrong remote file identifier specified: Wrong string length",
            warning=f"{kind} with an unknown file_id",
        )
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored
