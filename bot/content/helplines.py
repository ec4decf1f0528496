"""Mistakes in helplines.yaml, with their place: a shape that cannot be shown, a row that was checked too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.care.helplines import STALE_AFTER, WARN_AFTER, Helpline, helpline
from bot.content.problem import LANGUAGES, Problem, Severity

NAME = "helplines.yaml"
ALWAYS = ("112", "113")


def helpline_problems(dialogs: Path, today: date) -> list[Problem]:
    """Everything wrong with the helplines of both languages. A stale row is a warning: it never stops the bot."""
    rows = {language: _rows(dialogs / language / NAME) for language in LANGUAGES}
    found = [row for language in LANGUAGES for row in rows[language] if isinstance(row, Problem)]
    if found:
        return found
    dutch = [row for row in rows["nl"] if not isinstance(row, Problem)]
    lines = []
    for line, row in dutch:
        try:
            made = helpline(row)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            found.append(_problem(dialogs, "nl", line, "helpline_wrong", what=str(error)))
            continue
        lines.append(made)
        found += _age(dialogs, line, made, today)
    always = {line.number for line in lines if line.always}
    if not any(one.severity == "error" for one in found):
        found += [
            _problem(dialogs, "nl", 1, "helpline_missing", number=number)
            for number in ALWAYS
            if number not in always
        ]
    known = {row.get("key") for _, row in dutch}
    translated = [row for row in rows["en"] if not isinstance(row, Problem)]
    for line, row in translated:
        if row.get("key") not in known:
            found.append(_problem(dialogs, "en", line, "helpline_unknown", word=str(row.get("key"))))
    spoken = {row.get("key") for _, row in translated if row.get("line")}
    for line, row in dutch:
        if row.get("key") not in spoken:
            found.append(
                _problem(dialogs, "nl", line, "helpline_untranslated", "warning", word=str(row.get("key")))
            )
    return sorted(found)


def _age(dialogs: Path, line: int, made: Helpline, today: date) -> Iterator[Problem]:
    if made.checked_on is None:
        return
    days = today - made.checked_on
    if days > WARN_AFTER:
        kind = "helpline_stale" if days > STALE_AFTER else "helpline_ages"
        yield _problem(dialogs, "nl", line, kind, "warning", word=made.key, days=str(days.days))


def _rows(path: Path) -> list[tuple[int, dict[str, Any]] | Problem]:
    from ruamel.yaml import YAML  # heavy, and needed by the checker only
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # see above

    file = f"dialogs/{path.parent.name}/{path.name}"
    try:
        rows = YAML(typ="rt", pure=True).load(path.read_text("utf-8"))["helplines"]
        return [(rows.lc.item(place)[0] + 1, dict(row)) for place, row in enumerate(rows)]
    except MarkedYAMLError as error:
        mark = error.problem_mark
        return [
            Problem(file, mark.line + 1 if mark else 1, 1, "helpline_wrong", (("what", str(error.problem)),))
        ]
    except (OSError, YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        return [Problem(file, 1, 1, "helpline_wrong", (("what", type(error).__name__),))]


def _problem(
    dialogs: Path, language: str, line: int, kind: str, severity: Severity = "error", **details: str
) -> Problem:
    return Problem(
        f"{dialogs.name}/{language}/{NAME}", line, 1, kind, tuple(sorted(details.items())), severity
    )
