"""`companion content`: publishing from the shell, as an operator without a chat does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content.pages import Pages
from bot.installation import CATALOG, DIALOGS
from bot.storage import approvals, owners, people, publications, revisions, withdrawals
from bot.storage.database import transaction
from bot.storage.publications import Entry
from tests.storage.example import NOW

KEY = "een-groet-per-dag"
NL = (CATALOG / "nl" / f"{KEY}.yaml").read_text("utf-8")
TITLE = "title: Een groet per dag"


@pytest.fixture
def files(tmp_path: Path):
    """A function that writes the Dutch file with something replaced; its path."""

    def write(old: str = TITLE, new: str = "title: Elke dag hoi", name: str = "mine.yaml") -> Path:
        assert old in NL
        path = tmp_path / name
        path.write_text(NL.replace(old, new, 1), "utf-8")
        return path

    return write


def looks(shell, read):
    with shell.open() as opened, transaction(opened.engine, read_only=True) as conn:
        return read(conn)


def current(shell, kind="challenge", key=KEY):
    return looks(shell, lambda conn: publications.current(conn, kind, key))


def admin(shell):
    """The number of the admin whom `init` invited."""
    from sqlalchemy import select

    from bot.storage.schema_people import person

    return looks(
        shell, lambda conn: conn.execute(select(person.c.id).where(person.c.role == "admin")).scalar_one()
    )


class TestPublish:
    def test_a_file_is_checked_published_and_told_in_words(self, installed, files):
        said = installed.fine("content", "publish", KEY, "--nl", files(), "--because", "kort")

        assert said["state"] == "published"
        assert said["changes"] == ["bovenaan: de titel is veranderd. Was: Een groet per dag Nu: Elke dag hoi"]
        assert current(installed) == said["revision"]

    def test_in_english_when_asked(self, installed, files):
        said = installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x", "--lang", "en")

        assert said["changes"] == ["at the top: the title changed. Was: Een groet per dag Now: Elke dag hoi"]

    def test_a_mistake_is_shown_with_its_place_and_nothing_is_published(self, installed, files):
        outcome = installed("content", "publish", KEY, "--nl", files(TITLE, "titel: Hoi"), "--because", "x")

        assert outcome.code == 1
        assert f"challenge_catalog/nl/{KEY}.yaml:" in outcome.out
        assert "Refused" in outcome.out
        assert looks(installed, publications.local) == {}

    def test_a_warning_waits_for_a_reason(self, installed, files):
        long = "about: " + "Dit is een lange zin die steeds maar door blijft gaan en niet meer ophoudt."
        about = next(line for line in NL.splitlines() if line.startswith("about:"))
        path = files(about, long)

        assert installed("content", "publish", KEY, "--nl", path).code == 1
        assert (
            installed.fine("content", "publish", KEY, "--nl", path, "--because", "toch")["state"]
            == "published"
        )

    def test_a_megabyte_is_refused(self, installed, tmp_path):
        path = tmp_path / "big.yaml"
        path.write_text(f"challenge: {KEY}\n" + "#" * 2**20, "utf-8")

        outcome = installed("content", "publish", KEY, "--nl", path, "--json")

        assert outcome.code == 1
        assert [one["kind"] for one in outcome.json["problems"]] == ["too_big"]

    def test_the_files_of_the_program_are_what_people_have_already(self, installed):
        assert installed.fine("content", "publish", KEY)["state"] == "unchanged"

    @pytest.mark.parametrize(
        "typed",
        [
            ("publish", "een-groet"),
            ("publish", KEY, "--draft", "--nl", "x"),
            ("publish", KEY, "--by", "niemand"),
            ("withdraw", KEY),
            ("approve", KEY, "--date", "2026-01-01"),
            ("approve", KEY, "--name", "Ria", "--date", "gisteren"),
            ("approve", KEY, "--name", "Ria", "--date", "2999-01-01"),
            ("approve", KEY, "--name", "Ria", "--date", "2026-01-01"),
            ("approve", KEY, "--name", "Ria", "--date", "2026-01-01", "--by", "9999"),
            ("owner", KEY, "niemand"),
            ("owner", KEY, "x", "--nobody"),
        ],
    )
    def test_what_cannot_be_meant_is_wrong_usage(self, installed, typed):
        assert installed("content", *typed).code == 2

    def test_a_file_of_another_name_is_refused(self, installed, files):
        outcome = installed("content", "publish", "mijn-plek-in-de-buurt", "--nl", files())

        assert outcome.code == 2
        assert KEY in outcome.err

    def test_without_a_draft_there_is_none_to_publish(self, installed):
        outcome = installed("content", "publish", KEY, "--draft")

        assert outcome.code == 1
        assert "no draft" in outcome.err


class TestBack:
    def test_rollback_and_the_log_that_shows_it(self, installed, files):
        before = installed.fine("content", "publish", KEY)["revision"]
        installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x")

        said = installed.fine("content", "rollback", KEY, "--because", "toch niet")

        assert said["revision"] == before == current(installed)
        log = installed.fine("content", "log", KEY)["log"]
        assert [one["action"] for one in log] == ["release", "publish", "rollback"]
        assert log[-1]["because"] == "toch niet"
        assert log[-1]["current"]

    def test_to_a_named_text(self, installed, files):
        before = installed.fine("content", "publish", KEY)["revision"]
        for title in ("Een", "Twee"):
            installed.fine(
                "content", "publish", KEY, "--nl", files(TITLE, f"title: {title}"), "--because", "x"
            )

        installed.fine("content", "rollback", KEY, "--to", before[:10])

        assert current(installed) == before

    def test_there_is_nothing_before_the_first(self, installed):
        assert installed("content", "rollback", KEY).code == 1

    def test_adopt_follows_the_release_again(self, installed, files):
        installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x")

        installed.fine("content", "adopt", KEY)

        assert looks(installed, publications.local) == {}
        assert installed("content", "adopt", KEY).code == 1

    def test_keep_asks_for_a_text_of_ours(self, installed, files):
        assert installed("content", "keep", KEY).code == 1
        installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x")

        assert installed.fine("content", "keep", KEY)["state"] == "published"


class TestDiff:
    def test_ours_against_the_files_of_the_program(self, installed, files):
        assert installed.fine("content", "diff")["differences"] == []
        installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x")

        [one] = installed.fine("content", "diff", KEY)["differences"]

        assert one["changes"] == ["bovenaan: de titel is veranderd. Was: Elke dag hoi Nu: Een groet per dag"]
        assert installed("content", "diff").out.startswith(f"challenge/{KEY}: ")


class TestSecondPerson:
    def test_a_text_waits_for_another_and_the_same_is_refused(self, installed, files):
        installed.set("content", "second_approver", "true")
        said = installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x")
        assert said["state"] == "proposed"
        assert looks(installed, publications.local) == {}
        [waits] = installed.fine("content", "diff")["differences"]
        assert "second person" in waits["about"]

        same = installed("content", "confirm", KEY, "--json")
        other = installed.fine("content", "confirm", KEY, "--by", admin(installed))

        assert (same.code, same.json["state"]) == (1, "same_person")
        assert other["state"] == "published"
        assert current(installed) == said["revision"]

    def test_without_a_proposal_there_is_nothing_to_confirm(self, installed):
        assert installed("content", "confirm", KEY).code == 1


class TestWithdraw:
    def test_a_step_and_its_undo(self, installed):
        said = installed.fine("content", "withdraw", KEY, "--step", "hoi", "--because", "te spannend")
        assert said["withdrawn"]
        assert looks(installed, lambda conn: withdrawals.steps(conn, said["revisions"][0])) == {"hoi"}

        back = installed.fine("content", "withdraw", KEY, "--step", "hoi", "--undo")

        assert not back["withdrawn"]
        assert looks(installed, lambda conn: withdrawals.steps(conn, said["revisions"][0])) == frozenset()

    def test_a_step_that_is_not_there_names_those_that_are(self, installed):
        outcome = installed("content", "withdraw", KEY, "--step", "zwaai", "--because", "x")

        assert outcome.code == 1
        assert "hoi" in outcome.err

    @pytest.mark.parametrize(
        "typed, why",
        [
            ((KEY, "--undo"), "not withdrawn"),
            (("dialog/checkin", "--because", "x"), "only text"),
            (("dialog/checkin", "--step", "a", "--because", "x"), "no single step"),
            (("helplines", "--because", "x"), "roll it back"),
        ],
    )
    def test_what_cannot_be_withdrawn_is_said_in_a_sentence(self, installed, typed, why):
        outcome = installed("content", "withdraw", *typed)

        assert outcome.code == 1
        assert why in outcome.err


class TestApprove:
    DAY = ("--name", "Ria Jansen, gedragsdeskundige", "--date", "2026-01-15")

    def test_it_is_recorded_of_the_current_text_with_name_date_and_account(self, installed):
        ria = admin(installed)
        said = installed.fine("content", "approve", KEY, *self.DAY, "--by", ria)

        [one] = looks(installed, lambda conn: approvals.of_key(conn, "challenge", KEY))
        assert (str(one.name), one.approved_on) == ("Ria Jansen, gedragsdeskundige", date(2026, 1, 15))
        assert (one.by_id, one.revision) == (ria, said["revision"])
        assert one.revision == current(installed)
        assert installed.fine("content", "log", KEY)["log"][0]["approved"]

    def test_a_name_alone_is_not_enough(self, installed):
        outcome = installed("content", "approve", KEY, *self.DAY)

        assert outcome.code == 2
        assert "--by" in outcome.err
        assert looks(installed, approvals.approved) == frozenset()

    def test_somebody_who_is_no_admin_approves_nothing(self, installed):
        with installed.open() as opened, transaction(opened.engine) as conn:
            vera = people.add(conn, "Vera", NOW, {"role": "professional"})

        outcome = installed("content", "approve", KEY, *self.DAY, "--by", vera)

        assert outcome.code == 1
        assert outcome.err.startswith("Refused: as professional")
        assert looks(installed, approvals.approved) == frozenset()

    def test_a_name_has_a_letter(self, installed):
        ria = admin(installed)
        outcome = installed("content", "approve", KEY, "--name", ".", "--date", "2026-01-15", "--by", ria)

        assert outcome.code == 2
        assert "--name" in outcome.err
        assert looks(installed, approvals.approved) == frozenset()

    def test_publishing_another_text_says_that_the_approval_does_not_go_along(self, installed, files):
        installed.fine("content", "approve", KEY, *self.DAY, "--by", admin(installed))
        said = installed.fine("content", "publish", KEY, "--nl", files(), "--because", "kort")
        assert said["approval_lapsed"]

        assert not installed.fine("content", "rollback", KEY)["approval_lapsed"]
        outcome = installed("content", "publish", KEY, "--nl", files(), "--because", "kort")
        assert "The text before it was approved; this one is not." in outcome.out

    def test_who_published_the_text_does_not_approve_it(self, installed, files):
        author = admin(installed)
        installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x", "--by", author)

        outcome = installed("content", "approve", KEY, *self.DAY, "--by", author)

        assert outcome.code == 1
        assert "Somebody else approves it" in outcome.err
        assert looks(installed, approvals.approved) == frozenset()

    def test_it_is_taken_back(self, installed):
        installed.fine("content", "approve", KEY, *self.DAY, "--by", admin(installed))

        assert installed.fine("content", "approve", KEY, "--undo")["undone"] == 1
        assert installed("content", "approve", KEY, "--undo").code == 1


class TestOwner:
    def test_it_is_handed_over_shown_and_let_go(self, installed, files):
        number = admin(installed)
        assert installed.fine("content", "owner", KEY)["owner"] is None

        installed.fine("content", "owner", KEY, number)

        assert installed.fine("content", "owner", KEY)["owner"] == number
        assert looks(installed, owners.every) == {("challenge", KEY): number}
        installed.fine("content", "owner", KEY, "--nobody")
        assert looks(installed, owners.every) == {}

    def test_only_an_admin_can_own(self, seeded):
        assert seeded("content", "owner", KEY, "vera").code == 2

    def test_staff_who_are_no_admin_may_not_publish(self, seeded, files):
        outcome = seeded("content", "publish", KEY, "--nl", files(), "--because", "x", "--by", "vera")

        assert outcome.code == 1
        assert "Refused" in outcome.err


class TestAnotherVersion:
    """A text that was published here calls something that this version of the program lacks."""

    @pytest.fixture
    def outdated(self, installed):
        """The check-in asks for an action that there is no more."""
        text = (DIALOGS / "nl" / "checkin.yaml").read_text("utf-8")
        broken = text.replace("do: send_checkin", "do: send_pigeon")
        assert broken != text
        ours = Pages("dialog", "checkin", broken.encode())
        with installed.open() as opened, transaction(opened.engine) as conn:
            revisions.add(conn, ours.revision, "dialog", "checkin", broken, "", "local", NOW)
            publications.add(conn, Entry("dialog", "checkin", ours.revision, "publish"), NOW)
        return installed

    def test_doctor_names_it_and_why(self, outdated):
        findings = {one["subject"]: one for one in outdated("doctor", "--json").json["findings"]}

        assert findings["published"]["state"] == "wrong"
        assert "dialog/checkin" in findings["published"]["detail"]
        assert "send_pigeon" in findings["published"]["detail"]

    def test_the_upgrade_stops_and_says_what_to_do(self, outdated):
        outcome = outdated("db", "upgrade")

        assert outcome.code == 1
        assert "dialog/checkin" in outcome.err
        assert "send_pigeon" in outcome.err

    def test_it_goes_on_when_told_to(self, outdated):
        assert outdated("db", "upgrade", "--anyway").code == 0

    def test_a_good_text_stops_nothing(self, installed, files):
        installed.fine("content", "publish", KEY, "--nl", files(), "--because", "x")

        assert installed("db", "upgrade").code == 0
        findings = {one["subject"]: one for one in installed("doctor", "--json").json["findings"]}
        assert findings["published"]["detail"] == "1 texts published here"
