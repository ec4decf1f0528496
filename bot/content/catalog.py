"""From the filled form of a challenge to the frozen challenge, in one language."""

from __future__ import annotations

from bot.content.shape_challenge import (
    ChallengeForm,
    ChallengeStepForm,
    ChallengeStepWords,
    ChallengeWords,
    StoryForm,
    StoryWords,
)
from challenge_catalog.model import Challenge, Step, Story


def challenge(form: ChallengeForm, words: ChallengeWords | None) -> Challenge:
    """The challenge of *form* in the words of *words*; what is not translated stays as it is."""
    return Challenge(
        key=form.challenge,
        title=(words and words.title) or form.title,
        about=(words and words.about) or form.about,
        causes=tuple(form.causes),
        bands=tuple(form.bands),
        status=form.status,
        steps=tuple(
            _step(key, step, words.steps.get(key) if words else None) for key, step in form.steps.items()
        ),
        licence=form.licence or "",
        origin=form.origin or "",
        level=form.level,
    )


def _step(key: str, step: ChallengeStepForm, words: ChallengeStepWords | None) -> Step:
    said = words or ChallengeStepWords()
    return Step(
        key=key,
        title=said.title or step.title,
        do=said.do or step.do,
        predictions={
            name: said.predictions.get(name, sentence) for name, sentence in step.predictions.items()
        },
        take_to_meeting=said.take_to_meeting or step.take_to_meeting,
        tip=said.tip or step.tip,
        where=said.where or step.where or "",
        with_adult=said.with_adult or step.with_adult or "",
        exercise=step.exercise or "",
        story=_story(step.story, said.story) if step.story else None,
    )


def _story(form: StoryForm, words: StoryWords | None) -> Story:
    said = words or StoryWords()
    return Story(say=said.say or form.say, consent=form.consent, origin=said.origin or form.origin)
