"""The record that admits real youngsters: everything that is missing at once, and nothing kept until it is complete."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.storage import commissionings, drills, organisations
from bot.storage.database import transaction
from bot.storage.schema_operation import commissioning
from bot.storage.schema_people import audit
from bot.storage.schema_programme import organisation
from tests.cli.conftest import PATIENCE, ROOT, environment

ANSWERS = {
    "--dpia-by": "Ilse de Boer, FG",
    "--dpia-on": "2026-10-01",
    "--dpia-reference": "zaak 2026-113",
    "--content-by": "Joost Bakker",
    "--content-on": "2026-11-10",
    "--helplines-by": "Noor Jansen",
    "--minimum-age": "16",
    "--minimum-age-by": "Noor Jansen, 2026-10-01",
    "--by": "Noor Jansen",
}


def now():
    return datetime.now(UTC)


def given(**changes):
    """The answers as options, with some changed or (None) left out."""
    said = ANSWERS | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return [part for name, value in said.items() if value is not None for part in (name, value)]


def points(outcome):
    assert outcome.code == 1, outcome
    return [one["point"] for one in outcome.json["missing"]]


def records(shell):
    with shell.open() as opened, transaction(opened.engine, read_only=True) as conn:
        return conn.execute(select(func.count()).select_from(commissioning)).scalar_one()


def audited(shell):
    with shell.open() as opened, transaction(opened.engine, read_only=True) as conn:
        return list(conn.execute(select(audit.c.action)).scalars())


@pytest.fixture
def decided(seeded):
    """The organisation decided about being on call, and a drill went well yesterday."""
    vera = seeded.staff("vera").id
    with seeded.open() as opened, transaction(opened.engine) as conn:
        conn.execute(update(organisation).values(on_call="none", on_call_decided_by="Noor, 2026-10-01"))
        number = next(number for number, key, _ in organisations.every(conn) if key == "welzijn-voorbeeld")
        yesterday = now() - timedelta(days=1)
        drill = drills.add(conn, number, 1, yesterday)
        drills.end(conn, drill, "acknowledged", [], yesterday, (vera, yesterday))
    return seeded


@pytest.fixture
def checked(decided):
    """The same, run by a copy of the program in which somebody checked every helpline today."""
    program = decided.folder / "program"
    for name in ("bot", "dialogs", "challenge_catalog"):
        skipped = shutil.ignore_patterns("__pycache__", "corpus", "spec")
        shutil.copytree(ROOT / name, program / name, ignore=skipped)
    page = program / "dialogs" / "nl" / "helplines.yaml"
    text, count = re.subn(r"verified_on: \S+", f"verified_on: {now().date()}", page.read_text("utf-8"))
    assert count > 5
    page.write_text(text, "utf-8")
    return decided


def command(shell, *arguments):
    """One command of that copy, in a process of its own: its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments, "--config", str(shell.config)],
        cwd=shell.folder,
        env=environment() | {"PYTHONPATH": str(shell.folder / "program")},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def shown_hash(shell):
    """The hash that the command shows of the texts."""
    _, said = command(shell, "commission")
    found = re.search(r"have hash ([0-9a-f]{12})", said)
    assert found, said
    return found[1]


class TestWhatIsMissing:
    def test_everything_is_listed_at_once_and_nothing_is_kept(self, seeded):
        found = points(seeded("commission", "--json"))

        assert {*ANSWERS, "content", "organisation welzijn-voorbeeld"} <= set(found)
        assert any(point.startswith("helpline ") for point in found)
        assert records(seeded) == 0

    def test_for_people_each_point_says_how_to_mend_it(self, seeded):
        outcome = seeded("commission")

        assert outcome.code == 1
        assert "nothing was kept" in outcome.out
        assert "verified_on" in outcome.out
        assert "companion drill --organisation welzijn-voorbeeld" in outcome.out

    def test_with_every_answer_the_helplines_that_nobody_checked_remain(self, decided):
        found = points(decided("commission", *given(), "--json"))

        assert "content" in found
        assert all(point == "content" or point.startswith("helpline ") for point in found)
        assert records(decided) == 0

    def test_on_call_without_an_alarm_command_is_refused(self, decided):
        with decided.open() as opened, transaction(opened.engine) as conn:
            conn.execute(update(organisation).values(on_call="roster"))
        outcome = decided("commission", *given(), "--json")

        problems = [one["problem"] for one in outcome.json["missing"]]
        assert any("without a telephone that rings" in problem for problem in problems)
        assert any("within the next 7 days" in problem for problem in problems)

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--show", "--withdraw", "--by", "Noor"),
            ("--show", "--dpia-by", "Ilse"),
            ("--withdraw",),
        ],
    )
    def test_what_cannot_be_meant_is_wrong_usage(self, seeded, arguments):
        assert seeded("commission", *arguments).code == 2


class TestARecord:
    def test_a_complete_one_is_kept_shown_and_withdrawn(self, checked):
        code, said = command(checked, "commission", *given(content_hash=shown_hash(checked)))
        assert (code, records(checked)) == (0, 1), said
        code, said = command(checked, "commission", "--show")
        assert code == 0, said
        assert "In force." in said
        assert "zaak 2026-113" in said

        code, _ = command(checked, "commission", "--withdraw", "--by", "Noor Jansen")
        assert code == 0
        code, said = command(checked, "commission", "--show")
        assert (code, "the record was withdrawn" in said) == (1, True)
        assert {"commission", "withdraw_commissioning"} <= set(audited(checked))

    def test_other_texts_than_the_approved_ones_are_refused(self, checked):
        code, said = command(checked, "commission", *given(content_hash="f" * 12))

        assert (code, records(checked)) == (1, 0)
        assert "other texts were approved" in said

    def test_on_a_screen_it_asks_what_was_not_given(self, checked):
        answers = [*list(ANSWERS.values())[:5], shown_hash(checked), *list(ANSWERS.values())[5:]]
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "commission", "--config", str(checked.config)],
            cwd=checked.folder,
            env=environment() | {"PYTHONPATH": str(checked.folder / "program")},
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        os.close(slave)
        os.write(master, "".join(f"{one}\n" for one in answers).encode())
        said, _ = process.communicate(timeout=PATIENCE)
        os.close(master)

        assert process.returncode == 0, said
        assert "Who carried out the DPIA" in said
        with checked.open() as opened, transaction(opened.engine, read_only=True) as conn:
            kept = commissionings.latest(conn)
        assert kept is not None
        assert (kept.record["dpia_by"], kept.record["by"]) == ("Ilse de Boer, FG", "Noor Jansen")

    def test_another_decision_about_being_on_call_and_changed_care_texts_end_it(self, checked):
        code, said = command(checked, "commission", *given(content_hash=shown_hash(checked)))
        assert code == 0, said
        with checked.open() as opened, transaction(opened.engine) as conn:
            conn.execute(update(organisation).values(on_call_decided_by="Joost, 2026-11-20"))
        page = checked.folder / "program" / "dialogs" / "nl" / "help.yaml"
        page.write_text(page.read_text("utf-8") + "\n# gewijzigd\n", "utf-8")

        code, said = command(checked, "commission", "--show")
        assert code == 1
        assert "decided otherwise about being on call" in said
        assert "care, consent or privacy changed" in said

    def test_without_a_record_there_is_nothing_to_show_or_withdraw(self, seeded):
        assert seeded("commission", "--show").code == 1
        assert seeded("commission", "--withdraw", "--by", "Noor").code == 1
