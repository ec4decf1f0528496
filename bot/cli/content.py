"""`companion content`: the YAML of conversations and challenges."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath
from bot.cli.output import tell


class Language(StrEnum):
    NL = "nl"
    EN = "en"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="Check the texts of conversations and challenges.", rich_markup_mode=None)
    family.command()(check)
    family.command()(schema)
    app.add_typer(family, name="content")


def check(
    lang: Annotated[Language, typer.Option(help="The language of the messages.")] = Language.NL,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """List every mistake with file, line and column."""
    from bot.cli.server import wall_clock
    from bot.content.command import check_content
    from bot.installation import CATALOG, DIALOGS

    today = wall_clock().date()
    text, code = check_content(DIALOGS, CATALOG, language=lang.value, as_json=as_json, today=today)
    print(text)
    return code


def schema(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Write the JSON Schema of each folder beside it, for editors."""
    from bot.content.command import write_schemas
    from bot.installation import CATALOG, DIALOGS

    written = [str(path) for path in write_schemas(DIALOGS, CATALOG)]
    tell(written, {"written": written}, as_json=as_json)
    return 0
