"""`companion person`: the rights of a person, for the data protection officer at the shell; and a forgotten code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage, settings
from bot.cli.output import tell
from bot.errors import CompanionError, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.config import Config
    from bot.conversation.turn import Turn
    from bot.storage.people import Person
    from bot.storage.proofs import Proof

Number = Annotated[int | None, typer.Argument(metavar="[ID]", help="The number of the person.")]
Name = Annotated[str, typer.Option("--name", help="Their first name, instead of the number.")]


class NobodyFound(CompanionError):
    """Nobody has this number or name; *known* are the numbers of several who have the name."""

    exit_code = 2

    def __init__(self, known: tuple[int, ...]) -> None:
        super().__init__(known)
        self.known = known

    def __str__(self) -> str:
        if not self.known:
            return "Nobody here has that number or name."
        return f"Several people have that name: {', '.join(map(str, self.known))}. Give the number."


class ErasureWaits(CompanionError):
    """Something keeps the person from being erased now; *why* says what to do first."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"Nothing was erased: {self.why}."


class NoCode(CompanionError):
    """*person* has no code to forget: a youngster, or staff who did not choose one."""

    def __init__(self, person: int) -> None:
        super().__init__(person)
        self.person = person

    def __str__(self) -> str:
        return f"Person {self.person} has no code: only staff who have begun choose one."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(
        help="What is kept about one person, erasing it, and a forgotten code.", rich_markup_mode=None
    )
    family.command()(export)
    family.command()(erase)
    family.command("reset-code")(reset_code)
    app.add_typer(family, name="person")


def export(
    number: Number = None,
    name: Name = "",
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where the two files go.")] = Path(),
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Everything kept about a person, as a text to read and as JSON."""
    from bot.cli.server import wall_clock
    from bot.conversation import export as exporting
    from bot.installation import open_installation
    from bot.storage.database import transaction

    chosen = settings(config)
    if not to.is_dir():
        raise WrongUsage("--to", f"the folder {to} does not exist")
    with open_installation(chosen) as opened, transaction(opened.engine) as conn:
        turn = _turn(chosen, conn, wall_clock())
        person = _found(conn, number, name)
        _allowed(turn, "export_person", person)
        documents = exporting.documents(turn, person)
    files = []
    for document in documents:
        file = to / f"{person.id}-{document.name}"
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as out:
            out.write(document.content)
        files.append(str(file))
    lines = [
        *files,
        "Readable for you only. Hand them over in person or encrypted, and remove them here afterwards.",
    ]
    tell(lines, {"person": person.id, "files": files}, as_json=as_json)
    return 0


def erase(
    number: Number = None,
    name: Name = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; it cannot be undone.")] = False,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Erase a person now, here and in the ledger, and print the proof."""
    from bot.cli.server import wall_clock
    from bot.conversation import rights
    from bot.installation import open_installation
    from bot.storage import erasures, marks
    from bot.storage.database import transaction

    chosen = settings(config)
    with open_installation(chosen) as opened:
        with transaction(opened.engine, read_only=True) as conn:
            person = _found(conn, number, name)
        if not yes:
            typer.confirm(f"Erase person {person.id} ({person.role}) for good?", abort=True, err=True)
        with transaction(opened.engine) as conn:
            now = wall_clock()
            turn = _turn(chosen, conn, now)
            person = _found(conn, person.id, "")
            if erasures.waits_for_alert(conn, person.id):
                raise ErasureWaits("an alert about this person is not handled yet")
            if person.role != "youth" and (count := erasures.looks_after(conn, person.id)):
                raise ErasureWaits(f"{count} youngsters would be without a reader; hand them over first")
            if person.role != "youth" and erasures.words_in_chat(conn, person.id):
                raise ErasureWaits("words of youngsters still stand in their chat; try again in a day")
            _allowed(turn, "erase_person", person)
            pending = erasures.pending(conn, person.id)
            wish = pending.id if pending else erasures.ask(conn, person.id, "operator", now, now)
            proof = rights.carry_out(turn, person, wish)
        marks.bring_up_to_date(opened.engine, turn.world.settings.ledger)
    tell(_lines(proof), _as_json(proof), as_json=as_json)
    return int(bool(proof.left))


def reset_code(
    number: Number = None,
    name: Name = "",
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Take the code of staff away: they choose another one at their next tap, and hear of it."""
    from bot.cli.server import ask
    from bot.conversation import access, starting
    from bot.installation import open_installation
    from bot.storage.access import forget_code
    from bot.storage.database import transaction

    chosen = settings(config)
    with open_installation(chosen) as opened:
        now = ask(chosen).now
        with transaction(opened.engine) as conn:
            turn = _turn(chosen, conn, now)
            person = _found(conn, number, name)
            if not forget_code(conn, person.id):
                raise NoCode(person.id)
            _allowed(turn, "reset_code", person)
            access.code_was_reset(turn, person)
            starting.begin_all(turn)
    lines = [
        f"The code of person {person.id} ({person.role}) is gone: at the next tap they choose another one.",
        "They and the coordinators hear of it in working hours. First make sure that it is really them who asks.",
    ]
    tell(lines, {"person": person.id, "role": person.role}, as_json=as_json)
    return 0


def _lines(proof: Proof) -> list[str]:
    erased = [f"  {count:>5}  {table}" for table, count in sorted(proof.erased.items())]
    left = [f"  {count:>5}  {place}" for place, count in sorted(proof.left.items())]
    return [
        f"Person {proof.person} was erased on {proof.on}. Rows that went or were emptied:",
        *erased,
        f"Searched afterwards: {len(proof.searched)} places; "
        + ("these still hold something:" if left else "nothing is left."),
        *left,
        f"The first name still stands in {proof.named} other texts (perhaps somebody else's).",
        "Copies: erased again when one is put back; all are gone after 30 days.",
        f"Proof: {proof.digest}",
    ]


def _as_json(proof: Proof) -> dict[str, object]:
    return {
        "person": proof.person,
        "on": proof.on,
        "erased": dict(proof.erased),
        "searched": list(proof.searched),
        "left": dict(proof.left),
        "named_elsewhere": proof.named,
        "proof": proof.digest,
    }


def _turn(config: Config, conn: Connection, now: datetime) -> Turn:
    from bot import installation
    from bot.conversation.turn import Turn

    return Turn(conn, installation.world(config, installation.content_of(conn), ""), now)


def _found(conn: Connection, number: int | None, name: str) -> Person:
    from bot.storage import people

    if (number is None) == (not name):
        raise WrongUsage("ID", "give a number, or --name")
    if number is not None:
        person = people.find(conn, number)
        if person is None or person.state == "erased":
            raise NobodyFound(())
        return person
    known = people.named(conn, name)
    if len(known) != 1:
        raise NobodyFound(tuple(one.id for one in known))
    return known[0]


def _allowed(turn: Turn, action: str, person: Person) -> None:
    """Ask ``authorize`` as the operator and write it down: the youngster sees it in /wiekeek."""
    from typing import cast

    from bot.authorize import Action, authorize
    from bot.storage import audit
    from bot.storage.audit import Entry

    allowed = authorize("operator", cast(Action, action), "organisation")
    outcome = "allowed" if allowed else "refused"
    audit.add(turn.conn, Entry(None, "operator", action, "person", person.id, person.id, outcome), turn.now)
    if not allowed:
        raise Refused("operator", action, "person")
