"""`companion invite`: one invitation, for a new youngster or for staff who have not begun."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage, settings
from bot.cli.output import qr, tell, warn
from bot.errors import CompanionError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.cli.invitation import Invitation
    from bot.config import Config
    from bot.storage.people import Person

LONGEST_NAME = 40


class Role(StrEnum):
    YOUTH = "youth"
    PROFESSIONAL = "professional"
    COORDINATOR = "coordinator"
    CONFIDANT = "confidant"
    DPO = "dpo"
    ADMIN = "admin"


class Cause(StrEnum):
    SKILLS = "skills"
    ACCESS = "access"
    THOUGHTS = "thoughts"


class Beginning(StrEnum):
    TRIAL = "trial"
    PARTICIPATING = "participating"
    WAITING = "waiting"
    SCREENING = "screening"


class AlreadyBegun(CompanionError):
    """*key* is that of the seed file."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return (
            f"{self.key} already uses the companion, so there is nothing to invite to. "
            "For another phone or account: --again"
        )


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(invite)


def invite(
    role: Annotated[Role | None, typer.Option(help="Whom to invite.")] = None,
    group: Annotated[str, typer.Option(metavar="KEY", help="youth, poster: the group.")] = "",
    professional: Annotated[
        str, typer.Option(metavar="KEY", help="youth: their professional; professional: who.")
    ] = "",
    coordinator: Annotated[str, typer.Option(metavar="KEY", help="coordinator: who.")] = "",
    confidant: Annotated[str, typer.Option(metavar="KEY", help="confidant: who.")] = "",
    dpo: Annotated[str, typer.Option(metavar="KEY", help="data protection officer: who.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="staff who have begun: another phone or account.")
    ] = False,
    name: Annotated[str, typer.Option(help="youth: first name or nickname.")] = "",
    born: Annotated[str, typer.Option(metavar="YYYY-MM", help="youth: month of birth.")] = "",
    cause: Annotated[
        list[Cause] | None, typer.Option(help="youth: chosen by the professional; may be given twice.")
    ] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="youth: a tester, who counts in no figure.")
    ] = False,
    phase: Annotated[
        Beginning | None,
        typer.Option(help="youth: where they begin; without it they take part already."),
    ] = None,
    poster: Annotated[
        str,
        typer.Option(
            metavar="SOURCE", help="No person: an A4 poster with a link for one door, as in school-x."
        ),
    ] = "",
    batch: Annotated[
        bool,
        typer.Option("--batch", help="No new person: invitations on A4 for all of a professional who wait."),
    ] = False,
    municipality: Annotated[
        str, typer.Option(metavar="KEY", help="poster: a municipality instead of a group.")
    ] = "",
    lang: Annotated[str, typer.Option(help="poster, batch: nl or en.")] = "nl",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="poster, batch: where the PDF goes.")
    ] = None,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Make one invitation: a link, its payload and a QR code. With --poster or --batch: a PDF to print."""
    if batch:
        from bot.cli.batch import write as write_batch

        strange = [
            name for name, given in (("--role", role), ("--poster", poster), ("--name", name)) if given
        ]
        if strange:
            raise WrongUsage("--batch", f"does not go with {', '.join(strange)}")
        return write_batch(professional, group, lang, out, config, as_json=as_json)
    if poster:
        from bot.cli.poster import write

        if role is not None:
            raise WrongUsage("--poster", "does not go with --role")
        return write(poster, group, municipality, lang, out, config, as_json=as_json)
    if role is None:
        raise WrongUsage("invite", "needs --role, --poster or --batch")
    if municipality or out is not None or lang != "nl":
        raise WrongUsage(f"--role {role}", "does not go with --municipality, --lang and --out")
    given = {
        "--group": bool(group),
        "--professional": bool(professional),
        "--coordinator": bool(coordinator),
        "--confidant": bool(confidant),
        "--dpo": bool(dpo),
        "--again": again,
        "--name": bool(name),
        "--born": bool(born),
        "--cause": bool(cause),
        "--practice": practice,
        "--phase": phase is not None,
    }
    _check_options(role, given)
    from bot.cli.invitation import known_name
    from bot.cli.server import ask
    from bot.installation import open_installation
    from bot.storage.database import transaction

    chosen = settings(config)
    with open_installation(chosen) as opened:
        server = ask(chosen)
        bot_name = known_name(server, opened.engine)
        with transaction(opened.engine) as conn:
            match role:
                case Role.YOUTH:
                    causes = tuple(dict.fromkeys(one.value for one in cause or ()))
                    youth_id, warnings = _youth(
                        conn,
                        chosen,
                        group,
                        professional,
                        name,
                        born,
                        causes,
                        practice,
                        phase or Beginning.PARTICIPATING,
                        server.now,
                    )
                    made = _made(conn, youth_id, role, bot_name, server.now)
                case Role.ADMIN:
                    warnings = []
                    made = _made(conn, _admin(conn, chosen, server.now), role, bot_name, server.now)
                case _:
                    warnings = []
                    person = _staff(conn, role, professional or coordinator or confidant or dpo, again=again)
                    made = _made(conn, person.id, role, bot_name, server.now)
    warn(() if as_json else warnings)
    tell(made.lines(chosen.programme.zone), {**made.as_json(), "warnings": warnings}, as_json=as_json)
    if made.link and not as_json:
        qr(made.link)
    return 0


NEEDS: dict[Role, tuple[str, ...]] = {
    Role.YOUTH: ("--group", "--professional", "--name", "--born", "--cause"),
    Role.PROFESSIONAL: ("--professional",),
    Role.COORDINATOR: ("--coordinator",),
    Role.CONFIDANT: ("--confidant",),
    Role.DPO: ("--dpo",),
    Role.ADMIN: (),
}
STAFF = (Role.PROFESSIONAL, Role.COORDINATOR, Role.CONFIDANT, Role.DPO)
MAY: dict[Role, tuple[str, ...]] = {
    Role.YOUTH: ("--practice", "--phase"),
    **dict.fromkeys(STAFF, ("--again",)),
}


def _check_options(role: Role, given: dict[str, bool]) -> None:
    missing = [option for option in NEEDS[role] if not given[option]]
    if missing:
        raise WrongUsage(f"--role {role}", f"also needs {', '.join(missing)}")
    strange = [
        option
        for option, there in given.items()
        if there and option not in (*NEEDS[role], *MAY.get(role, ()))
    ]
    if strange:
        raise WrongUsage(f"--role {role}", f"does not go with {', '.join(strange)}")


def _made(conn: Connection, person_id: int, role: Role, bot_name: str, now: datetime) -> Invitation:
    from bot.cli.invitation import invite as make

    return make(conn, person_id, role.value, bot_name, now)


def _youth(
    conn: Connection,
    config: Config,
    group: str,
    professional: str,
    name: str,
    born: str,
    causes: tuple[str, ...],
    practice: bool,
    phase: Beginning,
    now: datetime,
) -> tuple[int, list[str]]:
    """A new youngster with both professionals: person id, and what deserves attention."""
    from bot.age import age_on, valid_month
    from bot.config import is_real_telegram
    from bot.programme import capacity
    from bot.storage import admissions, people

    today = now.astimezone(config.programme.zone).date()
    if not valid_month(born, today):
        raise WrongUsage("--born", "should be a month of birth as in 2009-04")
    name = name.strip()
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise WrongUsage("--name", f"should be 1 to {LONGEST_NAME} characters on one line")
    group_id, organisation_id = group_by_key(conn, group)
    main = staff_by_key(conn, Role.PROFESSIONAL, professional)
    leaders = people.staff_of_group(conn, group_id)
    if main.id not in {one.id for one in leaders}:
        known = ", ".join(sorted(str(one.key) for one in leaders))
        raise WrongUsage("--professional", f'"{professional}" does not lead {group}; use one of: {known}')
    backup = next((one for one in leaders if one.id != main.id), None)
    if backup is None:
        raise WrongUsage("--group", f"{group} has no second professional; 'companion seed' adds one")
    counts = not (practice or main.practice)
    if counts and capacity.takes_place(phase.value) and not admissions.has_room(conn, group_id):
        others = ", ".join(one.name for one in admissions.others_with_room(conn, group_id))
        hint = f", or invite into {others}" if others else ""
        raise WrongUsage(
            "--group", f"{group} is full; put {name} on the waiting list with --phase waiting{hint}"
        )
    if counts and capacity.takes_place(phase.value):
        _somebody_reads(conn, config, (main.id, backup.id), now)
    twice = _twice(conn, name, main, group_id, group)
    youth_id = people.add(
        conn,
        name,
        now,
        {
            "role": "youth",
            "organisation_id": organisation_id,
            "group_id": group_id,
            "practice": practice or main.practice,
            "born": born,
            "causes": ",".join(causes),
            "language": config.programme.language,
        },
    )
    people.assign(conn, youth_id, main.id, "main", now)
    people.assign(conn, youth_id, backup.id, "backup", now)
    admissions.enter(conn, youth_id, group_id, phase.value, None, today, now)
    warnings: list[str] = []
    minimum = config.telegram.minimum_age
    if age_on(born, today) < minimum:
        warnings.append(
            f"under {minimum}: the bot explains why it stops there, gives help and tells the professional"
        )
    if is_real_telegram(config) and not (practice or main.practice):
        warnings.append("on real Telegram only practice youngsters come in yet: use --practice for a tester")
    if main.state != "active":
        warnings.append(
            f"{professional} has not begun: nobody reads what {name} sends until {professional} does"
        )
    return youth_id, warnings + twice


def _somebody_reads(conn: Connection, config: Config, pair: tuple[int, int], now: datetime) -> None:
    """Refuse while both are away within two weeks and nobody stands in."""
    from bot.programme.cover import ASK_BEFORE, Stretch, runs, workdays
    from bot.storage import holidays

    zone = config.programme.zone
    today = now.astimezone(zone).date()
    working = workdays(Stretch(today, today + ASK_BEFORE), config.staff.working_hours, zone)
    ahead = {day: moment for day, moment in working.items() if moment > now}
    found = holidays.unread(conn, pair, ahead, now, accounts=False)
    if found:
        days = ", ".join(
            f"{run.first}" if run.first == run.last else f"{run.first} to {run.last}"
            for run in runs(found, list(ahead))
        )
        raise WrongUsage(
            "--professional",
            f"nobody reads on {days}; a coordinator chooses who does, or use --phase waiting",
        )


def _twice(conn: Connection, name: str, main: Person, group_id: int, group: str) -> list[str]:
    """A warning for everybody who was invited with this name before and did not open the link."""
    from bot.storage import people

    return [
        f"{name} of {main.key} in {group} was invited before and has not begun: this makes a second youngster; "
        f"if it is the same one, run 'companion person erase {one.id}' and give only the new link"
        for one in people.named(conn, name)
        if one.role == "youth"
        and one.state == "invited"
        and one.group_id == group_id
        and people.looked_after_by(conn, one.id).get("main") == main.id
    ]


def group_by_key(conn: Connection, key: str) -> tuple[int, int]:
    from sqlalchemy import select

    from bot.seed.problems import meant
    from bot.storage.schema_programme import meeting_group

    row = conn.execute(select(meeting_group).where(meeting_group.c.key == key)).one_or_none()
    if row is None:
        known = conn.execute(select(meeting_group.c.key).order_by(meeting_group.c.key)).scalars()
        raise WrongUsage("--group", f'"{key}" is not known; {meant(key, known)}')
    return row.id, row.organisation_id


def staff_by_key(conn: Connection, role: Role, key: str) -> Person:
    from sqlalchemy import select

    from bot.seed.problems import meant
    from bot.storage import people
    from bot.storage.schema_people import person

    found = people.by_key(conn, key)
    if found is None or found.role != role.value:
        query = select(person.c.key).where(person.c.role == role.value).order_by(person.c.key)
        hint = meant(key, (str(one) for one in conn.execute(query).scalars()))
        raise WrongUsage(f"--{role}", f'"{key}" is not known; {hint}')
    return found


def _staff(conn: Connection, role: Role, key: str, *, again: bool) -> Person:
    """*again*: a link to another account; the present one works until the new one is opened."""
    from bot.storage import people

    found = staff_by_key(conn, role, key)
    if people.account_of(conn, found.id) is not None and not again:
        raise AlreadyBegun(key)
    return found


def _admin(conn: Connection, config: Config, now: datetime) -> int:
    """The admin who never began, or else a new one."""
    from bot.cli.init import FIRST_ADMIN
    from bot.cli.invitation import waiting_admin
    from bot.storage import people

    found = waiting_admin(conn)
    if found is not None:
        return found
    return people.add(conn, FIRST_ADMIN, now, {"role": "admin", "language": config.programme.language})
