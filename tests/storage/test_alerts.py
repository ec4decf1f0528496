"""Alerts and their course, the roster and who is away, emergency cards, halts: on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from bot.programme.cover import Stretch
from bot.storage import alerts, cards, due, duty, halts, holidays, items, journal, people
from bot.storage.schema_alerts import emergency_card
from bot.storage.schema_programme import location, meeting_group, municipality, organisation
from tests.storage.example import NOW, seconds

DAY = timedelta(days=1)
LATER = Stretch(date(2026, 12, 1), date(2026, 12, 2))


@pytest.fixture
def welfare(conn):
    return conn.execute(
        insert(organisation).values(key="welzijn", name="Welzijn").returning(organisation.c.id)
    ).scalar_one()


@pytest.fixture
def group(conn, welfare):
    town = conn.execute(
        insert(municipality).values(key="n", name="N").returning(municipality.c.id)
    ).scalar_one()
    place = conn.execute(
        insert(location).values(key="x", name="X", place="N").returning(location.c.id)
    ).scalar_one()
    values = {
        "key": "18-25", "name": "18-25", "organisation_id": welfare, "municipality_id": town,
        "location_id": place, "age_group": "18-25", "example": True,
    }  # fmt: skip
    return conn.execute(insert(meeting_group).values(values).returning(meeting_group.c.id)).scalar_one()


@pytest.fixture
def staff(conn, welfare):
    def add(name, role="professional", **more):
        values = {"role": role, "organisation_id": welfare, "state": "active", **more}
        return people.add(conn, name, NOW, values)

    return add


@pytest.fixture
def sam(conn, group):
    return people.add(conn, "Sam", NOW, {"role": "youth", "group_id": group, "state": "active"})


def raised(conn, sam, welfare, **values):
    item_id = items.add(conn, sam, "alert", NOW, "woorden", state="sent", sent_at=NOW)
    alerts.add(
        conn, item_id, sam, NOW, **{"level": "p1", "kind": "suicide", "organisation_id": welfare, **values}
    )
    return item_id


def test_an_alert_is_kept_beside_its_item_with_its_course(conn, sam, welfare, staff):
    vera = staff("Vera")
    item_id = raised(conn, sam, welfare, why="a.b,c.d", explicit=True)
    alerts.note(conn, item_id, "raised", None, NOW)
    alerts.note(conn, item_id, "sent", vera, NOW + seconds(1))
    alerts.change(conn, item_id, state="sent")

    one = alerts.load(conn, item_id)

    assert (one.level, one.why, one.explicit, one.state, one.drill) == (
        "p1",
        ("a.b", "c.d"),
        True,
        "sent",
        False,
    )
    assert [(step.what, step.person_id) for step in alerts.steps(conn, item_id)] == [
        ("raised", None),
        ("sent", vera),
    ]
    assert alerts.got(conn, item_id, vera)
    assert alerts.find(conn, item_id + 1) is None


def test_who_is_excluded_has_it_in_no_list_also_when_it_was_sent(conn, sam, welfare, staff):
    vera, tom = staff("Vera"), staff("Tom")
    item_id = raised(conn, sam, welfare)
    for person_id in (vera, tom):
        alerts.note(conn, item_id, "sent", person_id, NOW)
    alerts.exclude(conn, item_id, vera)
    alerts.exclude(conn, item_id, vera)

    assert alerts.load(conn, item_id).excluded == {vera}
    assert alerts.sent_to(conn, vera) == []
    assert [one.item_id for one in alerts.sent_to(conn, tom)] == [item_id]


def test_the_list_of_an_organisation_begins_with_what_is_open_oldest_first(conn, sam, welfare):
    first, second, third = (raised(conn, sam, welfare, raised_at=NOW + seconds(n)) for n in (1, 2, 3))
    alerts.change(conn, first, state="handled", handled_at=NOW, read_at=NOW)

    assert [one.item_id for one in alerts.of_organisation(conn, welfare, NOW - DAY)] == [second, third, first]
    assert [one.item_id for one in alerts.of_organisation(conn, welfare, NOW + DAY)] == [second, third]
    assert [one.item_id for one in alerts.running_about(conn, sam)] == [second, third]


def test_the_second_reader_has_a_list_too(conn, sam, welfare, staff):
    tom = staff("Tom")
    item_id = raised(conn, sam, welfare, state="handled", reader_id=tom, handled_at=NOW)

    assert [one.item_id for one in alerts.to_read_again(conn, tom)] == [item_id]
    alerts.change(conn, item_id, read_at=NOW)
    assert alerts.to_read_again(conn, tom) == []


def test_a_line_of_the_journal_can_be_taken_away(conn, sam):
    journal.add(conn, sam, "alert", NOW, None, 7)
    journal.add(conn, sam, "alert", NOW, None, 8)
    journal.remove(conn, "alert", 7)

    assert [line.object_id for line in journal.between(conn, [sam], NOW - DAY, NOW)] == [8]


# The roster


def test_nothing_decided_is_nobody_on_call(conn, welfare):
    assert duty.decision(conn, welfare).on_call == "none"
    assert duty.decision(conn, welfare).decided_by == ""
    assert duty.decision(conn, None).on_call == "none"


def test_who_is_on_call_is_who_began_and_has_not_ended(conn, welfare, staff):
    vera, tom = staff("Vera"), staff("Tom")
    assert duty.add_shift(conn, welfare, vera, NOW, NOW + DAY)
    assert not duty.add_shift(conn, welfare, vera, NOW, NOW + DAY)
    duty.add_shift(conn, welfare, tom, NOW + DAY, NOW + 2 * DAY)

    found = [duty.on_duty(conn, welfare, NOW + n * DAY / 2) for n in range(-1, 5)]

    assert found == [[], [vera], [vera], [tom], [tom], []]


def test_the_roster_covers_until_its_first_gap(conn, welfare, staff):
    vera = staff("Vera")
    assert duty.covered_until(conn, welfare, NOW) == NOW
    for begins, ends in ((0, 2), (2, 7), (8, 9)):
        duty.add_shift(conn, welfare, vera, NOW + begins * DAY, NOW + ends * DAY)

    assert duty.covered_until(conn, welfare, NOW) == NOW + 7 * DAY
    assert duty.covered_until(conn, welfare, NOW + 7 * DAY + seconds(1)) == NOW + 7 * DAY + seconds(1)


def test_a_shift_is_removed_by_its_own_organisation_only(conn, welfare, staff):
    duty.add_shift(conn, welfare, staff("Vera"), NOW, NOW + DAY)
    (shift,) = duty.shifts(conn, welfare, NOW, NOW + DAY)

    assert not duty.remove_shift(conn, shift.id, welfare + 1)
    assert duty.remove_shift(conn, shift.id, welfare)
    assert duty.shifts(conn, welfare, NOW, NOW + DAY) == []


def test_an_absence_ends_by_itself_or_when_somebody_is_back(conn, staff):
    vera = staff("Vera")
    account = people.add_account(conn, "telegram", 1, 1, NOW)
    people.link_account(conn, account.id, vera, NOW)
    assert duty.reachable(conn, vera, NOW)
    duty.set_absent(conn, vera, NOW, NOW + DAY, vera)

    assert (duty.reachable(conn, vera, NOW), duty.reachable(conn, vera, NOW + DAY)) == (False, True)
    duty.end_absence(conn, vera, NOW + seconds(1))
    assert duty.reachable(conn, vera, NOW + seconds(1))


def test_a_holiday_for_later_is_no_absence_now_and_stays_when_somebody_is_back(conn, staff):
    vera = staff("Vera")
    holidays.add(conn, vera, LATER, NOW + 10 * DAY, NOW + 12 * DAY, vera)
    duty.set_absent(conn, vera, NOW, NOW + DAY, vera)
    duty.end_absence(conn, vera, NOW + seconds(1))

    assert duty.absent_until(conn, vera, NOW + seconds(1)) is None
    assert duty.absent_until(conn, vera, NOW + 11 * DAY) == NOW + 12 * DAY


def test_an_absence_that_runs_into_a_holiday_ends_with_it(conn, staff):
    vera = staff("Vera")
    holidays.add(conn, vera, LATER, NOW + DAY, NOW + 3 * DAY, vera)
    duty.set_absent(conn, vera, NOW, NOW + DAY, vera)

    assert duty.absent_until(conn, vera, NOW) == NOW + 3 * DAY


def test_a_holiday_that_was_withdrawn_is_no_absence(conn, staff):
    vera = staff("Vera")
    one = holidays.add(conn, vera, LATER, NOW, NOW + DAY, vera)
    holidays.choose(conn, one.id, "colleague", staff("Tom"))
    assert holidays.stands_in(conn, vera, NOW) is not None
    holidays.withdraw(conn, one.id, NOW)

    assert duty.absent_until(conn, vera, NOW) is None
    assert holidays.stands_in(conn, vera, NOW) is None
    assert holidays.of_person(conn, vera, NOW) == []


def test_being_ill_within_a_holiday_does_not_end_it(conn, staff):
    vera = staff("Vera")
    holidays.add(conn, vera, LATER, NOW, NOW + 5 * DAY, vera)
    duty.set_absent(conn, vera, NOW + DAY, NOW + 2 * DAY, vera)

    assert duty.absent_until(conn, vera, NOW + 3 * DAY) == NOW + 5 * DAY


def test_without_an_active_account_nobody_is_reachable(conn, staff):
    vera = staff("Vera")
    assert not duty.reachable(conn, vera, NOW)
    account = people.add_account(conn, "telegram", 1, 1, NOW)
    people.link_account(conn, account.id, vera, NOW)
    people.set_account_state(conn, account.id, "blocked")
    assert not duty.reachable(conn, vera, NOW)


def test_a_youngster_belongs_to_the_organisation_of_the_group(conn, sam, welfare, staff):
    assert duty.organisation_of(conn, people.load(conn, sam)) == welfare
    assert duty.organisation_of(conn, people.load(conn, staff("Vera"))) == welfare
    assert [one.id for one in duty.youngsters(conn, welfare)] == [sam]
    assert duty.staff(conn, welfare, ("coordinator",)) == []
    assert duty.first_group(conn, welfare) is None


# Cards and halts


def test_a_card_is_sealed_with_the_key_of_the_youngster_and_replaced_as_a_whole(conn, sam, staff):
    vera = staff("Vera")
    assert (cards.has(conn, sam), cards.load(conn, sam)) == (False, None)
    cards.fill(conn, sam, vera, NOW, contact="Ans", relation="Ouder", phone="0612345678")
    blob = conn.execute(select(emergency_card.c.phone)).scalar_one()
    assert b"0612345678" not in bytes(blob)

    cards.fill(conn, sam, vera, NOW, kept_at="Kast 3")

    card = cards.load(conn, sam)
    assert card is not None
    assert (str(card.kept_at), str(card.phone)) == ("Kast 3", "")
    assert cards.has(conn, sam)


def test_every_look_at_a_card_is_kept(conn, sam, welfare, staff):
    item_id = raised(conn, sam, welfare)
    number = cards.note_view(conn, sam, item_id, staff("Vera"), "danger", NOW)
    cards.told(conn, number, NOW + DAY)

    (view,) = cards.views_of(conn, sam)
    assert (view.reason, view.told_at) == ("danger", NOW + DAY)
    assert cards.view(conn, number) == view


def test_a_halt_cancels_what_waits_and_lifting_brings_back_what_lies_ahead(conn, sam, staff):
    vera = staff("Vera")
    for kind, moment in (("nudge", NOW + seconds(60)), ("meeting_48h", NOW + DAY), ("alert_wake", NOW + DAY)):
        due.plan(conn, sam, kind, "1", moment, None, {}, NOW)
    halts.begin(conn, sam, "admitted", vera, NOW)

    assert halts.cancel_everything(conn, sam, frozenset({"alert_wake"}), NOW) == (2, 0)
    assert [one.kind for one in due.waiting_of(conn, sam)] == ["alert_wake"]
    assert halts.halted(conn) == {sam}
    running = halts.running(conn, sam)
    assert running is not None
    assert running.reason == "admitted"

    assert halts.lift(conn, sam, vera, NOW + seconds(120))
    assert due.restore(conn, sam, running.halted_at, NOW + seconds(120)) == 1
    assert {one.kind for one in due.waiting_of(conn, sam)} == {"alert_wake", "meeting_48h"}
    assert halts.running(conn, sam) is None
    assert not halts.lift(conn, sam, vera, NOW)
