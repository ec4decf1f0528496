"""The form of the YAML files as pydantic models; the JSON Schemas for editors are made from these."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import (
    Field,
    TypeAdapter,
)

from bot.content.shape_challenge import ChallengeForm, ChallengeWords
from bot.content.shape_dialog import DialogForm, DialogWords
from bot.content.shape_sentence import (
    Form,
    Name,
    Sentence,
)


class PhrasesForm(Form):
    """Small sentences of the bot itself."""

    phrases: dict[Name, Sentence] = Field(min_length=1)


Folder = Literal["dialog", "challenge"]


FORMS: dict[tuple[str, str], type[Form]] = {
    ("dialog", "nl"): DialogForm,
    ("dialog", "en"): DialogWords,
    ("challenge", "nl"): ChallengeForm,
    ("challenge", "en"): ChallengeWords,
    ("phrases", "nl"): PhrasesForm,
    ("phrases", "en"): PhrasesForm,
}


def schemas() -> dict[Folder, dict[str, Any]]:
    """The JSON Schemas for editors: one per folder, for every file in it."""
    return {
        "dialog": _schema(
            "A conversation of the companion", TypeAdapter[Any](DialogForm | DialogWords | PhrasesForm)
        ),
        "challenge": _schema(
            "A challenge of the companion", TypeAdapter[Any](ChallengeForm | ChallengeWords)
        ),
    }


def _schema(title: str, adapter: TypeAdapter[Any]) -> dict[str, Any]:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": title, **adapter.json_schema()}
