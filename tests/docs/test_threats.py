"""Each of the 25 threats has a control and tests, and every test that the page names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threats.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d+ ", line)
]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions)


def test_every_threat_has_a_number_a_control_and_a_test():
    assert [int(row[0].split()[0]) for row in ROWS] == list(range(1, 26))
    for row in ROWS:
        assert len(row) == 4
        assert row[2]
        assert "::test_" in row[3], row[0]


@pytest.mark.parametrize("path, name", sorted(set(NAMED)), ids=lambda one: one.rpartition("/")[2])
def test_every_test_that_is_named_exists(path, name):
    assert (ROOT / path).exists(), path
    assert name in named_in(path), f"{path}::{name}"


def test_nothing_looks_like_a_test_and_is_no_name_of_one():
    assert len(NAMED) == PAGE.count("::test_")
