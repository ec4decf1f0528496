"""Files in memory: uploaded by the bot or sent from a phone."""

import struct
from dataclasses import dataclass
from itertools import count

from bot.sandbox.errors import bad_request

MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file and what Telegram says of it."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    content_type: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """What getFile gives as file_path."""
        suffix = self.name.rsplit(".", 1)[-1] if "." in self.name else "bin"
        safe = suffix if suffix.isascii() and suffix.isalnum() and len(suffix) <= 8 else "bin"
        return f"{self.kind}s/{self.unique_id}.{safe}"


class FileStore:
    """All files of a world by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = count(1)

    def add(self, kind: str, name: str, content_type: str, content: bytes) -> StoredFile:
        """Keep `content`; raises ApiError 400 for what Telegram refuses."""
        if not content:
            raise bad_request("file must be non-empty", warning=f"empty {kind}")
        if len(content) > MAX_UPLOAD:
            raise bad_request("file is too big", warning=f"{kind} of {len(content)} bytes")
        width, height = (0, 0)
        if kind == "photo":
            width, height = _checked_photo(content)
        number = next(self._numbers)
        unique = f"SBX{number:06d}"
        stored = StoredFile(f"{kind}-{unique}-file", unique, kind, name, content_type, content, width, height)
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """By id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """By file_path."""
        return self._by_path.get(path)


def _checked_photo(content: bytes) -> tuple[int, int]:
    if len(content) > MAX_PHOTO:
        raise bad_request("file is too big for a photo", warning=f"photo of {len(content)} bytes")
    size = image_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED", warning="photo that is no PNG, JPEG, GIF or WebP")
    width, height = size
    if min(size) < 1 or width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS", warning=f"photo of {width} x {height}")
    return size


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, WebP or JPEG; None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 30:
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int(struct.unpack(">H", content[position + 2 : position + 4])[0])
    return None
