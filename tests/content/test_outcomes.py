"""A dialog that notes how a step went asks it with gedaan, deels and niet; and niet has a way of its own."""

from __future__ import annotations

import pytest

from bot.content.check import problems_in
from bot.content.library import Vocabulary
from bot.content.source import Source

PAGE = """\
dialog: a
about: Na een stap.
for: youth
later: Later
first: how
steps:
  how:
    say: Hoe ging het?
    choices: {gedaan: Gedaan, deels: Deels, niet: Niet gedaan}
    save: outcome
    goto: note
  note:
    do: record_outcome
    goto:
      - {if: "answers.outcome == 'niet'", to: kind}
      - {to: bye}
  kind: {say: Dat kan., end: not_done}
  bye: {say: Oké., end: done}
"""


def kinds(old: str = "", new: str = "") -> list[str]:
    assert old in PAGE
    source = Source("dialog", "a", "nl", "dialogs/nl/a.yaml", PAGE.replace(old, new).encode())
    found = problems_in([source], Vocabulary(), lambda file, line=1, column=1: None)
    return [problem.kind for problem in found if problem.kind != "no_translation"]


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("", "", []),
        ("answers.outcome == 'niet'", "answers.outcome in ['niet']", []),
        ("answers.outcome == 'niet'", "answers['outcome'] == 'niet'", []),
        ("niet: Niet gedaan", "niet: {say: Niet gedaan, goto: kind}", []),
        ("answers.outcome == 'niet'", "answers.outcome == 'gedaan'", ["not_done_same"]),
        (", niet: Niet gedaan", "", ["missing_not_done"]),
        ("save: outcome", "save: how", ["no_outcome", "not_done_same", "unknown_answer"]),
        ("for: youth", "for: staff", []),
    ],
    ids=["as it is", "in a list", "in brackets", "at once", "other", "missing", "not saved", "staff"],
)
def test_not_done_has_a_way_of_its_own(old, new, expected):
    assert sorted(set(kinds(old, new))) == expected
