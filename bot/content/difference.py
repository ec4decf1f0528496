"""What changed between two texts, in words: "stap 3 (zin): de vraag is veranderd. Was: ... Nu: ...". Pure.

Works on what the reader makes of both files, so it also names fields that are younger than this page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.change import BANDS, Change, Path
from bot.content.kinds import sources_of
from bot.content.pages import Pages
from bot.content.problem import LANGUAGES, Language
from bot.content.source import Kind, read

Forms = Mapping[Language, Mapping[str, Any]]
"""What stands in the file of each language."""

ASKING = frozenset({"choices", "options", "scale", "percent", "text", "code"})
ORDERED = frozenset({"steps", "choices", "examples", "predictions", "phrases"})
"""Mappings whose order people see."""

_LABELS = frozenset({"choices", "examples"})


def forms_of(pages: Pages) -> Forms:
    """What the reader makes of both files; what cannot be read is empty."""
    found: dict[Language, Mapping[str, Any]] = {}
    for source in sources_of(pages.kind, pages.key, pages.nl, pages.en):
        document, _ = read(source)
        found[source.language] = document.data if document else {}
    return found


def between(before: Pages, after: Pages) -> tuple[Change, ...]:
    """What changed between two texts of one file; when only the layout did, it says so."""
    found = differences(after.kind, forms_of(before), forms_of(after))
    if not found and before.revision != after.revision:
        return (Change("layout", "nl", ()),)
    return found


def differences(kind: Kind, before: Forms, after: Forms) -> tuple[Change, ...]:
    """Every change from *before* to *after*, in reading order; empty when both say the same."""
    if not before.get("nl"):
        return (Change("new", "nl", (), after=_title(after)),) if after.get("nl") else ()
    if not after.get("nl"):
        return (Change("gone", "nl", (), before=_title(before)),)
    found: list[Change] = []
    skipped: set[str] = set()
    for language in LANGUAGES:
        old, new = _normal(before.get(language, {})), _normal(after.get(language, {}))
        if bool(old) != bool(new):
            found.append(Change("translation_new" if new else "translation_gone", language, ()))
            continue
        if language == "nl":
            found += _steps(kind, old, new, skipped)
        found += _orders(kind, language, old, new)
        found += _leaves(kind, language, old, new, skipped)
    return tuple(found)


def _steps(kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any], skipped: set[str]) -> Iterator[Change]:
    """Steps that came, went, or only changed their name; *skipped* gathers them."""
    before, after = _mapping(old, "steps"), _mapping(new, "steps")
    gone, come = [key for key in before if key not in after], [key for key in after if key not in before]
    for key in come:
        same = next((other for other in gone if before[other] == after[key]), None)
        place = list(after).index(key) + 1
        skipped.add(key)
        if same is not None:
            gone.remove(same)
            skipped.add(same)
            yield Change("step_renamed", "nl", ("steps", key), place, same, key, kind=kind)
        else:
            yield Change("step_added", "nl", ("steps", key), place, "", _first_words(after[key]), kind=kind)
    for key in gone:
        skipped.add(key)
        place = list(before).index(key) + 1
        yield Change("step_removed", "nl", ("steps", key), place, _first_words(before[key]), kind=kind)


def _orders(
    kind: Kind, language: Language, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    if language != "nl":
        # The Dutch file decides on every order.
        return
    before, after = dict(_mappings(old, ())), dict(_mappings(new, ()))
    for path, now in after.items():
        was = before.get(path, ())
        common = [key for key in was if key in now]
        if common != [key for key in now if key in was]:
            number = _number(new, path)
            yield Change("moved", language, path, number, ", ".join(was), ", ".join(now), kind=kind)


def _mappings(value: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            if key in ORDERED:
                yield (*path, key), tuple(inner)
            yield from _mappings(inner, (*path, key))


def _leaves(
    kind: Kind, language: Language, old: Mapping[str, Any], new: Mapping[str, Any], skipped: set[str]
) -> Iterator[Change]:
    before, after = dict(_flat(old, ())), dict(_flat(new, ()))
    paths = [*after, *(path for path in before if path not in after)]
    for path in paths:
        if path[0] == "steps" and len(path) > 1 and path[1] in skipped:
            continue
        was, now = before.get(path), after.get(path)
        if was == now:
            continue
        what = "added" if was is None else "removed" if now is None else "changed"
        source = old if now is None else new
        step = _mapping(source, "steps").get(path[1], {}) if path[0] == "steps" and len(path) > 1 else {}
        asks = isinstance(step, dict) and bool(ASKING & step.keys())
        number = _number(source, path)
        yield Change(what, language, path, number, was or "", now or "", asks, kind)


def _flat(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(inner, (*path, key))
    elif path:
        yield path, _shown(value)


def _normal(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The short and the long form of a label are the same; rows of a list that have a key go by it."""

    def normal(value: Any, inside: str) -> Any:
        if isinstance(value, dict):
            return {key: _label(normal(inner, key), inside, key) for key, inner in value.items()}
        if isinstance(value, list) and value and all(isinstance(one, dict) and "key" in one for one in value):
            return {str(one["key"]): normal(one, "") for one in value}
        return value

    made: Mapping[str, Any] = normal(dict(data), "")
    return made


def _label(value: Any, inside: str, key: str) -> Any:
    banded = isinstance(value, dict) and value.keys() <= set(BANDS)
    if (inside in _LABELS or key == "skip") and (isinstance(value, str) or banded):
        return {"say": value}
    return value


def _shown(value: Any) -> str:
    match value:
        case None:
            return "-"
        case True | False:
            return str(value).lower()
        case dict():
            return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items()) or "-"
        case list():
            return "; ".join(_shown(inner) for inner in value) or "-"
        case _:
            return str(value)


def _first_words(step: Any) -> str:
    for name in ("title", "say", "do", "end"):
        if isinstance(step, dict) and name in step:
            return _shown(step[name])
    return "-"


def _title(forms: Forms) -> str:
    data = forms.get("nl", {})
    return _shown(
        next((data[name] for name in ("title", "about", "dialog", "challenge") if name in data), None)
    )


def _number(data: Mapping[str, Any], path: Path) -> int:
    keys = list(_mapping(data, "steps"))
    return keys.index(path[1]) + 1 if len(path) > 1 and path[1] in keys else 0


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}
