"""The stage of the conversations, also here."""

import faulthandler

import pytest

from tests.talk.conftest import prepared

__all__ = ["may_take_minutes", "prepared"]


@pytest.fixture
def may_take_minutes() -> None:
    """No stack traces of tests that are slow because they do much."""
    faulthandler.cancel_dump_traceback_later()
