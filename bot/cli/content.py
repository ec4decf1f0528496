"""`companion content`: the YAML of conversations and challenges."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import content_diff, content_exchange, content_new, content_publish, content_state, preview
from bot.cli.content_language import Language
from bot.cli.options import DEFAULT, AsJson, ConfigPath
from bot.cli.output import tell


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="The texts of conversations and challenges.", rich_markup_mode=None)
    family.command()(check)
    family.command()(schema)
    family.command()(translated)
    family.command()(taps)
    content_diff.register(family)
    preview.register(family)
    content_publish.register(family)
    content_state.register(family)
    content_exchange.register(family)
    content_new.register(family)
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


def translated(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY]...", help="Files whose English still holds as it is.")
    ] = None,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Note from which Dutch sentences the English was made; what is behind stays so, unless its KEY is given."""
    from bot.content.command import write_translated
    from bot.installation import CATALOG, DIALOGS

    written = [str(path) for path in write_translated(DIALOGS, CATALOG, keys or ())]
    tell(written, {"written": written}, as_json=as_json)
    return 0


def taps(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Count how many taps each conversation of a young person takes, as a table."""
    from bot.content.taps import fewest, most, of_youngsters, table
    from bot.installation import CATALOG, DIALOGS

    forms = of_youngsters(DIALOGS, CATALOG)
    counted = {form.dialog: {"fewest": fewest(form), "most": most(form)} for form in forms}
    tell([table(forms)], {"dialogs": counted}, as_json=as_json)
    return 0
