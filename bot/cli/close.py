"""`companion close`: a group or an organisation ends on a day; shown first, undone until then, proved afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage, settings
from bot.cli.output import tell
from bot.errors import CompanionError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.conversation.turn import Turn
    from bot.storage.closings import Closing

Key = Annotated[str, typer.Argument(metavar="KEY", help="The key in the seed file.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The last day, as in 2026-12-18.")]
Undo = Annotated[bool, typer.Option("--undo", help="It goes on after all; until the last day.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask; everybody is told at once.")]


class CannotClose(CompanionError):
    """*why* says what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"Nothing was changed: {self.why}."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="Close a group or a whole organisation, with proof.", rich_markup_mode=None)
    family.command()(group)
    family.command()(organisation)
    app.add_typer(family, name="close")


def group(
    key: Key,
    on: On = "",
    undo: Undo = False,
    yes: Yes = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Close a group on a day. Without --on: how it stands, and the proofs."""
    return _run("group", key, on, undo=undo, yes=yes, config=settings(config), as_json=as_json)


def organisation(
    key: Key,
    on: On = "",
    undo: Undo = False,
    yes: Yes = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Close an organisation with all its groups, and in the end its staff. Without --on: how it stands."""
    return _run("organisation", key, on, undo=undo, yes=yes, config=settings(config), as_json=as_json)


def _run(kind: str, key: str, on: str, *, undo: bool, yes: bool, config: Config, as_json: bool) -> int:
    from bot.cli.server import ask
    from bot.conversation.starting import begin_all
    from bot.conversation.turn import Turn
    from bot.installation import content_of, open_installation, world
    from bot.storage.database import transaction

    if on and undo:
        raise WrongUsage("--undo", "does not go with --on")
    day = _day(on)
    with open_installation(config) as opened:
        server = ask(config)
        with transaction(opened.engine) as conn:
            turn = Turn(conn, world(config, content_of(conn), server.name), server.now)
            number = _number(turn, kind, key)
            lines, data = _preview(turn, kind, number, key)
        if (on or undo) and not yes:
            print("\n".join(lines), flush=True)
            what = f"Close {kind} {key} on {day}" if on else f"Take the closing of {kind} {key} back"
            typer.confirm(f"{what}, and tell everybody?", abort=True, err=True)
        with transaction(opened.engine) as conn:
            turn = Turn(conn, world(config, content_of(conn), server.name), server.now)
            if day is not None:
                _close(turn, kind, number, day)
            elif undo:
                _undo(turn, kind, number, key)
            begin_all(turn)
            lines, data = _preview(turn, kind, number, key)
    tell(lines, data, as_json=as_json)
    return 0


def _day(on: str) -> date | None:
    try:
        return date.fromisoformat(on) if on else None
    except ValueError:
        raise WrongUsage("--on", "should be a day as in 2026-12-18") from None


def _number(turn: Turn, kind: str, key: str) -> int:
    from bot.seed.problems import meant
    from bot.storage import meetings, organisations

    if kind == "group":
        known = {meetings.group_key(turn.conn, one): one for one in meetings.groups(turn.conn)}
    else:
        known = {one: number for number, one, _ in organisations.every(turn.conn)}
    if key not in known:
        raise WrongUsage("KEY", f'there is no {kind} "{key}"; {meant(key, known)}')
    return known[key]


def _groups(turn: Turn, kind: str, number: int) -> list[tuple[int, str]]:
    from bot.storage import meetings

    if kind == "organisation":
        return meetings.groups_of_organisation(turn.conn, number)
    return [(number, meetings.group_name(turn.conn, number))]


def _closing(turn: Turn, kind: str, number: int) -> Closing | None:
    from bot.storage import closings

    found = closings.of_group if kind == "group" else closings.of_organisation
    return found(turn.conn, number)


def _close(turn: Turn, kind: str, number: int, day: date) -> None:
    from bot.conversation import closing
    from bot.programme.closing import NOTICE, refusal
    from bot.storage import calendars, closings

    if kind == "group":
        calendars.lock(turn.conn, number)
    else:
        closings.lock(turn.conn, number)
    known = _closing(turn, kind, number)
    if known is not None:
        raise CannotClose(f"it closes on {known.closes_on} already; undo that first")
    inside = sum(len(closing.undecided(turn, one)) for one, _ in _groups(turn, kind, number))
    match refusal(day, turn.today, inside):
        case "past":
            raise CannotClose(f"{day} is over")
        case "soon":
            raise CannotClose(
                f"{inside} youngsters have no way to go on yet; they hear it {NOTICE.days} days before, "
                f"so not before {turn.today + NOTICE}"
            )
    if kind == "group":
        closing.announce(turn, number, day, None)
    else:
        closing.announce_organisation(turn, number, day, None)


def _undo(turn: Turn, kind: str, number: int, key: str) -> None:
    from bot.conversation import closing

    one = _closing(turn, kind, number)
    if one is None or not closing.take_back(turn, one, None):
        raise CannotClose(f"{kind} {key} has no closing that can be undone")


def _preview(turn: Turn, kind: str, number: int, key: str) -> tuple[list[str], dict[str, Any]]:
    """Who it is about, in numbers: no name of a youngster stands in a terminal."""
    from bot.conversation import closing, closing_news
    from bot.storage import closings, people, sign_ups
    from bot.storage import team as teams

    one = _closing(turn, kind, number)
    groups = []
    for group_id, name in _groups(turn, kind, number):
        inside = teams.youngsters(turn.conn, group_id)
        waits = closing.undecided(turn, group_id)
        groups.append(
            {
                "group": name,
                "youngsters": len(inside),
                "without_way": len(waits),
                "reached_by_message": sum(closing_news.can_be_told(turn, youth) for youth in waits),
                "staff": [
                    leader.key or f"S-{leader.id}" for leader in people.staff_of_group(turn.conn, group_id)
                ],
            }
        )
    proofs = closings.proofs(turn.conn, one) if one is not None else []
    data: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "closes_on": one.closes_on.isoformat() if one is not None else None,
        "closed_at": one.closed_at.isoformat() if one is not None and one.closed_at else None,
        "proved_at": one.proved_at.isoformat() if one is not None and one.proved_at else None,
        "groups": groups,
        "open_sign_ups": len(sign_ups.open_of(turn.conn, number)) if kind == "organisation" else None,
        "left": closings.left(turn.conn, one) if one is not None else None,
        "proofs": [found.proof for found in proofs],
    }
    return _lines(data), data


def _lines(data: dict[str, Any]) -> list[str]:
    head = f"{data['kind']} {data['key']}: "
    if data["proved_at"]:
        head += f"closed, and everybody of it was erased by {data['proved_at']}."
    elif data["closed_at"]:
        head += f"closed; {data['left']} people are still to be erased."
    elif data["closes_on"]:
        head += f"closes after {data['closes_on']}."
    else:
        head += "goes on."
    lines = [head]
    lines += [
        f"  {one['group']}: {one['youngsters']} youngsters, {one['without_way']} of them without a way to go on "
        f"({one['reached_by_message']} get a message); led by {', '.join(one['staff']) or 'nobody'}"
        for one in data["groups"]
    ]
    if data["open_sign_ups"]:
        lines.append(
            f"  {data['open_sign_ups']} sign-ups that nobody took on; it closes once each was handled"
        )
    lines += [f"  proof {number}: {proof}" for number, proof in enumerate(data["proofs"], start=1)]
    return lines
