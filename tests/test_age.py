"""Somebody is a year older from the first day of the month after the birth month: never earlier than they are."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.age import age_on, band_on, valid_month

MONTHS = st.dates(date(1990, 1, 1), date(2025, 12, 31)).map(lambda day: f"{day:%Y-%m}")
DAYS = st.dates(date(2026, 1, 1), date(2036, 12, 31))


@pytest.mark.parametrize(
    "today, age",
    [
        (date(2026, 10, 31), 15),
        (date(2026, 11, 1), 15),
        (date(2026, 11, 30), 15),
        (date(2026, 12, 1), 16),
        (date(2027, 11, 30), 16),
        (date(2027, 12, 1), 17),
    ],
)
def test_born_in_november_is_sixteen_from_the_first_of_december(today, age):
    assert age_on("2010-11", today) == age


def test_born_in_december_is_a_year_older_from_new_year():
    assert age_on("2010-12", date(2026, 12, 31)) == 15
    assert age_on("2010-12", date(2027, 1, 1)) == 16


@given(MONTHS, DAYS)
def test_nobody_is_taken_for_older_than_they_are(born, today):
    year, month = map(int, born.split("-"))
    last_birthday_possible = date(year, month, monthrange(year, month)[1])

    def real_age(birthday):
        return today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day))

    youngest, oldest = real_age(last_birthday_possible), real_age(date(year, month, 1))

    assert youngest - 1 <= age_on(born, today) <= youngest <= oldest


@given(MONTHS, DAYS)
def test_nobody_ever_gets_younger(born, today):
    assert age_on(born, today + timedelta(days=1)) - age_on(born, today) in (0, 1)


@given(MONTHS, DAYS)
def test_the_age_only_changes_on_the_first_of_a_month(born, today):
    yesterday = today - timedelta(days=1)

    assert today.day == 1 or age_on(born, today) == age_on(born, yesterday)


def test_the_band_changes_in_the_month_after_the_eighteenth_birthday():
    assert band_on("2008-11", date(2026, 11, 30)) == "under18"
    assert band_on("2008-11", date(2026, 12, 1)) == "18plus"


def test_staff_without_a_month_of_birth_are_adults():
    assert band_on(None, date(2026, 11, 20)) == "18plus"


@pytest.mark.parametrize("born", ["2010-11", "1997-01", "2021-10"])
def test_a_month_of_somebody_between_five_and_thirty_is_taken(born):
    assert valid_month(born, date(2026, 11, 20))


@pytest.mark.parametrize(
    "born",
    [
        "",
        "2010",
        "2010-13",
        "2010-00",
        "2010-1",
        "10-11",
        "2010-11-05",
        "0000-01",
        "²010-11",
        "1990-01",
        "2026-01",
    ],
)
def test_anything_else_is_refused(born):
    assert not valid_month(born, date(2026, 11, 20))


@given(st.text(max_size=12))
def test_whatever_was_typed_is_judged_without_an_error(text):
    assert valid_month(text, date(2026, 11, 20)) in (True, False)
