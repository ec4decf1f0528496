"""What is asked of a professional with 24 youngsters, counted; two weeks in every run, half a year by command."""

from __future__ import annotations

import faulthandler
import re

import pytest

from bot.programme.workload import AFTER_EVENING, WEEKLY
from tests.rehearsal.half_year.__main__ import DIGESTS, WORK
from tests.rehearsal.half_year.play import QUICK, WEEKS, HalfYear, play
from tests.talk.leaks import wrong_in_digest


@pytest.fixture(scope="module")
def begin() -> HalfYear:
    """The first weeks, with two thirds of the youngsters and the first evening of both groups."""
    faulthandler.cancel_dump_traceback_later()
    return play(QUICK)


def test_the_first_weeks_ask_what_the_half_year_counted(begin: HalfYear) -> None:
    """All 24 begin in them, so they ask more than an average week; when this fails: `make half-year`."""
    counted = WORK.read_text(encoding="utf-8").splitlines()
    asked = [line for line in begin.counts().splitlines() if line.startswith(("week 20", "evening 20"))]

    assert asked, begin.report()
    assert [line for line in asked if line not in counted] == [], begin.report()
    assert begin.after_an_evening() <= AFTER_EVENING, begin.report()
    assert begin.evenings == 2


def test_everything_could_be_tapped(begin: HalfYear) -> None:
    assert begin.trouble == []
    assert {"digest", "attendance", "observation", "preparation"} <= set(begin.done), begin.done


def test_the_digests_are_those_of_the_example(begin: HalfYear) -> None:
    """When this fails the product says something else now: look whether it is meant, then `make half-year`."""
    assert len(begin.digests) == QUICK
    assert DIGESTS.read_text(encoding="utf-8").startswith(begin.text())


def test_nothing_stood_there_but_what_was_shared_and_the_fixed_list(begin: HalfYear) -> None:
    assert begin.leaks == []


def test_every_digest_of_the_example_holds_the_fixed_list_alone() -> None:
    text = DIGESTS.read_text(encoding="utf-8")
    days = re.split(r"^== [\d-]+ ==$", text, flags=re.MULTILINE)[1:]
    screens = [screen for day in days for screen in re.split(r"^(?=Vervolg)", day, flags=re.MULTILINE)]

    assert len(days) >= WEEKS - 2
    assert [line for screen in screens for line in wrong_in_digest(screen.strip())] == []
    assert "kanarie" not in text


@pytest.mark.slow
@pytest.mark.usefixtures("may_take_minutes")
def test_half_a_year_asks_no_more_and_shows_no_more() -> None:
    year = play(WEEKS)
    print(year.report())

    assert year.leaks == []
    assert year.trouble == []
    assert len(year.digests) >= WEEKS - 2
    assert year.text() == DIGESTS.read_text(encoding="utf-8")
    assert year.a_week() <= WEEKLY
    assert year.after_an_evening() <= AFTER_EVENING
