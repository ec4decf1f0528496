"""A translation is behind when the Dutch changed and the English did not; nobody keeps the record by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.check import check, problems_in
from bot.content.command import translated_texts, write_translated
from bot.content.source import Source
from bot.content.translated import NAME, load_records, record_over
from tests.content.pages import GOOD, VOCABULARY, At, Pages, sources, written

NL: At = ("dialog", "checkin", "nl")
EN: At = ("dialog", "checkin", "en")
GROET: At = ("challenge", "groet", "nl")

DUTCH = {NL: GOOD[NL].replace("Ik verstuur het later.", "Ik verstuur het morgen.")}
ENGLISH = {EN: GOOD[EN].replace("I send it later.", "I send it tomorrow.")}


def version(changed: Pages | None = None) -> list[Source]:
    return [source for source in sources(changed) if source.key == "checkin"]


def told(history: list[list[Source]], changed: Pages) -> list[str]:
    records = {"dialogs/checkin": record_over(history)}
    found = problems_in(sources(changed), VOCABULARY, lambda file, line=1, column=1: None, records=records)
    return [problem.rendered("en") for problem in found]


def test_a_dutch_sentence_that_changed_alone_is_told_at_its_translation():
    assert told([version()], DUTCH) == [
        "dialogs/en/checkin.yaml:16:10: warning: the Dutch (line 35) changed after this was translated; "
        "translate the sentence again; if it still holds, publish with that reason"
    ]


def test_both_changed_neither_changed_or_only_the_english_is_fine():
    assert told([version()], {}) == []
    assert told([version()], {**DUTCH, **ENGLISH}) == []
    assert told([version()], ENGLISH) == []


def test_what_is_behind_stays_so_until_the_english_is_touched():
    history = [version(), version(DUTCH)]

    assert len(told(history, DUTCH)) == 1
    assert told(history, {**DUTCH, **ENGLISH}) == []
    assert told([*history, version({**DUTCH, **ENGLISH})], {**DUTCH, **ENGLISH}) == []


def test_a_dutch_sentence_that_is_changed_back_was_translated_already():
    assert told([version(), version(DUTCH)], {}) == []


def test_spaces_and_lines_are_no_change_and_a_new_sentence_is_not_behind():
    spaced = GOOD[NL].replace("say: Ik verstuur het later.", 'say: "Ik  verstuur\n    het later."')
    more = (
        GOOD[NL]
        .replace("  bye:", "  also: {say: En dit., goto: bye}\n  bye:")
        .replace("later., goto: bye", "later., goto: also")
    )
    english = GOOD[EN].replace("  bye:", "  also: {say: And this.}\n  bye:")

    assert told([version()], {NL: spaced}) == []
    assert told([version()], {NL: more, EN: english}) == []


@pytest.fixture
def folders(tmp_path):
    dialogs, catalog = written(tmp_path)
    write_translated(dialogs, catalog)
    return dialogs, catalog


def behind(folders: tuple[Path, Path]) -> list[tuple[str, int]]:
    return [(one.file, one.line) for one in check(*folders) if one.kind == "translation_behind"]


def test_folders_remember_what_was_translated_until_somebody_says_it_still_holds(folders):
    dialogs, catalog = folders
    assert behind(folders) == []

    (dialogs / "nl" / "checkin.yaml").write_text(DUTCH[NL], "utf-8")
    groet = GOOD[GROET].replace("about: Kleine groeten.", "about: Korte groeten.")
    (catalog / "nl" / "groet.yaml").write_text(groet, "utf-8")
    both = [("challenge_catalog/en/groet.yaml", 3), ("dialogs/en/checkin.yaml", 16)]
    assert behind(folders) == both

    write_translated(dialogs, catalog)
    assert behind(folders) == both
    write_translated(dialogs, catalog, ["groet"])
    assert behind(folders) == both[1:]
    write_translated(dialogs, catalog, ["checkin"])
    assert behind(folders) == []


@pytest.mark.parametrize("spoiled", ["", "[]", "{", '{"checkin": 3}', '{"checkin": {"steps/wait/say": 3}}'])
def test_a_record_that_cannot_be_read_is_as_good_as_none(folders, spoiled):
    dialogs, _ = folders
    (dialogs / NAME).write_text(spoiled, "utf-8")

    assert all(record != {} for record in load_records({"dialogs": dialogs}).values())
    assert behind(folders) == []


def test_the_committed_records_are_current():
    """`companion content translated` writes them anew."""
    texts = translated_texts(Path("dialogs"), Path("challenge_catalog"))

    assert {path: path.read_text("utf-8") == text for path, text in texts.items()} == dict.fromkeys(
        texts, True
    )
