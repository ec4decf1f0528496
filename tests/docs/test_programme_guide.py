"""The guides for staff: every button that they name is one, and every phase of the lifecycle is explained."""

from __future__ import annotations

import re

import pytest

from bot.conversation.choosing import TAKE_BACK
from bot.conversation.world import CODE_TRIES, INVITATION_VALID, LOCKED_FOR
from bot.programme import signals, workload
from bot.programme.lifecycle import PHASES
from bot.storage.replies import HELD_FOR
from tests.docs import guide

TEXT = (guide.ROOT / "docs" / "programme.md").read_text("utf-8")
PROFESSIONALS = (guide.ROOT / "docs" / "professionals.md").read_text("utf-8")
MOST_BYTES, TWO_PAGES = 60_000, 1300
NAMES = [path.stem for path in (guide.ROOT / "dialogs/nl").glob("*.yaml") if path.stem != "screening"]
KNOWN = {label for name in NAMES for label in guide.labels(guide.page(name))}


@pytest.mark.parametrize("text", [TEXT, PROFESSIONALS], ids=["programme", "professionals"])
def test_every_button_that_the_guide_names_exists(text):
    assert guide.unknown(text, KNOWN) - {"Menu"} == set()
    assert len(guide.buttons(text)) > 30


def test_a_button_that_nobody_has_is_found():
    assert guide.unknown("**Neem over van Tom**, **Maak koffie**, **Neem alles over**", KNOWN) == {
        "Maak koffie",
        "Neem alles over",
    }


def test_the_guide_for_professionals_is_two_pages_with_small_pictures_that_are_there():
    files = {path.stem: path.stat().st_size for path in guide.PICTURES.glob("professionals-*.png")}

    assert sorted(files) == sorted(guide.pictures(PROFESSIONALS))
    assert {name for name, size in files.items() if size > MOST_BYTES} == set()
    assert len(PROFESSIONALS.split()) <= TWO_PAGES


def test_the_figures_for_professionals_are_those_of_the_bot():
    assert (workload.WEEKLY, workload.AFTER_EVENING) == (5, 3)
    assert "vijf minuten per week, en drie na een avond" in PROFESSIONALS
    assert (CODE_TRIES, LOCKED_FOR.seconds, INVITATION_VALID.days) == (5, 900, 7)
    assert "Na vijf keer fout wacht je een kwartier." in PROFESSIONALS
    assert "een week lang" in PROFESSIONALS
    assert TAKE_BACK == HELD_FOR
    assert HELD_FOR.seconds == 120
    usual = signals.USUAL
    assert f"{usual.silent_days} dagen, of {usual.missed} keer niet op de bijeenkomst" in PROFESSIONALS


def test_every_phase_is_in_the_table():
    phrases = guide.page("phrases")["phrases"]
    table = TEXT.split("| stap |")[1].split("\n\n")[0]
    explained = [
        name for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for name in row.split(", ")
    ]

    assert sorted(explained) == sorted(phrases[f"phase_{phase}"].casefold() for phase in PHASES)
