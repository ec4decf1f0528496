"""`companion content publish, confirm, rollback, adopt, keep`: which text everybody gets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.content_desk import (
    Because,
    By,
    ContentStopped,
    Desk,
    Key,
    Lang,
    actor,
    changes,
    current,
    desk,
    meant,
    shipped,
    told,
)
from bot.cli.content_language import Language
from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage
from bot.cli.output import tell

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.content.kinds import At
    from bot.content.pages import Examined, Pages, Published

SAID = {
    "published": "Published: everybody who begins from now on gets it; whoever is on an earlier text keeps that one.",
    "proposed": "Proposed: somebody else has to confirm it ('companion content confirm').",
    "unchanged": "Nothing to publish: this is the current text.",
    "errors": "Refused: it has mistakes.",
    "reason": "Not yet: it has warnings. Mend them, or say why it may go out: --because.",
    "outdated": "Refused: somebody published another text meanwhile. See 'companion content diff', save yours anew.",
    "not_owner": "Refused: somebody else owns this file ('companion content owner').",
    "same_person": "Refused: whoever proposed it cannot confirm it. Ask a colleague, or name one with --by.",
    "nothing": "There is nothing to do this with.",
}
OneFile = Annotated[Path | None, typer.Option(metavar="FILE", help="A file to take the text from.")]


def register(family: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (publish, confirm, rollback, adopt, keep):
        family.command()(command)


def publish(
    key: Key,
    draft: Annotated[bool, typer.Option("--draft", help="Take the draft that was saved last.")] = False,
    nl: OneFile = None,
    en: OneFile = None,
    because: Because = "",
    by: By = "",
    lang: Lang = Language.NL,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Check a text and give it to everybody who begins from now on; by default the files of this program."""
    if draft and (nl or en):
        raise WrongUsage("--draft", "and --nl or --en exclude each other")
    with desk(config) as at_desk:
        with at_desk.writing() as conn:
            pages, base = _wanted(at_desk, conn, key, draft, nl, en)
            before = current(conn, (pages.kind, pages.key))
        one = _examined(at_desk, pages)
        with at_desk.writing() as conn:
            from bot.content.publishing import publish as published

            second = at_desk.config.content.second_approver
            done = published(conn, one, base, actor(conn, by), at_desk.now, because=because, second=second)
            lapsed = _lapsed(conn, before, done)
    return _tell(done, one, changes(before, pages, lang.value), lang.value, as_json, lapsed=lapsed)


def confirm(
    key: Key, by: By = "", lang: Lang = Language.NL, config: ConfigPath = DEFAULT, as_json: AsJson = False
) -> int:
    """Agree with a text that somebody else proposed."""
    from bot.content.pages import drafted
    from bot.content.publishing import confirm as confirmed
    from bot.storage import drafts

    with desk(config) as at_desk:
        with at_desk.writing() as conn:
            at = meant(at_desk, conn, key)
            waiting = [one for one in drafts.of_key(conn, *at) if one.proposed_at is not None]
            before = current(conn, at)
        if not waiting:
            raise ContentStopped(f"Nobody proposed a text for {at[0]}/{at[1]}.")
        one = _examined(at_desk, drafted(waiting[0]))
        with at_desk.writing() as conn:
            done = confirmed(conn, one, waiting[0], actor(conn, by), at_desk.now)
            lapsed = _lapsed(conn, before, done)
    return _tell(done, one, changes(before, one.pages, lang.value), lang.value, as_json, lapsed=lapsed)


def rollback(
    key: Key,
    to: Annotated[str, typer.Option("--to", metavar="HASH", help="Which text; 'log' shows them.")] = "",
    because: Because = "",
    by: By = "",
    lang: Lang = Language.NL,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Go back to an earlier text: the one before, or the one that --to names."""
    from bot.content.rollback import rollback as back

    with desk(config) as at_desk, at_desk.writing() as conn:
        at = meant(at_desk, conn, key)
        before = current(conn, at)
        done = back(conn, *at, actor(conn, by), at_desk.now, to=to, because=because)
        after = current(conn, at)
        lapsed = _lapsed(conn, before, done)
    changed = changes(before, after, lang.value) if after else []
    return _tell(done, None, changed, lang.value, as_json, lapsed=lapsed)


def adopt(
    key: Key, by: By = "", lang: Lang = Language.NL, config: ConfigPath = DEFAULT, as_json: AsJson = False
) -> int:
    """Follow the release again, in place of the text that was published here."""
    from bot.content.rollback import adopt as adopted

    with desk(config) as at_desk, at_desk.writing() as conn:
        at = meant(at_desk, conn, key)
        before = current(conn, at)
        done = adopted(conn, *at, actor(conn, by), at_desk.now)
        after = current(conn, at)
        lapsed = _lapsed(conn, before, done)
    changed = changes(before, after, lang.value) if after else []
    return _tell(done, None, changed, lang.value, as_json, lapsed=lapsed)


def keep(key: Key, by: By = "", config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Keep the text that was published here; what the release changed is not shown again."""
    from bot.content.rollback import keep as kept

    with desk(config) as at_desk, at_desk.writing() as conn:
        done = kept(conn, *meant(at_desk, conn, key), actor(conn, by), at_desk.now)
    lines = ["Ours stays." if done.state == "published" else SAID[done.state]]
    tell(lines, {"state": done.state, "revision": done.revision}, as_json=as_json)
    return int(done.state != "published")


def _wanted(
    at_desk: Desk, conn: Connection, key: str, draft: bool, nl: Path | None, en: Path | None
) -> tuple[Pages, str | None]:
    """The text to publish, and the revision it was edited from."""
    from bot.content.pages import Pages, drafted
    from bot.storage import drafts, publications

    at = _named(nl, key) or meant(at_desk, conn, key)
    base = publications.current(conn, *at)
    if draft:
        saved = drafts.of_key(conn, *at)
        if not saved:
            raise ContentStopped(f"There is no draft of {at[0]}/{at[1]}.")
        return drafted(saved[0]), saved[0].base
    if nl is None and en is None:
        theirs = shipped(at_desk, at)
        if theirs is None:
            raise WrongUsage("KEY", "this program has no such file; name one with --nl and --en")
        return theirs, base
    before = current(conn, at)
    return (
        Pages(
            *at,
            nl.read_bytes() if nl else (before.nl if before else b""),
            en.read_bytes() if en else (before.en if before else b""),
        ),
        base,
    )


def _named(nl: Path | None, key: str) -> At | None:
    """What a file says it is, when it is the one that *key* asks for: so something new can be published."""
    from bot.content.kinds import named_in

    at = named_in(nl.read_bytes()) if nl else None
    if at is None:
        return None
    if key.rpartition("/")[2] != at[1]:
        raise WrongUsage("--nl", f"this file is {at[0]}/{at[1]}, not {key}")
    return at


def _examined(at_desk: Desk, pages: Pages) -> Examined:
    """Checked between two transactions: nobody waits for it."""
    from bot.content.pages import examined

    with at_desk.reading() as conn:
        beside = at_desk.shelf.beside(pages.kind, pages.key, conn)
    return examined(pages, beside, at_desk.today)


def _lapsed(conn: Connection, before: Pages | None, done: Published) -> bool:
    """Whether an approved text gave way to one that nobody approved."""
    from bot.content import approving

    was = before.revision if before is not None else None
    return done.state == "published" and approving.lapses(conn, was, done.revision)


def _tell(
    done: Published,
    one: Examined | None,
    changed: list[str],
    lang: str,
    as_json: bool,
    *,
    lapsed: bool,
) -> int:
    lines = told(one.problems, lang) if one else []
    lines.append(SAID[done.state])
    if done.state in ("published", "proposed"):
        lines += [f"  {said}" for said in changed]
    if lapsed:
        lines.append(
            "The text before it was approved; this one is not. Real youngsters are given it after "
            "'companion content approve'."
        )
    lines += [f"Step {step} stays withdrawn: it did not change." for step in done.withdrawn if step]
    lines += [
        f"{'Step ' + step if step else 'The whole text'} was withdrawn; this text is offered."
        for step in done.offered
    ]
    data = {
        "state": done.state,
        "revision": done.revision,
        "changes": changed,
        "problems": [problem.as_json("nl" if lang == "nl" else "en") for problem in one.problems]
        if one
        else [],
        "withdrawn": list(done.withdrawn),
        "offered": list(done.offered),
        "approval_lapsed": lapsed,
    }
    tell(lines, data, as_json=as_json)
    return int(done.state not in ("published", "proposed", "unchanged"))
