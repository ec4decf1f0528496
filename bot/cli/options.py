"""The options that every command has, and the settings they lead to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import CompanionError

if TYPE_CHECKING:
    from bot.config import Config

DEFAULT = Path("config.toml")
ConfigPath = Annotated[Path, typer.Option("--config", metavar="PATH", help="The configuration file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


class WrongUsage(CompanionError):
    """What was typed cannot be meant: *option* names the place, *problem* how to mend it."""

    exit_code = 2

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(option, problem)
        self.option, self.problem = option, problem

    def __str__(self) -> str:
        return f"{self.option}: {self.problem}"


def private_folder(folder: Path) -> None:
    """Make *folder* for its owner only, unless it is there: then somebody else decided who may look in."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def settings(path: Path, *, needs_token: bool = False) -> Config:
    """The settings of the file at *path* and of the environment; ``ConfigError`` names section and key."""
    from bot.config import load_config

    return load_config(path, os.environ, needs_token=needs_token)
