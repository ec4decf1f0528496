"""The key file of an installation: made, read, replaced. What its keys do is in ``bot/vault.py``."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import CompanionError, KeyFileMissing

FORMAT = 1
KEY_BYTES = 32


class KeyFileUnreadable(CompanionError):
    """The key file is there, but is not one. *problem* never shows what is in it."""

    exit_code = 2

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = path, problem

    def __str__(self) -> str:
        return f"The key file {self.path} cannot be used: {self.problem}. Put back the copy or the sheet."


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one installation. *lookup* makes account numbers findable without storing them."""

    path: Path
    current: int
    keys: Mapping[int, bytes] = field(repr=False)
    lookup: bytes = field(repr=False)


def make_key_file(path: Path, random_bytes: bytes) -> Keys:
    """Write a new key file from 64 *random_bytes*; ``FileExistsError`` when there is one already."""
    if len(random_bytes) != 2 * KEY_BYTES:
        raise ValueError(f"a key file is made of {2 * KEY_BYTES} random bytes")
    keys = Keys(path, 1, {1: random_bytes[:KEY_BYTES]}, random_bytes[KEY_BYTES:])
    write_keys(keys, os.O_EXCL)
    return keys


def write_keys(keys: Keys, flags: int = os.O_TRUNC) -> None:
    """Write *keys* to their file, readable for its owner only."""
    text = json.dumps(
        {
            "format": FORMAT,
            "current": keys.current,
            "keys": {str(number): _base64(key) for number, key in keys.keys.items()},
            "lookup": _base64(keys.lookup),
        },
        indent=1,
    )
    with os.fdopen(os.open(keys.path, os.O_CREAT | os.O_WRONLY | flags, 0o600), "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def with_new_key(keys: Keys, random_bytes: bytes) -> Keys:
    """*keys* with a new current one made of 32 *random_bytes*; the older ones stay, for what they sealed."""
    if len(random_bytes) != KEY_BYTES:
        raise ValueError(f"a key is made of {KEY_BYTES} random bytes")
    number = max(keys.keys) + 1
    return Keys(keys.path, number, {**keys.keys, number: random_bytes}, keys.lookup)


def without_older_keys(keys: Keys) -> Keys:
    """Only the current key: copies from before the rotation cannot be read any more."""
    return Keys(keys.path, keys.current, {keys.current: keys.keys[keys.current]}, keys.lookup)


def replace_keys(keys: Keys) -> None:
    """Write *keys* in place of the file that is there: either the old file or the new one stands, never half of one."""
    fresh = Keys(keys.path.with_name(keys.path.name + ".new"), keys.current, keys.keys, keys.lookup)
    fresh.path.unlink(missing_ok=True)
    write_keys(fresh, os.O_EXCL)
    fresh.path.replace(keys.path)
    folder = os.open(keys.path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def load_keys(path: Path) -> Keys:
    """The keys in the file at *path*; ``KeyFileMissing`` or ``KeyFileUnreadable``."""
    try:
        data = json.loads(path.read_text("ascii"))
    except FileNotFoundError:
        raise KeyFileMissing(path) from None
    except OSError as error:
        raise KeyFileUnreadable(path, error.strerror or "it cannot be read") from None
    except ValueError:
        raise KeyFileUnreadable(path, "it is not JSON") from None
    try:
        if data["format"] != FORMAT:
            raise KeyFileUnreadable(path, "its format is not the one this version reads")
        keys = {int(number): _key(text) for number, text in data["keys"].items()}
        loaded = Keys(path, int(data["current"]), keys, _key(data["lookup"]))
    except (KeyError, TypeError, AttributeError, ValueError):
        raise KeyFileUnreadable(path, "a key is missing or has the wrong length") from None
    if loaded.current not in keys or not all(0 < number < 65536 for number in keys):
        raise KeyFileUnreadable(path, "the current key is not among its keys")
    return loaded


def exposed(path: Path) -> str:
    """A warning when others on this machine may read the file at *path*; empty when not."""
    mode = path.stat().st_mode & 0o077
    return f"The key file {path} can be read by others: run 'chmod 600 {path}'." if mode else ""


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("length")
    return key
