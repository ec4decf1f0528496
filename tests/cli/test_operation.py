"""Alarms the operator still has to hear, what doctor says of the operation, and copies that are noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import alarms, copies, duty
from bot.storage.database import transaction


def now():
    return datetime.now(UTC)


def raised(shell, *kinds, ago=timedelta(0)):
    with shell.open() as opened, transaction(opened.engine) as conn:
        for kind in kinds:
            alarms.add(conn, kind, "", now() - ago)


def findings(shell):
    outcome = shell("doctor", "--json")
    return {one["subject"]: (one["state"], one["detail"]) for one in outcome.json["findings"]}


def copied_at(shell):
    with shell.open() as opened, transaction(opened.engine, read_only=True) as conn:
        return copies.last(conn)


class TestAlarms:
    def test_open_ones_are_listed_until_the_operator_has_seen_them(self, seeded):
        raised(seeded, "backlog", "second_poller")

        outcome = seeded("alarms")
        assert outcome.code == 1
        assert outcome.out.count("open") == 2
        assert seeded.fine("alarms", "--seen")["closed"] == 2
        assert "open" not in seeded("alarms").out

    def test_without_alarms_it_says_so(self, seeded):
        outcome = seeded("alarms")

        assert (outcome.code, outcome.out) == (0, "No alarms.\n")

    def test_old_ones_are_left_out(self, seeded):
        raised(seeded, "backlog", ago=timedelta(days=8))

        assert seeded("alarms").out == "No alarms.\n"
        assert "backlog" in seeded("alarms", "--days", "30").out


class TestDoctor:
    def test_it_names_what_keeps_youngsters_out_on_real_telegram(self, seeded):
        found = findings(seeded)

        assert found["commission"][0] == "wrong"
        assert "only practice accounts" in found["commission"][1]
        assert found["drill"] == ("wrong", "welzijn-voorbeeld: none was acknowledged yet")
        assert found["backup"] == ("wrong", "none was ever made")
        assert found["roster"][0] == "fine"
        assert "nobody on call; decided by" in found["roster"][1]
        assert found["helplines"][0] == "wrong"
        assert found["alarms"] == ("fine", "none open, 0 in the last day")

    def test_on_call_without_an_alarm_command_is_wrong_and_with_one_it_is_not(self, seeded):
        vera = seeded.staff("vera").id
        with seeded.open() as opened, transaction(opened.engine) as conn:
            duty.decide(conn, 1, "roster", "noor, 2026-11-20")
            begins, ends = now() - timedelta(hours=1), now() + timedelta(days=20)
            duty.add_shift(conn, 1, vera, begins, ends)
        assert findings(seeded)["roster"][0] == "wrong"
        assert "no [operator] alarm_command" in findings(seeded)["roster"][1]

        seeded.set("operator", "alarm_command", '"/bin/true"')
        assert findings(seeded)["roster"][0] == "fine"

    def test_against_a_sandbox_the_same_is_only_a_note(self, seeded):
        seeded.set("telegram", "api_url", '"http://127.0.0.1:1"')

        found = findings(seeded)
        assert {found[one][0] for one in ("commission", "drill", "backup", "helplines")} == {"note"}

    def test_open_alarms_are_counted_by_kind(self, seeded):
        raised(seeded, "backlog", "token")

        assert findings(seeded)["alarms"][1].startswith("open: backlog 1, token 1")

    def test_a_second_poller_of_today_points_to_the_runbook_also_when_it_was_seen(self, seeded):
        raised(seeded, "second_poller")
        seeded("alarms", "--seen")

        state, detail = findings(seeded)["alarms"]
        assert state == "wrong"
        assert "docs/operations.md" in detail


class TestCopies:
    def test_a_copy_is_noted_and_doctor_knows_its_age(self, seeded):
        assert copied_at(seeded) is None
        seeded.fine("db", "backup")

        assert now() - copied_at(seeded) < timedelta(minutes=5)
        assert findings(seeded)["backup"] == ("fine", "the last one is 0 hours old")

    def test_a_copy_of_another_tool_can_be_noted(self, seeded):
        before = set(seeded.database.parent.iterdir())
        made = seeded.fine("db", "backup", "--noted")

        assert made == {"copy": None, "noted": True}
        assert copied_at(seeded) is not None
        assert {path for path in seeded.database.parent.iterdir() if path.suffix == ".db"} <= before

    @pytest.mark.parametrize("target", ["missing/copy.db"])
    def test_a_copy_that_failed_is_not_noted(self, seeded, target):
        assert seeded("db", "backup", seeded.folder / target).code == 2
        assert copied_at(seeded) is None
