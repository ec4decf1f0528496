"""Texts in one file that organisations give to each other: a zip with licence, origin and a hash of each file. Pure.

Nothing of it is ever written to disk under a name from inside, and nothing is unpacked further than our own limits.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.content.kinds import KINDS, at_of, file_of
from bot.content.pages import Pages
from bot.content.problem import LANGUAGES
from bot.content.source import MAX_BYTES, Kind

MANIFEST = "manifest.json"
FORMAT = 1
MOST_FILES = 200
MOST_PACKED = 4 * 2**20
MOST_UNPACKED = 8 * 2**20
MOST_WORDS = 200
"""Characters of licence and origin."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Reason = Literal[
    "too_large", "no_zip", "too_many", "encrypted", "strange_name", "twice", "not_shared", "no_manifest",
    "wrong_manifest", "other_format", "no_licence", "hash_differs", "no_dutch"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Archive:
    """*licence* says what others may do with it, *origin* who made it."""

    licence: str
    origin: str
    pages: tuple[Pages, ...] = field(repr=False)


class BadArchive(Exception):
    """It is refused, whole. *file* is where, as far as that can be told."""

    def __init__(self, reason: Reason, file: str = "") -> None:
        super().__init__(reason, file)
        self.reason, self.file = reason, file


def pack(archive: Archive) -> bytes:
    """The same texts give the same bytes."""
    files = {
        file_of(one.kind, one.key, language): content
        for one in archive.pages
        for language, content in zip(LANGUAGES, (one.nl, one.en), strict=True)
        if content
    }
    manifest = {
        "format": FORMAT,
        "licence": archive.licence,
        "origin": archive.origin,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in [(MANIFEST, text), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, content)
    return made.getvalue()


def unpack(content: bytes) -> Archive:
    """The texts in an archive, every hash compared. Raises ``BadArchive``; says nothing about what is in the texts."""
    if len(content) > MOST_PACKED:
        raise BadArchive("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = _files(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError):
        # What a crafted file makes of the reader; our own refusals are none of these.
        raise BadArchive("no_zip") from None
    if MANIFEST not in files:
        raise BadArchive("no_manifest")
    manifest = _manifest(files.pop(MANIFEST))
    named: Mapping[str, Any] = manifest["files"]
    for name in sorted(files.keys() ^ named.keys()):
        raise BadArchive("hash_differs", name)
    for name, text in sorted(files.items()):
        if hashlib.sha256(text).hexdigest() != named[name]:
            raise BadArchive("hash_differs", name)
    return Archive(manifest["licence"], manifest["origin"], tuple(_pages(files)))


def _files(packed: zipfile.ZipFile) -> dict[str, bytes]:
    infos = packed.infolist()
    if len(infos) > MOST_FILES:
        raise BadArchive("too_many")
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for info in infos:
        name = info.filename
        if info.flag_bits & 0x1:
            raise BadArchive("encrypted", name)
        at = at_of(name)
        if name != MANIFEST and (at is None or info.compress_type not in _PLAIN):
            raise BadArchive("strange_name", name)
        if at is not None and not KINDS[at[0]].shared:
            raise BadArchive("not_shared", name)
        if name in files:
            raise BadArchive("twice", name)
        with packed.open(info) as opened:
            # What it says about its own size is not believed: no more than this is unpacked.
            files[name] = opened.read(min(MAX_BYTES, left) + 1)
        left -= len(files[name])
        if len(files[name]) > MAX_BYTES or left < 0:
            raise BadArchive("too_large", name)
    return files


def _manifest(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadArchive("wrong_manifest", MANIFEST) from None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        raise BadArchive("wrong_manifest", MANIFEST)
    if found.get("format") != FORMAT:
        raise BadArchive("other_format", MANIFEST)
    for name in ("licence", "origin"):
        said = found.get(name)
        if not isinstance(said, str) or not said.strip() or len(said) > MOST_WORDS or not said.isprintable():
            raise BadArchive("no_licence", MANIFEST)
    return found


def _pages(files: Mapping[str, bytes]) -> Iterable[Pages]:
    found: dict[tuple[Kind, str], dict[str, bytes]] = {}
    for name, text in sorted(files.items()):
        at = at_of(name)
        if at is not None:
            found.setdefault(at[:2], {})[at[2]] = text
    for (kind, key), texts in found.items():
        if "nl" not in texts:
            raise BadArchive("no_dutch", file_of(kind, key, "nl"))
        yield Pages(kind, key, texts["nl"], texts.get("en", b""))
