"""A plan and a database: what is new is added, what differs is changed, nothing else happens."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.schedule.series import Series, occurrences
from bot.seed.applying import apply_plan
from bot.seed.plan import Organisation
from bot.seed.problems import SeedProblems
from bot.storage import alerts, due, duty, items, meetings, meta, people
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
            assert len(meetings.series_of_groups(conn)) == 2
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
                noordwijk.groups[0].series, date(2026, 11, 17), date(2026, 12, 1), ZONE
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
            evenings = conn.execute(select(meeting.c.local_date, meeting.c.state, meeting.c.starts_at)).all()
            waiting = conn.execute(select(due_table.c.occurrence).order_by(due_table.c.occurrence)).scalars()
            return [tuple(row) for row in evenings], list(waiting)

    def test_past_evenings_stay_and_a_coming_one_is_dropped_with_its_reminder(self, planned, noordwijk):
        wednesdays = Series(date(2021, 5, 12), time(19), time(22), 2)

        applied = apply(planned, with_group(noordwijk, series=wednesdays))

        assert applied.changes == ["group noordwijk-18-25: series: changed"]
        assert applied.warnings == [
            "group noordwijk-18-25: the evening of 2026-12-01 is no longer planned; 1 had answered: tell them yourself"
        ]
        evenings, reminders = self.rows(planned)
        assert [row[:2] for row in evenings] == [("2026-11-17", "planned"), ("2026-12-01", "dropped")]
        assert reminders == ["2026-11-17"]

    def test_another_time_moves_the_coming_evening_and_its_reminder_is_planned_anew(self, planned, noordwijk):
        earlier = Series(date(2021, 5, 11), time(18, 30), time(21, 30), 2)

        applied = apply(planned, with_group(noordwijk, series=earlier))

        assert "2026-12-01 was moved; 1 had answered" in applied.warnings[0]
        evenings, reminders = self.rows(planned)
        assert evenings == [
            ("2026-11-17", "planned", datetime(2026, 11, 17, 18, tzinfo=UTC)),
            ("2026-12-01", "planned", datetime(2026, 12, 1, 17, 30, tzinfo=UTC)),
        ]
        assert reminders == ["2026-11-17"]

    def test_changing_it_back_brings_the_evening_back(self, planned, noordwijk):
        apply(planned, with_group(noordwijk, series=Series(date(2021, 5, 12), time(19), time(22), 2)))

        apply(planned, noordwijk)

        assert [row[:2] for row in self.rows(planned)[0]] == [
            ("2026-11-17", "planned"),
            ("2026-12-01", "planned"),
        ]

    def test_the_other_group_notices_nothing(self, planned, noordwijk):
        with transaction(planned) as conn:
            other = group_id(conn, "noordwijk-12-18")
            evening = next(
                occurrences(noordwijk.groups[1].series, date(2026, 11, 23), date(2026, 11, 23), ZONE)
            )
            meetings.ensure(conn, other, evening)

        apply(planned, with_group(noordwijk, series=Series(date(2021, 5, 12), time(19), time(22), 2)))

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
