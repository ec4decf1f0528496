"""A mistake in a content file: where, what, and how to mend it, in Dutch and English."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.errors import ContentRefused

Severity = Literal["error", "warning"]
Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """*kind* names the sentences in ``messages.toml``; *details* fills their gaps. Sorted by place."""

    file: str
    line: int
    column: int
    kind: str
    details: tuple[tuple[str, str], ...] = ()
    severity: Severity = "error"

    def what(self, language: Language) -> str:
        """What is wrong."""
        return self._filled(language, 0)

    def mend(self, language: Language) -> str:
        """How to mend it."""
        return self._filled(language, 1)

    def rendered(self, language: Language) -> str:
        """``file:line:column: what; mend``, with a mark in front of *what* when it is only a warning."""
        mark = "" if self.severity == "error" else _messages()["warning"][language][0] + ": "
        mend = self.mend(language)
        return f"{self.file}:{self.line}:{self.column}: {mark}{self.what(language)}" + (
            f"; {mend}" if mend else ""
        )

    def as_json(self, language: Language) -> dict[str, Any]:
        """The form for machines."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "kind": self.kind,
            "severity": self.severity,
            "what": self.what(language),
            "mend": self.mend(language),
        }

    def _filled(self, language: Language, part: int) -> str:
        sentence: str = _messages()[self.kind][language][part]
        for name, value in self.details:
            sentence = sentence.replace("{" + name + "}", value)
        return sentence


def summary(errors: int, warnings: int, language: Language) -> str:
    """The line below a list of problems."""
    sentence: str = _messages()["summary"][language][0]
    return sentence.replace("{errors}", str(errors)).replace("{warnings}", str(warnings))


class ContentProblems(ContentRefused):
    """The content was refused; *problems* holds every mistake."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(len(self.problems), self.problems[0].rendered("en"))


@functools.cache
def _messages() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "messages.toml").read_text("utf-8"))
