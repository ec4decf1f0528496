"""All conversations and challenges, checked and compiled: what the rest of the bot works with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.content.problem import Language
from bot.content.source import Kind
from challenge_catalog.model import Challenge
from dialogs.actions import ACTIONS
from dialogs.facts import FACTS, MAYBE_NONE
from dialogs.script import Script
from dialogs.text import Text


@dataclass(frozen=True, slots=True)
class Library:
    """Read-only. *revisions* holds the hash of every dialog, challenge and set of phrases, over both languages."""

    dialogs: Mapping[tuple[str, Language], Script] = field(default_factory=dict)
    challenges: Mapping[tuple[str, Language], Challenge] = field(default_factory=dict)
    phrases: Mapping[Language, Mapping[str, Text]] = field(default_factory=dict)
    revisions: Mapping[tuple[Kind, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What this version of the program offers to scripts: facts with a sample, actions with their results.

    *others* are dialogs that exist beside the files that are looked at, with their audience.
    """

    facts: Mapping[str, object] = field(default_factory=lambda: FACTS)
    actions: Mapping[str, frozenset[str]] = field(default_factory=lambda: ACTIONS)
    maybe_none: frozenset[str] = MAYBE_NONE
    others: Mapping[str, str] = field(default_factory=dict)


def revision(kind: Kind, key: str, nl: bytes, en: bytes) -> str:
    """The name of one revision: a SHA-256 over its kind, key and the bytes of both files, in hex."""
    digest = hashlib.sha256()
    for part in (kind.encode(), key.encode(), nl, en):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
