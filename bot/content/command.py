"""What `companion content check` and `companion content schema` do, without the command line around it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from bot.content.check import check
from bot.content.helplines import helpline_problems
from bot.content.problem import Language, Problem, summary
from bot.content.shape import schemas

SCHEMA_FILES = {"dialog": Path("dialog.schema.json"), "challenge": Path("challenge.schema.json")}


def check_content(
    dialogs: Path,
    catalog: Path,
    *,
    language: Language = "nl",
    as_json: bool = False,
    today: date | None = None,
) -> tuple[str, int]:
    """What to print, and the exit code: 1 when anything is refused, 0 when there are at most warnings.

    *today* asks for the helplines as well: how long ago each was checked.
    """
    problems = check(dialogs, catalog)
    if today is not None:
        problems = sorted([*problems, *helpline_problems(dialogs, today)])
    refused = sum(problem.severity == "error" for problem in problems)
    if as_json:
        return json.dumps(
            {"problems": [problem.as_json(language) for problem in problems]}, ensure_ascii=False
        ), int(refused > 0)
    lines = [problem.rendered(language) for problem in problems]
    return "\n".join([*lines, _summary(problems, refused, language)]), int(refused > 0)


def schema_texts() -> dict[str, str]:
    """The JSON Schema of each folder as it is committed: file name to content."""
    made = schemas()
    return {
        str(SCHEMA_FILES[kind]): json.dumps(made[kind], indent=2, ensure_ascii=False) + "\n"
        for kind in ("dialog", "challenge")
    }


def write_schemas(dialogs: Path, catalog: Path) -> tuple[Path, ...]:
    """Write both schemas beside the content; returns the files."""
    texts = schema_texts()
    written = (dialogs / SCHEMA_FILES["dialog"], catalog / SCHEMA_FILES["challenge"])
    for path in written:
        path.write_text(texts[path.name], "utf-8")
    return written


def _summary(problems: list[Problem], refused: int, language: Language) -> str:
    return summary(refused, len(problems) - refused, language)
