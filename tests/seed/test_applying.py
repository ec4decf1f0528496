"""A plan and a database: what is new is added, what differs is changed, nothing else happens."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.schedule.evenings import Change, Stop
from bot.schedule.series import Series, occurrences
from bot.seed.applying import apply_plan
from bot.seed.plan import Organisation, Special, SummerStop
from bot.seed.problems import SeedProblems
from bot.storage import alerts, calendars, changes, due, duty, items, meetings, meta, people
from bot.storage.database import transaction
from bot.storage.metadata import metadata
from bot.storage.schema_flow import due as due_table
from bot.storage.schema_programme import meeting, meeting_group

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
FILE = Path("programme.toml")


def apply(engine, plan):
    with transaction(engine) as conn:
        return apply_plan(conn, plan, FILE, language="nl", zone=ZONE, now=NOW)


def everything(engine):
    """Every row of every table."""
    with transaction(engine, read_only=True) as conn:
        return {table.name: conn.execute(select(table)).all() for table in metadata.sorted_tables}


def with_group(plan, number=0, **changes):
    groups = list(plan.groups)
    groups[number] = replace(groups[number], **changes)
    return replace(plan, groups=tuple(groups))


def with_staff(plan, key, **changes):
    return replace(
        plan, staff=tuple(replace(one, **changes) if one.key == key else one for one in plan.staff)
    )


def group_id(conn, key="noordwijk-18-25"):
    return conn.execute(select(meeting_group.c.id).where(meeting_group.c.key == key)).scalar_one()


def staff(conn, key):
    found = people.by_key(conn, key)
    assert found is not None
    return found


class TestTheFirstTime:
    def test_both_groups_and_their_staff_are_there(self, engine, noordwijk):
        apply(engine, noordwijk)

        with transaction(engine) as conn:
            assert [one.name for one in people.staff_of_group(conn, group_id(conn))] == ["Vera", "Tom"]
            assert staff(conn, "noor").role == "coordinator"
            assert [len(calendars.series_of(conn, one)) for one in meetings.groups(conn)] == [1, 1]
            assert (
                conn.execute(
                    select(func.count()).select_from(meeting_group).where(meeting_group.c.example)
                ).scalar_one()
                == 2
            )

    def test_the_companion_looks_ahead_anew(self, engine, noordwijk):
        with transaction(engine) as conn:
            meta.put(conn, "planned_on", "2026-11-20")

        apply(engine, noordwijk)

        with transaction(engine) as conn:
            assert meta.get(conn, "planned_on") == ""


class TestAgain:
    def test_the_same_changes_not_a_single_row(self, engine, noordwijk):
        apply(engine, noordwijk)
        before = everything(engine)

        applied = apply(engine, noordwijk)

        assert applied.changes == []
        assert everything(engine) == before

    def test_another_name_of_an_organisation(self, engine, noordwijk):
        apply(engine, noordwijk)
        renamed = replace(
            noordwijk, organisations=(Organisation("welzijn-voorbeeld", "Welzijn Bollenstreek"),)
        )

        assert apply(engine, renamed).changes == ["organisation welzijn-voorbeeld: changed"]

    def test_what_was_decided_about_the_night_stays_when_the_file_does_not_say(self, engine, noordwijk):
        apply(engine, noordwijk)
        silent = replace(noordwijk, organisations=(Organisation("welzijn-voorbeeld", "Welzijn Voorbeeld"),))
        apply(engine, silent)

        with transaction(engine, read_only=True) as conn:
            vera = people.by_key(conn, "vera")
            assert vera is not None
            assert vera.organisation_id is not None
            found = duty.decision(conn, vera.organisation_id)
            weekend = datetime(2026, 11, 21, 12, tzinfo=UTC)
            on_call = duty.on_duty(conn, vera.organisation_id, weekend)
        assert (found.on_call, found.decided_by) == ("none", "Noor, 2026-11-01")
        assert on_call == [vera.id]

    def test_a_later_decision_in_the_chat_stays_and_is_named_and_a_later_one_in_the_file_counts(
        self, engine, noordwijk
    ):
        apply(engine, noordwijk)
        with transaction(engine) as conn:
            duty.decide(conn, 1, "roster", "noor, 2026-11-20")
        again = apply(engine, noordwijk)
        with transaction(engine, read_only=True) as conn:
            assert duty.decision(conn, 1).on_call == "roster"
        assert again.changes == []
        assert any("a later decision" in line for line in again.warnings)

        (one,) = noordwijk.organisations
        newer = replace(noordwijk, organisations=(replace(one, decided_by="Noor, 2026-11-21"),))
        assert apply(engine, newer).changes == ["organisation welzijn-voorbeeld: changed"]
        with transaction(engine, read_only=True) as conn:
            assert duty.decision(conn, 1).on_call == "none"

    def test_a_decision_in_the_chat_on_the_day_of_the_file_stays_and_is_named(self, engine, noordwijk):
        apply(engine, noordwijk)
        with transaction(engine) as conn:
            duty.decide(conn, 1, "roster", "noor, 2026-11-01")
        again = apply(engine, noordwijk)

        with transaction(engine, read_only=True) as conn:
            assert duty.decision(conn, 1).on_call == "roster"
        assert any("a later decision" in line for line in again.warnings)

    def test_what_is_no_longer_in_the_file_stays(self, engine, noordwijk):
        apply(engine, noordwijk)

        applied = apply(engine, replace(noordwijk, groups=noordwijk.groups[:1]))

        assert applied.changes == []
        with transaction(engine) as conn:
            assert group_id(conn, "noordwijk-12-18")

    def test_a_new_location_of_a_group(self, engine, noordwijk):
        apply(engine, noordwijk)

        applied = apply(engine, with_group(noordwijk, location="the-base"))

        assert applied.changes == ["group noordwijk-18-25: changed"]

    def test_somebody_who_has_not_begun_may_get_another_role(self, engine, noordwijk):
        apply(engine, noordwijk)

        assert apply(engine, with_staff(noordwijk, "noor", role="professional")).changes == [
            "staff noor: changed"
        ]

    def test_somebody_who_has_begun_keeps_the_role(self, engine, noordwijk):
        apply(engine, noordwijk)
        with transaction(engine) as conn:
            people.change(conn, staff(conn, "noor").id, state="active")
        before = everything(engine)

        with pytest.raises(SeedProblems, match=r"staff\.noor\.role: cannot change once somebody has begun"):
            apply(engine, with_staff(noordwijk, "noor", role="professional"))

        assert everything(engine) == before

    def test_a_language_that_somebody_chose_stays(self, engine, noordwijk):
        apply(engine, noordwijk)
        with transaction(engine) as conn:
            people.change(conn, staff(conn, "vera").id, language="en")

        assert apply(engine, noordwijk).changes == []


class TestAProfessionalWhoLeaves:
    def test_leads_the_group_no_more_and_who_still_counts_on_them_is_said(self, engine, noordwijk):
        apply(engine, noordwijk)
        with transaction(engine) as conn:
            sam = people.add(
                conn, "Sam", NOW, {"role": "youth", "born": "2005-03", "group_id": group_id(conn)}
            )
            people.assign(conn, sam, staff(conn, "tom").id, "backup", NOW)

        applied = apply(engine, with_group(noordwijk, staff=("vera", "amira")))

        assert applied.changes == ["group noordwijk-18-25: staff: changed"]
        assert applied.warnings == [
            "group noordwijk-18-25: tom left and still looks after 1 youngsters of it"
        ]
        with transaction(engine) as conn:
            leading = [one.key for one in people.staff_of_group(conn, group_id(conn))]
            assert leading == ["vera", "amira"]


class TestASeriesThatChanges:
    """Noordwijk 18-25 meets on Tuesday 17 November and 1 December 2026."""

    @pytest.fixture
    def planned(self, engine, noordwijk):
        """Two evenings planned (one is over), Sam said yes to the coming one and has a reminder waiting."""
        apply(engine, noordwijk)
        with transaction(engine) as conn:
            group = group_id(conn)
            sam = people.add(conn, "Sam", NOW, {"role": "youth", "born": "2005-03", "group_id": group})
            for evening in occurrences(
                noordwijk.groups[0].series[0], date(2026, 11, 17), date(2026, 12, 1), ZONE
            ):
                meetings.ensure(conn, group, evening)
                due.plan(conn, sam, "meeting_48h", evening.day.isoformat(), evening.starts_at, None, {}, NOW)
            coming = meetings.upcoming(conn, group, NOW)
            assert coming is not None
            meetings.answer(conn, coming.id, sam, "come", NOW)
        return engine

    @staticmethod
    def rows(engine):
        with transaction(engine) as conn:
            near = select(meeting.c.local_date, meeting.c.state, meeting.c.starts_at).where(
                meeting.c.local_date < "2027"
            )
            evenings = conn.execute(near).all()
            waiting = conn.execute(select(due_table.c.occurrence).order_by(due_table.c.occurrence)).scalars()
            return [tuple(row) for row in evenings], list(waiting)

    def test_past_evenings_stay_and_a_coming_one_is_dropped_with_its_reminder(self, planned, noordwijk):
        wednesdays = Series(date(2021, 5, 12), time(19), time(22), 2)

        applied = apply(planned, with_group(noordwijk, series=(wednesdays,)))

        assert applied.changes == ["group noordwijk-18-25: series: changed"]
        assert applied.warnings == [
            "group noordwijk-18-25: the evening of 2026-12-01 is no longer planned; 1 had answered: tell them yourself"
        ]
        evenings, reminders = self.rows(planned)
        assert [row[:2] for row in evenings] == [("2026-11-17", "planned"), ("2026-12-01", "dropped")]
        assert reminders == ["2026-11-17"]

    def test_another_time_moves_the_coming_evening_and_its_reminder_is_planned_anew(self, planned, noordwijk):
        earlier = Series(date(2021, 5, 11), time(18, 30), time(21, 30), 2)

        applied = apply(planned, with_group(noordwijk, series=(earlier,)))

        assert "2026-12-01 was moved; 1 had answered" in applied.warnings[0]
        evenings, reminders = self.rows(planned)
        assert evenings == [
            ("2026-11-17", "planned", datetime(2026, 11, 17, 18, tzinfo=UTC)),
            ("2026-12-01", "planned", datetime(2026, 12, 1, 17, 30, tzinfo=UTC)),
        ]
        assert reminders == ["2026-11-17"]

    def test_changing_it_back_brings_the_evening_back(self, planned, noordwijk):
        apply(planned, with_group(noordwijk, series=(Series(date(2021, 5, 12), time(19), time(22), 2),)))

        apply(planned, noordwijk)

        assert [row[:2] for row in self.rows(planned)[0]] == [
            ("2026-11-17", "planned"),
            ("2026-12-01", "planned"),
        ]

    def test_the_other_group_notices_nothing(self, planned, noordwijk):
        with transaction(planned) as conn:
            other = group_id(conn, "noordwijk-12-18")
            evening = next(
                occurrences(noordwijk.groups[1].series[0], date(2026, 11, 23), date(2026, 11, 23), ZONE)
            )
            meetings.ensure(conn, other, evening)

        apply(planned, with_group(noordwijk, series=(Series(date(2021, 5, 12), time(19), time(22), 2),)))

        with transaction(planned) as conn:
            coming = meetings.upcoming(conn, other, NOW)
            assert coming is not None
            assert coming.local_date == "2026-11-23"


class TestSomebodyIsPutOnTheRoster:
    """An alert that waits for somebody is looked at again at once, as when it is done in the chat."""

    def waiting(self, engine, plan):
        """An alert of the night that nobody has."""
        with transaction(engine) as conn:
            organisation = staff(conn, "vera").organisation_id
            youth = people.add(conn, "Sam", NOW, {"role": "youth", "group_id": group_id(conn)})
            number = items.add(conn, youth, "alert", NOW, "", level="p1", state="sent", sent_at=NOW)
            alerts.add(conn, number, youth, NOW, level="p1", kind="", organisation_id=organisation)
        return number

    def test_a_new_shift_wakes_what_waits(self, engine, noordwijk):
        apply(engine, replace(noordwijk, duties=()))
        number = self.waiting(engine, noordwijk)

        apply(engine, noordwijk)

        with transaction(engine) as conn:
            assert [(one.kind, one.subject["item"]) for one in due.claim(conn, NOW, 9)] == [
                ("alert_wake", number)
            ]
            assert alerts.load(conn, number).wakes == 1

    def test_another_decision_about_being_on_call_wakes_what_waits_and_another_name_does_not(
        self, engine, noordwijk
    ):
        apply(engine, noordwijk)
        number = self.waiting(engine, noordwijk)
        (one,) = noordwijk.organisations
        apply(engine, replace(noordwijk, organisations=(replace(one, name="Welzijn Bollenstreek"),)))
        with transaction(engine) as conn:
            assert alerts.load(conn, number).wakes == 0

        decided = replace(one, on_call="roster", decided_by="Noor, 2026-11-21")
        apply(engine, replace(noordwijk, organisations=(decided,)))

        with transaction(engine) as conn:
            assert alerts.load(conn, number).wakes == 1

    def test_the_same_roster_again_wakes_nothing(self, engine, noordwijk):
        apply(engine, noordwijk)
        self.waiting(engine, noordwijk)

        apply(engine, noordwijk)

        with transaction(engine) as conn:
            assert due.claim(conn, NOW, 9) == []


class TestWhatIsDifferent:
    """Noordwijk 18-25 meets on Tuesday 1 and 15 December 2026."""

    FIRST = date(2026, 12, 1)

    def special(self, plan, *changes, **more):
        exceptions = tuple(Special(change, "", "Er is kerstmarkt.") for change in changes)
        return with_group(plan, exceptions=exceptions, stops=(), **more)

    @staticmethod
    def evening(engine, name="2026-12-01"):
        with transaction(engine) as conn:
            return meetings.named(conn, group_id(conn), name)

    def test_an_exception_is_kept_once_and_the_evening_follows(self, engine, noordwijk):
        moved = Change("moved", self.FIRST, date(2026, 12, 2), time(20), time(22))
        plan = self.special(noordwijk, moved)

        assert "group noordwijk-18-25: 1 exceptions: added" in apply(engine, plan).changes
        assert apply(engine, plan).changes == []
        found = self.evening(engine)
        assert (found.state, found.starts_at) == ("moved", datetime(2026, 12, 2, 19, tzinfo=UTC))

    def test_what_was_undone_in_the_chat_stays_undone(self, engine, noordwijk):
        plan = self.special(noordwijk, Change("cancelled", self.FIRST))
        apply(engine, plan)
        with transaction(engine) as conn:
            made = changes.topmost(conn, group_id(conn), self.FIRST)
            assert made is not None
            changes.undo(conn, made, staff(conn, "noor").id, NOW)

        assert apply(engine, plan).changes == []
        assert self.evening(engine).state == "planned"

    def test_one_in_the_past_is_a_warning_and_nothing_changes(self, engine, noordwijk):
        applied = apply(engine, self.special(noordwijk, Change("cancelled", date(2026, 11, 17))))

        assert applied.warnings == [
            "group noordwijk-18-25: exception of 2026-11-17: date: that evening is in the past; nothing was changed"
        ]
        assert self.evening(engine, "2026-11-17") is None

    def test_a_stop_over_an_evening_that_was_made_apart_is_a_warning_with_its_date(self, engine, noordwijk):
        apply(engine, self.special(noordwijk))
        with transaction(engine) as conn:
            extra = Change("extra", date(2026, 12, 8), date(2026, 12, 8), time(19), time(21))
            changes.add(conn, group_id(conn), extra, "", staff(conn, "noor").id, NOW)
        stop = SummerStop(Stop(date(2026, 12, 7), date(2026, 12, 20)), "Tot na de zomer!")
        stopped = with_group(noordwijk, exceptions=(), stops=(stop,))

        assert apply(engine, stopped).warnings == [
            "group noordwijk-18-25: summer_stop from 2026-12-07: the evening of 2026-12-08 goes on all the same,"
            " because it was made apart; cancel that one too if it stops"
        ]
        assert self.evening(engine, "2026-12-08").state in meetings.HELD
        assert apply(engine, stopped).warnings == []

    def test_an_evening_that_was_moved_into_a_stop_is_named_by_its_new_day(self, engine, noordwijk):
        moved = Change("moved", self.FIRST, date(2026, 12, 9), time(20), time(22))
        apply(engine, self.special(noordwijk, moved))
        stop = SummerStop(Stop(date(2026, 12, 7), date(2026, 12, 13)), "Tot na de zomer!")

        (warning,) = apply(engine, with_group(noordwijk, exceptions=(), stops=(stop,))).warnings
        assert "the evening of 2026-12-09 goes on all the same, because it was moved there" in warning

    def test_a_stop_beside_one_that_was_made_in_the_chat_is_refused_with_its_date(self, engine, noordwijk):
        apply(engine, self.special(noordwijk))
        with transaction(engine) as conn:
            made = Stop(date(2026, 12, 1), date(2026, 12, 10))
            changes.add(conn, group_id(conn), made, "Tot straks", staff(conn, "noor").id, NOW)
        stop = SummerStop(Stop(date(2026, 12, 7), date(2026, 12, 20)), "Tot na de zomer!")
        applied = apply(engine, with_group(noordwijk, exceptions=(), stops=(stop,)))

        assert applied.warnings == [
            "group noordwijk-18-25: summer_stop from 2026-12-07: the group has another stop in these days;"
            " nothing was changed"
        ]
        with transaction(engine) as conn:
            assert calendars.calendar_of(conn, group_id(conn), "midden").stops == (made,)

    def test_a_location_without_an_address_is_a_warning(self, engine, noordwijk):
        bare = replace(noordwijk.locations[0], address=None)
        applied = apply(engine, replace(noordwijk, locations=(bare, *noordwijk.locations[1:])))

        assert applied.warnings == ["location.x-out.address: is missing; nobody can look the way up on a map"]

    def test_holidays_that_nobody_knows_yet_are_a_warning(self, engine, noordwijk):
        with transaction(engine) as conn:
            late = datetime(2030, 6, 3, 10, tzinfo=UTC)
            applied = apply_plan(conn, noordwijk, FILE, language="nl", zone=ZONE, now=late)

        assert [line for line in applied.warnings if "only" in line] == [
            "group noordwijk-12-18: holidays: the school holidays of region midden are known until 2030-08-25 only"
        ]

    def test_a_series_that_is_over_is_a_warning(self, engine, noordwijk):
        ended = replace(noordwijk.groups[0].series[0], until=date(2026, 11, 1))
        applied = apply(engine, with_group(noordwijk, series=(ended,), exceptions=()))

        assert "until 2026-11-01 is in the past; there are no more evenings" in applied.warnings[0]
