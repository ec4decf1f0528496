"""`companion content withdraw, approve, owner`: what is withdrawn, who approved, whose a file is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from bot.cli.content_desk import Because, By, ContentStopped, Key, actor, desk, meant
from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage
from bot.cli.output import tell

WHY_NOT = {
    "text": "There is nothing published under that name that could be withdrawn; roll it back instead.",
    "step": "No text of this challenge has that step",
    "standing": "That is not withdrawn.",
    "dialog_step": "Of a dialog no single step can be withdrawn: publish a mended text, or withdraw the whole.",
    "no_other": "This is the only text there is of this dialog. Publish a mended one: everybody who begins gets it.",
}
Undo = Annotated[bool, typer.Option("--undo", help="Take it back.")]


def register(family: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (withdraw, approve, owner):
        family.command()(command)


def withdraw(
    key: Key,
    step: Annotated[str, typer.Option("--step", metavar="STEP", help="Only this step of a challenge.")] = "",
    because: Because = "",
    revision: Annotated[
        str, typer.Option("--revision", metavar="HASH", help="Only this text; all of them when left out.")
    ] = "",
    undo: Undo = False,
    by: By = "",
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Take a challenge, a step or a dialog away at once, also from youngsters who are on it."""
    from bot.conversation import withdrawn

    if not undo and not because.strip():
        raise WrongUsage("--because", "is needed: why it is withdrawn")
    with desk(config) as at_desk, at_desk.writing() as conn:
        at = meant(at_desk, conn, key)
        turn, who = at_desk.turn(conn), actor(conn, by)
        try:
            if undo:
                done = withdrawn.lift(turn, who, *at, step or None)
            else:
                done = withdrawn.withdraw(turn, who, *at, step or None, because.strip(), revision)
        except withdrawn.NothingToWithdraw as nothing:
            known = f": {', '.join(nothing.known)}." if nothing.known else ""
            raise ContentStopped(WHY_NOT[nothing.why] + known) from None
        from bot.conversation import starting

        starting.begin_all(turn)
    count = len(done.revisions)
    lines = (
        [f"Offered again, in {count} texts. {done.told} youngsters were not told yet and notice nothing."]
        if undo
        else [f"Withdrawn in {count} texts. {done.told} youngsters hear of it, outside quiet hours."]
    )
    data = {"withdrawn": not undo, "revisions": list(done.revisions), "told": done.told}
    tell(lines, data, as_json=as_json)
    return 0


def approve(
    key: Key,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Who approved: name and function.")
    ] = "",
    on: Annotated[str, typer.Option("--date", metavar="DAY", help="When, as in 2026-11-20.")] = "",
    undo: Undo = False,
    by: By = "",
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Record that an admin approved the current text of somebody else: only then real youngsters are given it."""
    from bot.content import approving
    from bot.storage import publications

    with desk(config) as at_desk, at_desk.writing() as conn:
        at = meant(at_desk, conn, key)
        revision = publications.current(conn, *at)
        if revision is None:
            raise ContentStopped(f"{at[0]}/{at[1]} was never published.")
        who = actor(conn, by)
        if undo:
            undone = approving.undo(conn, at, who, at_desk.now)
            lines = ["The approval counts no more." if undone else "The current text was not approved."]
            tell(lines, {"approved": False, "revision": revision, "undone": undone}, as_json=as_json)
            return int(undone == 0)
        day = _day(on, at_desk.today)
        if not approving.is_name(name):
            raise WrongUsage("--name", "is needed: who approved, with name and function")
        if who.id is None:
            raise WrongUsage(
                "--by", "is needed: the admin who approves, by key or number ('companion invite' made it)"
            )
        said = approving.approve(conn, at, revision, name.strip(), day, who, at_desk.now)
        if said == "own":
            raise ContentStopped("Refused: this admin published that text. Somebody else approves it: --by.")
        if said == "already":
            raise ContentStopped("This text is approved already; take that back first: --undo.")
    lines = [
        f"Approved on {day}: {at[0]}/{at[1]}, the text with hash {revision[:12]}.",
        "A text that changes asks for an approval of its own.",
    ]
    tell(lines, {"approved": True, "revision": revision, "on": day.isoformat()}, as_json=as_json)
    return 0


def owner(
    key: Key,
    person: Annotated[str, typer.Argument(metavar="[PERSON]", help="The new owner: key or number.")] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody owns it any more.")] = False,
    by: By = "",
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Show who owns a file, or hand it over: with an owner nobody else publishes it alone."""
    from bot.content.pages import may_alone
    from bot.storage import owners, people

    if person and nobody:
        raise WrongUsage("--nobody", "and a person exclude each other")
    with desk(config) as at_desk, at_desk.writing() as conn:
        at = meant(at_desk, conn, key)
        before = owners.of(conn, *at)
        if not person and not nobody:
            said = str(people.load(conn, before).name) if before else "nobody"
            tell([f"{at[0]}/{at[1]}: {said}"], {"owner": before}, as_json=as_json)
            return 0
        who = actor(conn, by)
        if not may_alone(before, who):
            raise ContentStopped("Only the owner or the shell hands a file over.")
        from bot.content.owning import give, release

        if nobody:
            release(conn, *at, who, at_desk.now)
            tell([f"{at[0]}/{at[1]}: nobody"], {"owner": None}, as_json=as_json)
            return 0
        new = actor(conn, person)
        if new.role != "admin" or new.id is None:
            raise WrongUsage("PERSON", "an owner is somebody with the role admin")
        give(conn, *at, new.id, who, at_desk.now)
    tell([f"{at[0]}/{at[1]}: {person}"], {"owner": new.id}, as_json=as_json)
    return 0


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage("--date", "is needed, as in 2026-11-20") from None
    if day > today:
        raise WrongUsage("--date", "lies in the future")
    return day
