"""How the steps of a dialog hang together: names that exist, ways that lead on, and a way out for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from jinja2 import TemplateError, nodes

from bot.content.cage import Cage
from bot.content.form import unknown
from bot.content.graph import dead_ends, reached, silent_circle, ways
from bot.content.library import Vocabulary
from bot.content.outcomes import outcome_problems
from bot.content.problem import Problem, Severity
from bot.content.sentences import condition_paths, sentence_paths, words_at
from bot.content.shape_dialog import DialogForm, StepForm
from bot.content.shape_sentence import LabelForm
from bot.content.source import Document, Path
from dialogs.effects import Option
from dialogs.screens import ERASE
from dialogs.script import DONE, RESERVED_CHOICES

KINDS = ("choices", "scale", "percent", "text", "code", "do", "end")
ASKING = frozenset({"choices", "scale", "percent", "text", "code"})
HELP = ("helplines", "112", "113")


def kinds_of(step: StepForm) -> tuple[str, ...]:
    """What the step is: the kinds of question or move it declares; empty for a step that only tells."""
    asked = (
        step.choices or step.options,
        step.scale,
        step.percent,
        step.text,
        step.code,
        step.do,
        step.end,
    )
    return tuple(kind for kind, given in zip(KINDS, asked, strict=True) if given)


def dialog_problems(
    document: Document, form: DialogForm, vocabulary: Vocabulary, dialogs: Set[str]
) -> list[Problem]:
    """What is wrong with the structure of *form*; *dialogs* are the names of all dialogs there are."""
    found = [*_names(document, form, vocabulary, dialogs), *_results(document, form, vocabulary)]
    for key, step in form.steps.items():
        found += _step(document, ("steps", key), step, form)
    targets_known = not any(problem.kind.startswith("unknown_step") for problem in found)
    if targets_known:
        found += _paths(document, form)
    if form.audience == "youth":
        found += [*outcome_problems(document, form), *_help(document, form)]
    if form.audience == "youth" and form.later is None:
        for key, step in form.steps.items():
            if {"scale", "percent", "text"} & set(kinds_of(step)):
                found.append(document.problem(("steps", key), "no_way_out"))
                break
    return found


def _help(document: Document, form: DialogForm) -> Iterator[Problem]:
    """Where the help button is off, the words themselves say where help is."""
    if form.help or not any(ASKING.intersection(kinds_of(step)) for step in form.steps.values()):
        return
    said = " ".join(
        words
        for path in sentence_paths(form)
        if path[-1] == "say"
        for _, words in words_at(document, path).values()
    )
    if not any(sign in said for sign in HELP):
        yield document.problem(("help",), "no_help")


def _names(
    document: Document, form: DialogForm, vocabulary: Vocabulary, dialogs: Set[str]
) -> Iterator[Problem]:
    if form.first not in form.steps:
        yield unknown(document, ("first",), "unknown_step", form.first, form.steps)
    for key, step in form.steps.items():
        here: Path = ("steps", key)
        for path, target in ways(here, step):
            if target not in form.steps:
                yield unknown(document, path, "unknown_step", target, form.steps)
        if step.then is not None and step.then not in dialogs:
            yield unknown(document, (*here, "then"), "unknown_dialog", step.then, dialogs)
        if step.do is not None and step.do not in vocabulary.actions:
            yield unknown(document, (*here, "do"), "unknown_action", step.do, vocabulary.actions)
        if step.picture is not None and step.picture not in vocabulary.facts:
            yield unknown(document, (*here, "picture"), "unknown_fact", step.picture, vocabulary.facts)
        for name, fact in (("options", step.options), ("each", step.each)):
            if fact is not None:
                yield from _option_fact(document, (*here, name), fact, vocabulary.facts)


def _option_fact(document: Document, path: Path, fact: str, facts: Mapping[str, object]) -> Iterator[Problem]:
    lists = sorted(name for name, sample in facts.items() if _are_options(sample))
    if fact not in facts:
        yield unknown(document, path, "unknown_fact", fact, lists)
    elif fact not in lists:
        yield unknown(document, path, "not_options", fact, lists)


def _are_options(sample: object) -> bool:
    return isinstance(sample, tuple) and all(isinstance(one, Option) for one in sample)


def _results(document: Document, form: DialogForm, vocabulary: Vocabulary) -> Iterator[Problem]:
    cage = Cage("nl")
    for path, source in condition_paths(form):
        action = form.steps[str(path[1])].do
        if action is None or action not in vocabulary.actions or path[2] != "goto":
            continue
        for word in _compared_with_result(cage, source):
            if word not in vocabulary.actions[action]:
                yield unknown(document, path, "unknown_result", word, vocabulary.actions[action])


def _compared_with_result(cage: Cage, source: str) -> Iterator[str]:
    try:
        tree = cage.parse("{{ (" + source + ") }}")
    except (TemplateError, RecursionError):
        return
    for compare in tree.find_all(nodes.Compare):
        names = [node.name for node in compare.find_all(nodes.Name)]
        if "result" in names:
            yield from (
                const.value for const in compare.find_all(nodes.Const) if isinstance(const.value, str)
            )


def _step(document: Document, here: Path, step: StepForm, form: DialogForm) -> Iterator[Problem]:
    kinds = kinds_of(step)
    if len(kinds) > 1:
        yield document.problem((*here, kinds[-1]), "two_kinds", kinds=" + ".join(kinds))
        return
    kind = kinds[0] if kinds else "tell"
    useless = _useless(kind)
    for name in document.data["steps"][here[1]]:
        if name in useless:
            yield document.problem((*here, name), "useless_key", word=name)
    if kind in ASKING and step.say is None:
        yield document.problem(here, "no_question")
    if step.each and not step.save:
        yield document.problem((*here, "each"), "each_without_save")
    if kind == "choices":
        yield from _choices(document, here, step, form)
    if kind == "text":
        yield from _text(document, here, step, form)
    yield from _branches(document, here, step)


def _useless(kind: str) -> frozenset[str]:
    match kind:
        case "end":
            return frozenset({"goto", "save", "skip", "each", "columns", "several", "redraws"})
        case "do":
            return frozenset(
                {
                    "say",
                    "save",
                    "skip",
                    "each",
                    "columns",
                    "several",
                    "then",
                    "in_place",
                    "redraws",
                    "private",
                    "silent",
                    "picture",
                }
            )
        case "tell":
            return frozenset({"save", "skip", "each", "columns", "several", "redraws", "then"})
        case "choices":
            return frozenset({"then"})
        case _:
            return frozenset({"columns", "several", "redraws", "then"})


def _choices(document: Document, here: Path, step: StepForm, form: DialogForm) -> Iterator[Problem]:
    choices = step.choices or {}
    if step.several and (not step.save or step.each):
        yield document.problem((*here, "several"), "several_without_save")
    for key in choices:
        if key in (RESERVED_CHOICES if step.several else RESERVED_CHOICES - {DONE}):
            yield document.problem((*here, "choices", key), "reserved_choice", word=key)
    said = Counter(label.casefold() for label in choices.values() if isinstance(label, str))
    for key, label in choices.items():
        if isinstance(label, str) and said[label.casefold()] > 1:
            yield document.problem((*here, "choices", key), "same_label", "warning", word=label)
            said[label.casefold()] = 0
    hidden = choices and all(isinstance(label, LabelForm) and label.when for label in choices.values())
    if hidden and not step.options and step.skip is None:
        severity: Severity = "error" if form.later is None else "warning"
        yield document.problem((*here, "choices"), "maybe_no_answer", severity)


def _text(document: Document, here: Path, step: StepForm, form: DialogForm) -> Iterator[Problem]:
    examples = step.text.examples if step.text else {}
    for key in examples:
        if key in RESERVED_CHOICES - {DONE} or key == ERASE:
            yield document.problem((*here, "text", "examples", key), "reserved_choice", word=key)
    if form.audience in ("staff", "admin"):
        if not examples and step.skip is None and form.later is None:
            yield document.problem(here, "no_button")
        return
    if not examples:
        yield document.problem((*here, "text"), "text_without_examples")
    if step.skip is None:
        yield document.problem((*here, "text"), "text_without_skip")


def _branches(document: Document, here: Path, step: StepForm) -> Iterator[Problem]:
    if not isinstance(step.goto, list):
        return
    open_at = next((place for place, branch in enumerate(step.goto) if branch.when is None), None)
    if open_at is None:
        yield document.problem((*here, "goto", len(step.goto) - 1), "no_last_branch")
    elif open_at < len(step.goto) - 1:
        yield document.problem((*here, "goto", open_at + 1), "branch_after_last")


def _paths(document: Document, form: DialogForm) -> Iterator[Problem]:
    stuck = set(dead_ends(form))
    for key in sorted(stuck):
        yield document.problem(("steps", key), "dead_end")
    seen = reached(form)
    for key in form.steps:
        if key not in seen:
            yield document.problem(("steps", key), "unreachable")
    circle = silent_circle(form)
    if circle:
        yield document.problem(("steps", circle[0]), "silent_loop", steps=" > ".join((*circle, circle[0])))
    if not stuck and not circle:
        ending = {key for key, step in form.steps.items() if step.end}
        leading = reached(form, backwards_from=ending)
        lost = [key for key in form.steps if key in seen and key not in leading]
        if lost:
            yield document.problem(("steps", lost[0]), "no_end")
