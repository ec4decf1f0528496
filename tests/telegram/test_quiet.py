"""No token reaches a log, whoever logs and however."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.telegram.quiet import QUIET, quieten, redacted

CANARY = "123456789:AAcanaryAAcanaryAAcanaryAAcanaryAAA"
ADDRESS = f"https://api.telegram.org/bot{CANARY}/sendMessage"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged in the test, as text; the logging of the other tests is put back."""
    factory = logging.getLogRecordFactory()
    levels = {name: logging.getLogger(name).level for name in QUIET}
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    quieten()
    quieten()
    # Added afterwards on purpose: the order of setting up must not matter.
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_a_token_in_a_message_or_its_arguments_is_hidden(log: io.StringIO):
    logger = logging.getLogger("bot.somewhere")
    logger.warning("calling " + ADDRESS)  # noqa: G003 - exactly the careless call this guards against
    logger.warning("calling %s", ADDRESS)
    logger.warning("100 %% of %(where)s", {"where": ADDRESS.replace(":AA", "%3AAA")})
    assert "canary" not in log.getvalue()
    assert log.getvalue().count("<token>") == 3


def test_a_token_in_a_traceback_or_stack_is_hidden(log: io.StringIO):
    logger = logging.getLogger("aiohttp.client")
    try:
        try:
            raise OSError(f"Connection timeout to host {ADDRESS}")
        except OSError as error:
            raise RuntimeError(ADDRESS) from error
    except RuntimeError:
        logger.exception("failed", stack_info=True)
    assert "canary" not in log.getvalue()
    assert "Connection timeout to host" in log.getvalue()


def test_a_wrong_log_call_stops_nothing(log: io.StringIO):
    logging.getLogger("bot.somewhere").warning("%d times", CANARY)
    assert "canary" not in log.getvalue()
    assert "times" in log.getvalue()


def test_the_libraries_are_quiet_below_a_warning(log: io.StringIO):
    for name in QUIET:
        logging.getLogger(f"{name}.inner").info("a message of Sam")
        logging.getLogger(f"{name}.inner").warning("trouble in %s", name)
    assert "Sam" not in log.getvalue()
    assert log.getvalue().count("trouble") == len(QUIET)


@pytest.mark.parametrize(
    "text", ["om 14:30 uur", "2026:11", "127.0.0.1:8080/webhook", "file.py:120:in_some_function"]
)
def test_what_is_no_token_stays(text: str):
    assert redacted(text) == text
