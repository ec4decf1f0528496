"""The options that every command has, and the settings they lead to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.config import Config

DEFAULT = Path("config.toml")
ConfigPath = Annotated[Path, typer.Option("--config", metavar="PATH", help="The configuration file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def settings(path: Path, *, needs_token: bool = False) -> Config:
    """The settings of the file at *path* and of the environment; ``ConfigError`` names section and key."""
    from bot.config import load_config

    return load_config(path, os.environ, needs_token=needs_token)
