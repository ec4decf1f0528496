"""After an evening: who was there, in one message with the names, filled in from what was said."""

from datetime import timedelta

import pytest

from bot.programme.attendance import came
from bot.programme.lifecycle import Move
from bot.schedule import dose
from bot.storage import attendance, halts, meetings, phases
from tests.talk.stage import CODE

# The group of 18-25 meets on Tuesday 1 and 15 December 2026, 19:00 to 22:00.
OPENER = "De bijeenkomst is voorbij. Wie was er?"


def evening(stage, day="2026-12-01"):
    group = stage.programme.groups["18-25"]
    return stage.reads(lambda conn: meetings.named(conn, group, day))


def noted(stage, day="2026-12-01"):
    rows = stage.reads(lambda conn: attendance.of_meeting(conn, evening(stage, day).id))
    return {number: one.state for number, one in rows.items()}


def says(stage, youth, said, day="2026-12-01"):
    number = stage.id_of(youth)
    stage.writes(lambda conn: meetings.answer(conn, evening(stage, day).id, number, said, stage.now))


def opens(phone, code=CODE):
    """The message after the evening, and the code."""
    phone.taps("Invullen")
    if "Tik je code" in phone.sees("1").text:
        phone.taps_code(code)
    return phone


def from_menu(phone, code=CODE):
    phone.types("Menu").taps("Wie was er")
    if "Tik je code" in phone.said:
        phone.taps_code(code)
    return phone


@pytest.fixture
def two(stage):
    """Sam said he comes, Noa nothing."""
    sam, noa = stage.youth_begins(), stage.youth_begins("Noa")
    stage.ticks()
    says(stage, sam, "come")
    return sam, noa


def test_a_quarter_of_an_hour_after_the_end_one_of_the_two_is_asked(stage, two):
    stage.passes("2026-12-01 22:14")
    assert OPENER not in stage.of("Vera").ever + stage.of("Tom").ever

    stage.passes("2026-12-01 22:16")

    assert stage.of("Vera").texts.count(OPENER) == 1
    assert OPENER not in stage.of("Tom").ever
    assert "Sam" not in stage.of("Vera").sees("Invullen").text


def test_two_quick_taps_on_a_picture_that_is_not_drawn_anew_yet_both_count(stage, two):
    sam, noa = (stage.id_of(one) for one in two)
    stage.passes("2026-12-01 22:20")
    shown = opens_list(stage.of("Vera").taps("Invullen"))
    taps = [shown.button(label).data for label in ("– Noa", "✓ Sam")]
    vera = stage.of("Vera")
    for data in taps:
        vera.taps_data(data)
    vera.taps("Klaar")

    assert noted(stage) == {noa: "excused", sam: "away"}


def test_the_same_button_twice_sets_the_same(stage, two):
    _, noa = (stage.id_of(one) for one in two)
    stage.passes("2026-12-01 22:20")
    shown = opens_list(stage.of("Vera").taps("Invullen"))
    data = shown.button("– Noa").data
    stage.of("Vera").taps_data(data).taps_data(data).taps("Klaar")

    assert noted(stage)[noa] == "excused"


def test_a_button_of_the_list_counts_no_more_after_another_question(stage, two):
    _, noa = (stage.id_of(one) for one in two)
    stage.passes("2026-12-01 22:20")
    shown = opens_list(stage.of("Vera").taps("Invullen"))
    data = shown.button("– Noa").data
    vera = stage.of("Vera").taps("Klaar", "Toch anders").taps_data(data)

    assert vera.toast == "Deze knop hoort bij een eerdere vraag."
    vera.taps("Klaar")
    assert noted(stage)[noa] == "away"


def test_the_names_stand_behind_the_code_and_are_filled_in(stage, two):
    stage.passes("2026-12-01 22:20")
    vera = stage.of("Vera").taps("Invullen")
    assert "Tik je code" in vera.sees("1").text

    shown = opens_list(vera)

    assert shown.labels == ["– Noa", "✓ Sam", "Klaar", "Niet bewaren"]
    assert shown.message.protect
    assert noted(stage) == {}


def opens_list(phone):
    phone.taps_code(CODE)
    return phone.sees("Klaar")


def test_one_tap_keeps_it(stage, two):
    sam, noa = two
    stage.passes("2026-12-01 22:20")
    vera = opens(stage.of("Vera")).taps("Klaar")

    assert "Bewaard. 1 jongere was er." in vera.sees("Toch anders").text
    assert noted(stage) == {stage.id_of(sam): "present", stage.id_of(noa): "away"}


def test_a_tap_on_a_name_changes_it_and_nothing_is_kept_before_done(stage, two):
    _, noa = two
    stage.passes("2026-12-01 22:20")
    vera = opens(stage.of("Vera")).taps("– Noa", "– Noa (afgemeld)")
    assert "✓ Noa" in vera.sees("Klaar").labels
    assert noted(stage) == {}
    vera.taps("✓ Noa", "– Noa", "Klaar")

    assert noted(stage)[stage.id_of(noa)] == "excused"


def test_not_keeping_keeps_nothing(stage, two):
    stage.passes("2026-12-01 22:20")
    opens(stage.of("Vera")).taps("Niet bewaren")

    assert noted(stage) == {}


def test_it_can_be_corrected_for_fourteen_days_from_the_menu_by_the_colleague_too(stage, two):
    sam, _ = two
    stage.passes("2026-12-01 22:20")
    opens(stage.of("Vera")).taps("Klaar")
    stage.passes("2026-12-15 18:00")
    tom = from_menu(stage.of("Tom"))
    assert "Genoteerd door Vera" in tom.sees("Klaar").text
    tom.taps("✓ Sam", "Klaar")
    assert noted(stage)[stage.id_of(sam)] == "away"

    stage.passes("2026-12-15 22:10")
    assert "dinsdag 15 december" in from_menu(stage.of("Vera")).sees("Klaar").text


def test_after_fourteen_days_the_list_stays_as_it_is(stage, two):
    stage.passes("2026-12-01 22:20")
    vera = opens(stage.of("Vera"))
    stage.passes(timedelta(days=14))
    vera.types("Menu").taps("Wie was er")
    vera.taps_code(CODE)
    assert "15 december" in vera.sees("Klaar").text
    stage.passes("2026-12-15 22:21")

    assert evening(stage).ends_at < stage.now - timedelta(days=14)
    assert noted(stage) == {}


def test_two_at_once_the_last_one_counts_and_hears_of_the_first(stage, two):
    sam, _ = two
    stage.passes("2026-12-01 22:20")
    vera, tom = opens(stage.of("Vera")), from_menu(stage.of("Tom"))
    vera.taps("Klaar")
    tom.taps("✓ Sam", "Klaar")

    assert "Vera vulde deze lijst intussen ook in. Jouw lijst telt nu." in tom.sees("Toch anders").text
    assert noted(stage)[stage.id_of(sam)] == "away"


def test_what_was_filled_in_from_the_menu_is_not_asked_again(stage, two):
    stage.passes("2026-12-01 22:05")
    from_menu(stage.of("Tom")).taps("Klaar")
    stage.passes("2026-12-01 22:30")

    assert OPENER not in stage.of("Vera").ever


def test_who_waits_or_was_halted_is_not_named(stage, two):
    sam, noa = (stage.id_of(one) for one in two)
    today = stage.now.date()
    stage.writes(lambda conn: phases.add(conn, noa, Move("waiting", "full", today, stage.now)))
    stage.writes(lambda conn: halts.begin(conn, sam, "other", stage.programme.staff["Vera"], stage.now))
    stage.passes("2026-12-01 22:30")

    assert OPENER not in stage.of("Vera").ever


def test_the_code_that_ran_out_is_asked_again_and_the_taps_stay(stage, two):
    stage.passes("2026-12-01 22:20")
    vera = opens(stage.of("Vera"))
    stage.passes(timedelta(minutes=16))
    vera.taps("Klaar")

    assert "Tik je code" in vera.sees("1").text
    assert noted(stage) == {}


def test_who_leads_another_group_sees_only_that_one(stage, two):
    stage.passes("2026-12-01 22:20")
    amira = from_menu(stage.of("Amira"))

    assert "18-25" not in amira.ever
    assert "Sam" not in amira.ever


def test_who_came_to_one_of_the_last_two_counts_as_coming(stage, two):
    sam, noa = (stage.id_of(one) for one in two)
    stage.passes("2026-12-01 22:20")
    opens(stage.of("Vera")).taps("Klaar")
    later = evening(stage, "2026-12-15")

    def counts(number):
        return stage.reads(
            lambda conn: dose.attends(None, came(attendance.last_states(conn, number, later.starts_at)))
        )

    assert counts(sam)
    assert not counts(noa)


def test_figures_are_counted_by_evening(stage, two):
    stage.passes("2026-12-01 22:20")
    opens(stage.of("Vera")).taps("Klaar")
    one = evening(stage)
    counted = stage.reads(
        lambda conn: attendance.counted(conn, one.group_id, one.starts_at - timedelta(days=1), stage.now)
    )

    assert counted == {one.id: {"present": 1, "away": 1}}
