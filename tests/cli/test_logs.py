"""The log of a running companion never holds anybody's words."""

import logging

import pytest

from bot.cli.logs import OneLine

WORDS = "ik zit alleen op mijn kamer"


def logged(message, *arguments, name="bot.app", error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return OneLine().format(logging.LogRecord(name, logging.ERROR, "app.py", 1, message, arguments, info))


def failing():
    raise ValueError(WORDS)


def test_an_error_shows_where_it_was_and_not_what_it_said():
    with pytest.raises(ValueError, match=WORDS) as caught:
        failing()

    line = logged("a turn failed", error=caught.value)

    assert line.count("test_logs.py:") == 2
    assert "a turn failed | ValueError < " in line
    assert WORDS not in line


def test_a_record_is_one_line():
    assert "\n" not in logged("two\nlines: %s", "three\r\nfour")


def test_what_asyncio_says_of_a_lost_task_does_not_quote_it():
    message = f"Task exception was never retrieved\nfuture: <Task exception=ValueError({WORDS!r})>"

    line = logged(message, name="asyncio")

    assert "Task exception was never retrieved" in line
    assert WORDS not in line


def test_the_time_is_utc():
    assert logged("hoi").split()[0].endswith("Z")
