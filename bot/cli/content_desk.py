"""What the commands about texts share: the installation with its content, which file is meant, and who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.content_language import Language
from bot.cli.options import WrongUsage, settings
from bot.errors import CompanionError

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Engine

    from bot.config import Config
    from bot.content.kinds import At
    from bot.content.pages import Actor, Pages
    from bot.content.problem import Problem
    from bot.conversation.shelf import Shelf
    from bot.conversation.turn import Turn

Key = Annotated[str, typer.Argument(metavar="KEY", help="The name of the file; kind/name when two have it.")]
By = Annotated[
    str, typer.Option("--by", metavar="PERSON", help="Who does this: a key of the seed file or a number.")
]
Because = Annotated[str, typer.Option("--because", metavar="WHY", help="Why; kept in the log.")]


Lang = Annotated[Language, typer.Option("--lang", help="The language of problems and differences.")]


class ContentStopped(CompanionError):
    """Nothing was changed; *why* says what stands in the way, as a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


@dataclass(frozen=True, slots=True)
class Desk:
    """An opened installation with its texts. *now* follows the clock of a sandbox."""

    config: Config
    engine: Engine
    shelf: Shelf
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(self.config.programme.zone).date()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        from bot.storage.database import transaction

        with transaction(self.engine, read_only=True) as conn:
            self.shelf.refresh(conn)
            yield conn

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction. Before the bot ever ran, the texts of this program are noted first."""
        from bot.storage import publications
        from bot.storage.database import transaction

        with transaction(self.engine) as conn:
            if not publications.shipped(conn):
                self.shelf.publish(conn, self.now)
            self.shelf.refresh(conn)
            yield conn

    def turn(self, conn: Connection) -> Turn:
        from bot import installation
        from bot.conversation.turn import Turn

        return Turn(conn, installation.world(self.config, self.shelf, ""), self.now)


@contextmanager
def desk(path: Path) -> Iterator[Desk]:
    """Open what the configuration at *path* names."""
    from bot.cli.server import ask
    from bot.installation import content, open_installation

    chosen = settings(path)
    with open_installation(chosen) as opened:
        yield Desk(chosen, opened.engine, content(), ask(chosen).now)


def meant(desk: Desk, conn: Connection, name: str) -> At:
    """The file that *name* stands for: ``groet`` or ``challenge/groet``."""
    from bot.content.form import nearest
    from bot.storage import drafts

    known = set(desk.shelf.files()) | {(one.kind, one.key) for one in drafts.every(conn)}
    kind, _, key = name.rpartition("/")
    found = sorted(at for at in known if at[1] == key and kind in ("", at[0]))
    if len(found) > 1:
        raise WrongUsage("KEY", f"say which one: {', '.join('/'.join(at) for at in found)}")
    if not found:
        near = nearest(key, {at[1] for at in known})
        raise WrongUsage("KEY", f"there is no text {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    return found[0]  # type: ignore[return-value]  # a draft of a kind that this version lacks is never saved


def actor(conn: Connection, by: str) -> Actor:
    """Who acts: somebody by key or number, else the shell."""
    from bot.content.pages import SHELL, Actor
    from bot.storage import people

    if not by:
        return SHELL
    one = people.by_key(conn, by) or (people.find(conn, int(by)) if by.isdecimal() else None)
    if one is None or one.state == "erased":
        raise WrongUsage("--by", "nobody has that key or number")
    return Actor(one.id, one.role)


def current(conn: Connection, at: At) -> Pages | None:
    """What people get of a file now."""
    from bot.content.pages import pages_of
    from bot.storage import publications

    name = publications.current(conn, *at)
    return pages_of(conn, name) if name else None


def told(problems: tuple[Problem, ...], lang: str) -> list[str]:
    """The problems as lines."""
    return [one.rendered("nl" if lang == "nl" else "en") for one in problems]


def changes(before: Pages | None, after: Pages, lang: str) -> list[str]:
    """What changed, in words."""
    from bot.content.difference import between
    from bot.content.pages import Pages

    old = before or Pages(after.kind, after.key, b"")
    return [one.words("nl" if lang == "nl" else "en") for one in between(old, after)]


def shipped(at_desk: Desk, at: At) -> Pages | None:
    """The files of this program; none when it has no such text."""
    from bot.content.pages import Pages

    texts = {one.language: one.content for one in at_desk.shelf.shipped(*at)}
    return Pages(*at, texts["nl"], texts.get("en", b"")) if "nl" in texts else None
