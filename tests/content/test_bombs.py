"""Content that is meant to harm, or does so by accident, costs a child process and never the bot."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor

import pytest

from bot.content.check import check
from bot.content.child import FOR_ONE, Beside, Limits, budget, examine, examine_one
from bot.content.loader import build
from bot.content.source import MAX_BYTES, Source
from dialogs import engine
from dialogs.effects import Say
from dialogs.events import ChoiceTapped
from tests.content.pages import GOOD, VOCABULARY, At, Pages, sources, written

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


def broken(name: str) -> str:
    quoted = "'" + BOMBS[name].replace("'", "''") + "'"
    return GOOD[NL].replace(SENTENCE, quoted)


def spoiled(name: str) -> Pages:
    return {NL: broken(name)}


def cost_of(bomb: str) -> tuple[set[tuple[str, int]], float, int]:
    """Where a bomb is refused, and what the children of this process took: seconds, and the most kilobytes so far."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    problems = [
        problem for problem in examine(sources(spoiled(bomb))) if problem.kind.startswith("template_")
    ]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {(problem.file, problem.line) for problem in problems}, seconds, after.ru_maxrss


@pytest.fixture(scope="module")
def small() -> Iterator[Executor]:
    """A process of its own: the system counts a parent's memory with its child's, and a test run is large."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        yield process


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_template_bomb_is_refused_at_its_place_within_the_limits(bomb, small):
    refused, seconds, kilobytes = small.submit(cost_of, bomb).result()

    assert refused == {("dialogs/nl/checkin.yaml", 35)}
    assert seconds < 4
    assert kilobytes < 2**19


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
    dialogs, catalog = written(tmp_path, spoiled("a hundred million letters"))

    told = [(problem.file, problem.line, problem.kind) for problem in check(dialogs, catalog)]
    assert ("dialogs/nl/checkin.yaml", 35, "template_refused") in told


HELPLINES: At = ("helplines", "helplines", "nl")
ALIASES = "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(40))
SENT: dict[str, tuple[At, str, str]] = {
    "a template bomb": (NL, broken("a hundred million letters"), "template_refused"),
    "a text that doubles": (NL, broken("a text that feeds itself"), "template_not_allowed"),
    "a megabyte": (NL, "# " + "x" * 2**20, "too_big"),
    "a megabyte of aliases": (NL, ALIASES * 700, "too_big"),
    "aliases of aliases": (NL, ALIASES, "yaml_alias"),
    "aliases in the helplines": (HELPLINES, ALIASES + "helplines: [*a40]\n", "yaml_alias"),
    "a thousand brackets": (NL, "a: " + "[" * 1000, "too_deep"),
    "a file as large as may be": (NL, (LARGE * 2)[: MAX_BYTES - 1], "template_heavy"),
}


async def test_the_bot_keeps_answering_while_a_bomb_is_looked_at():
    """Sent in a chat, each bomb is refused within its budget, and meanwhile conversations go on in the same loop."""
    script = build(sources(), VOCABULARY).library.dialogs["checkin", "nl"]
    for name, (at, page, kind) in SENT.items():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        sent = [Source(at[0], at[1], "nl", f"dialogs/nl/{at[1]}.yaml", page.encode())]
        looking = asyncio.get_running_loop().run_in_executor(None, examine_one, sent, Beside())
        answered = 0
        while not looking.done():
            state, _ = engine.start(script, {}, VOCABULARY.facts)
            _, effects = engine.step(script, state, ChoiceTapped(state.screen, "gedaan"), VOCABULARY.facts)
            assert any(isinstance(effect, Say) for effect in effects)
            answered += 1
            await asyncio.sleep(0)

        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert kind in {problem.kind for problem in await looking}, name
        assert all(problem.severity == "error" for problem in await looking if problem.kind == kind)
        assert answered > 0
        assert after.ru_utime - before.ru_utime < FOR_ONE.total + 1, name


def test_a_long_text_that_came_with_the_release_may_take_longer_and_nothing_else_may():
    short = Source("dialog", "checkin", "nl", "dialogs/nl/checkin.yaml", b"x" * 8 * 1024)
    long = Source("phrases", "phrases", "nl", "dialogs/nl/phrases.yaml", b"x" * 80 * 1024)

    assert budget([]) == FOR_ONE
    assert FOR_ONE.total < budget([short]).total < 2
    assert budget([long]).total > 3 * FOR_ONE.total - 1
