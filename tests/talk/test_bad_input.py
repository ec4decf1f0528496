"""What goes wrong in a programme: two groups at once, a clock that jumps, somebody who died."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.schedule.series import Series
from bot.storage import admissions, meetings, waiting
from bot.storage.schema_flow import due
from bot.storage.schema_programme import meeting
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import at
from tests.talk.test_alert_worst_day import news
from tests.talk.test_growing_up import YOUNG, reads_step
from tests.talk.test_outflow import agrees
from tests.talk.test_phase import in_phase
from tests.talk.test_waiting_list import begins, enters, holds, opens_list

# The group of 18-25 meets on Tuesday 1 December 2026, 19:00; that of 12-18 on Monday 4 January 2027.
EVENING = "2026-12-01"


def sent(stage, number, day=EVENING):
    """Reminders of the evening of that day that went out: their kind and the group they were about."""
    query = select(due.c.kind, due.c.subject).where(
        due.c.person_id == number,
        due.c.kind.like("meeting_%h"),
        due.c.occurrence == day,
        due.c.outcome == "sent",
    )
    rows = stage.reads(lambda conn: conn.execute(query.order_by(due.c.kind)).all())
    groups = {
        f'{{"meeting": {one.id}}}': one.group_id
        for one in stage.reads(lambda c: c.execute(select(meeting)).all())
    }
    return [(row.kind, groups[row.subject]) for row in rows]


# Two groups


def test_a_link_to_a_second_group_leaves_somebody_where_they_are(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    second = stage.invitation(stage.youth("Sam", group=YOUNGER, main="Amira", backup="Bas"))
    sam.opens(second)
    stage.passes("2026-11-24 12:00")

    assert stage.id_of(sam) == number
    assert sent(stage, number, "2026-11-23") == []
    assert "The Base" not in sam.ever


@pytest.fixture
def kim(stage):
    """Seventeen; goes on Monday 4 January to the group of 18-25."""
    phone = stage.youth_begins("Kim", born="2008-12", **YOUNG)
    stage.passes("2026-11-23 12:00")
    reads_step(stage.of("Amira"))
    stage.of("Amira").taps("Join Us 18-25")
    return phone


def test_the_evening_of_the_old_group_on_the_day_of_the_move_is_not_announced(stage, kim):
    stage.passes("2027-01-04 23:00")

    assert sent(stage, stage.id_of(kim), "2026-12-21") != []
    assert sent(stage, stage.id_of(kim), "2027-01-04") == []


def test_when_both_groups_meet_on_one_day_the_evening_of_the_new_one_is_announced(stage, kim):
    older = stage.programme.groups[OLDER]
    both = Series(date(2027, 1, 18), time(20), time(22), 4)
    stage.writes(lambda conn: meetings.add_series(conn, older, both))
    stage.passes("2027-01-18 21:00")

    assert sent(stage, stage.id_of(kim), "2027-01-18") == [("meeting_3h", older), ("meeting_48h", older)]


# A clock that jumps


def test_a_jump_past_an_evening_says_nothing_of_it(stage):
    number = stage.id_of(stage.youth_begins())
    stage.passes("2026-11-28 12:00")
    stage.now = at("2026-12-01 19:10")
    stage.passes(timedelta(hours=1))
    assert sent(stage, number) == []

    stage.passes("2026-12-15 20:00")
    assert [kind for kind, _ in sent(stage, number, "2026-12-15")] == ["meeting_3h", "meeting_48h"]


def test_a_jump_to_shortly_before_an_evening_announces_it_once(stage):
    number = stage.id_of(stage.youth_begins())
    stage.passes("2026-11-28 12:00")
    stage.now = at("2026-12-01 17:30")
    stage.passes("2026-12-01 20:00")

    assert [kind for kind, _ in sent(stage, number)] == ["meeting_48h"]


def test_a_jump_back_announces_nothing_twice(stage):
    sam = stage.youth_begins()
    stage.passes("2026-12-01 16:30")
    count = len(sam.shown)
    stage.now -= timedelta(days=3)
    stage.ticks()
    stage.passes("2026-12-01 20:00")

    assert [kind for kind, _ in sent(stage, stage.id_of(sam))] == ["meeting_3h", "meeting_48h"]
    assert len(sam.shown) == count


# Somebody who died


def dies(stage, name="Sam", by="Vera"):
    return opens_youngsters(stage.of(by), name).taps("Stilzetten", "Overleden")


def named_since(stage, counts, name):
    """Every text to staff since then that names somebody."""
    return [
        text
        for phone, count in counts.items()
        for text in phone.texts[count:]
        if name in text and phone.name in ("Vera", "Tom", "Amira", "Bas", "Noor")
    ]


def test_whatever_was_planned_for_who_died_nothing_comes_and_staff_read_it_plainly(stage):
    sam, _ = in_phase(stage, "participating")
    agrees(stage, sam, "Ja, graag").taps("Klaar voor nu")
    vera = dies(stage)
    assert "Wat verdrietig." in vera.said
    vera.types("Menu")
    shown = len(sam.shown)
    counts = {phone: len(phone.shown) for phone in stage.phones.values()}
    stage.passes("2026-11-23 12:00")
    for name in ("Tom", "Noor"):
        assert "Sam is overleden. Ik stuur niets meer." in news(stage.of(name))
    stage.passes("2027-02-20 12:00")

    assert len(sam.shown) == shown
    assert [text for text in named_since(stage, counts, "Sam") if "overleden" not in text] == []


def test_a_move_to_another_group_and_a_birthday_do_not_happen_to_who_died(stage, kim):
    dies(stage, "Kim", "Amira").types("Menu")
    shown = len(kim.shown)
    counts = {phone: len(phone.shown) for phone in stage.phones.values()}
    stage.passes("2027-01-20 12:00")

    assert len(kim.shown) == shown
    assert [text for text in named_since(stage, counts, "Kim") if "overleden" not in text] == []
    older = stage.programme.groups[OLDER]
    assert stage.reads(lambda conn: admissions.members(conn, older)) == {}


@pytest.mark.parametrize(("reason", "free"), [("Overleden", 1), ("Opgenomen", 0)])
def test_the_place_of_who_died_is_free_and_another_halt_keeps_it(stage, reason, free):
    holds(stage, 3)
    enters(stage, "Ids")
    enters(stage, "Puk")
    begins(stage, "Lot", "participating")
    lot, group = stage.of("Lot"), stage.programme.groups[OLDER]
    assert stage.reads(lambda conn: admissions.free_places(conn, group)) == 0
    opens_youngsters(stage.of("Vera"), lot.name).taps("Stilzetten", reason)

    assert stage.reads(lambda conn: admissions.free_places(conn, group)) == free


def test_who_died_without_a_phase_on_record_takes_no_place(stage):
    sam, group = stage.youth_begins(), stage.programme.groups[OLDER]
    before = stage.reads(lambda conn: admissions.free_places(conn, group))
    dies(stage, sam.name)
    assert stage.reads(lambda conn: admissions.free_places(conn, group)) == before + 1
    stage.of("Vera").types("Menu")
    opens_youngsters(stage.of("Vera"), sam.name).taps("Weer aanzetten", "Weer aanzetten")

    assert stage.reads(lambda conn: admissions.free_places(conn, group)) == before


def test_who_died_on_the_waiting_list_is_no_longer_in_line(stage):
    holds(stage, 3)
    for name in ("Ids", "Puk", "Teun"):
        enters(stage, name)
    number, _ = begins(stage, "Pim")
    after, lot = begins(stage, "Lot")
    dies(stage, "Pim").types("Menu")
    holds(stage, 4)
    stage.passes("2026-12-18 23:00")

    group = stage.programme.groups[OLDER]
    assert [one.youth_id for one in stage.reads(lambda conn: waiting.of_group(conn, group))] == [after]
    lot.types("Menu").taps("De wachtlijst")
    assert "Je bent nummer 1." in lot.said
    vera = opens_list(stage.of("Vera"))
    assert "Pim" not in vera.said
    assert "Lot" in vera.said
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is not None
