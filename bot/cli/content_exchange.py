"""`companion content export, import`: texts for another organisation, and from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.content_desk import (
    Because,
    By,
    ContentStopped,
    Desk,
    Lang,
    actor,
    changes,
    current,
    desk,
    meant,
    told,
)
from bot.cli.content_language import Language
from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage
from bot.cli.output import tell

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.content.archive import Archive
    from bot.content.pages import Examined, Pages

WHY_NOT = {
    "too_large": "is larger than any text of ours, packed or unpacked",
    "no_zip": "is no zip, or a damaged one",
    "too_many": "holds too many files",
    "encrypted": "is encrypted",
    "strange_name": "lies where no text of ours lies",
    "twice": "stands in it twice",
    "not_shared": "is decided by each organisation itself",
    "no_manifest": "has no manifest.json",
    "wrong_manifest": "cannot be read",
    "other_format": "was made by another version of this program",
    "no_licence": "names no licence or no origin",
    "hash_differs": "is not the file that was packed",
    "no_dutch": "is missing: a translation alone is no text",
}
SECONDS_EACH = 1.5


def register(family: typer.Typer) -> None:
    """Add the commands of this file."""
    family.command()(export)
    family.command(name="import")(import_)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the archive goes; never overwritten.")],
    keys: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY]...", help="Which texts; all challenges when left out."),
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="What others may do with it.")] = "",
    origin: Annotated[str, typer.Option("--origin", help="Who made it.")] = "",
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Pack current texts into one file that another organisation can import."""
    from bot.content.archive import MOST_WORDS, Archive, pack
    from bot.content.kinds import KINDS
    from bot.storage import withdrawals

    for name, said in (("--licence", licence), ("--origin", origin)):
        if not said.strip() or len(said) > MOST_WORDS or not said.isprintable():
            raise WrongUsage(name, f"is needed, in one line of at most {MOST_WORDS} characters")
    with desk(config) as at_desk, at_desk.reading() as conn:
        chosen = [meant(at_desk, conn, key) for key in keys or ()]
        for at in chosen:
            if not KINDS[at[0]].shared or _is_care(*at):
                raise WrongUsage("KEY", f"{'/'.join(at)} is decided by each organisation itself")
        wanted = chosen or [at for at in sorted(at_desk.shelf.files()) if at[0] == "challenge"]
        pages = [one for one in (current(conn, at) for at in wanted) if one is not None]
        pages = [one for one in pages if not withdrawals.whole(conn, one.revision)]
    if not pages:
        raise ContentStopped("There is nothing to pack: nothing was published yet, or it is withdrawn.")
    content = pack(Archive(licence.strip(), origin.strip(), tuple(pages)))
    try:
        with file.open("xb") as out:
            out.write(content)
    except FileExistsError:
        raise WrongUsage("FILE", f"{file} exists already") from None
    lines = [
        f"{file}: {len(pages)} texts, {licence.strip()}. Approvals do not travel: each organisation approves itself."
    ]
    tell(lines, {"file": str(file), "texts": [f"{one.kind}/{one.key}" for one in pages]}, as_json=as_json)
    return 0


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An archive that 'content export' made.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Publish what differs; otherwise it is only shown.")
    ] = False,
    because: Because = "",
    by: By = "",
    lang: Lang = Language.NL,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Check an archive from elsewhere and show what differs; with --yes publish it, all or nothing."""
    archive = _unpacked(file)
    with desk(config) as at_desk:
        with at_desk.writing() as conn:
            before = {(one.kind, one.key): current(conn, (one.kind, one.key)) for one in archive.pages}
        found = _examined(at_desk, archive)
        errors = [one for one in found if one.errors]
        results = [_result(one, before[one.pages.kind, one.pages.key], lang.value) for one in found]
        if yes and not errors:
            with at_desk.writing() as conn:
                _publish(at_desk, conn, archive, found, results, because, by)
    lines = [f"From: {archive.origin}", f"Licence: {archive.licence}"]
    for one, result in zip(found, results, strict=True):
        lines.append(f"{result['kind']}/{result['key']}: {result['state']}")
        lines += [f"  {said}" for said in (*told(one.problems, lang.value), *result["changes"])]
    if errors:
        lines.append("Nothing was imported: it has mistakes.")
    elif not yes:
        lines.append("Nothing was changed. --yes publishes what is new or differs.")
    data = {
        "origin": archive.origin,
        "licence": archive.licence,
        "texts": results,
        "imported": yes and not errors,
    }
    tell(lines, data, as_json=as_json)
    return int(bool(errors))


def _unpacked(file: Path) -> Archive:
    from bot.content.archive import MOST_PACKED, BadArchive, unpack
    from bot.content.kinds import file_of

    with file.open("rb") as opened:
        content = opened.read(MOST_PACKED + 1)
    try:
        archive = unpack(content)
    except BadArchive as bad:
        raise ContentStopped(f"Refused: {bad.file or file} {WHY_NOT[bad.reason]}.") from None
    for one in archive.pages:
        if _is_care(one.kind, one.key):
            raise ContentStopped(f"Refused: {file_of(one.kind, one.key, 'nl')} {WHY_NOT['not_shared']}.")
    return archive


def _is_care(kind: str, key: str) -> bool:
    """Care, consent, privacy and help are never taken over from elsewhere."""
    from bot.conversation.passing import UNPINNED

    return kind == "dialog" and key in UNPINNED


def _examined(at_desk: Desk, archive: Archive) -> list[Examined]:
    """Everything together, so that texts of the archive may call each other."""
    from bot.content.child import Beside, Limits, examine_one
    from bot.content.kinds import sources_of
    from bot.content.pages import Examined

    shelf = at_desk.shelf
    sources = [source for one in archive.pages for source in sources_of(one.kind, one.key, one.nl, one.en)]
    shipped = [source for one in archive.pages for source in shelf.shipped(one.kind, one.key)]
    limits = Limits(total=SECONDS_EACH * len(archive.pages))
    problems = examine_one(sources, Beside(shelf.audiences(), shipped), at_desk.today, limits)
    found = []
    for one in archive.pages:
        files = {source.file for source in sources_of(one.kind, one.key, one.nl, one.en)}
        # A problem of no file (the checker was stopped) counts for each.
        own = tuple(problem for problem in problems if problem.file in files or not problem.file)
        found.append(Examined(one, own))
    return found


def _result(one: Examined, before: Pages | None, lang: str) -> dict[str, Any]:
    state = "new" if before is None else "same" if before.revision == one.pages.revision else "differs"
    if one.errors:
        state = "refused"
    return {
        "kind": one.pages.kind,
        "key": one.pages.key,
        "state": state,
        "changes": changes(before, one.pages, lang) if state in ("new", "differs") else [],
        "problems": [problem.as_json("nl" if lang == "nl" else "en") for problem in one.problems],
    }


def _publish(
    at_desk: Desk,
    conn: Connection,
    archive: Archive,
    found: list[Examined],
    results: list[dict[str, Any]],
    because: str,
    by: str,
) -> None:
    from bot.content.publishing import publish
    from bot.storage import publications

    who, second = actor(conn, by), at_desk.config.content.second_approver
    origin = f"import: {archive.origin} ({archive.licence})"
    for one, result in zip(found, results, strict=True):
        if result["state"] == "same":
            continue
        if one.warnings and not because.strip():
            raise ContentStopped(
                f"Nothing was imported: {result['kind']}/{result['key']} has warnings; say why with --because."
            )
        why = f"{because.strip()}; {origin}" if because.strip() else origin
        base = publications.current(conn, one.pages.kind, one.pages.key)
        done = publish(conn, one, base, who, at_desk.now, because=why, second=second)
        if done.state not in ("published", "proposed"):
            raise ContentStopped(
                f"Nothing was imported: {result['kind']}/{result['key']} was refused ({done.state})."
            )
        result["state"] = done.state
