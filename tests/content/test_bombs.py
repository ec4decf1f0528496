"""Content that is meant to harm, or does so by accident, costs a child process and never the bot."""

from __future__ import annotations

import resource

import pytest

from bot.content.check import check
from bot.content.child import Limits, examine
from tests.content.pages import GOOD, At, Pages, sources, written

NL: At = ("dialog", "checkin", "nl")
CHALLENGE: At = ("challenge", "groet", "nl")
SENTENCE = "Ik verstuur het later."

BOMBS = {
    "a hundred million letters": "{{ 'a' * 100000000 }}",
    "a hundred million letters by a power": "{{ 'a' * 10 ** 8 }}",
    "a tower of powers": "{{ 9 ** 9 ** 9 }}",
    "letters that double": "{{ ('a' * 9999) * 9999 }}",
    "padding": "{{ 'a'|center(999999999) }}",
    "formatting": "{{ '%999999999d' % 1 }}",
    "loops inside loops": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "loops over a text": "{% for a in 'aaaaaaaaa' %}{% for b in 'aaaaaaaaa' %}x{% endfor %}{% endfor %}",
    "a text that feeds itself": "{% set x = 'aaaa' %}" + "{% set x = x ~ x ~ x %}" * 40 + "{{ x }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "brackets": "{{ " + "(" * 900 + ")" * 900 + " }}",
    "a very long expression": "{{ " + "1+" * 1900 + "1 }}",
}


def spoiled(bomb: str) -> Pages:
    quoted = "'" + bomb.replace("'", "''") + "'"
    return {NL: GOOD[NL].replace(SENTENCE, quoted)}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_template_bomb_is_refused_at_its_place_within_the_limits(bomb):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    problems = [
        problem for problem in examine(sources(spoiled(bomb))) if problem.kind.startswith("template_")
    ]

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert {(problem.file, problem.line) for problem in problems} == {("dialogs/nl/checkin.yaml", 34)}
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 4
    assert after.ru_maxrss < 2**19


YAML_BOMBS = {
    "aliases of aliases": (
        "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(20)),
        "yaml_alias",
    ),
    "a file of a megabyte": ("# " + "x" * 2**20, "too_big"),
    "a thousand brackets": ("a: " + "[" * 1000, "too_deep"),
    "a thousand mappings": ("".join(" " * n + "a:\n" for n in range(600)), "too_deep"),
    "a number of a thousand digits": (GOOD[NL].replace("columns: 2", "columns: " + "9" * 1000), "not_number"),
    "control characters": ("dialog: a\x00\x01", "yaml_syntax"),
}


@pytest.mark.parametrize("page, kind", YAML_BOMBS.values(), ids=YAML_BOMBS)
def test_a_yaml_bomb_is_refused_without_being_built(page, kind):
    problems = examine(sources({NL: page}))

    assert kind in {problem.kind for problem in problems if problem.file == "dialogs/nl/checkin.yaml"}


LARGE = GOOD[NL] + "".join(
    f'  s{n}: {{say: "Stap {n}: {{{{ name }}}}", goto: s{n + 1}}}\n' for n in range(3000)
)


def test_a_file_that_takes_too_long_is_named_set_aside_and_the_others_are_still_checked():
    heavy, *_, other, _ = sources({NL: LARGE, CHALLENGE: "challenge: groet\n"})
    assert (heavy.kind, other.kind) == ("dialog", "challenge")

    found = examine([heavy, other], Limits(seconds=0.1))

    assert ("dialogs/nl/checkin.yaml", "template_heavy") in {
        (problem.file, problem.kind) for problem in found
    }
    assert ("challenge_catalog/nl/groet.yaml", "missing_key") in {
        (problem.file, problem.kind) for problem in found
    }


def test_a_file_that_takes_too_much_memory_is_named():
    [stopped] = examine(sources({NL: LARGE})[:1], Limits(seconds=60, megabytes=1))

    assert (stopped.file, stopped.kind) == ("dialogs/nl/checkin.yaml", "template_heavy")


def test_the_checker_over_a_folder_finds_what_the_child_finds(tmp_path):
    dialogs, catalog = written(tmp_path, spoiled("{{ 'a' * 100000000 }}"))

    told = [(problem.file, problem.line, problem.kind) for problem in check(dialogs, catalog)]
    assert ("dialogs/nl/checkin.yaml", 34, "template_refused") in told
