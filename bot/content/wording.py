"""How a sentence reads to a young person: short, one question, our tone, and never a promise of secrecy."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path as File

from bot.content.problem import Language, Problem, Severity
from bot.content.sentences import is_label, words_at
from bot.content.shape import ChallengeForm, DialogForm, Form
from bot.content.source import Document, Path
from bot.content.translation import paths_of

MOST_WORDS_IN_SENTENCE = 12
MOST_WORDS_IN_MESSAGE = 60

_GAP = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’.:-][^\W_]+)*")


def wording_problems(document: Document, form: Form) -> list[Problem]:
    """What is wrong with the tone of *document*, the Dutch file of *form* or its translation.

    Lengths and tone are measured in what young people read; a promise of secrecy is refused everywhere.
    """
    for_youth = not (isinstance(form, DialogForm) and form.audience in ("staff", "admin"))
    found: list[Problem] = []
    for path in paths_of(form):
        for at, words in words_at(document, path).values():
            found += _matching(document, at, words, "secrecy", "error")
            if not for_youth or path[-1] == "tip":
                continue
            found += _matching(document, at, words, "banned", "warning")
            found += _matching(document, at, words, "formal", "warning")
            found += _lengths(document, at, words, _is_message(form, path))
    return found


def sentences_of(words: str) -> list[str]:
    """The sentences of a text, its gaps counted as one word each."""
    filled = _STATEMENT.sub(" ", _GAP.sub("iets", words))
    return [sentence for sentence in _END.split(filled) if sentence.strip()]


def _is_message(form: Form, path: Path) -> bool:
    if isinstance(form, ChallengeForm):
        return path[-1] == "do"
    return not (isinstance(form, DialogForm) and is_label(path))


def _lengths(document: Document, at: Path, words: str, is_message: bool) -> Iterator[Problem]:
    counts = [len(_WORD.findall(sentence)) for sentence in sentences_of(words)]
    longest = max(counts, default=0)
    if longest > MOST_WORDS_IN_SENTENCE:
        limit = str(MOST_WORDS_IN_SENTENCE)
        yield document.problem(at, "long_sentence", "warning", count=str(longest), limit=limit)
    if not is_message or "{%" in words:
        return
    if sum(counts) > MOST_WORDS_IN_MESSAGE:
        limit = str(MOST_WORDS_IN_MESSAGE)
        yield document.problem(at, "long_message", "warning", count=str(sum(counts)), limit=limit)
    if words.count("?") > 1:
        yield document.problem(at, "two_questions", "warning")


def _matching(document: Document, at: Path, words: str, group: str, severity: Severity) -> Iterator[Problem]:
    text = _STATEMENT.sub(" ", _GAP.sub(" … ", words))
    for pattern in _patterns(group, document.source.language):
        if match := pattern.search(text):
            kind = {"banned": "banned_word"}.get(group, group)
            yield document.problem(at, kind, severity, word=match[0])
            return


@functools.cache
def _patterns(group: str, language: Language) -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads((File(__file__).parent / "patterns.toml").read_text("utf-8"))
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in table[group][language])
