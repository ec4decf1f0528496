"""A mistake in screening.yaml is found at its place, in both languages; a text that is right is played."""

import shutil
from pathlib import Path

import pytest

from bot.content.kinds import KINDS, at_of, file_of, named_in
from bot.content.screening import screening_of, screening_problems, screening_sources
from bot.errors import ContentRefused

DIALOGS = Path(__file__).resolve().parents[2] / "dialogs"


@pytest.fixture
def folder(tmp_path):
    for language in ("nl", "en"):
        (tmp_path / "dialogs" / language).mkdir(parents=True)
        shutil.copy(DIALOGS / language / "screening.yaml", tmp_path / "dialogs" / language)
    return tmp_path / "dialogs"


def spoiled(folder, old, new, language="nl"):
    path = folder / language / "screening.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return screening_problems(folder)


def test_the_file_as_it_is_has_no_mistakes():
    assert screening_problems(DIALOGS) == []


@pytest.mark.parametrize(
    "old, new, line, kind",
    [
        ("screening:\n", "screenings:\n", 1, "screening_form"),
        ("points: 2", "points: veel", 12, "screening_points"),
        ("points: 2", "points: 9", 12, "screening_points"),
        ('say: "Ja"', "say: ''", 12, "screening_text"),
        ("  answers:", "  antwoorden:", 11, "screening_key"),
        ("      about: inclusion", "      about: dating", 18, "screening_about"),
        ("met: [ja]", "met: [jaa]", 21, "screening_answer"),
        ("      met: [ja]\n", "", 17, "screening_met"),
        ("      known: age", "      known: height", 41, "screening_known"),
        ("about: thoughts", "about: skills", None, None),
        ("care:", "hospital:", 72, "screening_key"),
        ('ask: "Weet je', 'vraag: "Weet je', 54, "screening_key"),
    ],
)
def test_a_mistake_is_told_at_its_line(folder, old, new, line, kind):
    problems = spoiled(folder, old, new)

    if kind is None:
        assert problems == []
        return
    assert kind in [one.kind for one in problems]
    assert line in [one.line for one in problems if one.kind == kind]
    for one in problems:
        for language in ("nl", "en"):
            assert one.rendered(language)


def test_a_cause_about_which_nothing_is_asked_is_a_mistake(folder):
    spoiled(folder, "about: thoughts", "about: skills")
    problems = spoiled(folder, "about: thoughts", "about: skills")

    assert [(one.kind, dict(one.details)["word"]) for one in problems] == [("screening_missing", "thoughts")]


def test_more_than_fits_in_two_minutes_is_refused(folder):
    more = "".join(f'    nog_{n}: {{about: skills, name: "x", ask: "y?"}}\n' for n in range(5))
    problems = spoiled(folder, "  referral:", f"{more}  referral:")

    assert "screening_many" in [one.kind for one in problems]


def test_a_translation_of_nothing_is_refused_and_one_that_lacks_is_warned_about(folder):
    problems = spoiled(folder, "    lang:", "    lank:", "en")

    assert [(one.kind, one.severity) for one in problems] == [
        ("screening_unknown", "error"),
        ("screening_untranslated", "warning"),
    ]


def test_what_cannot_be_read_is_told_as_of_any_file(folder):
    assert spoiled(folder, "screening:", "screening: [") != []
    with pytest.raises(ContentRefused):
        screening_of(screening_sources(folder)[0])


def test_without_a_translation_dutch_is_used(folder):
    sources = [one for one in screening_sources(folder)[0] if one.language == "nl"]
    both = screening_of(sources)

    assert both["en"].items[0].ask == both["nl"].items[0].ask


def test_it_is_a_file_like_the_others():
    assert at_of(file_of("screening", "screening", "en")) == ("screening", "screening", "en")
    assert named_in((DIALOGS / "nl" / "screening.yaml").read_bytes()) == ("screening", "screening")
    assert KINDS["screening"].shared
