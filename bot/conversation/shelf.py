"""The content as running dialogs need it: the newest texts, and older revisions for whoever started on them.

The newest text of a file is what was published here last, else what came with the release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

from sqlalchemy import Connection

from bot.care.helplines import Helpline
from bot.content.child import Beside
from bot.content.helplines import helpline_sources
from bot.content.kinds import KINDS, At, sources_of
from bot.content.library import Library, Vocabulary, revision
from bot.content.loader import SCRIPTED, build, gather, load
from bot.content.problem import LANGUAGES, Language, Problem
from bot.content.screening import Both, screening_of, screening_sources
from bot.content.source import Kind, Source
from bot.content.translated import Record, record_over
from bot.conversation.edition import Edition, Lines, errors_in, lines_of, overlaid, texts_of
from bot.errors import ContentRefused
from bot.programme.screening import Screening
from bot.storage import publications, revisions, withdrawals
from bot.storage.publications import Entry
from challenge_catalog.model import Challenge
from dialogs.script import Script
from dialogs.text import Text

MOST_VERSIONS = 10
"""How far back it is looked from which Dutch words a translation was made."""


class Shelf:
    """Read-only between two calls of ``refresh``, but for a memory of old revisions that were compiled."""

    def __init__(
        self, library: Library, sources: list[Source], helplines: Lines, screening: Both | None = None
    ) -> None:
        self._sources = sources
        names = {at: _hash(self.shipped(*at), *at) for at in {(one.kind, one.key) for one in sources}}
        self._release = Edition(replace(library, revisions=names), helplines, screening or {})
        self._now = self._release
        self._stamp = ""
        self._old: dict[str, tuple[Library, bool]] = {}

    @property
    def languages(self) -> tuple[Language, ...]:
        return LANGUAGES

    @property
    def outdated(self) -> Mapping[At, Problem]:
        """Texts published here that this version cannot play, with the first reason: the release's text is used."""
        return self._now.outdated

    def phrase(self, key: str, language: str) -> Text:
        """A small sentence of the bot."""
        return self._now.library.phrases[cast(Language, language)][key]

    def has_phrase(self, key: str) -> bool:
        """Whether there is such a small sentence."""
        return key in self._now.library.phrases["nl"]

    def helplines(self, language: str) -> tuple[Helpline, ...]:
        """Every helpline, in the order of the file."""
        return self._now.helplines[cast(Language, language)]

    def screening(self, language: str) -> Screening:
        """What is asked before somebody joins; ``KeyError`` when this installation has no such file."""
        return self._now.screening[cast(Language, language)]

    def revision(self, kind: Kind, key: str) -> str:
        """The hash of the newest text."""
        return self._now.library.revisions[kind, key]

    def files(self) -> Mapping[At, str]:
        """The hash of the newest text of every file."""
        return self._now.library.revisions

    def shipped(self, kind: Kind, key: str) -> list[Source]:
        """Both files of a text as they came with this release; empty when it did not."""
        return [one for one in self._sources if (one.kind, one.key) == (kind, key)]

    def beside(self, kind: Kind, key: str, conn: Connection | None = None) -> Beside:
        """What exists beside a text that is checked: the other dialogs, and what came with the release.

        With *conn* also from which Dutch words its translation was made.
        """
        if conn is None or kind not in SCRIPTED:
            return Beside(self.audiences(), self.shipped(kind, key))
        records = {f"{KINDS[kind].folder}/{key}": _made_from(conn, kind, key)}
        return Beside(self.audiences(), self.shipped(kind, key), records)

    def audiences(self) -> dict[str, str]:
        """Every dialog, with who it is for."""
        return {
            key: script.audience
            for (key, spoken), script in self._now.library.dialogs.items()
            if spoken == "nl"
        }

    def fingerprint(self, dialogs: Collection[str] | None = None) -> str:
        """One hash over every text, or over these *dialogs* as far as they exist: what somebody approved.

        Helplines are checked row by row, each with its own date.
        """
        digest = hashlib.sha256()
        for (kind, key), name in sorted(self._now.library.revisions.items()):
            if kind not in ("helplines", "screening") and (
                dialogs is None or (kind == "dialog" and key in dialogs)
            ):
                digest.update(f"{kind} {key} {name}\n".encode())
        return digest.hexdigest()

    def has_dialog(self, name: str) -> bool:
        return (name, "nl") in self._now.library.dialogs

    def has_challenge(self, key: str) -> bool:
        return (key, "nl") in self._now.library.challenges

    def script(
        self, name: str, language: str, pinned: str | None = None, conn: Connection | None = None
    ) -> Script:
        """A dialog in *language*; *pinned* asks for the text of an earlier revision, unless that was withdrawn."""
        library = self._at("dialog", name, pinned, conn)
        return library.dialogs[name, cast(Language, language)]

    def challenge(
        self, key: str, language: str, pinned: str | None = None, conn: Connection | None = None
    ) -> Challenge:
        """A challenge in *language*; *pinned* asks for the text of an earlier revision."""
        library = self._at("challenge", key, pinned, conn)
        return library.challenges[key, cast(Language, language)]

    def challenges(self, language: str) -> list[Challenge]:
        """Every challenge, by key; also one that is withdrawn."""
        return [
            challenge
            for (_, spoken), challenge in sorted(self._now.library.challenges.items())
            if spoken == language
        ]

    def publish(self, conn: Connection, now: datetime) -> int:
        """Store and note the texts that came with this release; how many were new. What is published here stays.

        A text that was published here and is now the release's follows the release from now on. What was withdrawn
        of a file stays withdrawn in the text that a release brings.
        """
        before, ours = publications.shipped(conn), publications.local(conn)
        known = revisions.stored(conn)
        count = 0
        for (kind, key), name in self._release.library.revisions.items():
            if name not in known:
                nl, en = texts_of(self.shipped(kind, key))
                count += revisions.add(conn, name, kind, key, nl, en, "release", now)
            if before.get((kind, key)) == name:
                continue
            publications.add_quietly(conn, Entry(kind, key, name, "release"), now)
            self._still_withdrawn(conn, kind, key, name, now)
            if ours.get((kind, key)) == name:
                publications.add_quietly(conn, Entry(kind, key, name, "adopt"), now)
        for at in sorted(before.keys() - self._release.library.revisions.keys()):
            publications.add_quietly(conn, Entry(at[0], at[1], before[at], "gone"), now)
        publications.touch(conn)
        return count

    def _still_withdrawn(self, conn: Connection, kind: Kind, key: str, name: str, now: datetime) -> None:
        text = self._release.library.challenges.get((key, "nl")) if kind == "challenge" else None
        for one in {one.step: one for one in withdrawals.standing(conn, kind, key)}.values():
            if text is not None and (one.step is None or text.step(one.step) is not None):
                withdrawals.add(conn, kind, key, [name], one.step, str(one.because), one.by_id, now)

    def refresh(self, conn: Connection) -> bool:
        """Read anew what is published here, when that changed since the last time; whether it did.

        Called at every tick: it costs one look at one row when nothing happened.
        """
        stamp = publications.stamp(conn)
        if stamp == self._stamp:
            return False
        ours = {
            (cast(Kind, kind), key): name
            for (kind, key), name in publications.local(conn).items()
            if kind in KINDS and self._release.library.revisions.get((cast(Kind, kind), key)) != name
        }
        self._now = self._with(conn, ours)
        self._stamp = stamp
        return True

    def _with(self, conn: Connection, ours: Mapping[At, str]) -> Edition:
        texts = {
            at: sources_of(*at, *_bytes(revisions.texts(conn, name))) for at, name in sorted(ours.items())
        }
        return overlaid(self._release, ours, texts, self.shipped, self._others())

    def _others(self) -> dict[str, str]:
        return {
            key: script.audience
            for (key, spoken), script in self._release.library.dialogs.items()
            if spoken == "nl"
        }

    def _at(self, kind: Kind, key: str, pinned: str | None, conn: Connection | None) -> Library:
        newest = self._now.library
        if pinned is None or conn is None or newest.revisions.get((kind, key)) == pinned:
            return newest
        if kind == "dialog" and withdrawals.whole(conn, pinned):
            return newest
        if pinned not in self._old:
            self._old[pinned] = self._built(conn, kind, key, pinned)
        old, broken = self._old[pinned]
        there = (key, "nl") in (newest.dialogs if kind == "dialog" else newest.challenges)
        return newest if broken and there else old

    def _built(self, conn: Connection, kind: Kind, key: str, pinned: str) -> tuple[Library, bool]:
        """An earlier revision, and whether this version cannot play it: then the newest text takes its place."""
        texts: dict[At, list[Source]] = {
            (kind, key): sources_of(kind, key, *_bytes(revisions.texts(conn, pinned)))
        }
        built = build(texts[kind, key], Vocabulary(others=self._others()))
        made = (key, "nl") in (built.library.dialogs if kind == "dialog" else built.library.challenges)
        broken = not made or (kind == "dialog" and bool(errors_in(built.problems, texts)))
        return built.library, broken


def open_shelf(dialogs: Path, catalog: Path) -> Shelf:
    """Load both folders; ``ContentRefused`` with every problem when one has mistakes."""
    sources, problems = gather(dialogs, catalog)
    lines, found = helpline_sources(dialogs)
    forms, wrong = screening_sources(dialogs)
    found += wrong
    if found:
        raise ContentRefused(len(found), found[0].rendered("en"))
    library = _compiled(tuple(sources), tuple(problems))
    return Shelf(library, [*sources, *lines, *forms], lines_of(lines), screening_of(forms))


@lru_cache(maxsize=1)
def _compiled(sources: tuple[Source, ...], problems: tuple[Problem, ...]) -> Library:
    """The same bytes give the same library, which nobody changes: it is compiled once in a process."""
    return load(sources, problems)


def _hash(sources: list[Source], kind: Kind, key: str) -> str:
    texts = {one.language: one.content for one in sources}
    return revision(kind, key, texts.get("nl", b""), texts.get("en", b""))


def _made_from(conn: Connection, kind: Kind, key: str) -> Record:
    """A text that was published with a reason counts as read by somebody: its translation holds."""
    lines = [line for line in publications.history(conn, kind, key) if line.action not in ("gone", "keep")]
    first = max((place for place, line in enumerate(lines) if line.because), default=0)
    names = dict.fromkeys(line.revision for line in lines[first:][-MOST_VERSIONS:])
    return record_over(sources_of(kind, key, *_bytes(revisions.texts(conn, name))) for name in names)


def _bytes(texts: tuple[str, str]) -> tuple[bytes, bytes]:
    nl, en = texts
    return nl.encode(), en.encode()
