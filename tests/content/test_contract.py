"""What the program relies on in its own files is named in one place, and that place is right."""

from __future__ import annotations

from bot.content.contract import REQUIRED_STEPS, contract_problems
from bot.content.kinds import at_of, file_of, named_in, sources_of
from bot.conversation import terms
from bot.installation import CATALOG, DIALOGS
from tests.content.pages import DIALOG, PHRASES, WORDS


def found(nl, kind="dialog", key="checkin", before=DIALOG):
    shipped = sources_of(kind, key, before.encode(), b"")
    return {
        (one.kind, one.severity)
        for one in contract_problems(sources_of(kind, key, nl.encode(), b""), shipped)
    }


def test_the_promise_is_read_from_steps_that_are_required():
    assert REQUIRED_STEPS["welcome"] == terms.STEPS


def test_the_shipped_text_keeps_its_own_contract():
    assert found(DIALOG) == set()
    assert found(PHRASES, "phrases", "phrases", PHRASES) == set()


def test_another_audience_is_refused():
    assert ("audience_changed", "error") in found(DIALOG.replace("for: youth", "for: staff"))


def test_an_answer_or_choice_that_went_is_a_warning():
    assert found(DIALOG.replace("save: outcome", "save: result")) == {("answer_gone", "warning")}
    assert found(DIALOG.replace("gedaan: Gedaan", "klaar: Gedaan")) == {("choice_gone", "warning")}


def test_words_may_change_as_they_like():
    assert found(DIALOG.replace("Gedaan", "Klaar").replace("Hoe ging het", "Hoe was het")) == set()


def test_a_promise_without_one_of_its_steps_is_refused():
    text = (DIALOGS / "nl" / "welcome.yaml").read_text("utf-8")

    kinds = found(text.replace("\n  seen_more:", "\n  more_seen:"), "dialog", "welcome", text)

    assert ("step_needed", "error") in kinds


def test_every_file_of_both_folders_is_found_by_its_place_and_by_what_it_says():
    for folder in (DIALOGS, CATALOG):
        for path in sorted(folder.glob("nl/*.yaml")):
            place = f"{folder.name}/nl/{path.name}"
            at = at_of(place)
            assert at is not None
            kind, key, language = at
            assert file_of(kind, key, language) == place
            assert named_in(path.read_bytes()) == (kind, key)


def test_what_is_no_file_of_ours_has_no_place_and_no_name():
    assert at_of("dialogs/nl/../x.yaml") is None
    assert at_of("bot/app.py") is None
    assert named_in(b"hoi: daar\n") is None
    assert named_in(b"\xff\xfe") is None
    assert named_in(("# een opmerking\r\n" + WORDS.replace("\n", "\r\n")).encode()) == ("dialog", "checkin")
