"""A year of one municipality, checked by rules that share no code with what is checked; a few weeks in every run."""

from __future__ import annotations

import faulthandler
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rehearsal.year.roster import everybody
from tests.rehearsal.year.rules import LATE, MOST_IN_A_GROUP, Report, check
from tests.rehearsal.year.town import Year, play

YEAR = date(2026, 8, 31), date(2027, 8, 31)
FEW = ("Sam", "Wout", "Kim", "Luuk")
AUTUMN = date(2026, 10, 15), date(2026, 11, 4)
CHRISTMAS = date(2026, 12, 14), date(2027, 1, 6)


def told(year: Year, report: Report) -> str:
    """What was played and looked at, for people."""
    kinds = Counter(one.kind for one in year.ledger if one.who in year.people)
    most = {name: max(taken for _, group, taken in year.places if group == name) for name in year.groups}
    lines = [
        f"{year.since:%Y-%m-%d} to {year.until:%Y-%m-%d}: {len(year.ids)} youngsters, at most {most} at once,"
        f" {year.updates} updates in {year.seconds:.0f} s of CPU",
        f"{len(year.ledger)} messages unasked, of which to youngsters: {dict(kinds.most_common())}",
        f"done: {dict(year.done)}",
        f"looked at: {dict(report.counted)}",
        *report.failed,
    ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def autumn() -> Year:
    """Three weeks around the end of summer time: an evening moves on the day of the switch, one is cancelled."""
    faulthandler.cancel_dump_traceback_later()
    return play([one for one in everybody() if one.name in FEW], *AUTUMN)


def test_around_the_switch_of_the_clock_every_rule_holds(autumn: Year) -> None:
    report = check(autumn)

    assert report.failed == (), told(autumn, report)
    assert report.counted["reminders that had to come"] >= 5
    assert report.counted["changes that had to be told"] >= 2


@pytest.mark.usefixtures("may_take_minutes")
def test_around_christmas_every_rule_holds() -> None:
    year = play([one for one in everybody() if one.name in FEW], *CHRISTMAS)
    report = check(year)

    assert report.failed == (), told(year, report)


def test_the_rules_see_what_is_wrong(autumn: Year) -> None:
    """Each thing that must not happen, put into the ledger by hand."""
    reminder = next(one for one in autumn.ledger if one.kind == "meeting_48h")
    weekly = next(one for one in autumn.ledger if one.kind == "two_weekly")
    assert reminder.facts is not None
    assert weekly.facts is not None
    wrong = {
        "a second time": replace(reminder, at=reminder.at + LATE / 2),
        "after it began": replace(reminder, at=reminder.at + timedelta(hours=49)),
        "too early": replace(reminder, at=reminder.at - timedelta(hours=2)),
        "in quiet hours": replace(weekly, at=weekly.at.replace(hour=23, minute=40)),
        "second unasked message that day": replace(weekly, kind="positive_log", at=weekly.at + LATE),
        "of another group": replace(reminder, facts=replace(reminder.facts, group=0)),
        "to somebody who was halted": replace(weekly, facts=replace(weekly.facts, halted=True)),
        "in the phase left": replace(weekly, facts=replace(weekly.facts, phase="left")),
        "in a pause": replace(weekly, facts=replace(weekly.facts, pausing=True)),
        "a kind nobody named": replace(weekly, kind="newsletter"),
    }
    for said, entry in wrong.items():
        ledger = sorted([*autumn.ledger, entry], key=lambda one: one.at)
        failed = check(replace(autumn, ledger=ledger)).failed
        assert any(said in line for line in failed), (said, failed)


def test_a_reminder_that_is_missing_is_missed(autumn: Year) -> None:
    without = [one for one in autumn.ledger if one.kind not in ("meeting_48h", "meeting_moved")]
    failed = check(replace(autumn, ledger=without)).failed

    assert any("came 0 times" in line for line in failed)
    assert any("heard 0 times" in line for line in failed)


@pytest.mark.slow
@pytest.mark.usefixtures("may_take_minutes")
def test_a_whole_year_of_one_municipality() -> None:
    year = play(everybody(), *YEAR)
    report = check(year)
    print(told(year, report))  # `make year` shows them

    assert report.failed == ()
    assert len(year.ids) == 40
    assert max(taken for _, _, taken in year.places) <= MOST_IN_A_GROUP
    assert report.counted["people who were erased"] >= 4
