"""`companion drill`: does an alert reach somebody? Raised beside the running bot, followed until it is acknowledged."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage, settings
from bot.cli.output import tell
from bot.errors import CompanionError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.config import Config
    from bot.conversation.drilling import Seen
    from bot.installation import Installation
    from bot.storage.alerts import Step
    from bot.storage.drills import Drill

MINUTES = 20.0
EVERY = 1.0


class NobodyRuns(CompanionError):
    """Nothing would be sent."""

    def __str__(self) -> str:
        return "No companion runs on this database, so nothing would be sent. Start 'companion run' first."


class NoGroup(CompanionError):
    """*key* is that of the seed file."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"The organisation {self.key} has no group, so nobody would get an alert."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(drill)


def drill(
    organisation: Annotated[str, typer.Option(metavar="KEY", help="Whose roster to exercise.")] = "",
    minutes: Annotated[float, typer.Option(min=0, help="How long to wait for an acknowledgement.")] = MINUTES,
    status: Annotated[bool, typer.Option("--status", help="Only show when the last drill was.")] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Raise a drill alert, follow it, and keep what came of it."""
    from bot.cli.server import ask
    from bot.installation import open_installation

    chosen = settings(config)
    with open_installation(chosen) as opened:
        if status:
            return _status(opened, ask(chosen).now, as_json)
        number, key = _chosen(opened, organisation)
        if not somebody_runs(chosen):
            raise NobodyRuns
        return _drill(opened, chosen, number, key, minutes, as_json)


def somebody_runs(config: Config) -> bool:
    """Whether a companion holds the lock of this database."""
    from bot.errors import AlreadyRunning
    from bot.storage.lock import hold

    try:
        with hold(config.database.url):
            return False
    except AlreadyRunning:
        return True


def _chosen(opened: Installation, key: str) -> tuple[int, str]:
    from bot.storage import organisations
    from bot.storage.database import transaction

    with transaction(opened.engine, read_only=True) as conn:
        known = {one: number for number, one, _ in organisations.every(conn)}
    if not key and len(known) == 1:
        key = next(iter(known))
    if key not in known:
        names = ", ".join(known) or "none; run 'companion seed FILE'"
        raise WrongUsage("--organisation", f"should be the key of one of: {names}")
    return known[key], key


def _drill(
    opened: Installation, config: Config, organisation_id: int, key: str, minutes: float, as_json: bool
) -> int:
    from bot.cli.invitation import known_name
    from bot.cli.server import ask
    from bot.conversation import drilling
    from bot.installation import content, world
    from bot.storage import drills
    from bot.storage.database import transaction

    server = ask(config)
    made = world(config, content(), known_name(server, opened.engine))
    try:
        with transaction(opened.engine) as conn:
            made.library.refresh(conn)
            number = drilling.begin(conn, made, organisation_id, server.now)
    except drilling.NobodyToDrill:
        raise NoGroup(key) from None
    ended = False
    try:
        _follow(opened, number, minutes, config, as_json)
        ended = True
    finally:
        # Also when it is broken off by hand: an exercise may not go on ringing.
        with transaction(opened.engine) as conn:
            drilling.end(conn, number, ask(config).now, broken_off=not ended)
    with transaction(opened.engine, read_only=True) as conn:
        result = drills.load(conn, number)
        lines = [_result(conn, key, result, config)]
        data = {"organisation": key, **_as_json(conn, result)}
    tell(lines, data, as_json=as_json)
    return int(result.outcome != "acknowledged")


def _follow(opened: Installation, number: int, minutes: float, config: Config, as_json: bool) -> Seen:
    """Wait for an acknowledgement, and show each step as it happens."""
    from bot.conversation import drilling
    from bot.storage.database import transaction

    until, shown = time.monotonic() + minutes * 60, 0
    while True:
        with transaction(opened.engine, read_only=True) as conn:
            seen = drilling.look(conn, number)
            fresh = [] if as_json else [_step(conn, step, config) for step in seen.steps[shown:]]
        shown = len(seen.steps)
        for line in fresh:
            print(line, flush=True)
        if seen.acknowledged or time.monotonic() >= until:
            return seen
        time.sleep(EVERY)


def _step(conn: Connection, step: Step, config: Config) -> str:
    moment = step.at.astimezone(config.programme.zone)
    who = _who(conn, step.person_id)
    return f"{moment:%H:%M:%S}  {step.what.replace('_', ' ')}{f': {who}' if who else ''}"


def _who(conn: Connection, person_id: int | None) -> str:
    """The key of the seed file: a name is not needed to know whom to ask."""
    from bot.storage import people

    if person_id is None:
        return ""
    one = people.load(conn, person_id)
    return one.key or one.role


def _result(conn: Connection, key: str, result: Drill, config: Config) -> str:
    if result.acknowledged_at is not None:
        seconds = (result.acknowledged_at - result.started_at).total_seconds()
        who = _who(conn, result.acknowledged_by)
        return f"{key}: acknowledged by {who} after {seconds / 60:.1f} minutes. The result is kept."
    if result.outcome == "broken_off":
        return f"{key}: broken off before anybody acknowledged it."
    return f"{key}: nobody acknowledged it. See who can be reached: 'companion doctor', and the roster in the bot."


def _as_json(conn: Connection, result: Drill) -> dict[str, Any]:
    steps = [{"at": at, "what": what, "who": _who(conn, who)} for at, what, who in result.timeline]
    return {
        "number": result.id,
        "outcome": result.outcome,
        "started_at": result.started_at.isoformat(),
        "acknowledged_at": result.acknowledged_at.isoformat() if result.acknowledged_at else None,
        "acknowledged_by": _who(conn, result.acknowledged_by) or None,
        "timeline": steps,
    }


def _status(opened: Installation, now: datetime, as_json: bool) -> int:
    from bot.care import commissioning
    from bot.storage import drills, organisations
    from bot.storage.database import transaction

    lines, data, stale = [], [], 0
    with transaction(opened.engine, read_only=True) as conn:
        for number, key, _ in organisations.every(conn):
            last, good = drills.latest(conn, number), drills.latest_acknowledged(conn, number)
            fresh = commissioning.drill_is_fresh(good.acknowledged_at if good else None, now)
            stale += not fresh
            what = f"{last.outcome}, {(now - last.started_at).days} days ago" if last else "never"
            lines.append(f"{key}: {what}{'' if fresh else '; a drill is due'}")
            data.append(
                {"organisation": key, "due": not fresh, "last": _as_json(conn, last) if last else None}
            )
    tell(lines or ["There is no organisation yet."], {"drills": data}, as_json=as_json)
    return int(bool(stale))
