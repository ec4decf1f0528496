"""`companion invite --batch`: invitations on paper for everybody of a professional who has not begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import WrongUsage, settings
from bot.cli.output import tell
from bot.cli.poster import LANGUAGES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.storage.people import Person


def write(
    professional: str, group: str, language: str, out: Path | None, config: Path, *, as_json: bool
) -> int:
    """Write the PDF and print whose each number is. ``WrongUsage`` when there is nobody to invite."""
    from bot.cli.invitation import invite, known_name
    from bot.cli.server import ask
    from bot.conversation import batch_inviting
    from bot.conversation.world import INVITATION_VALID
    from bot.installation import content, open_installation
    from bot.storage.database import transaction

    if not professional:
        raise WrongUsage("--batch", "also needs --professional")
    if language not in LANGUAGES:
        raise WrongUsage("--lang", f"should be one of {', '.join(LANGUAGES)}")
    chosen = settings(config)
    with open_installation(chosen) as opened:
        server = ask(chosen)
        bot_name = known_name(server, opened.engine)
        if not bot_name:
            raise WrongUsage(
                "--batch", "needs the name of the bot in the links: start 'companion run' once first"
            )
        path = out or Path(f"join-us-{server.now:%Y%m%d}.pdf")
        _try(path)
        with transaction(opened.engine) as conn:
            found = _who(conn, professional, group)
            tokens = [invite(conn, one.id, "youth", bot_name, server.now).payload for one in found]
            until = batch_inviting.spoken(server.now + INVITATION_VALID, language, chosen.programme.zone.key)
            made = batch_inviting.draw(content(), bot_name, tokens, until, language, server.now)
            # Before the commit: links that stand on no paper would have killed the older ones for nothing.
            _put(path, made.content)
    names = [str(one.name) for one in found]
    lines = [f"  {number}. {name}" for number, name in enumerate(names, start=1)]
    lines.append(f"  The invitations are in {path}: print it on A4, cut, and write the name by each number.")
    tell(lines, {"names": names, "payloads": tokens, "file": str(path)}, as_json=as_json)
    return 0


def _who(conn: Connection, professional: str, group: str) -> list[Person]:
    from bot.cli.invite import Role, group_by_key, staff_by_key
    from bot.conversation import batch_inviting

    main = staff_by_key(conn, Role.PROFESSIONAL, professional)
    group_id = group_by_key(conn, group)[0] if group else batch_inviting.EVERY_GROUP
    found = batch_inviting.waiting(conn, main.id, group_id)
    if not found:
        raise WrongUsage("--batch", f"nobody of {professional} waits for an invitation; add somebody first")
    return found


def _try(path: Path) -> None:
    if path.is_dir() or not path.parent.is_dir():
        raise WrongUsage("--out", "cannot be written: no such folder")


def _put(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise WrongUsage("--out", f"cannot be written: {error.strerror}") from None
