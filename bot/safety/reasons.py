"""The reasons of a finding in words, Dutch and English, and the kind of danger each stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("reasons.toml")


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Every reason by its stable key, with ``kind`` and the words per language."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    return {f"{family}.{name}": reason for family, names in read.items() for name, reason in names.items()}


def in_words(why: Sequence[str], lang: str = "en") -> str:
    """The reasons *why* as one line; a reason of an older version that has no words any more keeps its key."""
    return "; ".join(reasons().get(key, {}).get(lang, key) for key in why)


def kind_of(why: Sequence[str]) -> str:
    """The kind of the first reason that has one; empty when none has."""
    return next((kind for key in why if (kind := reasons().get(key, {}).get("kind", ""))), "")
