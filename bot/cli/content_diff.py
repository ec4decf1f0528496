"""`companion content diff, log`: what differs from what people get, and every text a file ever had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.content_desk import Desk, Key, Lang, changes, current, desk, meant, shipped
from bot.cli.content_language import Language
from bot.cli.options import DEFAULT, AsJson, ConfigPath
from bot.cli.output import tell

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.content.kinds import At
    from bot.content.pages import Pages


def register(family: typer.Typer) -> None:
    """Add the commands of this file."""
    family.command()(diff)
    family.command()(log)


def diff(
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="One file; all when left out.")] = "",
    lang: Lang = Language.NL,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """What differs from what people get now, in words: drafts, files, and what a release changed."""
    with desk(config) as at_desk, at_desk.reading() as conn:
        found = _differences(at_desk, conn, meant(at_desk, conn, key) if key else None, lang.value)
    lines = []
    for one in found:
        lines += [f"{one['kind']}/{one['key']}: {one['about']}", *(f"  {said}" for said in one["changes"])]
    tell(lines or ["No differences."], {"differences": found}, as_json=as_json)
    return 0


def log(key: Key, config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Every text a file ever had here, who published it and why."""
    from bot.storage import approvals, publications, withdrawals

    with desk(config) as at_desk, at_desk.reading() as conn:
        at = meant(at_desk, conn, key)
        now_current, approved = publications.current(conn, *at), approvals.approved(conn)
        found = [
            {
                "at": line.at.isoformat(timespec="minutes"),
                "action": line.action,
                "revision": line.revision,
                "by": line.by_id,
                "second": line.second_id,
                "because": str(line.because),
                "current": line.revision == now_current,
                "approved": line.revision in approved,
                "withdrawn": withdrawals.whole(conn, line.revision),
                "withdrawn_steps": sorted(withdrawals.steps(conn, line.revision)),
            }
            for line in publications.history(conn, *at)
        ]
    lines = [_line(one) for one in found]
    tell(lines or ["Nothing was published yet."], {"log": found}, as_json=as_json)
    return 0


def _line(one: dict[str, Any]) -> str:
    marks = [name for name in ("current", "approved", "withdrawn") if one[name]]
    marks += [f"step {step} withdrawn" for step in one["withdrawn_steps"]]
    who = f" by {one['by']}" if one["by"] else ""
    who += f", confirmed by {one['second']}" if one["second"] else ""
    why = f" because: {one['because']}" if one["because"] else ""
    said = f" [{', '.join(marks)}]" if marks else ""
    return f"{one['at']}  {one['revision'][:12]}  {one['action']}{who}{why}{said}"


def _differences(at_desk: Desk, conn: Connection, only: At | None, lang: str) -> list[dict[str, Any]]:
    from bot.content.pages import drafted
    from bot.content.rollback import news
    from bot.storage import drafts

    found: list[dict[str, Any]] = []

    def add(about: str, before: Pages | None, after: Pages, **more: Any) -> None:
        said = changes(before, after, lang)
        if said:
            found.append({"kind": after.kind, "key": after.key, "about": about, "changes": said, **more})

    told_at = {(one.kind, one.key) for one in news(conn)}
    for at in sorted(at_desk.shelf.files()):
        theirs = shipped(at_desk, at)
        if only not in (None, at) or theirs is None:
            continue
        now_current = current(conn, at)
        if now_current is None or now_current.revision == theirs.revision:
            continue
        about = (
            "the release changed this, ours stays ('adopt' or 'keep')"
            if at in told_at
            else "the files of this program differ from what people get"
        )
        add(about, now_current, theirs, what="release" if at in told_at else "files")
    for one in drafts.every(conn):
        if only in (None, (one.kind, one.key)):
            about = f"draft {one.id}" + (" waits for a second person" if one.proposed_at else "")
            after = drafted(one)
            add(about, current(conn, (after.kind, after.key)), after, what="draft", draft=one.id)
    return found
