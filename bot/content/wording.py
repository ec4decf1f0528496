"""How a sentence reads to a young person: short, one question, our tone, and never a promise of secrecy."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path as File

from bot.content.problem import Language, Problem, Severity
from bot.content.reading import alternatives, ease, longest_part, sentences, words_in
from bot.content.sentences import is_label, words_at
from bot.content.shape_challenge import ChallengeForm
from bot.content.shape_dialog import DialogForm
from bot.content.shape_sentence import Form
from bot.content.source import Document, Path
from bot.content.translation import paths_of

MOST_WORDS_IN_SENTENCE = 12
MOST_WORDS_IN_MESSAGE = 60
LONG_WORD = 5
"""Syllables from which a word is long; usual ones are listed in ``patterns.toml``."""
LEAST_EASE: dict[Language, int] = {"nl": 80, "en": 70}
"""Care research 5.2 asks for 80 in Dutch; the English formula gives lower figures for the same sentences."""

_GAP = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_EMOJI = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55](?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)*"
)
_NEGATION = re.compile(r"\b(niet|nooit|geen|not|never|no|don't)\b", re.IGNORECASE)
_KINDS = {"banned": "banned_word", "unsafe": "unsafe_place"}
"""Groups of patterns whose problem has another name."""


def wording_problems(document: Document, form: Form) -> list[Problem]:
    """What is wrong with the tone of *document*, the Dutch file of *form* or its translation.

    Lengths and tone are measured in what young people read; a promise of secrecy and a means of harm are refused
    everywhere.
    """
    for_youth = not (isinstance(form, DialogForm) and form.audience in ("staff", "admin"))
    found: list[Problem] = []
    for path in paths_of(form):
        for at, words in words_at(document, path).values():
            found += matching(document, at, words, "to_fill_in", "error")
            found += matching(document, at, words, "secrecy", "error")
            found += matching(document, at, words, "methods", "error")
            if not for_youth or path[-1] == "tip":
                continue
            for group in ("banned", "formal", "passive"):
                found += matching(document, at, words, group, "warning")
            found += measured(document, at, words, is_message=_is_message(form, path))
    return found


def _is_message(form: Form, path: Path) -> bool:
    if isinstance(form, ChallengeForm):
        return path[-1] in ("do", "say")
    return not (isinstance(form, DialogForm) and is_label(path))


def measured(document: Document, at: Path, words: str, *, is_message: bool) -> Iterator[Problem]:
    """What is too long, too hard or too much, in the worst of the texts that *words* can become."""
    language = document.source.language
    texts = alternatives(words)
    counts = [[len(words_in(sentence)) for sentence in sentences(text)] for text in texts]
    longest = max((count for lengths in counts for count in lengths), default=0)
    if longest > MOST_WORDS_IN_SENTENCE:
        limit = str(MOST_WORDS_IN_SENTENCE)
        yield document.problem(at, "long_sentence", "warning", count=str(longest), limit=limit)
    for word in words_in(" ".join(texts)):
        if longest_part(word, language) >= LONG_WORD and word.casefold() not in _usual(language):
            yield document.problem(at, "long_word", "warning", word=word)
            break
    if not is_message:
        return
    most = max(map(sum, counts), default=0)
    if most > MOST_WORDS_IN_MESSAGE:
        limit = str(MOST_WORDS_IN_MESSAGE)
        yield document.problem(at, "long_message", "warning", count=str(most), limit=limit)
    if max(text.count("?") for text in texts) > 1:
        yield document.problem(at, "two_questions", "warning")
    if max(len(_EMOJI.findall(text)) for text in texts) > 1:
        yield document.problem(at, "many_emoji", "warning")
    lowest = min((figure for text in texts if (figure := ease(text, language)) is not None), default=100.0)
    if lowest < LEAST_EASE[language]:
        details = {"figure": str(round(lowest)), "limit": str(LEAST_EASE[language])}
        yield document.problem(at, "hard_to_read", "warning", **details)


def matching(document: Document, at: Path, words: str, group: str, severity: Severity) -> Iterator[Problem]:
    """The first word of *words* that stands in this *group* of patterns, as a problem.

    What is unsafe may be named in a sentence that says not to do it.
    """
    text = _STATEMENT.sub(" ", _GAP.sub(" … ", words))
    if group == "unsafe":
        text = " ".join(sentence for sentence in sentences(text) if not _NEGATION.search(sentence))
    for pattern in _patterns(group, document.source.language):
        if match := pattern.search(text):
            yield document.problem(at, _KINDS.get(group, group), severity, word=match[0])
            return


@functools.cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((File(__file__).parent / "patterns.toml").read_text("utf-8"))


@functools.cache
def _patterns(group: str, language: Language) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _table()[group][language])


@functools.cache
def _usual(language: Language) -> frozenset[str]:
    return frozenset(word.casefold() for word in _table()["usual"][language])
