"""screening.yaml: what is asked in the talk before somebody joins. Its form, and every mistake with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from bot.content.problem import LANGUAGES, Language, Problem, Severity
from bot.content.source import MAX_BYTES, Document, Source, read
from bot.content.source import Path as Place
from bot.errors import ContentRefused
from bot.programme.screening import ABOUTS, CAUSES, KNOWN, About, Answer, Item, Known, Screening

NAME = "screening"
REFERRAL = ("care", "district_team", "school", "other")
MOST_ASKED = 14
"""More than this does not fit in two minutes."""
LONGEST = 240
_KEY = re.compile(r"[a-z][a-z0-9_]{0,23}")

Both = Mapping[Language, Screening]


def screening_sources(dialogs: Path) -> tuple[list[Source], list[Problem]]:
    """The files of both languages, unread."""
    sources: list[Source] = []
    found: list[Problem] = []
    for language in LANGUAGES:
        file = f"{dialogs.name}/{language}/{NAME}.yaml"
        try:
            with (dialogs / language / f"{NAME}.yaml").open("rb") as opened:
                sources.append(Source("screening", NAME, language, file, opened.read(MAX_BYTES + 1)))
        except OSError as error:
            found.append(Problem(file, 1, 1, "screening_wrong", (("what", type(error).__name__),)))
    return sources, found


def screening_problems(dialogs: Path) -> list[Problem]:
    """Everything wrong with the files in a folder."""
    sources, found = screening_sources(dialogs)
    return found or problems_of(sources, None)


def problems_of(sources: Sequence[Source], today: date | None) -> list[Problem]:
    """Everything wrong with the form in *sources*. A translation that lacks a sentence is a warning: Dutch is used."""
    documents: dict[Language, Document] = {}
    found: list[Problem] = []
    for source in sources:
        document, refused = read(source)
        found += refused
        if document is not None:
            documents[source.language] = document
    if "nl" not in documents:
        return sorted(found)
    dutch = documents["nl"]
    errors = list(_wrong(dutch, full=True))
    if "en" in documents:
        errors += _wrong(documents["en"], full=False)
        errors += _against(dutch, documents["en"])
    return sorted([*found, *errors])


def screening_of(sources: Sequence[Source]) -> Both:
    """The form in both languages. ``ContentRefused`` when it has a mistake."""
    errors = [one for one in problems_of(sources, None) if one.severity == "error"]
    if errors or not sources:
        raise ContentRefused(max(1, len(errors)), errors[0].rendered("en") if errors else f"{NAME}.yaml")
    read_in = {source.language: read(source)[0] for source in sources}
    dutch = read_in["nl"]
    if dutch is None:
        raise ContentRefused(1, f"{NAME}.yaml")
    return {
        language: _screening(_top(dutch), _top(own) if (own := read_in.get(language)) is not None else {})
        for language in LANGUAGES
    }


def _screening(dutch: Mapping[str, Any], own: Mapping[str, Any]) -> Screening:
    def said(group: str, key: str, name: str) -> str:
        there = _part(own, group).get(key)
        other = there.get(name) if isinstance(there, dict) else None
        return str(other or dutch[group][key][name])

    return Screening(
        answers=tuple(
            Answer(key, said("answers", key, "say"), row.get("points"))
            for key, row in dutch["answers"].items()
        ),
        items=tuple(
            Item(
                key,
                cast(About, row["about"]),
                said("items", key, "name"),
                said("items", key, "ask"),
                frozenset(row.get("met", ())),
                cast(Known | None, row.get("known")),
            )
            for key, row in dutch["items"].items()
        ),
        referral={
            key: str(_part(own, "referral").get(key) or text) for key, text in dutch["referral"].items()
        },
    )


def _top(document: Document) -> dict[str, Any]:
    return _part(document.data, NAME)


def _part(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _wrong(document: Document, *, full: bool) -> Iterator[Problem]:
    """Mistakes of one file; the translation holds sentences only (not *full*)."""
    top = _top(document)
    if set(document.data) != {NAME} or not top:
        yield document.problem((), "screening_form", word=NAME)
        return
    for name in top:
        if name not in ("answers", "items", "referral"):
            yield document.problem((NAME, name), "screening_key", word=name)
    yield from _answers(document, _part(top, "answers"), full=full)
    yield from _items(document, _part(top, "items"), set(_part(top, "answers")), full=full)
    yield from _referral(document, _part(top, "referral"), full=full)


def _answers(document: Document, rows: dict[str, Any], *, full: bool) -> Iterator[Problem]:
    if full and len(rows) < 2:
        yield document.problem((NAME, "answers"), "screening_few", word="answers")
    for key, row in rows.items():
        here: Place = (NAME, "answers", key)
        if not isinstance(row, dict):
            yield document.problem(here, "screening_row", word=key)
            continue
        yield from _keys(document, here, row, ("say", "points") if full else ("say",))
        yield from _text(document, here, row, "say")
        points = row.get("points")
        if full and points is not None and not (isinstance(points, int) and 0 <= points <= 5):
            yield document.problem((*here, "points"), "screening_points", word=str(points))


def _items(document: Document, rows: dict[str, Any], answers: set[str], *, full: bool) -> Iterator[Problem]:
    for key, row in rows.items():
        here: Place = (NAME, "items", key)
        if not isinstance(row, dict) or not _KEY.fullmatch(key):
            yield document.problem(here, "screening_row", word=key)
            continue
        allowed = ("about", "name", "ask", "met", "known") if full else ("name", "ask")
        yield from _keys(document, here, row, allowed)
        for name in ("name", "ask"):
            yield from _text(document, here, row, name)
        if full:
            yield from _counts(document, here, row, answers)
    if not full:
        return
    abouts = {row.get("about") for row in rows.values() if isinstance(row, dict)}
    for about in ("inclusion", *CAUSES):
        if about not in abouts:
            yield document.problem((NAME, "items"), "screening_missing", word=about)
    asked = sum(1 for row in rows.values() if isinstance(row, dict) and not row.get("known"))
    if asked > MOST_ASKED:
        yield document.problem((NAME, "items"), "screening_many", word=str(asked), limit=str(MOST_ASKED))


def _counts(document: Document, here: Place, row: dict[str, Any], answers: set[str]) -> Iterator[Problem]:
    about, known, met = row.get("about"), row.get("known"), row.get("met")
    if about not in ABOUTS:
        yield document.problem((*here, "about"), "screening_about", word=str(about), known=", ".join(ABOUTS))
    if known is not None and (known not in KNOWN or about != "inclusion"):
        yield document.problem((*here, "known"), "screening_known", word=str(known), known=", ".join(KNOWN))
    if about == "inclusion" and known is None and not (isinstance(met, list) and met):
        yield document.problem(here, "screening_met", word=str(here[-1]))
    for one in met if isinstance(met, list) else ():
        if one not in answers:
            yield document.problem((*here, "met"), "screening_answer", word=str(one))


def _referral(document: Document, rows: dict[str, Any], *, full: bool) -> Iterator[Problem]:
    for key, text in rows.items():
        if key not in REFERRAL:
            yield document.problem((NAME, "referral", key), "screening_key", word=key)
        elif not isinstance(text, str) or not text.strip() or len(text) > 2 * LONGEST:
            yield document.problem(
                (NAME, "referral", key), "screening_text", word=key, limit=str(2 * LONGEST)
            )
    for key in REFERRAL if full else ():
        if key not in rows:
            yield document.problem((NAME, "referral"), "screening_missing", word=key)


def _keys(
    document: Document, here: Place, row: dict[str, Any], allowed: tuple[str, ...]
) -> Iterator[Problem]:
    for name in row:
        if name not in allowed:
            yield document.problem((*here, name), "screening_key", word=name)


def _text(document: Document, here: Place, row: dict[str, Any], name: str) -> Iterator[Problem]:
    text = row.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        yield document.problem((*here, name), "screening_text", word=name, limit=str(LONGEST))


def _against(dutch: Document, english: Document) -> Iterator[Problem]:
    """What the translation has too much is an error, what it lacks a warning."""
    warning: Severity = "warning"
    for group in ("answers", "items", "referral"):
        ours, theirs = _part(_top(dutch), group), _part(_top(english), group)
        for key in theirs:
            if key not in ours:
                yield english.problem((NAME, group, key), "screening_unknown", word=key)
        for key in ours:
            if key not in theirs:
                yield dutch.problem((NAME, group, key), "screening_untranslated", warning, word=key)
