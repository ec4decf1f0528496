"""`companion commission`: the record that admits real youngsters on real Telegram."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage, settings
from bot.cli.output import tell

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.care.record import Found
    from bot.config import Config
    from bot.conversation.shelf import Shelf

WHY_NOT = {
    "none": "nobody commissioned it",
    "withdrawn": "the record was withdrawn",
    "care_texts": "the texts about care, consent or privacy changed since",
    "on_call": "an organisation decided otherwise about being on call",
    "minimum_age": "the minimum age was lowered since",
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(commission)


def commission(
    dpia_by: Annotated[str, typer.Option(metavar="NAME", help="Who carried out the DPIA.")] = "",
    dpia_on: Annotated[str, typer.Option(metavar="DAY", help="When it was adopted.")] = "",
    dpia_reference: Annotated[str, typer.Option(metavar="PLACE", help="Where it can be found.")] = "",
    content_by: Annotated[str, typer.Option(metavar="NAMES", help="Who approved the texts.")] = "",
    content_on: Annotated[str, typer.Option(metavar="DAY", help="When.")] = "",
    content_hash: Annotated[
        str, typer.Option(metavar="HASH", help="Which texts: 12 characters or more.")
    ] = "",
    helplines_by: Annotated[str, typer.Option(metavar="NAMES", help="Who checked the helplines.")] = "",
    minimum_age: Annotated[str, typer.Option(metavar="AGE", help="From which age.")] = "",
    minimum_age_by: Annotated[str, typer.Option(metavar="NAME", help="Who decided so, and when.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who commissions or withdraws.")] = "",
    show: Annotated[bool, typer.Option("--show", help="Show the record and whether it is in force.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Admit nobody new from now on.")] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Record what admits real youngsters: DPIA, texts, helplines, rosters, drill."""
    answers = {
        "dpia_by": dpia_by,
        "dpia_on": dpia_on,
        "dpia_reference": dpia_reference,
        "content_by": content_by,
        "content_on": content_on,
        "content_hash": content_hash,
        "helplines_by": helplines_by,
        "minimum_age": minimum_age,
        "minimum_age_by": minimum_age_by,
        "by": by,
    }
    if show and withdraw:
        raise WrongUsage("--show", "and --withdraw exclude each other")
    others = [f"--{name.replace('_', '-')}" for name, said in answers.items() if said and name != "by"]
    if (show or withdraw) and others:
        raise WrongUsage(others[0], "belongs to a new record, not to --show or --withdraw")
    if withdraw and not by.strip():
        raise WrongUsage("--by", "is needed: who withdraws the record (name, function)")
    from bot.cli.server import ask
    from bot.installation import content, open_installation
    from bot.storage.database import transaction

    chosen = settings(config)
    with open_installation(chosen) as opened:
        now = ask(chosen).now
        if withdraw:
            with transaction(opened.engine) as conn:
                return _withdraw(conn, by.strip(), now, as_json)
        shelf = content()
        if show:
            with transaction(opened.engine, read_only=True) as conn:
                shelf.refresh(conn)
                return _show(conn, shelf, chosen, as_json)
        with transaction(opened.engine, read_only=True) as conn:
            shelf.refresh(conn)
            found = found_in(conn, shelf, chosen, now)
        if not as_json and sys.stdin.isatty():
            answers = _ask(answers, found)
        with transaction(opened.engine) as conn:
            # Looked at again: between the questions and the answers the installation may have changed.
            shelf.refresh(conn)
            found = found_in(conn, shelf, chosen, now)
            return _commission(conn, shelf, chosen, answers, found, now, as_json)


def found_in(conn: Connection, shelf: Shelf, config: Config, now: datetime) -> Found:
    """What the installation shows of itself."""
    from bot.care import commissioning
    from bot.care.record import Found, Organisation
    from bot.storage import drills, duty, organisations

    def organisation(number: int, key: str) -> Organisation:
        decision = duty.decision(conn, number)
        drill = drills.latest_acknowledged(conn, number)
        return Organisation(
            key,
            decision.on_call == "roster",
            decision.decided_by,
            duty.covered_until(conn, number, now),
            drill.acknowledged_at if drill else None,
        )

    today = now.astimezone(config.programme.zone).date()
    return Found(
        shelf.fingerprint(),
        commissioning.unchecked(shelf.helplines(config.programme.language), today),
        config.telegram.minimum_age,
        config.telegram.minimum_age_decided_by,
        bool(config.operator.alarm_argv),
        tuple(organisation(number, key) for number, key, _ in organisations.every(conn)),
    )


def _ask(answers: dict[str, str], found: Found) -> dict[str, str]:
    """Ask on the screen what was not given; an empty answer is a missing one."""
    from bot.care.record import QUESTIONS, SHORTEST_HASH

    known = {"minimum_age_by": found.minimum_age_decided_by}
    print(f"The texts published here have hash {found.content_hash[:SHORTEST_HASH]}.")
    return {
        name: answers[name] or typer.prompt(question, default=known.get(name, ""), show_default=False)
        for name, question in QUESTIONS.items()
    }


def _commission(
    conn: Connection,
    shelf: Shelf,
    config: Config,
    answers: dict[str, str],
    found: Found,
    now: datetime,
    as_json: bool,
) -> int:
    from bot.care import record
    from bot.conversation import admission
    from bot.storage import audit, commissionings

    missing = record.missing(answers, found, now, now.astimezone(config.programme.zone).date())
    if missing:
        points = [{"point": one.point, "problem": one.problem, "mend": one.mend} for one in missing]
        lines = [*(f"- {one}" for one in missing), f"{len(missing)} points are missing; nothing was kept."]
        tell(lines, {"commissioned": False, "missing": points}, as_json=as_json)
        return 1
    basis = admission.basis(conn, shelf, config.telegram.minimum_age)
    hashes = {
        "content_hash": found.content_hash,
        "care_hash": basis.care_hash,
        "duty_hash": basis.duty_hash,
    }
    number = commissionings.add(conn, record.record(answers, found), hashes, basis.minimum_age, now)
    audit.add(conn, audit.Entry(None, "operator", "commission", "installation", number, None, "done"), now)
    lines = [f"Commissioned at {now.isoformat(timespec='minutes')}, record {number}."]
    tell(lines, {"commissioned": True, "number": number, "at": now.isoformat()}, as_json=as_json)
    return 0


def _show(conn: Connection, shelf: Shelf, config: Config, as_json: bool) -> int:
    from bot.conversation import admission
    from bot.storage import commissionings

    lapses = admission.lapses(conn, shelf, config.telegram.minimum_age)
    last = commissionings.latest(conn)
    lines = ["In force." if not lapses else f"Not in force: {'; '.join(WHY_NOT[lapse] for lapse in lapses)}."]
    data: dict[str, Any] = {"commissioned": not lapses, "why_not": list(lapses), "record": None}
    if last is not None:
        lines.append(f"Record {last.id} of {last.at.isoformat(timespec='minutes')}:")
        lines += [f"  {name.replace('_', ' ')}: {said}" for name, said in last.record.items()]
        data |= {"number": last.id, "at": last.at.isoformat(), "record": dict(last.record)}
    tell(lines, data, as_json=as_json)
    return int(bool(lapses))


def _withdraw(conn: Connection, by: str, now: datetime, as_json: bool) -> int:
    from bot.storage import audit, commissionings

    last = commissionings.latest(conn)
    if last is None or not commissionings.withdraw(conn, last.id, by, now):
        tell(["There is no record in force."], {"withdrawn": False}, as_json=as_json)
        return 1
    entry = audit.Entry(None, "operator", "withdraw_commissioning", "installation", last.id, None, "done")
    audit.add(conn, entry, now)
    lines = ["Withdrawn: nobody new is admitted. Whoever takes part already notices nothing."]
    tell(lines, {"withdrawn": True, "number": last.id}, as_json=as_json)
    return 0
