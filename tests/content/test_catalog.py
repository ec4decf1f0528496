"""The challenges that come with the product: complete, literal, safe under 18, honest about whose a story is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.content.loader import gather, load_folder
from bot.content.problem import Language
from bot.content.source import Source, read
from bot.content.wording import MOST_WORDS_IN_MESSAGE
from challenge_catalog.model import CAUSES, Step, Story
from dialogs import steering

CATALOG, DIALOGS = Path("challenge_catalog"), Path("dialogs")
LIBRARY = load_folder(DIALOGS, CATALOG)
CHALLENGES = [one for _, one in sorted(LIBRARY.challenges.items())]
STEPS = [
    pytest.param(language, challenge, step, id=f"{language}-{key}-{step.key}")
    for (key, language), challenge in sorted(LIBRARY.challenges.items())
    for step in challenge.steps
]
IDEAS = {
    "een-groet-per-dag", "de-vraag-terug", "meedoen-zonder-te-praten", "het-kleine-bericht",
    "gedachte-op-de-proef", "hulp-vragen-klein", "mijn-plek-in-de-buurt", "samen-gamen-ook-praten",
    "nee-mag-ook", "iets-aardigs-doen", "blijven-na-het-eind", "nieuw-in-de-stad-of-klas",
    "energie-en-contact", "zelf-iets-organiseren",
}  # fmt: skip
"""The fourteen of care research 6."""

ADULT = {
    "nl": re.compile(r"\b(volwassene|ouder|verzorger|begeleider|leraar)\b"),
    "en": re.compile(r"\b(adult|parent|carer|youth worker|teacher)\b"),
}
INVENTED = {"nl": "Verzonnen voorbeeld.", "en": "Made-up example."}
FIGURES = re.compile(
    r"\b(drempel|schulp|ijs breken|op je gemak|comfortzone|hart luchten|in je hoofd|op de proef|grenzen|stap voor stap"
    r"|comfort zone|break the ice|threshold|shell|boundaries|step by step)\b",
    re.IGNORECASE,
)
"""Figures of speech that somebody who takes words as they stand trips over."""


def words_in(text):
    return len(text.split())


def step_of(key: str, language: Language, name: str) -> Step:
    """A step that is there."""
    found = LIBRARY.challenges[key, language].step(name)
    assert found is not None
    return found


def page_of(source: Source) -> dict[str, Any]:
    document, _ = read(source)
    assert document is not None
    return document.data


def test_the_fourteen_ideas_and_one_for_the_group_are_there_in_both_languages():
    for language in ("nl", "en"):
        assert {key for key, spoken in LIBRARY.challenges if spoken == language} == IDEAS | {
            "samen-iets-organiseren"
        }


@pytest.mark.parametrize("band", ["under18", "18plus"])
@pytest.mark.parametrize("cause", CAUSES)
def test_a_professional_can_choose_from_five_or_more_for_every_cause_and_band(cause, band):
    fitting = {one.key for one in CHALLENGES if cause in one.causes and band in one.bands}

    assert len(fitting) >= 5


def test_every_challenge_is_an_example_that_waits_for_approval_and_travels_with_its_licence():
    for one in CHALLENGES:
        assert one.status == "example"
        assert one.licence == "EUPL-1.2"
        assert one.origin
        assert 4 <= len(one.steps) <= 6


@pytest.mark.parametrize("language, challenge, step", STEPS)
def test_a_step_is_complete(language, challenge, step):
    assert 3 <= len(step.predictions) <= 4
    assert len(set(step.predictions.values())) == len(step.predictions)
    assert step.where
    assert step.tip
    assert re.search(r"bijeenkomst|meeting", step.take_to_meeting)
    assert step.exercise == "" or step.exercise in steering.EXERCISES
    if "under18" in challenge.bands:
        assert ADULT[language].search(step.with_adult)


@pytest.mark.parametrize("language, challenge, step", STEPS)
def test_a_step_reads_literally_and_fits_on_one_screen(language, challenge, step):
    shown = [
        step.title,
        step.do,
        step.where,
        step.with_adult,
        step.take_to_meeting,
        *step.predictions.values(),
    ]

    assert not [text for text in shown if FIGURES.search(text)]
    assert words_in(f"{step.title} {step.do} {step.where} {step.with_adult}") <= MOST_WORDS_IN_MESSAGE
    # The step stands above a question of its own; the only question in it is one to say aloud.
    asked = re.sub(r'"[^"]*"', "", step.do)
    assert "?" not in asked + step.where + step.with_adult


@pytest.mark.parametrize(
    "language, known, groups",
    [
        ("nl", "in het echt", "Kies alleen iemand van school, club of groep"),
        ("en", "in real life", "Choose only somebody from school, club or group"),
    ],
)
def test_who_plays_or_writes_does_so_with_somebody_from_real_life(language, known, groups):
    gaming = LIBRARY.challenges["samen-gamen-ook-praten", language]

    assert known in gaming.about
    assert all(known in step.do or groups in step.with_adult for step in gaming.steps)
    assert known in LIBRARY.challenges["het-kleine-bericht", language].about
    assert known in step_of("het-kleine-bericht", language, "kiezen").do
    assert known in step_of("het-kleine-bericht", language, "moment").do


@pytest.mark.parametrize(
    "language, alone, under18",
    [
        ("nl", "Met iemand van online spreek je niet alleen af.", "Spreek niet af met iemand van online."),
        ("en", "You do not meet somebody from online alone.", "Do not meet somebody from online."),
    ],
)
def test_nobody_is_sent_alone_to_somebody_from_online(language, alone, under18):
    assert alone in step_of("samen-gamen-ook-praten", language, "naast").do
    assert under18 in step_of("het-kleine-bericht", language, "moment").with_adult


def test_organising_something_is_for_adults_and_under_18_with_the_professional():
    alone, together = (
        LIBRARY.challenges[key, "nl"] for key in ("zelf-iets-organiseren", "samen-iets-organiseren")
    )

    assert (alone.bands, together.bands) == (("18plus",), ("under18",))
    assert all("begeleider" in step.with_adult for step in together.steps)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_story_says_that_it_is_invented_and_there_is_one_or_two_in_a_challenge(language):
    for (_, spoken), challenge in LIBRARY.challenges.items():
        stories = [step.story for step in challenge.steps if step.story]
        if spoken == language:
            assert 1 <= len(stories) <= 2
            assert {one.origin for one in stories} == {INVENTED[language]}
            assert all(one.consent for one in stories)


def test_a_story_without_consent_is_kept_and_never_told():
    step = step_of("een-groet-per-dag", "nl", "hoi")
    kept = replace(step, story=Story("Noor zei hoi.", consent=False, origin="Noor, groep van vorig jaar."))

    assert step.told == step.story
    assert kept.told is None
    assert replace(step, story=None).told is None


def test_the_translation_of_a_story_changes_its_words_and_not_its_consent():
    dutch = step_of("een-groet-per-dag", "nl", "hoi").story
    english = step_of("een-groet-per-dag", "en", "hoi").story

    assert dutch is not None
    assert english is not None
    assert dutch.say.startswith("Yusuf is 17. Hij zei hoi")
    assert english.say.startswith("Yusuf is 17. He said hi")
    assert dutch.consent is english.consent is True


@pytest.mark.parametrize("folder, schema", [(CATALOG, "challenge"), (DIALOGS, "dialog")])
def test_every_file_begins_with_the_line_that_tells_an_editor_its_schema(folder, schema):
    assert (folder / f"{schema}.schema.json").is_file()
    sources, problems = gather(DIALOGS, CATALOG)
    own = [one for one in sources if (one.kind == "challenge") == (schema == "challenge")]

    assert not problems
    assert len(own) > 20
    first = f"# yaml-language-server: $schema=../{schema}.schema.json"
    lacking = [
        one.file
        for one in own
        if one.kind in ("challenge", "dialog", "phrases") and one.content.decode().split("\n", 1)[0] != first
    ]
    assert lacking == []


def test_the_english_file_holds_every_sentence_of_the_dutch_one():
    for path in sorted((CATALOG / "nl").glob("*.yaml")):
        assert (CATALOG / "en" / path.name).is_file()
    sources, _ = gather(DIALOGS, CATALOG)
    pages = {(one.key, one.language): page_of(one) for one in sources if one.kind == "challenge"}
    for key in {key for key, _ in pages}:
        dutch, english = pages[key, "nl"]["steps"], pages[key, "en"]["steps"]
        assert list(dutch) == list(english)
        for name, step in dutch.items():
            assert set(step) - {"exercise"} == set(english[name]), (key, name)
            assert list(step["predictions"]) == list(english[name]["predictions"])
