"""What the operator reads when the companion stops."""

import inspect
import pickle
from pathlib import Path

import pytest

from bot import errors
from bot.errors import CompanionError, ConfigError, ContentRefused, DatabaseLocked, Refused

EVERY = [
    error
    for _, error in inspect.getmembers(errors, inspect.isclass)
    if issubclass(error, CompanionError) and error is not CompanionError
]


def example(error):
    """An instance with speaking data for each of its fields."""
    return error(*(_FIELDS[name] for name in inspect.signature(error).parameters))


_FIELDS = {
    "section": "telegram", "key": "token", "problem": "is missing", "path": Path("secrets/companion.keys"),
    "key_id": "2026-03", "place": "var/companion.db", "found": "0009", "known": "0007",
    "holder": "process 4711", "role": "professional", "action": "open", "kind": "check-in",
    "count": 3, "first": "dialogs/nl/start.yaml:3:1: unknown key",
    "named": "dialog/checkin: there is no action send_pigeon",
}  # fmt: skip


@pytest.mark.parametrize("error", EVERY)
def test_every_error_tells_all_it_knows_in_one_sentence_or_two(error):
    text = str(example(error))

    assert all(str(_FIELDS[name]) in text for name in inspect.signature(error).parameters)
    assert text.count(". ") < 3


@pytest.mark.parametrize("error", EVERY)
def test_every_error_carries_at_most_three_facts_and_a_known_exit_code(error):
    assert 1 <= len(inspect.signature(error).parameters) <= 3
    assert error.exit_code in (1, 2)


@pytest.mark.parametrize("error", EVERY)
def test_every_error_survives_the_way_between_two_processes(error):
    copy = pickle.loads(pickle.dumps(example(error)))  # noqa: S301  # our own bytes

    assert (type(copy), str(copy)) == (error, str(example(error)))


@pytest.mark.parametrize("error", EVERY)
def test_the_tree_in_the_docstring_names_every_error_with_its_exit_code(error):
    assert f"{error.__name__} ({error.exit_code})" in (errors.__doc__ or "")


def test_the_wording():
    assert str(ConfigError("telegram", "token", "is missing")) == "[telegram] token: is missing"
    assert str(ConfigError("", "config.toml", "does not exist")) == "config.toml: does not exist"
    assert str(ConfigError("telegrm", "", "unknown section")) == "[telegrm]: unknown section"
    assert "by another program" in str(DatabaseLocked("var/companion.db"))
    assert str(Refused("admin", "open", "check-in")) == "Refused: as admin, open on check-in is not allowed."
    assert str(ContentRefused(1, "a.yaml:1:1: x")) == "The content has 1 problem: a.yaml:1:1: x"
