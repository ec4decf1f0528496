"""Mistakes in helplines.yaml, with their place: a shape that cannot be shown, a row that was checked too long ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.care.helplines import STALE_AFTER, WARN_AFTER, Helpline, helpline
from bot.content.problem import LANGUAGES, Language, Problem, Severity
from bot.content.source import MAX_BYTES, Source, read

NAME = "helplines.yaml"
ALWAYS = ("112", "113")
_SYNTAX = frozenset({"yaml_syntax", "yaml_colon", "yaml_tab", "yaml_quote", "yaml_indent", "yaml_key"})
"""What is told in the words of a row; everything else that the reader refuses is told as of any file."""


def helpline_problems(dialogs: Path, today: date) -> list[Problem]:
    """Everything wrong with the helplines of both languages. A stale row is a warning: it never stops the bot."""
    sources, found = helpline_sources(dialogs)
    return found or problems_of(sources, today)


def helpline_sources(dialogs: Path) -> tuple[list[Source], list[Problem]]:
    """The files of both languages, unread."""
    sources: list[Source] = []
    found: list[Problem] = []
    for language in LANGUAGES:
        file = f"{dialogs.name}/{language}/{NAME}"
        try:
            with (dialogs / language / NAME).open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
        except OSError as error:
            found.append(Problem(file, 1, 1, "helpline_wrong", (("what", type(error).__name__),)))
            continue
        sources.append(Source("helplines", "helplines", language, file, content))
    return sources, found


def problems_of(sources: Sequence[Source], today: date | None) -> list[Problem]:
    """Everything wrong with the helplines in *sources*; without *today* nothing is said of rows that age."""
    by_language = {source.language: source for source in sources}
    rows = {
        language: _rows(by_language[language]) if language in by_language else [] for language in LANGUAGES
    }
    places: dict[Language, str] = {
        language: by_language[language].file if language in by_language else f"dialogs/{language}/{NAME}"
        for language in LANGUAGES
    }
    found = [row for language in LANGUAGES for row in rows[language] if isinstance(row, Problem)]
    if found:
        return found
    dutch = [row for row in rows["nl"] if not isinstance(row, Problem)]
    lines = []
    for line, row in dutch:
        try:
            made = helpline(row)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            found.append(_problem(places, "nl", line, "helpline_wrong", what=str(error)))
            continue
        lines.append(made)
        found += _age(places, line, made, today)
    always = {line.number for line in lines if line.always}
    if not any(one.severity == "error" for one in found):
        found += [
            _problem(places, "nl", 1, "helpline_missing", number=number)
            for number in ALWAYS
            if number not in always
        ]
    known = {row.get("key") for _, row in dutch}
    translated = [row for row in rows["en"] if not isinstance(row, Problem)]
    for line, row in translated:
        if row.get("key") not in known:
            found.append(_problem(places, "en", line, "helpline_unknown", word=str(row.get("key"))))
    spoken = {row.get("key") for _, row in translated if row.get("line")}
    for line, row in dutch:
        if row.get("key") not in spoken:
            found.append(
                _problem(places, "nl", line, "helpline_untranslated", "warning", word=str(row.get("key")))
            )
    return sorted(found)


def _age(places: dict[Language, str], line: int, made: Helpline, today: date | None) -> Iterator[Problem]:
    if made.checked_on is None or today is None:
        return
    days = today - made.checked_on
    if days > WARN_AFTER:
        kind = "helpline_stale" if days > STALE_AFTER else "helpline_ages"
        yield _problem(places, "nl", line, kind, "warning", word=made.key, days=str(days.days))


def _rows(source: Source) -> list[tuple[int, dict[str, Any]] | Problem]:
    from ruamel.yaml import YAML  # heavy, and needed by the checker only
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # see above

    _, refused = read(source)
    if any(one.kind not in _SYNTAX for one in refused):
        # Too large, too deep, a reference: nothing of it is built.
        return list(refused)
    try:
        rows = YAML(typ="rt", pure=True).load(source.content.decode("utf-8-sig"))["helplines"]
        return [(rows.lc.item(place)[0] + 1, dict(row)) for place, row in enumerate(rows)]
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        return [Problem(source.file, line, 1, "helpline_wrong", (("what", str(error.problem)),))]
    except (YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        return [Problem(source.file, 1, 1, "helpline_wrong", (("what", type(error).__name__),))]


def _problem(
    places: dict[Language, str],
    language: Language,
    line: int,
    kind: str,
    severity: Severity = "error",
    **details: str,
) -> Problem:
    return Problem(places[language], line, 1, kind, tuple(sorted(details.items())), severity)
