"""The story beside a step: how somebody else did it. Shown only with consent, and never without its origin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import subject
from bot.conversation.asked import Asked
from challenge_catalog.model import Story


def told(ask: Asked) -> Story | None:
    """The story of the step the dialog is about, when there is one that may be shown."""
    step = subject.step(ask.turn, ask.person, ask.state)
    return step.told if step else None


def step_story(ask: Asked) -> str:
    one = told(ask)
    return one.say if one else ""


def story_origin(ask: Asked) -> str:
    one = told(ask)
    return one.origin if one else ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "has_story": lambda ask: told(ask) is not None,
    "step_story": step_story,
    "story_origin": story_origin,
}
