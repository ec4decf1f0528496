"""A template tag at the end of a line swallows one line end: a paragraph after it needs one blank line more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DIALOGS = Path(__file__).parents[2] / "dialogs"
GLUED = re.compile(r"(?m)^      +(?!\{%[^%]*%\}$)[^\n]*%\}\n\n(?=      )")


@pytest.mark.parametrize(
    "path", sorted(DIALOGS.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_no_paragraph_is_glued_to_the_one_before(path):
    assert [found.group().strip() for found in GLUED.finditer(path.read_text("utf-8"))] == []
