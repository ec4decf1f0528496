"""`companion seed`: organisations, places, groups, evenings and staff from one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, settings
from bot.cli.output import tell, warn

if TYPE_CHECKING:
    from datetime import datetime

    from bot.cli.invitation import Invitation
    from bot.installation import Installation
    from bot.seed.applying import Applied


@dataclass(frozen=True, slots=True)
class Invited:
    """A staff member of the file who has not begun, and the invitation they get."""

    key: str
    name: str
    role: str
    invitation: Invitation

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {"key": self.key, "name": self.name, "role": self.role, **self.invitation.as_json()}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(seed)


def seed(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file as deploy/example-seed.toml.")],
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Load groups, places and staff; print invitations."""
    from bot.cli.invitation import known_name
    from bot.cli.server import ask
    from bot.installation import open_installation

    chosen = settings(config)
    with open_installation(chosen) as opened:
        server = ask(chosen)
        applied, invited = sow(opened, file, known_name(server, opened.engine), server.now)
    warn(() if as_json else applied.warnings)
    lines = applied.changes or ["Nothing changed."]
    for one in invited:
        lines = [
            *lines,
            "",
            f"{one.name} ({one.role}, {one.key}):",
            *one.invitation.lines(chosen.programme.zone),
        ]
    data = {
        "changes": applied.changes,
        "warnings": applied.warnings,
        "invitations": [one.as_json() for one in invited],
    }
    tell(lines, data, as_json=as_json)
    return 0


def sow(
    opened: Installation, file: Path, bot_name: str, now: datetime, *, renew: bool = False
) -> tuple[Applied, list[Invited]]:
    """Apply the seed *file*; what was done, and an invitation for everybody in it who has no account and no link.

    *renew* makes new links also for who has one: the demo cannot show links that are stored as hashes.
    """
    from bot.cli.invitation import invite
    from bot.errors import SeedProblem
    from bot.seed.applying import apply_plan
    from bot.seed.photos import read_photos
    from bot.seed.reading import read_seed
    from bot.storage import invitations, people
    from bot.storage.database import transaction

    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text file"
        raise SeedProblem(file, "the file", f"cannot be read: {reason}") from None
    plan = read_seed(text, file)
    photos = read_photos(plan, file)
    programme = opened.config.programme
    invited = []
    with transaction(opened.engine) as conn:
        applied = apply_plan(
            conn,
            plan,
            file,
            language=programme.language,
            zone=programme.zone,
            now=now,
            region=programme.school_region,
            photos=photos,
        )
        for member in plan.staff:
            person_id = applied.staff[member.key]
            # A link that was handed out keeps working; 'companion invite' makes a new one.
            # A link that was handed out keeps working; 'companion invite' makes a new one.
            holds_one = not renew and invitations.waits(conn, person_id, now)
            if people.account_of(conn, person_id) is None and not holds_one:
                made = invite(conn, person_id, member.role, bot_name, now)
                invited.append(Invited(member.key, member.name, member.role, made))
    return applied, invited
