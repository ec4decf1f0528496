"""What was decided in the chat about who leads a group stays when the file is seeded again, and is said."""

import dataclasses
from datetime import timedelta

from sqlalchemy import select

from bot.programme import signals
from bot.programme.signals import Threshold
from bot.schedule.rhythm import turned
from bot.schedule.series import days
from bot.storage import calendars, changes, closings, people, places, team
from bot.storage import signals as stored
from bot.storage.database import transaction
from bot.storage.schema_programme import location, meeting_group
from tests.seed.test_applying import NOW, apply, group_id, staff


def leaders(engine, key="noordwijk-18-25"):
    with transaction(engine, read_only=True) as conn:
        return {one.key for one in people.staff_of_group(conn, group_id(conn, key))}


def test_who_came_and_who_went_by_chat_stays_so(engine, noordwijk):
    apply(engine, noordwijk)
    before = leaders(engine)
    other = min(leaders(engine, "noordwijk-12-18") - before)
    gone = min(before)
    with transaction(engine) as conn:
        group, noor = group_id(conn), staff(conn, "noor").id
        for key, kind in ((other, "added"), (gone, "removed")):
            number = staff(conn, key).id
            team.add(conn, group, kind, number, noor, NOW)
            (team.lead if kind == "added" else team.leave)(conn, group, number)

    applied = apply(engine, noordwijk)
    assert leaders(engine) == (before - {gone}) | {other}
    assert f"group noordwijk-18-25: {gone} left by a change in the chat, which stays" in applied.warnings
    assert f"group noordwijk-18-25: {other} came by a change in the chat, which stays" in applied.warnings


def test_what_was_taken_back_in_the_chat_counts_no_more(engine, noordwijk):
    apply(engine, noordwijk)
    before = leaders(engine)
    gone = min(before)
    with transaction(engine) as conn:
        number = staff(conn, gone).id
        made = team.add(conn, group_id(conn), "removed", number, number, NOW)
        team.take_back(conn, made, NOW)

    apply(engine, noordwijk)
    assert leaders(engine) == before


def test_a_group_that_is_closed_is_not_opened_by_the_file(engine, noordwijk):
    apply(engine, noordwijk)
    with transaction(engine) as conn:
        group = group_id(conn)
        one = closings.add(conn, 1, group, NOW.date(), None, NOW)
        closings.closed(conn, one.id, NOW)
        closings.forget_leaders(conn, group)

    applied = apply(engine, noordwijk)
    assert leaders(engine) == set()
    assert "group noordwijk-18-25: is closed; nobody leads it any more" in applied.warnings


def decides(conn, about, number, field, became):
    values = {"organisation_id": 1, "kind": "changed", "about": about, "row_id": number, "field": field}
    was = places.column(conn, about, number, field)
    places.write(conn, about, number, field, became)
    return places.note(conn, {**values, "was": was, "became": became}, staff(conn, "noor").id, NOW)


def test_what_was_changed_about_places_and_groups_by_chat_stays_so(engine, noordwijk):
    apply(engine, noordwijk)
    with transaction(engine) as conn:
        group = group_id(conn)
        place = int(places.column(conn, "group", group, "location_id"))
        before = places.column(conn, "location", place, "address")
        decides(conn, "group", group, "capacity", "7")
        decides(conn, "group", group, "name", "Join Us Zee")
        undone = decides(conn, "location", place, "address", "Kade 2")

    applied = apply(engine, noordwijk)
    assert "group noordwijk-18-25: capacity was changed in the chat, which stays" in applied.warnings
    with transaction(engine) as conn:
        row = conn.execute(select(meeting_group).where(meeting_group.c.id == group)).one()
        assert (row.name, row.capacity) == ("Join Us Zee", 7)
        assert conn.execute(select(location.c.address).where(location.c.id == place)).scalar_one() == "Kade 2"
        places.take_back(conn, undone, NOW)

    apply(engine, noordwijk)
    with transaction(engine) as conn:
        assert places.column(conn, "location", place, "address") == before


def test_a_weekday_that_was_changed_by_chat_stays_so(engine, noordwijk):
    apply(engine, noordwijk)
    with transaction(engine) as conn:
        group = group_id(conn)
        was = tuple(calendars.series_of(conn, group))
        old = was[0]
        since = next(days(old, NOW.date() + timedelta(days=7), NOW.date() + timedelta(days=60)))
        one = turned(was, since, since + timedelta(days=2), old.starts, old.ends)
        assert one is not None
        number = changes.add(conn, group, one, "", staff(conn, "noor").id, NOW)
        calendars.replace_series(conn, group, one.became)

    applied = apply(engine, noordwijk)
    assert "group noordwijk-18-25: series was changed in the chat, which stays" in applied.warnings
    with transaction(engine) as conn:
        assert tuple(calendars.series_of(conn, group)) == one.became
        made = changes.load(conn, "rhythm", number)
        assert made is not None
        changes.undo(conn, made, staff(conn, "noor").id, NOW)

    assert "series was changed" not in " ".join(apply(engine, noordwijk).warnings)
    with transaction(engine) as conn:
        assert tuple(calendars.series_of(conn, group)) == was


def test_from_when_somebody_is_quiet_is_usual_by_the_file_and_otherwise_by_choice(engine, noordwijk):
    apply(engine, noordwijk)
    group = dataclasses.replace(noordwijk.groups[0], silent_days=35, missed_evenings=3)
    plan = dataclasses.replace(noordwijk, groups=(group, *noordwijk.groups[1:]))
    assert quiet(engine) == signals.USUAL

    assert apply(engine, plan).changes == ["group noordwijk-18-25: changed"]
    assert quiet(engine) == Threshold(35, 3)

    with transaction(engine) as conn:
        stored.choose(conn, group_id(conn), Threshold(14, 1))
    assert not apply(engine, plan).changes
    assert quiet(engine) == Threshold(14, 1)

    with transaction(engine) as conn:
        stored.choose(conn, group_id(conn), None)
    assert quiet(engine) == Threshold(35, 3)

    apply(engine, noordwijk)
    assert quiet(engine) == signals.USUAL


def quiet(engine):
    with transaction(engine, read_only=True) as conn:
        number = group_id(conn)
        return stored.thresholds(conn, [number])[number]
