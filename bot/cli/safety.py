"""`companion safety`: the detector of danger, by itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="Try the detector of danger.", rich_markup_mode=None)
    # One command alone would otherwise lose its name.
    family.callback()(lambda: None)
    family.command()(classify)
    app.add_typer(family, name="safety")


def classify(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Classify lines {"id", "text"} of stdin as crisis or none."""
    from bot.safety.statements import classify as finding_in

    for name, text in _lines():
        found = finding_in(text)
        print(json.dumps({"id": name, "label": found.label, "why": found.why}, ensure_ascii=False))
    return 0


def _lines() -> Iterator[tuple[object, str]]:
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, text = row["id"], row["text"]
        except (ValueError, TypeError, KeyError):
            name, text = None, None
        if not isinstance(text, str):
            raise WrongUsage(f"line {number} of stdin", 'should be {"id": ..., "text": "..."}')
        yield name, text
