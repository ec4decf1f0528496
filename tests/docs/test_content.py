"""The reference to content names the limits that the checker has."""

from __future__ import annotations

from pathlib import Path

from bot.care.helplines import WARN_AFTER
from bot.content import reading, samples, source, wording

REFERENCE = Path("docs/content-reference.md").read_text("utf-8")


def test_the_figures_in_the_reference_are_those_of_the_checker():
    for said in (
        f"larger than {source.MAX_BYTES // 1024} kB",
        f"more than {source.MAX_DEPTH} levels",
        f"more than {samples.MOST_ON_BUTTON} characters",
        f"{samples.MOST_ON_PHONE + 1} characters: a phone shows {samples.MOST_ON_PHONE}",
        f"{wording.MOST_WORDS_IN_SENTENCE + 1} words ({wording.MOST_WORDS_IN_SENTENCE} is fine)",
        f"{wording.MOST_WORDS_IN_MESSAGE + 1} words;",
        f"{wording.LONG_WORD} syllables",
        f"a text of {reading.ENOUGH_FOR_EASE} words or more",
        f"below {wording.LEAST_EASE['nl']} in Dutch (Flesch-Douma), below {wording.LEAST_EASE['en']} in English",
        f"{WARN_AFTER.days} days after somebody checked it",
    ):
        assert said in REFERENCE, said
