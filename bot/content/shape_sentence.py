"""What every YAML file is made of: keys, sentences per age band, and labels of buttons."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

DialogName = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,24}$")]
"""24 characters, because ``dialog.screen.choice`` has to fit in the 64 bytes of a button."""


Key = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,32}$")]


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


Line = Annotated[str, Field(min_length=1, max_length=4000)]


class Form(BaseModel):
    """Every form refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid")


class Banded(Form):
    """A sentence that differs per age band."""

    under18: Line
    adult: Line = Field(alias="18plus")


def _is_mapping(value: Any) -> str:
    return "<mapping>" if isinstance(value, dict | BaseModel) else "<plain>"


Sentence = Annotated[
    Annotated[Line, Tag("<plain>")] | Annotated[Banded, Tag("<mapping>")],
    Discriminator(_is_mapping, custom_error_type="sentence_type", custom_error_message="a sentence"),
]


class LabelForm(Form):
    """A label that leads somewhere of its own, or shows only when a condition holds."""

    say: Sentence
    goto: Key | None = None
    when: Line | None = Field(default=None, alias="if")


class SkipForm(Form):
    say: Sentence
    goto: Key | None = None


class LabelWords(Form):
    """The long form of a label in a translation."""

    say: Sentence


def _is_label(value: Any) -> str:
    if isinstance(value, dict):
        return "<bands>" if value.keys() & {"under18", "18plus"} else "<long>"
    return "<long>" if isinstance(value, LabelForm | SkipForm | LabelWords) else "<bands>"


Label = Annotated[
    Annotated[Sentence, Tag("<bands>")] | Annotated[LabelForm, Tag("<long>")], Discriminator(_is_label)
]


Skip = Annotated[
    Annotated[Sentence, Tag("<bands>")] | Annotated[SkipForm, Tag("<long>")], Discriminator(_is_label)
]


TranslatedLabel = Annotated[
    Annotated[Sentence, Tag("<bands>")] | Annotated[LabelWords, Tag("<long>")], Discriminator(_is_label)
]
