"""Words a person typed. They travel as a type of their own, so that no log or template can mistake them for ours."""

from __future__ import annotations


class Words(str):
    """Text typed by a person. Its ``repr`` shows the length only; ``str()`` gives the text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Words({len(self)} characters)"
