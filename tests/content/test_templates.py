"""Sentences and conditions: what they may do, and that words of people never become anything else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.cage import BOLD, CLOSE, OPEN, Cage
from bot.content.templates import MAX_OUTPUT, Unfit, condition, sentence
from dialogs.effects import Option
from dialogs.text import Span, plain
from dialogs.words import Words

NL, EN = Cage("nl"), Cage("en")
TUESDAY = dt.datetime(2026, 11, 24, 18, 0, tzinfo=dt.UTC)

SCOPE: dict[str, Any] = {
    "name": Words("Sam"),
    "days": 3,
    "at": TUESDAY,
    "ladder": (Option("a", "Knik"), Option("b", "Zeg hoi")),
    "answers": {"happened": Words("**hoi** {{ days }}"), "skipped": None, "items": "k"},
    "item": Option("a", "**Knik**"),
    "result": "sent",
}


def said(source: str, cage: Cage = NL, **more: Any) -> str:
    return plain(sentence(cage, source)({**SCOPE, **more}))


def refusal(source: str, **more: Any) -> str:
    with pytest.raises(Unfit) as unfit:
        sentence(NL, source)({**SCOPE, **more})
    return unfit.value.kind


@pytest.mark.parametrize(
    "source, dutch, english",
    [
        ("{{ at|date }}", "dinsdag 24 november", "Tuesday 24 November"),
        ("{{ at|time }}", "19:00", "19:00"),
        ("{{ at|datetime }}", "dinsdag 24 november, 19:00", "Tuesday 24 November, 19:00"),
        ("{{ days }} {{ plural(days, one='x', other='xx') }}", "3 xx", "3 xx"),
        ("{{ 1|plural(one='x', other='xx') }}", "x", "x"),
    ],
)
def test_days_times_and_plurals_are_said_in_the_language_of_the_reader(source, dutch, english):
    assert (said(source), said(source, EN)) == (dutch, english)


def test_a_moment_in_summer_is_said_in_summer_time_and_a_day_needs_no_zone():
    assert said("{{ at|time }}", at=dt.datetime(2026, 7, 1, 17, 0, tzinfo=dt.UTC)) == "19:00"
    assert said("{{ at|time }}", at=dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)) == "02:30"
    assert said("{{ at|date }}", at=dt.date(2026, 11, 24)) == "dinsdag 24 november"
    assert refusal("{{ at|time }}", at=dt.datetime(2026, 11, 24, 19, 0)) == "template_fails"  # noqa: DTZ001  # that is the point


def test_two_stars_are_bold_in_our_own_words_only():
    assert sentence(NL, "Dag **{{ item.label }}**!")(SCOPE) == (
        Span("Dag "),
        Span("**Knik**", "bold"),
        Span("!"),
    )


def test_words_of_a_person_are_never_read_as_a_template():
    assert sentence(NL, "Je schreef: {{ answers.happened }}")(SCOPE) == (
        Span("Je schreef: "),
        Span("**hoi** {{ days }}", "words"),
    )


@pytest.mark.parametrize(
    "source",
    ["{{ name ~ '' }}", "{{ name + '' }}", "{{ [name]|join(', ') }}", "{{ name[:9] }}", "{{ '' ~ name }}"],
)
def test_words_stay_words_however_they_are_put_together(source):
    assert Span("Sam", "words") in sentence(NL, source)(SCOPE)


def test_a_loop_over_a_fact_and_a_question_whether_it_is_there():
    source = "{% for one in ladder %}{{ loop.index }}. {{ one.label }}\n{% endfor %}"

    assert said(source) == "1. Knik\n2. Zeg hoi"
    assert said("{% if answers.skipped is none %}Overgeslagen.{% endif %}") == "Overgeslagen."


def test_a_skipped_answer_leaves_nothing_where_it_stood():
    assert said("Dag{{ answers.skipped }}.") == "Dag."


def test_names_of_answers_never_meet_the_methods_of_a_mapping():
    assert said("{{ answers.items }}") == "k"
    assert refusal("{{ answers.keys }}") == "template_undefined"


@pytest.mark.parametrize(
    "source, kind",
    [
        ("{{ nmae }}", "template_undefined"),
        ("{{ answers.hapened }}", "template_undefined"),
        ("{{ ''.__class__ }}", "template_undefined"),
        ("{{ name.upper() }}", "template_call"),
        ("{{ range(9) }}", "template_call"),
        ("{{ lipsum() }}", "template_call"),
        ("{{ cycler('a') }}", "template_call"),
        ("{{ ladder|random }}", "template_filter"),
        ("{{ name|center(999999) }}", "template_filter"),
        ("{% set x = 1 %}", "template_not_allowed"),
        ("{% macro x() %}{% endmacro %}", "template_not_allowed"),
        ("{% include 'x' %}", "template_not_allowed"),
        ("{% import 'x' as y %}", "template_not_allowed"),
        ("{% extends 'x' %}", "template_not_allowed"),
        ("{{ self }}", "template_not_allowed"),
        ("{{ '%s' % name }}", "template_refused"),
        ("{{ 2 ** 99 }}", "template_refused"),
        ("{{ 10000000 * 2 }}", "template_refused"),
        ("{{ ladder }}", "template_refused"),
        ("{{ at }}", "template_refused"),
        ("{{ 1 / 0 }}", "template_fails"),
        ("{{ name|date }}", "template_fails"),
        ("{% for x in [1, 2] %}{% endfor %}", "template_loop"),
        ("{% for a in ladder %}" * 3 + "{% endfor %}" * 3, "template_loop"),
        ("{% for x in ladder recursive %}{% endfor %}", "template_loop"),
        ("{{ (((((((((((((((((((((((1))))))))))))))))))))))) }}", "template_nested"),
        ("{% if days %}" * 150 + "{% endif %}" * 150, "template_nested"),
        ("{{ " + "not " * 990 + "days }}", "template_nested"),
        ("**vet", "template_stars"),
        (f"x{OPEN}y", "template_sentinel"),
        ("{{ '\\ue002' }}", "template_sentinel"),
    ],
)  # fmt: skip
def test_what_a_sentence_may_not_do_is_refused(source, kind):
    assert refusal(source) == kind


def test_a_sentence_that_becomes_too_long_is_refused():
    many = tuple(Option("a", "x" * 100) for _ in range(MAX_OUTPUT // 100 + 1))

    assert refusal("{% for one in ladder %}{{ one.label }}{% endfor %}", ladder=many) == "template_output"


def test_a_fact_is_looked_up_only_when_it_is_named():
    class Lazy(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            assert name != "days", "looked up although no sentence names it"
            return super().__getitem__(name)

    assert plain(sentence(NL, "{{ name }}")(Lazy(SCOPE))) == "Sam"


@pytest.mark.parametrize(
    "source, holds",
    [
        ("result == 'sent'", True),
        ("result in ('late', 'different')", False),
        ("days > 2 and not days == 4", True),
        ("answers.skipped is none", True),
        ("good_start(days)", True),
        ("has_gap(tension)", True),
    ],
)
def test_a_condition_is_true_or_false(source, holds):
    assert condition(NL, source)({**SCOPE, "tension": {"a": 1, "b": 9}}) is holds


@pytest.mark.parametrize(
    "source, kind",
    [
        ("answers.happened", "condition_not_bool"),
        ("nothing", "condition_not_bool"),
        ("nothing == 1", "template_undefined"),
        ("answers.skipped > 3", "template_fails"),
        ("days >", "condition_syntax"),
        ("days }} {{ days", "condition_syntax"),
        ("days = 3", "condition_syntax"),
    ],
)
def test_a_condition_that_gives_anything_else_is_refused(source, kind):
    with pytest.raises(Unfit) as unfit:
        condition(NL, source)(SCOPE)
    assert unfit.value.kind == kind


# Properties

ANYTHING = st.text(max_size=60) | st.text(alphabet="*{}%#'\"<>_\ue000\ue001\ue002 @/:ab\n", max_size=60)


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_whatever_a_person_types_comes_out_as_their_words_and_changes_nothing_around_it(typed):
    rendered = sentence(NL, "A **B {{ name }} C** D {{ name ~ '' }}.")({"name": Words(typed)})

    kept = typed.translate({ord(mark): None for mark in (BOLD, OPEN, CLOSE)})
    ours = [span for span in rendered if span.style != "words"]
    assert [span.text for span in rendered if span.style == "words"] == ([kept, kept] if kept else [])
    assert [(span.text, span.style) for span in ours if span.text.strip()] == [
        ("A ", "plain"),
        ("B ", "bold"),
        (" C", "bold"),
        (" D ", "plain"),
        (".", "plain"),
    ]


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_any_text_is_either_a_sentence_or_refused(source):
    try:
        rendered = sentence(NL, source)(SCOPE)
    except Unfit:
        return
    assert len(plain(rendered)) <= MAX_OUTPUT


PARTS = st.sampled_from(
    ["{{", "}}", "{%", "%}", "if", "for", "in", "endif", "endfor", "days", "name", "ladder", "(", ")", "[", "]", "'a'",
     "*", "**", "~", "+", "%", "|", "join", "length", "10000000", ".", "__class__", "is", "not", "else", ",", "=", "\n"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=25))
def test_any_heap_of_template_words_is_either_a_sentence_or_refused(parts):
    source = " ".join(parts)
    for make in (sentence, condition):
        try:
            made = make(NL, source)(SCOPE)
        except Unfit:
            continue
        assert isinstance(made, bool) or len(plain(made)) <= MAX_OUTPUT
