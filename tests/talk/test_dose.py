"""How much comes unasked, and that a message never breaks what is open."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select

from bot.storage import due, journal
from bot.storage.schema_flow import due as due_table
from tests.talk.journeys import gives, has_plan, opens_youngsters
from tests.talk.stage import at

MESSAGE = "Er is een bericht voor je."


def unasked_days(stage, sam):
    """The local days on which something unasked went out."""
    number = stage.id_of(sam)
    sent = select(due_table.c.done_at).where(
        due_table.c.person_id == number,
        due_table.c.outcome == "sent",
        due_table.c.kind.in_(["challenge", "meeting_48h", "meeting_3h"]),
    )
    return [moment.date() for moment in stage.reads(lambda conn: conn.execute(sent).scalars().all())]


def earlier_messages(stage, sam, *moments):
    """Unasked messages of earlier days, which nobody answered."""
    number = stage.id_of(sam)
    rows = [
        {
            "person_id": number,
            "kind": "two_weekly",
            "occurrence": moment,
            "not_before": at(moment),
            "state": "done",
            "outcome": "sent",
            "subject": "{}",
            "created_at": at(moment),
            "done_at": at(moment),
        }
        for moment in moments
    ]
    stage.writes(lambda conn: conn.execute(insert(due_table), rows))


def given(stage):
    """Vera gives a challenge, without a tick."""
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")


def test_a_challenge_given_on_the_day_of_a_reminder_comes_the_next_day(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-29 19:00")
    count = len(sam.shown)
    given(stage)
    stage.passes("2026-11-30 18:00")
    assert len(sam.shown) == count

    stage.passes("2026-11-30 19:05")

    assert sam.since(count) == MESSAGE


def test_an_evening_comes_also_on_a_day_that_has_had_its_message(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-29 12:00")
    earlier_messages(stage, sam, "2026-11-29 11:00")
    count = len(sam.shown)

    stage.passes("2026-11-29 19:00")

    assert sam.since(count) == MESSAGE


def test_what_matters_less_waits_for_the_evening_that_is_announced_later_that_day(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-29 12:00")
    given(stage)
    count = len(sam.shown)

    stage.passes("2026-11-29 19:00")
    assert sam.since(count) == MESSAGE
    stage.passes("2026-11-30 12:05")

    assert sam.since(count) == f"{MESSAGE}\n---\n{MESSAGE}"


def test_a_reminder_of_a_step_that_came_too_late_is_dropped_and_the_professional_sees_it(stage):
    sam = has_plan(stage)
    count = len(sam.shown)
    stage.now = at("2026-11-21 18:30")  # nothing ran since the day before

    stage.ticks()

    assert "Zaterdag" not in sam.since(count)
    assert "kreeg geen herinnering aan de stap" in opens_youngsters(stage.of("Vera")).said


def test_after_four_silences_nothing_more_comes_and_the_professional_sees_it(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-25 12:00")
    earlier_messages(
        stage, sam, "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-23 12:00", "2026-11-24 12:00"
    )
    count = len(sam.shown)
    given(stage)

    stage.passes("2026-11-28 12:00")

    assert len(sam.shown) == count + 1
    assert "Wil je daarna minder berichten?" in sam.said
    kinds = stage.reads(lambda conn: [line.kind for line in journal.latest(conn, stage.id_of(sam))])
    assert "quiet" in kinds
    assert "is al langer stil" in opens_youngsters(stage.of("Vera")).said


def test_the_challenge_waits_in_the_menu_all_the_same(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-25 12:00")
    earlier_messages(
        stage, sam, "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-23 12:00", "2026-11-24 12:00"
    )
    given(stage)
    stage.passes("2026-11-26 12:00")

    sam.types("Menu").taps("Mijn uitdaging")

    assert "Een groet per dag" in sam.said


def test_the_evening_of_somebody_silent_is_still_announced(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-27 12:00")
    earlier_messages(
        stage, sam, "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-23 12:00", "2026-11-24 12:00"
    )
    count = len(sam.shown)

    stage.passes("2026-12-01 16:00")

    assert sam.since(count) == f"{MESSAGE}\n---\n{MESSAGE}"


def test_after_two_silences_it_waits_longer(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-25 12:00")
    earlier_messages(stage, sam, "2026-11-21 11:00", "2026-11-23 12:00")
    count = len(sam.shown)
    given(stage)
    stage.passes("2026-11-27 12:00")
    assert len(sam.shown) == count

    stage.passes("2026-11-28 13:00")  # a week after the first of the two

    assert sam.since(count) == MESSAGE


def test_a_sign_of_life_ends_the_silence(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-25 12:00")
    earlier_messages(
        stage, sam, "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-23 12:00", "2026-11-24 12:00"
    )
    sam.types("Menu").taps("Niets, dank je")
    count = len(sam.shown)
    given(stage)
    stage.passes("2026-11-29 12:00")  # four in the last seven days is enough

    assert sam.since(count) == MESSAGE


def test_what_was_asked_for_is_outside_the_cap(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 15:00")
    earlier_messages(stage, sam, "2026-11-21 12:00")
    count = len(sam.shown)

    stage.passes("2026-11-21 18:00")

    assert len(sam.shown) == count + 2  # the nudge and the question, both asked for


def test_in_six_silent_weeks_never_two_on_a_day_nor_five_in_a_week(stage):
    sam = stage.youth_begins()
    given(stage)
    stage.passes(timedelta(weeks=6))

    days = unasked_days(stage, sam)

    assert len(days) == len(set(days))
    assert all(sum(0 <= (other - day).days < 7 for other in days) <= 4 for day in days)
    assert len(days) >= 6


def test_a_reminder_in_the_middle_of_an_exercise_leaves_it_open(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Voorbereiden", "Iets anders")
    stage.passes("2026-11-29 19:00")
    assert sam.has("Lees")

    sam.types("Ze lopen weg")

    assert "Hoe zeker ben je dat dit gebeurt?" in sam.said


def test_after_a_tap_on_the_reminder_words_still_find_the_question_that_takes_them(stage):
    stage.passes("2026-11-28 18:30")
    sam = has_plan_now(stage)
    stage.passes("2026-11-29 18:30")
    sam.types("Menu").taps("Mijn stap", "Voorbereiden", "Iets anders")
    stage.passes("2026-11-29 19:00")
    sam.taps("Lees", "Ik kom")

    sam.types("Ze lopen weg")

    assert "Hoe zeker ben je dat dit gebeurt?" in sam.said


def has_plan_now(stage):
    sam = stage.youth_begins()
    gives(stage)
    return sam.taps(
        "Ja, die wil ik", "Meteen een stap kiezen", "Een knik", "maandag 30", "12:00", "Zo is het genoeg"
    )


def test_a_moment_is_handled_once(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 16:00")
    count = len(sam.shown)

    for _ in range(5):
        stage.ticks()

    assert len(sam.shown) == count
    assert stage.reads(
        lambda conn: due.sent_moments(conn, stage.id_of(sam), {"nudge"}, at("2026-11-01 12:00"))
    )


def silent(stage):
    """Somebody who left four messages unanswered, and was asked whether it may be quieter."""
    sam = stage.youth_begins()
    stage.passes("2026-11-25 12:00")
    earlier_messages(
        stage, sam, "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-23 12:00", "2026-11-24 12:00"
    )
    given(stage)
    stage.passes("2026-11-25 12:05")
    return sam


def test_the_question_whether_to_be_quieter_comes_once(stage):
    sam = silent(stage)

    stage.passes(timedelta(weeks=5))

    assert sam.ever.count("Wil je daarna minder berichten?") == 1


def test_an_answer_to_that_question_brings_what_waited(stage):
    sam = silent(stage).taps("Nee, zo is het goed")
    count = len(sam.shown)

    stage.passes("2026-12-04 12:00")

    assert MESSAGE in sam.since(count)


def test_yes_halves_what_comes(stage):
    sam = silent(stage).taps("Ja, minder")

    assert "hooguit twee keer in de week" in sam.said


def test_a_pause_is_an_answer_too(stage):
    sam = silent(stage).taps("Ik wil pauze", "Een week")
    count = len(sam.shown)

    stage.passes("2026-12-02 12:00")

    assert len(sam.shown) == count


def test_who_was_heard_before_the_question_could_go_is_not_asked(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-25 21:58")
    earlier_messages(
        stage, sam, "2026-11-22 12:00", "2026-11-23 12:00", "2026-11-24 12:00", "2026-11-25 12:00"
    )
    given(stage)
    stage.ticks()  # the question waits: this day has had its message
    sam.types("Menu").taps("Niets, dank je")

    stage.passes("2026-11-27 12:00")

    assert "Wil je daarna minder berichten?" not in sam.ever


def test_a_minor_gets_nothing_in_school_hours_and_does_in_a_holiday(stage):
    kim = stage.youth_begins("Kim", born="2009-05")
    stage.passes("2026-12-14 10:00")
    opens_youngsters(stage.of("Vera"), "Kim").taps("Uitdaging geven", "Een groet per dag")
    count = len(kim.shown)
    stage.passes("2026-12-14 14:59")
    assert len(kim.shown) == count
    stage.passes("2026-12-14 15:00")
    assert len(kim.shown) == count + 1


def test_in_the_christmas_holiday_school_hours_do_not_count(stage):
    kim = stage.youth_begins("Kim", born="2009-05")
    kim.types("Menu").taps("Niets, dank je")
    stage.passes("2026-12-22 10:00")
    opens_youngsters(stage.of("Vera"), "Kim").taps("Uitdaging geven", "Een groet per dag")
    kim.types("Menu").taps("Niets, dank je")
    count = len(kim.shown)

    stage.passes("2026-12-22 10:05")

    assert kim.since(count) == MESSAGE
