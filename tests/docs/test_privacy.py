"""docs/privacy.md names every field that is kept and every period, as the code has them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.terms import PURPOSE
from bot.storage.columns import Sealed
from bot.storage.retention import BACKUPS_KEPT, RULES
from bot.storage.schema import metadata

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
TABLES = {table.name: table for table in metadata.sorted_tables}
FIELDS = {row[0].strip("`"): row[1:] for row in ROWS if len(row) == 4}
PERIODS = {row[0].strip("`"): row[1:] for row in ROWS if len(row) == 3}


def days(text):
    """The days in *14 days*, *1 year* or *at once*."""
    if text == "at once":
        return 0
    found = re.fullmatch(r"(\d+) (day|year)s?", text)
    assert found, text
    number, unit = found.groups()
    return int(number) * (365 if unit == "year" else 1)


def test_every_table_is_named_and_every_named_table_exists():
    assert set(FIELDS) == set(TABLES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_field_is_named_and_sealed_ones_are_marked(name):
    what, fields, kept = FIELDS[name]
    expected = [
        f"`{column.name}` 🔒" if isinstance(column.type, Sealed) else f"`{column.name}`"
        for column in TABLES[name].columns
    ]

    assert fields.split(", ") == expected
    assert what
    assert kept


def test_every_period_is_that_of_the_code():
    assert set(PERIODS) == {*RULES, "audit", "backups"}
    for kind, rule in RULES.items():
        assert PERIODS[kind] == [rule.what, PERIODS[kind][1]]
        assert timedelta(days=days(PERIODS[kind][1])) == rule.kept, kind
    assert timedelta(days=days(PERIODS["backups"][1])) == BACKUPS_KEPT


@pytest.mark.parametrize("purpose", [PURPOSE, "guardian", "measure"])
def test_every_purpose_is_named(purpose):
    assert f"(`{purpose}`)" in PAGE


@pytest.mark.parametrize("command", ["/privacy", "/mijngegevens", "/wiekeek", "/verwijder", "/stop"])
@pytest.mark.parametrize("page", ["for-youngsters.nl.md", "for-youngsters.en.md"])
def test_the_page_for_youngsters_names_every_command(page, command):
    assert command in (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
