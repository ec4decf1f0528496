"""One row that cannot be read stops neither the others who get an alert, nor the other kinds that are cleared."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.conversation.turn import Opening
from bot.message import Lane
from bot.storage import alarms, people
from bot.storage.schema_people import audit, person
from tests.talk import alarm
from tests.talk.alarm import adds_staff, called, raises, staff_id
from tests.talk.stage import at


def damages(stage, name):
    """The name of a member of staff can be read no more."""
    stage.ticks()  # planning looks at everybody, and is an alarm of its own
    one = person.c.id == staff_id(stage, name)

    def damage(conn):
        blob = bytearray(conn.execute(select(person.c.name).where(one)).scalar_one())
        blob[-1] ^= 1
        conn.execute(update(person).where(one).values(name=bytes(blob)))

    stage.writes(damage)


def kept(stage):
    return [(one.kind, one.reference) for one in stage.reads(alarms.unrung)]


def test_a_colleague_whose_row_is_damaged_keeps_the_alert_from_nobody(stage):
    sam = stage.youth_begins()
    raised = raises(stage, sam)
    damages(stage, "Tom")

    stage.passes(timedelta(minutes=16))

    assert called(stage.of("Noor")) >= 1
    assert called(stage.of("Tom")) == 0
    assert ("alert_undelivered", f"A-{raised.item_id}") in kept(stage)


def test_a_coordinator_whose_row_is_damaged_does_not_keep_an_alert_from_being_raised(stage):
    sam = stage.youth_begins()
    damages(stage, "Noor")

    assert str(raises(stage, sam).holder.name) == "Vera"
    assert called(stage.of("Vera")) == 1


def test_what_cannot_begin_with_one_begins_with_the_others(stage):
    stage.youth_begins()
    adds_staff(stage, "Ali", "coordinator")
    names = ("Tom", "Vera", "Ali")
    damages(stage, "Vera")

    def begins(turn):
        for name in names:
            whom = people.load(turn.conn, staff_id(stage, "Tom"))
            turn.begin(whom, "help", {}, Opening(lane=Lane.RELAY))
            start = turn.starts[-1]
            turn.starts[-1] = type(start)(staff_id(stage, name), start.script, start.subject, start.opening)

    before = {name: len(stage.of(name).shown) for name in names}
    alarm.turn_of(stage, begins)

    grown = {name: len(stage.of(name).shown) - before[name] for name in names}
    assert grown == {"Tom": 1, "Vera": 0, "Ali": 1}
    assert ("start_failed", f"S-{staff_id(stage, 'Vera')}") in kept(stage)


# One look is one line


def looks(stage, action):
    return len(stage.reads(lambda conn: conn.execute(select(audit).where(audit.c.action == action)).all()))


def test_a_look_at_the_list_of_alarms_is_one_line(stage):
    sam = stage.youth_begins()
    raises(stage, sam)
    noor = stage.of("Noor").types("Menu")
    count = looks(stage, "see_alerts")

    noor.taps("Alarmen").taps_code()
    assert "A-" in noor.said
    assert looks(stage, "see_alerts") == count + 1

    noor.taps("A-")
    assert looks(stage, "see_alerts") == count + 2


def test_a_look_at_colleagues_is_one_line(stage):
    noor = stage.of("Noor").types("Menu")
    count = looks(stage, "see_staff")

    noor.taps("Afwezig")

    assert looks(stage, "see_staff") == count + 1


def test_a_new_day_is_a_new_look(stage):
    sam = stage.youth_begins()
    raises(stage, sam)
    noor = stage.of("Noor").types("Menu").taps("Alarmen").taps_code()
    count = looks(stage, "see_alerts")
    stage.passes(at("2026-11-21 12:00"))

    noor.types("Menu").taps("Alarmen").taps_code()

    assert looks(stage, "see_alerts") == count + 1


def test_a_menu_that_offers_the_list_is_no_look_at_it(stage):
    count = looks(stage, "see_alerts")

    assert "Alarmen" in stage.of("Noor").types("Menu").last.labels

    assert looks(stage, "see_alerts") == count
