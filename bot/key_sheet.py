"""The key file on paper: for a safe, so that a lost disk is not a lost programme."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path

from bot.errors import CompanionError
from bot.keys import FORMAT, KEY_BYTES, Keys

_TITLE = "Companion key sheet"
_GROUP = 4
_GROUPS_IN_LINE = 7
_CHECK_BYTES = 5
# Base32 knows no 0 and no 8; whoever types them over from paper means the letters.
_MISREAD = str.maketrans("08", "OB")


class SheetUnreadable(CompanionError):
    """What was typed over from the sheet is not right. *problem* shows nothing of the keys."""

    exit_code = 2

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"The key sheet cannot be read: {self.problem}."


def sheet(keys: Keys) -> str:
    """*keys* as text to print: letters and digits in groups of four, with a check at the end."""
    lines = [f"{_TITLE}, format {FORMAT}, current key {keys.current}", ""]
    for name, key in _parts(keys):
        lines += [f"{name}:", *_grouped(base64.b32encode(key).decode().rstrip("=")), ""]
    return "\n".join([*lines, f"checksum: {' '.join(_grouped(_checksum(keys)))}", ""])


def from_sheet(text: str, path: Path) -> Keys:
    """The keys that *text* (typed over from a sheet) holds, for the key file at *path*; ``SheetUnreadable``."""
    current, checksum, name = 0, "", ""
    found: dict[str, str] = {}
    for line in map(str.strip, text.splitlines()):
        if line.startswith(_TITLE):
            head = f"{_TITLE}, format {FORMAT}, current key "
            if not line.removeprefix(head).isdecimal():
                raise SheetUnreadable("its first line is not the one this version prints")
            current = int(line.removeprefix(head))
        elif line.lower().startswith("checksum:"):
            checksum = _letters(line.partition(":")[2])
        elif line.endswith(":"):
            name = line[:-1].lower()
            found[name] = ""
        elif line:
            if not name:
                raise SheetUnreadable("its first line is missing")
            found[name] += _letters(line)
    try:
        lookup = _decoded("lookup", found.pop("lookup"))
        numbers = {int(part.removeprefix("key ")): _decoded(part, letters) for part, letters in found.items()}
    except (KeyError, ValueError):
        raise SheetUnreadable("a key is missing, or the line above it") from None
    keys = Keys(path, current, numbers, lookup)
    if current not in numbers or checksum != _checksum(keys):
        raise SheetUnreadable("the checksum does not fit, so a letter somewhere is wrong")
    return keys


def _parts(keys: Keys) -> list[tuple[str, bytes]]:
    return [*((f"key {number}", key) for number, key in sorted(keys.keys.items())), ("lookup", keys.lookup)]


def _checksum(keys: Keys) -> str:
    digest = hashlib.sha256(b"companion key sheet\0")
    for name, key in [("current", str(keys.current).encode()), *_parts(keys)]:
        digest.update(name.encode() + b"\0" + key)
    return base64.b32encode(digest.digest()[:_CHECK_BYTES]).decode()


def _grouped(letters: str) -> list[str]:
    groups = [letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP)]
    return [
        " ".join(groups[start : start + _GROUPS_IN_LINE]) for start in range(0, len(groups), _GROUPS_IN_LINE)
    ]


def _letters(line: str) -> str:
    return "".join(line.split()).upper().translate(_MISREAD)


def _decoded(name: str, letters: str) -> bytes:
    try:
        key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error:
        raise SheetUnreadable(f"'{name}' has a wrong character, or one too few or too many") from None
    if len(key) != KEY_BYTES:
        raise SheetUnreadable(f"'{name}' is too short or too long")
    return key
