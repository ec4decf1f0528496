"""The guide for coordinators: every button that it names is one, and every phase of the lifecycle is explained."""

from __future__ import annotations

import re

from bot.programme.lifecycle import PHASES
from tests.docs import guide

TEXT = (guide.ROOT / "docs" / "programme.md").read_text("utf-8")
NAMES = [path.stem for path in (guide.ROOT / "dialogs/nl").glob("*.yaml") if path.stem != "screening"]


def test_every_button_that_the_guide_names_exists():
    known = {label for name in NAMES for label in guide.labels(guide.page(name))}

    assert guide.buttons(TEXT) - known - {"Menu"} == set()
    assert len(guide.buttons(TEXT)) > 30


def test_every_phase_is_in_the_table():
    phrases = guide.page("phrases")["phrases"]
    table = TEXT.split("| stap |")[1].split("\n\n")[0]
    explained = [
        name for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in row.split(", ")
    ]

    assert sorted(explained) == sorted(phrases[f"phase_{phase}"].casefold() for phase in PHASES)
