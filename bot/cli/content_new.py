"""`companion content new, stops`: a challenge from a few answers, and where people stop."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.content_desk import ContentStopped, Key, desk, meant
from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage
from bot.cli.output import tell

if TYPE_CHECKING:
    from bot.content.new import NewChallenge

QUIET = timedelta(days=14)
"""Who did nothing for two weeks stands still."""

HIDDEN = "fewer than 5, or hidden to protect another"


def register(family: typer.Typer) -> None:
    """Add the commands of this file."""
    family.command()(new)
    family.command()(stops)


def new(
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Where nl/ and en/ are; the catalog by default."),
    ] = None,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Ask a few questions and write a challenge in both languages, with examples to write over."""
    from bot.content.child import examine_one
    from bot.content.kinds import sources_of
    from bot.content.new import written
    from bot.installation import CATALOG, content

    pages = written(_asked())
    folder = to or CATALOG
    files = [folder / language / f"{pages.key}.yaml" for language in ("nl", "en")]
    for file in files:
        if file.exists():
            raise WrongUsage("--to", f"{file} exists already; choose another title")
    sources = sources_of(pages.kind, pages.key, pages.nl, pages.en)
    problems = examine_one(sources, content().beside(pages.kind, pages.key))
    if any(one.severity == "error" and one.kind != "to_fill_in" for one in problems):
        raise ContentStopped("Nothing was written: " + "; ".join(one.rendered("en") for one in problems))
    for file, text in zip(files, (pages.nl, pages.en), strict=True):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as out:
            out.write(text)
    lines = [
        *(one.rendered("en") for one in problems),
        *map(str, files),
        "Write over what is named above, read it once more, then 'companion content publish' with --nl and --en.",
    ]
    data = {
        "key": pages.key,
        "files": [str(file) for file in files],
        "problems": [one.as_json("en") for one in problems],
    }
    tell(lines, data, as_json=as_json)
    return 0


def stops(
    key: Key,
    days: Annotated[
        int, typer.Option(min=1, max=365, help="Who did nothing for so long stands still.")
    ] = QUIET.days,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Where people stop, per step of a challenge or screen of a dialog; small numbers are hidden."""
    from bot.content.stops import hidden
    from bot.storage import stops as counting

    with desk(config) as at_desk, at_desk.reading() as conn:
        kind, name = meant(at_desk, conn, key)
        if kind not in ("challenge", "dialog"):
            raise ContentStopped(f"{kind}/{name} has no steps.")
        since = at_desk.now - timedelta(days=days)
        count = counting.of_challenge if kind == "challenge" else counting.of_dialog
        reached = count(conn, name, since)
        if kind == "challenge":
            steps = [step.key for step in at_desk.shelf.challenge(name, "nl").steps]
        else:
            steps = list(at_desk.shelf.script(name, "nl").steps)
    others = sorted(step for step in reached.stopped if step and step not in steps)
    stopped = {step: reached.stopped.get(step, 0) for step in ("", *steps, *others)}
    going = reached.began - reached.ended - sum(stopped.values())
    counts = hidden(
        {"ended": reached.ended, "going on": going, **{f"at {step}": n for step, n in stopped.items()}}
    )
    names = {"at ": "before the first step"}
    lines = [f"{kind}/{name}: began {_number(counts.total)}"]
    lines += [f"  {names.get(place, place)}: {_number(n)}" for place, n in counts.each.items()]
    lines.append(f"At a step: nothing for {days} days. Each youngster counts once, practice never.")
    data = {
        "began": counts.total,
        "ended": counts.each["ended"],
        "going_on": counts.each["going on"],
        "stopped": {
            place.removeprefix("at "): n for place, n in counts.each.items() if place.startswith("at ")
        },
    }
    tell(lines, data, as_json=as_json)
    return 0


def _number(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _asked() -> NewChallenge:
    """The few things that nobody can guess; what is not asked is an example to write over."""
    from bot.content.new import FEWEST, MOST, NewChallenge, NewStep, Said, untranslated
    from challenge_catalog.model import CAUSES

    title = untranslated(_said("Title (Dutch)"))
    causes = _chosen("Cause", CAUSES)
    bands = _chosen("For whom", ("under18", "18plus"))
    count: int = typer.prompt(f"How many steps ({FEWEST} to {MOST})", default=FEWEST, type=int, err=True)
    if not FEWEST <= count <= MOST:
        raise WrongUsage("steps", f"a challenge has {FEWEST} to {MOST} steps")
    done = [_said(f"Step {number}: what to do, in one line (Dutch)") for number in range(1, count + 1)]
    steps = tuple(NewStep(Said(""), untranslated(do), ()) for do in done)
    origin = _said("Who wrote it: organisation or author")
    # The words are checked against the form afterwards; their types are those of the lists above.
    return NewChallenge(title, Said(""), causes, bands, steps, origin)  # type: ignore[arg-type]


def _said(question: str) -> str:
    answer: str = typer.prompt(question, err=True)
    return answer


def _chosen(question: str, known: tuple[str, ...]) -> tuple[str, ...]:
    answer: str = typer.prompt(f"{question}: {', '.join(known)} (several with a comma)", err=True)
    found = tuple(dict.fromkeys(part.strip() for part in answer.split(",") if part.strip()))
    if not found or set(found) - set(known):
        raise WrongUsage(question.lower(), f"should be one or more of: {', '.join(known)}")
    return found
