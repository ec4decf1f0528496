"""`companion calendar`: the evenings of a group as a file for any agenda."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, settings
from bot.cli.output import tell
from bot.errors import CompanionError

Target = Annotated[Path | None, typer.Option("--to", help="The file to write; default GROUP.ics here.")]


class NoSuchGroup(CompanionError):
    """No group has this *key*; *known* are those there are."""

    exit_code = 2

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(key, known)
        self.key, self.known = key, known

    def __str__(self) -> str:
        from bot.seed.problems import meant

        return f'There is no group "{self.key}"; {meant(self.key, self.known)}'


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("calendar")(write)


def write(
    group: Annotated[str, typer.Argument(metavar="GROUP", help="The key of the group in the seed file.")],
    to: Target = None,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Write the evenings of a group as a calendar file (.ics)."""
    from bot.cli.server import ask
    from bot.conversation import agenda
    from bot.conversation.turn import Turn
    from bot.installation import content, open_installation, world
    from bot.storage import meetings
    from bot.storage.database import transaction

    chosen = settings(config)
    with open_installation(chosen) as opened:
        server = ask(chosen)
        shelf = content()
        with transaction(opened.engine) as conn:
            number = meetings.group_by_key(conn, group)
            if number is None:
                known = tuple(meetings.group_key(conn, one) for one in meetings.groups(conn))
                raise NoSuchGroup(group, known)
            turn = Turn(conn, world(chosen, shelf, server.name), server.now)
            language = chosen.programme.language
            text = agenda.text(turn, number, turn.phrase_in(language, "calendar_title"))
    path = to or Path(f"{group}.ics")
    path.write_bytes(text.encode())
    tell([f"Written: {path}"], {"file": str(path)}, as_json=as_json)
    return 0
