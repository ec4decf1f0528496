"""What `companion content check`, `schema` and `translated` do, without the command line around it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from pathlib import Path

from bot.content.check import check
from bot.content.helplines import helpline_problems
from bot.content.kinds import KINDS
from bot.content.library import Vocabulary
from bot.content.loader import build, gather
from bot.content.problem import Language, Problem, summary
from bot.content.screening import screening_problems
from bot.content.shape import schemas
from bot.content.translated import NAME, Record, carried, load_records, record_of, text_of

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
        problems = sorted([*problems, *helpline_problems(dialogs, today), *screening_problems(dialogs)])
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


def translated_texts(dialogs: Path, catalog: Path, accepted: Collection[str] = ()) -> dict[Path, str]:
    """The record of each folder as it is committed. Of the files in *accepted* somebody says the translation holds.

    A translation that is behind in any other file stays behind.
    """
    folders = {"dialogs": dialogs, "challenge_catalog": catalog}
    kept = load_records(folders)
    made: dict[str, dict[str, Record]] = {folder: {} for folder in folders}
    for pair in build(gather(dialogs, catalog)[0], Vocabulary()).pairs:
        folder = KINDS[pair.kind].folder
        now = record_of(pair.document, pair.form, pair.translated)
        before = {} if pair.key in accepted else kept.get(f"{folder}/{pair.key}", {})
        made[folder][pair.key] = carried(before, now)
    return {folders[folder] / NAME: text_of(records) for folder, records in made.items()}


def write_translated(dialogs: Path, catalog: Path, accepted: Collection[str] = ()) -> tuple[Path, ...]:
    """Write both records beside the content; returns the files."""
    texts = translated_texts(dialogs, catalog, accepted)
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return tuple(texts)


def _summary(problems: list[Problem], refused: int, language: Language) -> str:
    return summary(refused, len(problems) - refused, language)
