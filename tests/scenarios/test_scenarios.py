"""Every dialog for youngsters, to every ending, as written down in the files of this folder."""

from __future__ import annotations

import pytest

from tests.scenarios.scenario import OTHERS, WRITTEN, Player, endings, scenarios


@pytest.mark.parametrize("number", range(len(scenarios())), ids=[str(one) for one in scenarios()])
def test_a_scenario_goes_as_it_is_written(prepared, number):
    """In Dutch for an adult with its words; every second one in another language or band by the same buttons."""
    scenario = scenarios()[number]
    written = Player(prepared, scenario, WRITTEN)
    assert scenario.reaches in written.plays()
    if number % 2:
        return

    other = Player(prepared, scenario, OTHERS[number // 2 % 3], written.tapped)

    assert scenario.reaches in other.plays()


@pytest.mark.slow
@pytest.mark.parametrize("variant", OTHERS, ids=str)
@pytest.mark.parametrize("number", range(len(scenarios())), ids=[str(one) for one in scenarios()])
def test_it_goes_so_in_every_language_and_band(prepared, number, variant):
    scenario = scenarios()[number]
    written = Player(prepared, scenario, WRITTEN)
    written.plays()

    assert scenario.reaches in Player(prepared, scenario, variant, written.tapped).plays()


def test_every_ending_has_a_scenario():
    missing = endings() - {one.reaches for one in scenarios()}

    assert not missing, "without a scenario:\n" + "\n".join(sorted(".".join(one) for one in missing))


def test_every_scenario_is_about_something_that_exists():
    wrong = [f"{one.file}: {one.name}" for one in scenarios() if one.reaches not in endings()]

    assert not wrong, "\n".join(wrong)
