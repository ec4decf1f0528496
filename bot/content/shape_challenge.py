"""The form of a challenge and of its translation, as pydantic models."""

from __future__ import annotations

from pydantic import (
    Field,
)

from bot.content.shape_sentence import (
    DialogName,
    Form,
    Key,
    Line,
)
from challenge_catalog.model import Band, Cause, Level, Status


class StoryForm(Form):
    """How somebody else did the step; shown only with consent, and with its origin in words."""

    say: Line
    consent: bool
    origin: Line


class StoryWords(Form):
    say: Line | None = None
    origin: Line | None = None


class ChallengeStepForm(Form):
    title: Line
    do: Line
    predictions: dict[Key, Line] = Field(min_length=2, max_length=4)
    take_to_meeting: Line
    tip: Line
    where: Line | None = None
    with_adult: Line | None = None
    exercise: DialogName | None = None
    story: StoryForm | None = None


class ChallengeForm(Form):
    """A challenge with four to six steps, from light to exciting."""

    challenge: Key
    title: Line
    about: Line
    causes: list[Cause] = Field(min_length=1, max_length=3)
    bands: list[Band] = Field(min_length=1, max_length=2)
    status: Status
    level: Level = "middle"
    licence: Line | None = None
    origin: Line | None = None
    steps: dict[Key, ChallengeStepForm] = Field(min_length=4, max_length=6)


class ChallengeStepWords(Form):
    title: Line | None = None
    do: Line | None = None
    predictions: dict[Key, Line] = Field(default_factory=dict)
    take_to_meeting: Line | None = None
    tip: Line | None = None
    where: Line | None = None
    with_adult: Line | None = None
    story: StoryWords | None = None


class ChallengeWords(Form):
    """The translation of a challenge: sentences only, under the same keys."""

    challenge: Key
    title: Line | None = None
    about: Line | None = None
    steps: dict[Key, ChallengeStepWords] = Field(min_length=1)
