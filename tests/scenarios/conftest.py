"""The stage of the conversations, also here."""

from tests.talk.conftest import prepared

__all__ = ["prepared"]
