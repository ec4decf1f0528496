"""From a document to its filled form; what pydantic finds becomes one problem per mistake, with its place."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from bot.content.problem import Problem
from bot.content.shape import FORMS
from bot.content.shape_sentence import Form
from bot.content.source import Document, Path

TAGS = frozenset({"<plain>", "<mapping>", "<bands>", "<long>", "<step>", "<list>", "[key]"})
"""What pydantic puts into a place for the branch of a union; none of it stands in the file."""

MOST_NAMES = 25
"""Longer lists are cut: nobody reads them."""


ALIKE = 60
"""How much of a hundred two names have in common before one is proposed for the other."""


def filled(document: Document) -> tuple[Form | None, list[Problem]]:
    """The form of *document*, or ``None`` and what does not fit it."""
    form = FORMS[document.source.kind, document.source.language]
    try:
        return form.model_validate(document.data), []
    except ValidationError as broken:
        return None, _problems(document, form, broken.errors(include_url=False))


def nearest(word: str, known: Iterable[str]) -> str:
    """The name in *known* that *word* looks like, or nothing."""
    found = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else ""


def unknown(document: Document, path: Path, kind: str, word: str, known: Iterable[str]) -> Problem:
    """A name that does not exist: with the one that was probably meant, else with all there are."""
    names = sorted(known)
    if near := nearest(word, names):
        return document.problem(path, f"{kind}_near", word=word, near=near)
    known = ", ".join(names[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")
    return document.problem(path, kind, word=word, known=known or "-")


def _problems(document: Document, form: type[Form], errors: list[ErrorDetails]) -> list[Problem]:
    found: dict[Path, Problem] = {}
    paths = [(_path(error["loc"]), error) for error in errors]
    extra = [path for path, error in paths if error["type"] == "extra_forbidden"]
    for path, error in paths:
        if error["type"] == "missing" and any(
            other and path[:-1] == other[:-1] and nearest(str(other[-1]), [str(path[-1])]) for other in extra
        ):
            continue
        found.setdefault(path, _problem(document, form, path, error))
    return list(found.values())


def _path(loc: tuple[int | str, ...]) -> Path:
    """Without the tags that pydantic puts in for the branches of a union."""
    return tuple(part for part in loc if part not in TAGS)


def _problem(document: Document, form: type[Form], path: Path, error: ErrorDetails) -> Problem:
    context: dict[str, Any] = error.get("ctx", {})
    name = str(path[-1]) if path else ""
    is_name = error["loc"][-1:] == ("[key]",)
    if is_name and " " in name and _value(document, path) is None:
        return document.problem(path, "text_with_comma", word=name)
    match error["type"]:
        case "extra_forbidden":
            if document.source.language != "nl" and name in _fields(FORMS[document.source.kind, "nl"], path):
                return document.problem(path, "structure_in_translation", word=name)
            if " " in name and error.get("input") is None:
                return document.problem(path, "text_with_comma", word=name)
            return unknown(document, path, "unknown_key", name, _fields(form, path))
        case "missing":
            return document.problem(path[:-1], "missing_key", word=name)
        case "reply_type":
            return document.problem(path, "not_reply")
        case "string_type" | "sentence_type" if error.get("input") is None:
            return document.problem(path, "empty_value", word=name)
        case "string_type" | "sentence_type":
            return document.problem(path, "not_text", word=name)
        case "string_pattern_mismatch":
            word = name if is_name else _words(document, path)
            return document.problem(path, "bad_name", word=word, pattern=context["pattern"].strip("^$"))
        case "literal_error":
            known = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
            return unknown(document, path, "unknown_value", _words(document, path), known)
        case "too_short" if context.get("actual_length") == 0:
            return document.problem(path, "empty_value", word=name)
        case "string_too_short":
            return document.problem(path, "empty_value", word=name)
        case "too_short" | "too_long":
            least, most = context.get("min_length"), context.get("max_length")
            kind = "too_few" if least is not None else "too_many"
            value, limit = _value(document, path), least if least is not None else most
            count = len(value) if isinstance(value, dict | list) else context["actual_length"]
            return document.problem(path, kind, word=name, limit=str(limit), count=str(count))
        case "string_too_long":
            return document.problem(path, "text_too_long", limit=str(context["max_length"]))
        case "greater_than_equal" | "less_than_equal":
            sign = "ge" if "ge" in context else "le"
            return document.problem(path, "number_" + sign, word=name, limit=str(context[sign]))
        case "model_type" | "dict_type":
            return document.problem(path, "not_keys", word=name)
        case "list_type":
            return document.problem(path, "not_list", word=name)
        case "bool_type" | "bool_parsing":
            return document.problem(path, "not_bool", word=name)
        case "int_type" | "int_parsing" | "int_from_float" | "finite_number":
            return document.problem(path, "not_number", word=name)
        case _:
            return document.problem(path, "wrong_value", word=name)


def _words(document: Document, path: Path) -> str:
    value = _value(document, path)
    return value if isinstance(value, str) else str(path[-1]) if path else ""


def _value(document: Document, path: Path) -> Any:
    """What stands at *path*, or at the nearest place above it that exists."""
    value: Any = document.data
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            break
    return value


def _fields(form: type[BaseModel], path: Path) -> set[str]:
    """The keys that may stand beside the last one of *path*."""
    here, in_mapping = {form}, False
    for part in path[:-1]:
        if in_mapping or isinstance(part, int):
            in_mapping = False
            continue
        fields = [field for model in here for field, _ in [_field(model, str(part))] if field is not None]
        in_mapping = any(_holds_mapping(field) for field in fields)
        here = {model for field in fields for model in _models(field)}
    return {info.alias or name for model in here for name, info in model.model_fields.items()}


def _field(model: type[BaseModel], name: str) -> tuple[Any, str]:
    for own, info in model.model_fields.items():
        if name in (own, info.alias):
            return info.annotation, own
    return None, name


def _holds_mapping(annotation: Any) -> bool:
    if get_origin(annotation) is dict:
        return True
    return isinstance(annotation, types.UnionType) and any(map(_holds_mapping, get_args(annotation)))


def _models(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for inner in get_args(annotation) for model in _models(inner)}
