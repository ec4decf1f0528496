"""What a companion needs, looked at one by one. A look changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from bot.cli.server import Server, ask
from bot.errors import AlreadyRunning, CompanionError

if TYPE_CHECKING:
    from bot.config import Config

State = Literal["fine", "note", "wrong"]
TIMEOUT = 3.0
HOLIDAYS_AHEAD = 180
"""With fewer days of known school holidays ahead the operator is told."""

HEARD = "companion_last_answer_timestamp_seconds "


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. A *note* deserves a look, but nothing is broken."""

    subject: str
    state: State
    detail: str

    def as_json(self) -> dict[str, str]:
        """For machines."""
        return {"subject": self.subject, "state": self.state, "detail": self.detail}


def examine(config: Config) -> list[Finding]:
    """Look at everything; an error of one look is its finding."""
    server = ask(config)
    looks: tuple[tuple[str, Callable[[Config, Server], Finding]], ...] = (
        ("keys", _keys),
        ("database", _database),
        ("people", _people),
        ("content", _content),
        ("holidays", _holidays),
        ("telegram", _telegram),
        ("running", _running),
    )
    findings = []
    for subject, look in looks:
        try:
            findings.append(look(config, server))
        except CompanionError as error:
            findings.append(Finding(subject, "wrong", str(error)))
    try:
        findings += _operation(config, server)
    except CompanionError as error:
        findings.append(Finding("operation", "wrong", str(error)))
    return findings


def _keys(config: Config, server: Server) -> Finding:
    from bot.keys import exposed, load_keys

    keys = load_keys(config.keys.file)
    warning = exposed(config.keys.file)
    if warning:
        return Finding("keys", "wrong", warning)
    return Finding("keys", "fine", f"{config.keys.file}, current key {keys.current}")


def _database(config: Config, server: Server) -> Finding:
    from bot.installation import open_installation
    from bot.storage.database import is_sqlite, place_of, sqlite_path

    with open_installation(config):
        place = place_of(config.database.url)
        if is_sqlite(config.database.url):
            place = f"{place}, {sqlite_path(config.database.url).stat().st_size // 1024} KiB"
        return Finding("database", "fine", f"{place}; it fits the keys")


def _people(config: Config, server: Server) -> Finding:
    """How many, and whether every group has two professionals who have begun."""
    from sqlalchemy import func, select

    from bot.installation import open_installation
    from bot.storage import people
    from bot.storage.database import transaction
    from bot.storage.schema_people import person
    from bot.storage.schema_programme import meeting_group

    with open_installation(config) as opened, transaction(opened.engine, read_only=True) as conn:
        query = select(person.c.role, func.count()).group_by(person.c.role)
        counts = {str(role): int(count) for role, count in conn.execute(query)}
        waiting = [
            str(key)
            for number, key in conn.execute(select(meeting_group.c.id, meeting_group.c.key))
            if sum(one.state == "active" for one in people.staff_of_group(conn, number)) < 2
        ]
    said = ", ".join(f"{role} {count}" for role, count in sorted(counts.items())) or "nobody"
    if waiting:
        return Finding(
            "people", "note", f"{said}; fewer than two professionals have begun in {', '.join(waiting)}"
        )
    return Finding("people", "fine", said)


def _content(config: Config, server: Server) -> Finding:
    from bot.content.check import check
    from bot.installation import CATALOG, DIALOGS

    problems = check(DIALOGS, CATALOG)
    errors = sum(one.severity == "error" for one in problems)
    if errors:
        return Finding("content", "wrong", f"{errors} problems; 'companion content check' lists them")
    if problems:
        return Finding("content", "note", f"{len(problems)} warnings; 'companion content check' lists them")
    return Finding("content", "fine", "both folders")


def _holidays(config: Config, server: Server) -> Finding:
    """Until when school holidays are known, in every region that decides about something.

    After that school hours hold on every weekday, and groups that skip holidays meet in them.
    """
    from bot.installation import open_installation
    from bot.schedule.school import Region, known_until
    from bot.storage import calendars
    from bot.storage.database import transaction

    today = server.now.astimezone(config.programme.zone).date()
    regions: set[Region] = {config.programme.school_region}
    try:
        with open_installation(config) as opened, transaction(opened.engine, read_only=True) as conn:
            regions |= calendars.skipping_regions(conn, config.programme.school_region)
    except CompanionError:
        # The look at the database says what is wrong with it.
        pass
    known = {region: known_until(region, today) for region in sorted(regions)}
    said = "; ".join(
        f"school holidays of region {region} are known until {until}" for region, until in known.items()
    )
    if (min(known.values()) - today).days < HOLIDAYS_AHEAD:
        return Finding("holidays", "note", f"{said}; a newer version of the package 'holidays' knows more")
    return Finding("holidays", "fine", said)


def _telegram(config: Config, server: Server) -> Finding:
    url = config.telegram.api_url
    if not server.name:
        return Finding("telegram", "wrong", f"{url}: {server.problem}")
    what = "a sandbox" if server.sandbox else "Telegram"
    return Finding("telegram", "fine", f"{url} ({what}): {server.name}, {server.seconds * 1000:.0f} ms")


def _running(config: Config, server: Server) -> Finding:
    """Whether a companion holds the lock, and what it says of itself."""
    from bot.storage.condition import found_revision
    from bot.storage.lock import hold

    try:
        # Without a database there is nothing to run on, and taking the lock would make its folder.
        found_revision(config.database.url)
        with hold(config.database.url):
            return Finding("running", "note", "no companion runs on this database")
    except AlreadyRunning as found:
        ready = asyncio.run(_ask_ready(config, server.now))
        return Finding(
            "running", "fine" if ready.startswith("ready") else "wrong", f"{found.holder}: {ready}"
        )


def _operation(config: Config, server: Server) -> list[Finding]:
    """Alarms, commissioning, drills, copies, helplines and rosters; on real Telegram what lacks is wrong."""
    from bot.cli import doctor_operation
    from bot.config import is_real_telegram
    from bot.installation import open_installation
    from bot.storage.database import transaction

    with open_installation(config) as opened, transaction(opened.engine, read_only=True) as conn:
        told = doctor_operation.told(conn, config, server.now)
    lacking: State = "wrong" if is_real_telegram(config) else "note"
    return [Finding(one.subject, lacking if one.wrong else "fine", one.detail) for one in told]


async def _ask_ready(config: Config, now: datetime) -> str:
    """What /ready and /metrics answer: it says not ready when it hears nothing or a due moment waits too long."""
    import aiohttp

    base = f"http://{config.http.listen}"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session:
            async with session.get(f"{base}/ready") as answer:
                said: dict[str, Any] = await answer.json()
            async with session.get(f"{base}/metrics") as answer:
                metrics = await answer.text()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return f"it runs, but does not answer on {config.http.listen}"
    if not said.get("ready"):
        return f"not ready: {', '.join(map(str, said.get('problems', ())))}"
    said_too = f"; {', '.join(map(str, said['warnings']))}" if said.get("warnings") else ""
    heard = next((line for line in metrics.splitlines() if line.startswith(HEARD)), "")
    moment = float(heard.removeprefix(HEARD) or 0)
    if not moment:
        return f"ready{said_too}"
    passed = (now - datetime.fromtimestamp(moment, UTC)).total_seconds()
    return f"ready, Telegram last answered {max(0, round(passed))} s ago{said_too}"
