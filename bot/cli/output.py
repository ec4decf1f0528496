"""What a command prints: for people on stdout, for machines as one line of JSON, mistakes on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from bot.errors import CompanionError


def tell(lines: Iterable[str], data: Mapping[str, Any], *, as_json: bool) -> None:
    """Print *lines* for people, or *data* for machines."""
    if as_json:
        print(json.dumps(data, ensure_ascii=False))
        return
    for line in lines:
        print(line)


def warn(lines: Iterable[str]) -> None:
    """Print what deserves attention; stdout stays what was asked for."""
    for line in lines:
        print(f"Warning: {line}", file=sys.stderr)


def failed(error: CompanionError, *, as_json: bool) -> None:
    """Print why a command stopped."""
    wrong(str(error), kind=type(error).__name__, as_json=as_json)


def wrong(sentence: str, *, kind: str = "Usage", as_json: bool) -> None:
    """Print *sentence* on stderr and, for machines, as an error on stdout."""
    print(sentence, file=sys.stderr)
    if as_json:
        print(json.dumps({"error": {"kind": kind, "message": sentence}}, ensure_ascii=False))


def qr(text: str) -> None:
    """Show *text* as a QR code when stdout is a screen."""
    if sys.stdout.isatty():
        import segno

        segno.make(text, error="m").terminal(out=sys.stdout, compact=True)
