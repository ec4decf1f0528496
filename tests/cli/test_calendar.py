"""`companion calendar GROUP`: the evenings of a group as a file."""

from __future__ import annotations

import icalendar

from tests.cli.conftest import EXAMPLE_SEED


def test_it_writes_the_evenings_of_the_group(installed):
    installed("seed", EXAMPLE_SEED)
    target = installed.folder / "group.ics"

    outcome = installed("calendar", "noordwijk-18-25", "--to", target)

    assert outcome.code == 0
    found = icalendar.Calendar.from_ical(target.read_bytes())
    assert len(found.walk("VEVENT")) > 20
    assert {str(one["SUMMARY"]) for one in found.walk("VEVENT")} == {"Bijeenkomst"}


def test_written_again_nothing_has_another_name(installed):
    installed("seed", EXAMPLE_SEED)
    names = []
    for number in (1, 2):
        target = installed.folder / f"{number}.ics"
        installed("calendar", "noordwijk-12-18", "--to", target)
        names.append(
            {str(one["UID"]) for one in icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")}
        )

    assert names[0] == names[1]


def test_a_group_that_is_not_there_is_named_with_those_that_are(installed):
    installed("seed", EXAMPLE_SEED)

    outcome = installed("calendar", "noordwijk-18-52")

    assert outcome.code == 2
    assert 'There is no group "noordwijk-18-52"; did you mean "noordwijk-18-25"?' in outcome.err
