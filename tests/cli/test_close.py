"""`companion close`: a group or an organisation, shown in numbers, asked, undone; never a name of a youngster."""

from __future__ import annotations

import datetime

from tests.cli.conftest import EXAMPLE_SEED

GROUP = "noordwijk-18-25"
SAM = ("--group", GROUP, "--professional", "vera", "--name", "Sam", "--born", "2005-03", "--cause", "skills")


def test_an_empty_group_is_shown_closed_and_taken_back(installed):
    installed("seed", EXAMPLE_SEED)
    assert f"group {GROUP}: goes on." in installed("close", "group", GROUP).out

    done = installed("close", "group", GROUP, "--on", "2099-01-05", "--yes")
    assert done.code == 0
    assert f"group {GROUP}: closes after 2099-01-05." in done.out
    again = installed("close", "group", GROUP, "--on", "2099-01-06", "--yes")
    assert again.code == 1
    assert "closes on 2099-01-05 already" in again.err
    assert "goes on." in installed("close", "group", GROUP, "--undo", "--yes").out
    assert installed("close", "group", GROUP, "--undo", "--yes").code == 1


def test_with_a_youngster_inside_it_is_not_closed_at_once(installed):
    installed("seed", EXAMPLE_SEED)
    installed("invite", "--role", "youth", *SAM)

    outcome = installed("close", "group", GROUP, "--on", "2099-01-05", "--yes")
    assert "1 youngsters, 1 of them without a way to go on (0 get a message)" in outcome.out
    assert "Sam" not in outcome.out
    installed("close", "group", GROUP, "--undo", "--yes")
    today = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=2)
    soon = installed("close", "group", GROUP, "--on", today, "--yes")
    assert soon.code == 1
    assert "1 youngsters have no way to go on yet" in soon.err


def test_an_organisation_closes_with_all_its_groups(installed):
    installed("seed", EXAMPLE_SEED)
    found = installed(
        "close", "organisation", "welzijn-voorbeeld", "--on", "2099-01-05", "--yes", "--json"
    ).json
    assert found["closes_on"] == "2099-01-05"
    assert "closes after 2099-01-05" in installed("close", "group", GROUP).out
    installed("close", "organisation", "welzijn-voorbeeld", "--undo", "--yes")

    assert "goes on." in installed("close", "group", GROUP).out


def test_what_does_not_exist_is_named_with_what_does(installed):
    installed("seed", EXAMPLE_SEED)

    group = installed("close", "group", "noordwijk-18-52")
    assert group.code == 2
    assert 'did you mean "noordwijk-18-25"?' in group.err
    assert installed("close", "organisation", "elders").code == 2
    assert installed("close", "group", GROUP, "--on", "morgen").code == 2
    past = installed("close", "group", GROUP, "--on", "2020-01-01", "--yes")
    assert past.code == 1
    assert "2020-01-01 is over" in past.err
