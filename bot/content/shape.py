"""The form of the YAML files as pydantic models; the JSON Schemas for editors are made from these."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from challenge_catalog.model import Band, Cause, Status
from dialogs.script import Audience

DialogName = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,24}$")]
"""24 characters, because ``dialog.screen.choice`` has to fit in the 64 bytes of a button."""
Key = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,32}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Line = Annotated[str, Field(min_length=1, max_length=4000)]


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


class PhrasesForm(Form):
    """Small sentences of the bot itself."""

    phrases: dict[Name, Sentence] = Field(min_length=1)


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
