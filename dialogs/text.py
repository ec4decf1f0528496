"""Rendered text as neutral spans: a channel turns styles into its own form, so nothing is ever escaped by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Style = Literal["plain", "bold", "italic", "words", "code", "link"]

Scope = Mapping[str, Any]
"""What a sentence or condition may name: facts by name, plus ``answers``, ``labels``, ``item`` and ``result``."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. Style ``words`` marks what a person typed: it never becomes a link or command."""

    text: str
    style: Style = "plain"

    def __repr__(self) -> str:
        return f"Span({len(self.text)} characters, {self.style})"


Rendered = tuple[Span, ...]
Text = Callable[[Scope], Rendered]
Condition = Callable[[Scope], bool]


def plain(rendered: Rendered) -> str:
    """The characters of *rendered* without styles."""
    return "".join(span.text for span in rendered)


def literal(text: str) -> Text:
    """A sentence without placeholders."""
    rendered = (Span(text),)
    return lambda scope: rendered
