"""Which helplines somebody sees: 112 and 113 always, two others that fit the age, open ones first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.helplines import KINDS, NEVER, Helpline, Remarks, load_helplines, opens, text
from bot.errors import ContentRefused

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DIALOGS = Path(__file__).resolve().parents[2] / "dialogs"
DUTCH, ENGLISH = (load_helplines(DIALOGS, language) for language in ("nl", "en"))
REMARKS = Remarks("Chatten: {chat}", "Nu dicht. Open vanaf {opens}.", "Tijden onbekend.", "(Niet nagekeken.)")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=AMSTERDAM)
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
AGES = st.integers(11, 27)


def at(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)


def shown(age, moment="2026-11-20 12:00", lines=DUTCH, **more):
    now = at(moment) if isinstance(moment, str) else moment
    born = f"{now.year - age - 1}-12" if age is not None else None
    return text(lines, REMARKS, born=born, now=now, zone=AMSTERDAM, **more).split("\n\n")


@given(AGES | st.none(), MOMENTS)
def test_the_emergency_number_and_113_always_come_first(age, moment):
    lines = shown(age, moment)

    assert lines[0].splitlines()[1] == "112"
    assert lines[1].splitlines()[1:] == ["113", "Chatten: 113.nl"]
    assert 2 <= len(lines) <= 4


@pytest.mark.parametrize(
    "age, there, not_there",
    [
        (12, ["Kindertelefoon"], ["Alles Oké"]),
        (17, ["Kindertelefoon"], ["Alles Oké"]),
        (18, ["Kindertelefoon", "Alles Oké"], []),
        (19, ["Alles Oké", "Luisterlijn"], ["Kindertelefoon"]),
        (24, ["Alles Oké", "Luisterlijn"], ["Kindertelefoon"]),
        (25, ["Luisterlijn"], ["Alles Oké", "Kindertelefoon"]),
    ],
)
def test_the_lines_fit_the_age(age, there, not_there):
    said = "\n".join(shown(age, "2026-11-20 15:00"))

    assert all(name in said for name in there)
    assert not any(name in said for name in not_there)


@given(AGES, MOMENTS)
def test_nobody_is_sent_to_a_line_for_another_age(age, moment):
    kindertelefoon = next(line for line in DUTCH if line.key == "kindertelefoon")
    said = "\n".join(shown(age, moment))

    assert (kindertelefoon.line in said) <= (8 <= age <= 18)


def test_a_closed_line_says_when_it_opens_and_stands_after_the_open_ones():
    lines = shown(20, "2026-11-20 03:00")

    assert lines[2].startswith("Praten over alles: Luisterlijn.")
    assert "Nu dicht. Open vanaf 14:00." in lines[3]


def test_an_open_line_says_nothing_of_hours():
    assert not any("Nu dicht" in line for line in shown(20, "2026-11-20 15:00"))


def test_a_number_nobody_checked_says_so_except_the_two_that_must_stand_there():
    lines = shown(20, "2026-11-20 15:00")

    assert not any("Niet nagekeken" in line for line in lines[:2])
    assert all("Niet nagekeken" in line for line in lines[2:])


def test_a_checked_number_says_nothing():
    assert shown(20, lines=(line_of(checked_on=date(2026, 11, 1)),)) == ["Bel X.\n0800-1"]


@pytest.mark.parametrize("days, there", [(1, True), (180, True), (181, False), (400, False)])
def test_what_was_checked_too_long_ago_is_not_given_to_anybody(days, there):
    old = line_of(checked_on=date(2026, 11, 20) - timedelta(days=days))

    assert ("Bel X." in "".join(shown(20, lines=(old,)))) is there


def test_with_every_row_stale_112_and_113_are_left():
    stale = tuple(replace(line, checked_on=date(2025, 1, 1)) for line in DUTCH)

    assert [one.splitlines()[1] for one in shown(16, lines=stale)] == ["112", "113"]


def test_nobody_ever_claimed_to_have_checked_a_row():
    assert {line.checked_on for line in DUTCH} == {None}


@pytest.mark.parametrize(
    "kind, name",
    [
        ("abuse", "Veilig Thuis"),
        ("outside", "Veilig Thuis"),
        ("sexual", "Centrum Seksueel Geweld"),
        ("sextortion", "Helpwanted"),
        ("threat", "Veilig Thuis"),
        ("eating", "huisarts"),
        ("talk", "Kindertelefoon"),
        ("suicide", "Kindertelefoon"),
        ("friend", "Kindertelefoon"),
    ],
)
def test_the_line_for_the_trouble_comes_first(kind, name):
    assert name in shown(14, "2026-11-20 15:00", kind=kind)[2]


def test_both_languages_have_the_same_lines_and_hours():
    assert [line.key for line in DUTCH] == [line.key for line in ENGLISH]
    for dutch, english in zip(DUTCH, ENGLISH, strict=True):
        assert (dutch.open, dutch.ages, dutch.kinds) == (english.open, english.ages, english.kinds)
        assert dutch.line != english.line


def test_no_number_in_english_differs_from_the_dutch_one():
    assert [line.number for line in DUTCH] == [line.number for line in ENGLISH]
    assert not any(re.search(r"\d{3}", line.line) for line in (*DUTCH, *ENGLISH))


def test_a_number_stands_on_its_own_line_without_spaces():
    for kind in KINDS:
        for said in shown(20, "2026-11-20 15:00", kind=kind):
            numbers = [line for line in said.splitlines() if re.search(r"\d{3}", line) and "nl" not in line]
            assert all(re.fullmatch(r"[\d-]+", line) for line in numbers)


# Hours


def always_open():
    return dict.fromkeys(range(7), (time(0), time(0)))


def line_of(**hours):
    opened, checked = hours.get("open", always_open()), hours.get("checked_on")
    return Helpline("x", "Bel X.", "0800-1", None, range(121), opened, frozenset({"talk"}), False, checked)


@given(MOMENTS)
def test_day_and_night_is_never_closed(moment):
    assert opens(line_of(), moment, AMSTERDAM) is None


@given(MOMENTS)
def test_an_evening_line_is_open_exactly_when_the_wall_says_so(moment):
    evening = line_of(open=dict.fromkeys(range(7), (time(14), time(22))))

    assert (opens(evening, moment, AMSTERDAM) is None) is (14 <= moment.hour < 22)


@given(MOMENTS)
def test_when_it_opens_it_is_open(moment):
    mondays = line_of(open={0: (time(9), time(12))})
    opening = opens(mondays, moment, AMSTERDAM)
    if opening is not None:
        assert moment < opening <= moment + timedelta(days=7, hours=1)
        assert opens(mondays, opening, AMSTERDAM) is None


def test_hours_that_pass_midnight():
    night = line_of(open={4: (time(20), time(2))})  # Friday evening into Saturday

    assert opens(night, at("2026-11-21 01:59"), AMSTERDAM) is None
    assert opens(night, at("2026-11-21 02:00"), AMSTERDAM) == at("2026-11-27 20:00")


def test_a_line_without_hours_never_opens_and_claims_nothing():
    closed = line_of(open={})

    assert opens(closed, at("2026-11-20 12:00"), AMSTERDAM) == NEVER
    assert shown(20, lines=(closed,)) == ["Bel X.\n0800-1\n(Niet nagekeken.)"]


def test_a_line_without_a_number_does_not_speak_of_one():
    own = replace(line_of(), number=None)

    assert shown(20, lines=(own,)) == ["Bel X."]


def test_hours_nobody_knows_are_not_made_up():
    assert shown(20, lines=(line_of(open=None),)) == ["Bel X.\n0800-1\nTijden onbekend.\n(Niet nagekeken.)"]


# Mistakes in the file


def test_a_row_with_a_gap_is_refused_with_its_name(tmp_path):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "helplines.yaml").write_text("helplines:\n  - key: x\n    name: X\n", "utf-8")

    with pytest.raises(ContentRefused, match="helplines"):
        load_helplines(tmp_path, "nl")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ContentRefused, match="helplines"):
        load_helplines(tmp_path, "nl")
