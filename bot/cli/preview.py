"""`companion content preview`: walk a challenge as a made-up youngster, or play weeks of it in a minute."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.content_language import Language
from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage
from bot.cli.output import tell

if TYPE_CHECKING:
    from bot.content.pages import Pages
    from bot.rehearsal.personas import Persona

DEFAULT_PERSONA = "sam"
MOST_WEEKS = 52
OneFile = Annotated[Path | None, typer.Option(metavar="FILE", help="A file to take the text from.")]


class CharacterName(StrEnum):
    """How a persona is."""

    ORDINARY = "ordinary"
    SHY = "shy"
    SILENT = "silent"
    GOES_WRONG = "goes_wrong"


def register(family: typer.Typer) -> None:
    """Add the commands of this file."""
    family.command()(preview)


def preview(
    key: Annotated[
        str, typer.Argument(metavar="[KEY]", help="A challenge or a dialog; else a challenge that suits.")
    ] = "",
    persona: Annotated[
        str, typer.Option(metavar="NAME", help="Who; 'list' shows everybody.")
    ] = DEFAULT_PERSONA,
    character: Annotated[CharacterName | None, typer.Option(help="Another character than their own.")] = None,
    play: Annotated[
        bool, typer.Option("--play", help="Play it here and print the calendar; no page.")
    ] = False,
    weeks: Annotated[int, typer.Option(min=1, max=MOST_WEEKS, help="How long to play.")] = 6,
    seed: Annotated[int, typer.Option(help="Another number plays other answers.")] = 1,
    lang: Annotated[Language, typer.Option(help="The language of the youngster.")] = Language.NL,
    draft: Annotated[bool, typer.Option("--draft", help="Take the draft that was saved last.")] = False,
    nl: OneFile = None,
    en: OneFile = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Of the page; 0: any free one.")] = None,
    folder: Annotated[Path, typer.Option(help="Where the page keeps its files.")] = Path("var/preview"),
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    config: ConfigPath = DEFAULT,
    as_json: AsJson = False,
) -> int:
    """Try a text as a made-up youngster: on the phone page, or with --play six weeks in a minute."""
    from bot.rehearsal.personas import personas

    if persona == "list":
        lines = [f"{one.key:6} {one.about[lang.value]}" for one in personas().values()]
        data = [{"key": one.key, "age": one.age, "causes": one.causes, "character": one.character}
                for one in personas().values()]  # fmt: skip
        tell(lines, {"personas": data}, as_json=as_json)
        return 0
    if persona not in personas():
        raise WrongUsage("--persona", f"there is no {persona!r}; there are {', '.join(personas())}")
    who = personas()[persona]
    if character is not None:
        who = replace(who, character=character.value, words=_words(character.value))
    texts = _texts(config, key, draft, nl, en)
    challenge = _challenge(key, texts)
    if play:
        return _play(who, challenge, texts, weeks, lang.value, seed, as_json)
    from bot.cli.preview_page import show

    show(who, challenge, texts, lang.value, port, folder, browser=browser, as_json=as_json)
    return 0


def _play(
    who: Persona, challenge: str, texts: list[Pages], weeks: int, lang: str, seed: int, as_json: bool
) -> int:
    from bot import installation
    from bot.rehearsal.weeks import play

    diary = play(installation.content(), who, challenge, weeks=weeks, language=lang, seed=seed, texts=texts)
    tell(diary.lines(), diary.as_json(), as_json=as_json)
    return 1 if diary.failed else 0


def _words(character: str) -> dict[str, tuple[str, ...]]:
    from bot.rehearsal.personas import personas

    return dict(next(one.words for one in personas().values() if one.character == character))


def _texts(config: Path, key: str, draft: bool, nl: Path | None, en: Path | None) -> list[Pages]:
    """The texts that are tried instead of those of the program: files, or what the installation has."""
    if draft and (nl or en):
        raise WrongUsage("--draft", "and --nl or --en exclude each other")
    if draft and not key:
        raise WrongUsage("KEY", "say whose draft")
    if nl or en:
        return [_from_files(key, nl, en)]
    return _from_desk(config, key, draft) if draft or config.is_file() else []


def _from_files(key: str, nl: Path | None, en: Path | None) -> Pages:
    from bot import installation
    from bot.content.kinds import named_in
    from bot.content.pages import Pages, examined

    try:
        contents = {name: path.read_bytes() for name, path in (("nl", nl), ("en", en)) if path is not None}
    except OSError as error:
        raise WrongUsage("--nl", f"cannot be read: {error.strerror}") from None
    named = [found for found in map(named_in, contents.values()) if found is not None]
    if not named or (key and named[0][1] != key.rpartition("/")[2]):
        raise WrongUsage(
            "--nl", "does not say that it is this text; its first line names it, as in 'challenge: groet'"
        )
    shelf = installation.content()
    own = {one.language: one.content for one in shelf.shipped(*named[0])}
    pages = Pages(
        *named[0], contents.get("nl") or own.get("nl", b""), contents.get("en") or own.get("en", b"")
    )
    if not pages.en:
        # The Dutch stands in for a translation that is not there yet.
        pages = replace(pages, en=pages.nl)
    errors = examined(pages, shelf.beside(*named[0])).errors
    if errors:
        raise WrongUsage("--nl", "it has mistakes:\n" + "\n".join(one.rendered("en") for one in errors))
    return pages


def _from_desk(config: Path, key: str, draft: bool) -> list[Pages]:
    from bot.cli.content_desk import ContentStopped, desk, meant
    from bot.content.pages import drafted, pages_of
    from bot.storage import drafts, publications

    with desk(config) as at_desk, at_desk.reading() as conn:
        texts = {
            at: pages_of(conn, name)
            for at, name in publications.local(conn).items()
            if at not in at_desk.shelf.outdated
        }
        if draft:
            at = meant(at_desk, conn, key)
            saved = drafts.of_key(conn, *at)
            if not saved:
                raise ContentStopped(f"There is no draft of {at[0]}/{at[1]}.")
            texts[at] = drafted(saved[0])
        return list(texts.values())


def _challenge(key: str, texts: list[Pages]) -> str:
    """The challenge that *key* names; empty for a dialog, which is met on the way."""
    from bot import installation

    kind, _, name = key.rpartition("/")
    shelf = installation.content()
    challenges = {one.key for one in texts if one.kind == "challenge"}
    if name in challenges or (kind != "dialog" and shelf.has_challenge(name)):
        return name
    if name and not shelf.has_dialog(name):
        raise WrongUsage("KEY", f"there is no text {name!r}")
    return ""
