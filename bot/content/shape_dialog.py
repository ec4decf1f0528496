"""The form of a conversation and of its translation, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from bot.content.shape_sentence import (
    DialogName,
    Form,
    Key,
    Label,
    Line,
    Name,
    Sentence,
    Skip,
    TranslatedLabel,
)
from dialogs.script import Audience

Given = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer", "boolean", "null"]},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]
"""The value of a fact in an example; the checker holds it against the sample of that fact."""


def _said(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PydanticCustomError("reply_type", "a key, a number or a text")
    return value


Reply = Annotated[str | int, BeforeValidator(_said)]


class BranchForm(Form):
    """Go to step *to* when *if* holds; the last of a list has no *if*."""

    when: Line | None = Field(default=None, alias="if")
    to: Key


def _is_list(value: Any) -> str:
    return "<list>" if isinstance(value, list) else "<step>"


Goto = Annotated[
    Annotated[Key, Tag("<step>")] | Annotated[list[BranchForm], Field(min_length=1), Tag("<list>")],
    Discriminator(_is_list),
]


class EndsForm(Form):
    """Words for both ends of a scale."""

    low: Sentence
    high: Sentence


class TextForm(Form):
    """A question for typed words, with examples to tap."""

    examples: dict[Key, Label] = Field(default_factory=dict)
    limit: int = Field(default=500, ge=1, le=2000)


class StepForm(Form):
    say: Sentence | None = None
    choices: dict[Key, Label] | None = Field(default=None, min_length=1)
    options: Name | None = None
    columns: int = Field(default=1, ge=1, le=8)
    several: Sentence | None = None
    scale: EndsForm | None = None
    percent: EndsForm | None = None
    text: TextForm | None = None
    code: int | None = Field(default=None, ge=4, le=12)
    do: Name | None = None
    end: Key | None = None
    then: DialogName | None = None
    each: Name | None = None
    save: Name | None = None
    skip: Skip | None = None
    goto: Goto | None = None
    in_place: bool = False
    redraws: bool = False
    private: bool = False
    silent: bool = False
    picture: Name | None = None
    keyboard: bool = False


class ExampleForm(Form):
    """With the facts *given*, these *results* of actions and these *answers*, the dialog ends in *end*.

    An answer is the key of a choice, a number, or words that are typed; a fact that is a list is given as
    ``key: label``. An action whose result is not given has ``ok``.
    """

    name: Line
    given: dict[Name, Given] = Field(default_factory=dict)
    results: dict[Name, Key] = Field(default_factory=dict)
    answers: list[Reply] = Field(default_factory=list)
    end: Key


class DialogForm(Form):
    """A whole conversation: structure and sentences."""

    dialog: DialogName
    about: Line
    audience: Audience = Field(alias="for")
    later: Sentence | None = None
    help: bool = True
    first: Key
    steps: dict[Key, StepForm] = Field(min_length=1)
    examples: list[ExampleForm] = Field(default_factory=list)


class StepWords(Form):
    say: Sentence | None = None
    choices: dict[Key, TranslatedLabel] | None = None
    several: Sentence | None = None
    scale: EndsForm | None = None
    percent: EndsForm | None = None
    text: TextWords | None = None
    skip: TranslatedLabel | None = None


class TextWords(Form):
    examples: dict[Key, TranslatedLabel] = Field(default_factory=dict)


class DialogWords(Form):
    """The translation of a conversation: sentences only, under the same keys."""

    dialog: DialogName
    about: Line | None = None
    later: Sentence | None = None
    steps: dict[Key, StepWords] = Field(min_length=1)
