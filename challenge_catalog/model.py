"""A challenge and its ordered steps, in one language. The form that `bot/content` fills from the YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Cause = Literal["skills", "access", "thoughts"]
Band = Literal["under18", "18plus"]
Status = Literal["example", "approved"]
Level = Literal["light", "middle", "far"]

CAUSES: tuple[Cause, ...] = ("skills", "access", "thoughts")
"""The three causes of lasting loneliness (Lodder). A professional decides which; never the program."""

LEVELS: tuple[Level, ...] = ("light", "middle", "far")
"""How much a challenge asks as a whole, beside the steps inside it."""


@dataclass(frozen=True, slots=True)
class Story:
    """How somebody else did this step. *origin* says in words whose story it is, also that it is invented.

    It is shown only when *consent* is true: whoever it is about agreed, or nobody is, because it is invented.
    """

    say: str
    consent: bool
    origin: str


@dataclass(frozen=True, slots=True)
class Step:
    """One graded step. *predictions* are fears a person can check by looking, to tap instead of typing.

    *take_to_meeting* ends the step outside the chat. *tip* is for the professional only. *where* names a known or
    public place; *with_adult* the adult who knows of it, shown to people under 18. *exercise* is the dialog of a
    technique that helps with this step.
    """

    key: str
    title: str
    do: str
    predictions: Mapping[str, str]
    take_to_meeting: str
    tip: str
    where: str = ""
    with_adult: str = ""
    exercise: str = ""
    story: Story | None = None

    @property
    def told(self) -> Story | None:
        """The story, when it may be shown."""
        return self.story if self.story and self.story.consent else None


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge for one or more causes and age bands; *steps* go from light to exciting.

    *status* ``example`` means: written as an example, not yet approved by a behavioural scientist. *licence* and
    *origin* travel with the challenge to another organisation: on what terms, and who wrote it.
    """

    key: str
    title: str
    about: str
    causes: tuple[Cause, ...]
    bands: tuple[Band, ...]
    status: Status
    steps: tuple[Step, ...]
    licence: str = ""
    origin: str = ""
    level: Level = "middle"

    def step(self, key: str) -> Step | None:
        """The step named *key*, or ``None``."""
        return next((step for step in self.steps if step.key == key), None)
