"""`companion invite --poster`: a poster and link for one door, counted by day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import WrongUsage, settings
from bot.cli.output import qr, tell

if TYPE_CHECKING:
    from sqlalchemy import Connection

LANGUAGES = ("nl", "en")


def write(
    source: str,
    group: str,
    municipality: str,
    language: str,
    out: Path | None,
    config: Path,
    *,
    as_json: bool,
) -> int:
    """Write the PDF and print the link. ``WrongUsage`` for a name, group or municipality that cannot be used."""
    from bot.cli.invitation import known_name
    from bot.cli.server import ask
    from bot.conversation import posters
    from bot.installation import content, open_installation
    from bot.storage import audit, sources
    from bot.storage.database import transaction

    if bool(group) == bool(municipality):
        raise WrongUsage("--poster", "also needs one of --group and --municipality")
    if language not in LANGUAGES:
        raise WrongUsage("--lang", f"should be one of {', '.join(LANGUAGES)}")
    key = source.strip().lower()
    if posters.key_of(key) != key:
        raise WrongUsage(
            "--poster", f'should be at most {posters.LONGEST_KEY} of a-z, 0-9 and -, as in "school-x"'
        )
    chosen = settings(config)
    with open_installation(chosen) as opened:
        server = ask(chosen)
        bot_name = known_name(server, opened.engine)
        if not bot_name:
            raise WrongUsage(
                "--poster", "needs the name of the bot in the link: start 'companion run' once first"
            )
        with transaction(opened.engine) as conn:
            group_id, municipality_id, town = _where(conn, group, municipality)
            before = sources.find(conn, key)
            if before is not None and (before.group_id, before.municipality_id) != (
                group_id,
                municipality_id,
            ):
                raise WrongUsage("--poster", f'"{key}" already leads somewhere else; use another name')
            door = sources.ensure(conn, key, municipality_id, group_id, server.now)
            audit.add(
                conn,
                audit.Entry(None, "operator", "make_poster", "source", door.id, None, "done"),
                server.now,
            )
    made = posters.draw(content(), bot_name, key, town, language, server.now)
    path = out or Path(made.name)
    try:
        path.write_bytes(made.content)
    except OSError as error:
        raise WrongUsage("--out", f"cannot be written: {error.strerror}") from None
    lines = [f"  {made.link}", f"  The poster is in {path}: print it on A4."]
    tell(lines, {"source": key, "link": made.link, "file": str(path)}, as_json=as_json)
    if not as_json:
        qr(made.link)
    return 0


def _where(conn: Connection, group: str, municipality: str) -> tuple[int | None, int, str]:
    """Group and municipality by their keys of the seed file, with the name of the municipality."""
    from sqlalchemy import select

    from bot.seed.problems import meant
    from bot.storage.schema_programme import meeting_group
    from bot.storage.schema_programme import municipality as table

    if group:
        row = conn.execute(
            select(meeting_group.c.id, table.c.id.label("town"), table.c.name)
            .join(table, table.c.id == meeting_group.c.municipality_id)
            .where(meeting_group.c.key == group)
        ).one_or_none()
        if row is None:
            known = conn.execute(select(meeting_group.c.key).order_by(meeting_group.c.key)).scalars()
            raise WrongUsage("--group", f'"{group}" is not known; {meant(group, known)}')
        return row.id, row.town, row.name
    town = conn.execute(select(table).where(table.c.key == municipality)).one_or_none()
    if town is None:
        known = conn.execute(select(table.c.key).order_by(table.c.key)).scalars()
        raise WrongUsage("--municipality", f'"{municipality}" is not known; {meant(municipality, known)}')
    return None, town.id, town.name
