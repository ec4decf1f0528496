"""The evening every two weeks: two messages at most, an answer in two taps, and the list for who leads it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.schedule.series import Series
from bot.storage import meetings, meta
from bot.storage.schema_flow import due
from bot.storage.schema_programme import meeting, series
from tests.talk.journeys import has_plan
from tests.talk.stage import AMSTERDAM, at

# The group of 18-25 meets on Tuesday 1 December 2026, 19:00; that of 12-18 on Monday 23 November.
LONG_BEFORE = "2026-11-29 19:00"
SHORT_BEFORE = "2026-12-01 16:00"
STARTS = "2026-12-01 19:00"


def reminded(stage):
    """Sam got the first message about the evening."""
    if stage.skips_to(reminded):
        return stage.of("Sam")
    sam = stage.youth_begins()
    stage.passes(LONG_BEFORE)
    return sam


def evening_of(stage, group="18-25", **times):
    """Give a group another series from now on."""
    values = {
        "first_date": times["first"],
        "starts": times.get("starts", "19:00"),
        "ends": times.get("ends", "22:00"),
    }

    def change(conn):
        about_evenings = due.c.kind.like("meeting%") | due.c.kind.in_(("attendance", "preparation"))
        conn.execute(due.delete().where(about_evenings))
        conn.execute(meeting.delete())
        conn.execute(
            update(series).where(series.c.group_id == stage.programme.groups[group]).values(**values)
        )
        meta.drop(conn, "planned_on")

    stage.writes(change)
    stage.ticks()


def answers(stage, *answers):
    sam = reminded(stage).taps("Lees", *answers)
    stage.passes("2026-12-01 15:59")
    return sam


# The first message


def test_two_days_before_a_message_comes_that_says_nothing_on_the_lock_screen(stage):
    sam = stage.youth_begins()
    count = len(sam.shown)
    stage.passes("2026-11-29 18:59")
    assert len(sam.shown) == count

    stage.passes(LONG_BEFORE)
    assert sam.since(count) == "Er is een bericht voor je."
    sam.taps("Lees")

    assert "De bijeenkomst is dinsdag 1 december, 19:00 tot 22:00, X-Out, Noordwijkerhout." in sam.said
    assert "Vera en Tom zijn er. Later komen of eerder weggaan mag." in sam.said
    assert sam.last.labels == ["Ik kom", "Ik kom niet", "Weet ik nog niet", "Ik vind het spannend"]


EVERY_ANSWER = [
    ("Ik kom", "Je komt."),
    ("Ik kom niet", "Oké, je komt niet. Dat mag."),
    ("Weet ik nog niet", "je weet het nog niet"),
]


@pytest.mark.parametrize("label, line", EVERY_ANSWER)
def test_every_answer_is_a_good_answer_and_can_be_changed(stage, label, line):
    sam = reminded(stage).taps("Lees", label)
    assert line in sam.said
    assert "Toch anders" in sam.last.labels

    sam.taps("Toch anders", "Ik kom", "Klaar")

    assert "Je komt." in sam.said


def test_the_answer_can_be_changed_in_the_menu(stage):
    sam = reminded(stage).taps("Lees", "Ik kom", "Klaar")

    sam.types("Menu").taps("De bijeenkomst", "Ik kom niet")

    assert list_of(stage)["komt niet"] == "Sam"


def test_asked_for_in_the_menu_it_comes_without_the_neutral_message(stage):
    sam = stage.youth_begins().types("Menu").taps("De bijeenkomst")

    assert sam.said.startswith("De bijeenkomst is dinsdag 1 december")


def test_an_answer_belongs_to_the_evening_that_was_shown(stage):
    sam = stage.youth_begins().types("Menu").taps("De bijeenkomst")
    shown = sam.last
    stage.passes("2026-12-02 12:00")

    sam.taps("Ik kom")

    assert shown.text.startswith("Deze bijeenkomst is al begonnen of voorbij.")
    later = stage.reads(lambda conn: meetings.upcoming(conn, stage.programme.groups["18-25"], stage.now))
    assert stage.reads(lambda conn: meetings.answers(conn, later.id)) == {}


# The second message


@pytest.mark.parametrize(
    "said, comes", [(("Ik kom",), True), (("Weet ik nog niet",), True), ((), True), (("Ik kom niet",), False)]
)
def test_three_hours_before_only_who_comes_or_left_it_open_hears_again(stage, said, comes):
    sam = answers(stage, said) if said else reminded(stage)
    stage.passes("2026-12-01 15:59")
    count = len(sam.shown)

    stage.passes(SHORT_BEFORE)

    assert sam.since(count) == ("Er is een bericht voor je." if comes else "")


def test_the_second_message_remembers_the_answer(stage):
    sam = answers(stage, "Ik kom", "Klaar")
    stage.passes(SHORT_BEFORE)

    sam.taps("Lees")

    assert "Vandaag is de bijeenkomst: 19:00 tot 22:00" in sam.said
    assert "Je zei: ik kom." in sam.said


def test_who_changed_from_not_coming_to_coming_hears_again(stage):
    sam = answers(stage, "Ik kom niet", "Klaar")
    sam.types("Menu").taps("De bijeenkomst", "Ik kom")
    count = len(sam.shown)

    stage.passes(SHORT_BEFORE)

    assert sam.since(count) == "Er is een bericht voor je."


def test_who_said_early_that_they_come_is_asked_once_only(stage):
    sam = stage.youth_begins().types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")
    count = len(sam.shown)
    stage.passes("2026-12-01 15:59")
    assert len(sam.shown) == count

    stage.passes(SHORT_BEFORE)

    assert len(sam.shown) == count + 1


def test_nothing_comes_after_it_has_begun(stage):
    sam = stage.youth_begins().blocks()
    stage.passes(STARTS)
    sam.blocks(False)
    count = len(sam.shown)

    stage.passes("2026-12-01 23:00")

    assert len(sam.shown) == count


def test_an_answer_after_it_has_begun_is_no_answer(stage):
    sam = reminded(stage).taps("Lees")
    shown = sam.last
    stage.passes("2026-12-01 19:30")

    sam.taps("Ik kom")

    assert shown.text.startswith("Deze bijeenkomst is al begonnen of voorbij. Dat geeft niet.")


def test_who_joins_the_day_before_hears_it_once(stage):
    stage.passes("2026-11-30 12:00")
    sam = stage.youth_begins()
    count = len(sam.shown)

    stage.passes("2026-12-01 15:59")

    assert sam.since(count) == "Er is een bericht voor je."


def test_who_joins_late_in_the_evening_hears_it_in_the_morning(stage):
    stage.passes("2026-11-30 22:30")
    sam = stage.youth_begins()
    count = len(sam.shown)
    stage.passes("2026-12-01 08:59")
    assert len(sam.shown) == count

    stage.passes("2026-12-01 09:00")

    assert sam.since(count) == "Er is een bericht voor je."


def test_who_joins_an_hour_before_gets_no_message_of_three_hours_before(stage):
    stage.passes("2026-12-01 18:00")
    sam = stage.youth_begins()
    count = len(sam.shown)

    stage.passes(STARTS)

    assert len(sam.shown) <= count + 1


def test_after_each_evening_the_next_one_is_announced(stage):
    sam = stage.youth_begins()

    stage.passes("2026-12-29 18:00")

    assert sam.texts.count("Er is een bericht voor je.") == 6  # two for 1, 15 and 29 December


def test_a_reminder_breaks_no_open_question_and_takes_no_words(stage):
    sam = has_plan(stage).types("Menu").taps("Ik wil iemand spreken")
    asked = len(sam.shown)
    stage.passes("2026-12-01 16:00")
    assert "Er is een bericht voor je." in sam.since(asked)

    sam.types("Over de bijeenkomst")

    assert sam.said.startswith("Verstuurd naar Vera.")


def test_the_question_that_was_open_before_is_still_answered_by_its_button(stage):
    sam = stage.youth_begins().types("Menu").taps("Ik wil iemand spreken")
    stage.passes(LONG_BEFORE)

    sam.taps("Lees", "Ik kom", "Klaar").taps("Even praten")

    assert sam.said.startswith("Verstuurd naar Vera.")


# Quiet hours and the clock


def kim(stage):
    return stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")


def test_a_reminder_that_would_fall_in_school_hours_comes_before_school(stage):
    evening_of(
        stage, "12-18", first="2026-11-28", starts="10:00", ends="12:00"
    )  # 48 hours before is Thursday, 10:00
    phone = kim(stage)
    count = len(phone.shown)
    stage.passes("2026-11-26 08:28")
    assert len(phone.shown) == count

    stage.passes("2026-11-26 08:29")

    assert phone.since(count) == "Er is een bericht voor je."


def test_a_reminder_that_would_fall_in_the_night_comes_the_evening_before(stage):
    evening_of(stage, "12-18", first="2026-11-28", starts="10:00", ends="12:00")  # 3 hours before is 07:00
    phone = kim(stage)
    stage.passes("2026-11-27 20:28")
    count = len(phone.shown)

    stage.passes("2026-11-27 20:29")

    assert phone.since(count) == "Er is een bericht voor je."


def test_after_an_outage_in_the_night_the_reminder_waits_for_the_morning(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-29 18:00")
    count = len(sam.shown)
    stage.now = at("2026-11-30 03:00")  # nobody ticked for nine hours
    stage.ticks()
    assert len(sam.shown) == count

    stage.passes("2026-11-30 09:00")

    assert sam.since(count) == "Er is een bericht voor je."


@pytest.mark.parametrize(
    "switch, before, after",
    [
        (date(2027, 3, 28), "2027-03-23 19:00", "2027-04-06 19:00"),
        (date(2026, 10, 25), "2026-10-20 19:00", "2026-11-03 19:00"),
    ],
    ids=["spring", "autumn"],
)
def test_the_wall_clock_says_seven_on_both_sides_of_the_change(stage, switch, before, after):
    """The series of Tuesday 11 May 2021, every two weeks."""
    group = stage.programme.groups["18-25"]
    stage.now = at(before) - timedelta(days=2)
    stage.ticks()

    found = stage.reads(lambda conn: meetings.between(conn, group, stage.now, at(after) + timedelta(hours=1)))

    assert [one.starts_at.astimezone(AMSTERDAM) for one in found] == [at(before), at(after)]
    assert found[1].starts_at - found[0].starts_at != timedelta(days=14)
    assert at(before).date() < switch < at(after).date()


def test_the_reminders_around_the_change_of_the_clock_keep_their_distance(stage):
    """An evening on the Monday after the change: 48 hours before is an hour earlier on the wall."""
    stage.now = at("2028-03-18 12:00")
    evening_of(stage, first="2028-03-27")
    sam = stage.youth_begins("Pim", born="2004-01")
    count = len(sam.shown)
    stage.passes("2028-03-25 17:59")
    assert len(sam.shown) == count

    stage.passes("2028-03-25 18:00")
    assert sam.since(count) == "Er is een bericht voor je."
    sam.taps("Lees")
    assert "maandag 27 maart, 19:00 tot 22:00" in sam.said
    stage.passes("2028-03-27 16:00")

    assert len(sam.shown) == count + 2


def test_looking_ahead_twice_announces_nothing_twice(stage):
    sam = stage.youth_begins()
    for _ in range(3):
        stage.passes(timedelta(days=1))
        stage.youth_begins("Lou", born="2003-01")
    stage.passes("2026-12-01 18:00")

    assert sam.texts.count("Er is een bericht voor je.") == 2
    rows = stage.reads(lambda conn: conn.execute(select(meeting.c.group_id, meeting.c.local_date)).all())
    assert len(rows) == len(set(rows))


# The list


def list_of(stage, name="Vera"):
    """Who said what, as the professional reads it."""
    phone = stage.of(name).types("/bijeenkomst")
    if "Tik je code" in phone.said:
        phone.taps_code()
    return dict(line.split(": ") for line in phone.said.splitlines() if ": " in line)


def test_the_professional_sees_who_comes(stage):
    for name, said in (("Lou", "Ik kom"), ("Pim", "Ik kom niet"), ("Fay", "Weet ik nog niet"), ("Jip", None)):
        phone = stage.youth_begins(name)
        if said:
            phone.types("Menu").taps("De bijeenkomst", said, "Klaar")

    assert list_of(stage) == {
        "komt": "Lou",
        "komt niet": "Pim",
        "weet het nog niet": "Fay",
        "nog geen antwoord": "Jip",
    }
    assert "dinsdag 1 december, 19:00, X-Out, Noordwijkerhout" in stage.of("Vera").said


def test_the_colleague_who_leads_the_same_evening_sees_the_same_list(stage):
    stage.youth_begins().types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")

    assert list_of(stage, "Tom")["komt"] == "Sam"


def test_a_series_that_ends_after_midnight_is_one_evening(stage):
    evening_of(stage, first="2026-11-28", starts="21:00", ends="00:30")
    sam = stage.youth_begins().types("Menu").taps("De bijeenkomst")

    assert "zaterdag 28 november, 21:00 tot 00:30" in sam.said


def test_without_a_series_there_is_no_evening_to_ask_about(stage):
    assert Series(date(2021, 5, 11), time(19), time(22)).every_weeks == 2
    stage.writes(lambda conn: conn.execute(series.delete()))
    stage.writes(lambda conn: conn.execute(update(meeting).values(state="cancelled")))

    sam = stage.youth_begins().types("Menu")

    assert "De bijeenkomst" not in sam.last.labels
    assert stage.of("Vera").types("/bijeenkomst").taps_code().said == "Er staat geen bijeenkomst gepland."
