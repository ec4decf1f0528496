"""What `doctor` says about the operation: alarms, commissioning, drills, copies, helplines, rosters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.cli.commission import WHY_NOT

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.config import Config
    from bot.conversation.shelf import Shelf

RECENT = timedelta(days=1)
DANGER = ("second_poller", "foreign_webhook", "token")
"""Kinds that mean, as long as nothing else is known, that somebody else has the token."""


@dataclass(frozen=True, slots=True)
class Told:
    """One look: *wrong* when it keeps youngsters out or leaves somebody unheard."""

    subject: str
    wrong: bool
    detail: str


def told(conn: Connection, config: Config, now: datetime) -> list[Told]:
    """Everything about the operation that the database shows."""
    from bot.installation import content_of

    shelf = content_of(conn)
    return [
        _alarms(conn, now),
        _commissioning(conn, shelf, config),
        *_organisations(conn, config, now),
        _copy(conn, now),
        _helplines(shelf, config, now),
        _texts(conn, shelf),
    ]


def _texts(conn: Connection, shelf: Shelf) -> Told:
    """Whether this version can play what was published here, and what a release changed of it."""
    from bot.content.rollback import news
    from bot.storage import publications

    ours = publications.local(conn)
    if shelf.outdated:
        named = "; ".join(
            f"{'/'.join(at)} ({problem.what('en')})" for at, problem in sorted(shelf.outdated.items())
        )
        return Told(
            "published",
            True,
            f"this version cannot play {named}: the release's text is used; mend and publish it",
        )
    changed = ", ".join(f"{one.kind}/{one.key}" for one in news(conn))
    said = f"{len(ours)} texts published here"
    return Told("published", False, f"{said}; a release changed {changed}, ours stays" if changed else said)


def _helplines(shelf: Shelf, config: Config, now: datetime) -> Told:
    """How old the oldest check of a helpline is."""
    from bot.care.commissioning import unchecked

    lines = shelf.helplines(config.programme.language)
    today = now.astimezone(config.programme.zone).date()
    stale = unchecked(lines, today)
    days = [(today - line.checked_on).days for line in lines if line.checked_on is not None]
    oldest = f"the oldest check is {max(days)} days old" if days else "none was ever checked"
    if stale:
        return Told("helplines", True, f"{oldest}; to check: {', '.join(stale)}")
    return Told("helplines", False, oldest)


def _alarms(conn: Connection, now: datetime) -> Told:
    from bot.storage import alarms

    still = alarms.count_open(conn)
    said = ", ".join(f"{kind} {number}" for kind, number in sorted(still.items()))
    if still:
        return Told("alarms", True, f"open: {said}; 'companion alarms' lists them, --seen closes them")
    recent = alarms.latest(conn, now - RECENT)
    stolen = sorted({one.kind for one in recent if one.kind in DANGER})
    if stolen:
        return Told("alarms", True, f"today: {', '.join(stolen)}; see docs/operations.md, a stolen token")
    return Told("alarms", False, f"none open, {len(recent)} in the last day")


def _commissioning(conn: Connection, shelf: Shelf, config: Config) -> Told:
    from bot.config import is_real_telegram
    from bot.conversation.admission import lapses

    found = lapses(conn, shelf, config.telegram.minimum_age)
    if not found:
        return Told("commission", False, "in force")
    why = "; ".join(WHY_NOT[lapse] for lapse in found)
    real = is_real_telegram(config)
    return Told(
        "commission", True, f"{why}: {'only practice accounts are admitted' if real else 'a sandbox'}"
    )


def _organisations(conn: Connection, config: Config, now: datetime) -> list[Told]:
    from bot.care import commissioning
    from bot.storage import drills, duty, organisations

    looked = []
    for number, key, _ in organisations.every(conn):
        drill = drills.latest_acknowledged(conn, number)
        at = drill.acknowledged_at if drill else None
        said = f"acknowledged {(now - at).days} days ago" if at else "none was acknowledged yet"
        looked.append(Told("drill", not commissioning.drill_is_fresh(at, now), f"{key}: {said}"))
        decision = duty.decision(conn, number)
        until = duty.covered_until(conn, number, now)
        on_call = decision.on_call == "roster"
        covered = commissioning.duty_is_covered(on_call=on_call, covered_until=until, now=now)
        said = f"on call, covered for {(until - now).days} days" if on_call else "nobody on call"
        said += f"; decided by {decision.decided_by}" if decision.decided_by else "; nobody decided so"
        silent = on_call and not config.operator.alarm_argv
        if silent:
            said += "; no [operator] alarm_command, so no telephone rings: nobody new is admitted"
        looked.append(Told("roster", silent or not (covered and decision.decided_by), f"{key}: {said}"))
    return looked


def _copy(conn: Connection, now: datetime) -> Told:
    from bot.care.commissioning import copy_is_fresh
    from bot.storage import copies

    at = copies.last(conn)
    said = (
        f"the last one is {(now - at).total_seconds() / 3600:.0f} hours old" if at else "none was ever made"
    )
    return Told("backup", not copy_is_fresh(at, now), said)
