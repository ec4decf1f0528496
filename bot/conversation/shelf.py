"""The content as running dialogs need it: the newest texts, and older revisions for whoever started on them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

from sqlalchemy import Connection

from bot.care.helplines import Helpline, load_helplines
from bot.content.library import Library, Vocabulary
from bot.content.loader import build, gather, load_folder
from bot.content.problem import LANGUAGES, Language
from bot.content.source import Kind, Source
from bot.storage import revisions
from challenge_catalog.model import Challenge
from dialogs.script import Script
from dialogs.text import Text

_PINNED: tuple[Kind, ...] = ("dialog", "challenge")


class Shelf:
    """Read-only but for a memory of old revisions that were compiled."""

    def __init__(
        self, library: Library, sources: list[Source], helplines: Mapping[Language, tuple[Helpline, ...]]
    ) -> None:
        self._library = library
        self._sources = sources
        self._helplines = helplines
        self._old: dict[str, Library] = {}

    @property
    def languages(self) -> tuple[Language, ...]:
        return LANGUAGES

    def phrase(self, key: str, language: str) -> Text:
        """A small sentence of the bot."""
        return self._library.phrases[cast(Language, language)][key]

    def has_phrase(self, key: str) -> bool:
        """Whether there is such a small sentence."""
        return key in self._library.phrases["nl"]

    def helplines(self, language: str) -> tuple[Helpline, ...]:
        """Every helpline, in the order of the file."""
        return self._helplines[cast(Language, language)]

    def revision(self, kind: Kind, key: str) -> str:
        """The hash of the newest text."""
        return self._library.revisions[kind, key]

    def fingerprint(self, dialogs: Collection[str] | None = None) -> str:
        """One hash over every text, or over these *dialogs* as far as they exist: what somebody approved."""
        digest = hashlib.sha256()
        for (kind, key), name in sorted(self._library.revisions.items()):
            if dialogs is None or (kind == "dialog" and key in dialogs):
                digest.update(f"{kind} {key} {name}\n".encode())
        return digest.hexdigest()

    def has_dialog(self, name: str) -> bool:
        return (name, "nl") in self._library.dialogs

    def script(
        self, name: str, language: str, pinned: str | None = None, conn: Connection | None = None
    ) -> Script:
        """A dialog in *language*; *pinned* asks for the text of an earlier revision."""
        library = self._at("dialog", name, pinned, conn)
        return library.dialogs[name, cast(Language, language)]

    def challenge(
        self, key: str, language: str, pinned: str | None = None, conn: Connection | None = None
    ) -> Challenge:
        """A challenge in *language*; *pinned* asks for the text of an earlier revision."""
        library = self._at("challenge", key, pinned, conn)
        return library.challenges[key, cast(Language, language)]

    def challenges(self, language: str) -> list[Challenge]:
        """Every challenge, by key."""
        return [
            challenge
            for (_, spoken), challenge in sorted(self._library.challenges.items())
            if spoken == language
        ]

    def publish(self, conn: Connection, now: datetime) -> int:
        """Store the texts that came with this release; how many were new."""
        texts = {(one.kind, one.key, one.language): one.content.decode("utf-8") for one in self._sources}
        return sum(
            revisions.add(
                conn,
                name,
                kind,
                key,
                texts[kind, key, "nl"],
                texts.get((kind, key, "en"), ""),
                "release",
                now,
            )
            for (kind, key), name in self._library.revisions.items()
            if kind in _PINNED
        )

    def _at(self, kind: Kind, key: str, pinned: str | None, conn: Connection | None) -> Library:
        if pinned is None or conn is None or self._library.revisions.get((kind, key)) == pinned:
            return self._library
        if pinned not in self._old:
            nl, en = revisions.texts(conn, pinned)
            sources = [
                Source(kind, key, language, f"{kind}/{language}/{key}.yaml", text.encode())
                for language, text in zip(LANGUAGES, (nl, en), strict=True)
                if text
            ]
            self._old[pinned] = build(sources, Vocabulary()).library
        return self._old[pinned]


def open_shelf(dialogs: Path, catalog: Path) -> Shelf:
    """Load both folders; ``ContentRefused`` with every problem when one has mistakes."""
    sources, _ = gather(dialogs, catalog)
    lines = {language: load_helplines(dialogs, language) for language in LANGUAGES}
    return Shelf(load_folder(dialogs, catalog), sources, lines)
