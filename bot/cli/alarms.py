"""`companion alarms`: what the operator still has to hear."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, settings
from bot.cli.output import tell


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(alarms)


def alarms(
    days: Annotated[int, typer.Option(min=1, max=30, help="How far to look back.")] = 7,
    seen: Annotated[bool, typer.Option("--seen", help="Close everything that is open.")] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """List alarms, open ones marked; --seen closes them."""
    from bot.cli.server import ask
    from bot.installation import open_installation
    from bot.storage import alarms as kept
    from bot.storage.database import transaction

    chosen = settings(config)
    with open_installation(chosen) as opened:
        now = ask(chosen).now
        with transaction(opened.engine, read_only=not seen) as conn:
            closed = kept.seen(conn, now) if seen else 0
            found = kept.latest(conn, now - timedelta(days=days))
    zone = chosen.programme.zone
    lines = [
        f"{'open' if one.is_open else '    '}  {one.raised_at.astimezone(zone):%d-%m %H:%M}  "
        f"{one.kind} {one.reference}".rstrip()
        + (f" ({one.times} times)" if one.times > 1 else "")
        for one in found
    ]
    data = [
        {
            "kind": one.kind,
            "reference": one.reference,
            "times": one.times,
            "raised_at": one.raised_at.isoformat(),
            "open": one.is_open,
        }
        for one in found
    ]
    tell(lines or ["No alarms."], {"alarms": data, "closed": closed}, as_json=as_json)
    return int(any(one.is_open for one in found))
