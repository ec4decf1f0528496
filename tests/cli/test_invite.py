"""One invitation at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import duty, people
from bot.storage.database import transaction
from tests.cli.conftest import running

SAM = {
    "--role": "youth",
    "--group": "noordwijk-18-25",
    "--professional": "vera",
    "--name": "Sam",
    "--born": "2005-03",
    "--cause": "skills",
}


def options(**changes):
    """Sam's options, with some changed or (None) left out."""
    given = SAM | {f"--{name}": value for name, value in changes.items()}
    return [part for name, value in given.items() if value is not None for part in (name, value)]


def invited(shell, payload):
    """Who was invited, and who looks after them."""
    person_id = shell.invitation(payload).person_id
    with shell.open() as opened, transaction(opened.engine) as conn:
        return people.load(conn, person_id), people.looked_after_by(conn, person_id)


class TestAYoungster:
    def test_gets_the_professional_that_was_named_and_the_colleague_as_backup(self, seeded):
        made = seeded.fine("invite", *options())

        sam, helpers = invited(seeded, made["payload"])
        assert (sam.role, sam.name, sam.born, sam.causes, sam.practice) == (
            "youth", "Sam", "2005-03", ("skills",), False,
        )  # fmt: skip
        assert helpers == {"main": seeded.staff("vera").id, "backup": seeded.staff("tom").id}
        assert sam.organisation_id == seeded.staff("vera").organisation_id

    def test_may_have_two_causes(self, seeded):
        made = seeded.fine("invite", *options(), "--cause", "thoughts")

        assert invited(seeded, made["payload"])[0].causes == ("skills", "thoughts")

    def test_who_practises_is_marked(self, seeded):
        made = seeded.fine("invite", *options(), "--practice")

        assert invited(seeded, made["payload"])[0].practice

    def test_of_a_practice_professional_practises_too(self, seeded):
        vera = seeded.staff("vera")
        with seeded.open() as opened, transaction(opened.engine) as conn:
            people.change(conn, vera.id, practice=True)

        made = seeded.fine("invite", *options())

        assert invited(seeded, made["payload"])[0].practice

    def test_under_the_minimum_age_is_invited_with_a_warning(self, seeded):
        young = options(born="2013-01", group="noordwijk-12-18", professional="amira")

        made = seeded.fine("invite", *young)

        assert made["warnings"][0].startswith("under 16: ")
        assert "Warning: under 16: " in seeded("invite", *young).err

    def test_invited_twice_with_the_same_name_is_warned_of_until_the_first_has_begun(self, seeded):
        first = seeded.fine("invite", *options())
        assert not any("was invited before" in line for line in first["warnings"])
        sam, _ = invited(seeded, first["payload"])

        assert f"companion person erase {sam.id}" in seeded("invite", *options(name="sam ")).err
        for other in (options(name="Kim"), options(professional="tom")):
            assert not any("was invited before" in line for line in seeded.fine("invite", *other)["warnings"])
        with seeded.open() as opened, transaction(opened.engine) as conn:
            for one in people.named(conn, "Sam"):
                people.change(conn, one.id, state="active")
        again = seeded.fine("invite", *options())
        assert not any("was invited before" in line for line in again["warnings"])

    def test_of_a_professional_who_has_not_begun_is_warned_of(self, seeded):
        assert any("vera has not begun" in line for line in seeded.fine("invite", *options())["warnings"])
        vera = seeded.staff("vera").id
        with seeded.open() as opened, transaction(opened.engine) as conn:
            people.change(conn, vera, state="active")

        assert not any(
            "has not begun" in line for line in seeded.fine("invite", *options(name="Lou"))["warnings"]
        )

    def test_on_real_telegram_a_warning_says_who_may_come_in(self, seeded):
        assert any("--practice" in line for line in seeded.fine("invite", *options())["warnings"])
        seeded.set("telegram", "api_url", '"http://127.0.0.1:1"')
        there = seeded.fine("invite", *options(name="Lou"))["warnings"]
        assert not any("--practice" in line for line in there)

    @pytest.mark.parametrize(
        "changes, said",
        [
            ({"group": "noordwijk-18-26"}, '--group: "noordwijk-18-26" is not known; did you mean "noordwijk-18-25"?'),
            ({"professional": "vira"}, '--professional: "vira" is not known; did you mean "vera"?'),
            ({"professional": "noor"}, '--professional: "noor" is not known; use one of: amira, bas, tom, vera'),
            ({"professional": "amira"}, '--professional: "amira" does not lead noordwijk-18-25; use one of: tom, vera'),
            ({"born": "2005-13"}, "--born: should be a month of birth as in 2009-04"),
            ({"born": "2026-11"}, "--born: should be a month of birth as in 2009-04"),
            ({"name": " "}, "--name: should be 1 to 40 characters on one line"),
            ({"name": "Sam\nVera"}, "--name: should be 1 to 40 characters on one line"),
            ({"cause": None, "born": None}, "--role youth: also needs --born, --cause"),
            ({"coordinator": "noor"}, "--role youth: does not go with --coordinator"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_meant_is_refused_with_the_place(self, seeded, changes, said):
        outcome = seeded("invite", *options(**changes), "--json")

        assert outcome.code == 2
        assert outcome.err == f"{said}\n"
        assert outcome.json == {"error": {"kind": "WrongUsage", "message": said}}

    def test_while_both_are_away_the_waiting_list_is_the_way_in(self, seeded):
        pair = [seeded.staff(key).id for key in ("vera", "tom")]
        with seeded.open() as opened, transaction(opened.engine) as conn:
            begins = datetime.now(UTC) + timedelta(days=3)
            for number in pair:
                duty.set_absent(conn, number, begins, begins + timedelta(days=7), number)

        refused = seeded("invite", *options())
        assert refused.code == 2
        assert "nobody reads on" in refused.err
        assert "--phase waiting" in refused.err
        seeded.fine("invite", *options(), "--phase", "waiting")

    def test_a_refused_one_leaves_nobody_behind(self, seeded):
        seeded("invite", *options(professional="amira"))

        amira = seeded.staff("amira")
        with seeded.open() as opened, transaction(opened.engine) as conn:
            assert people.youngsters_of(conn, amira.id) == []

    def test_an_unknown_cause_is_a_usage_error(self, seeded):
        outcome = seeded("invite", *options(cause="shyness"), "--json")

        assert outcome.code == 2
        assert "shyness" in outcome.json["error"]["message"]


class TestStaff:
    @pytest.mark.parametrize(
        "role, key", [("professional", "vera"), ("coordinator", "noor"), ("confidant", "ria")]
    )
    def test_who_has_not_begun_gets_a_new_link_and_the_old_one_ends(self, seeded, role, key):
        first = seeded.fine("invite", "--role", role, f"--{role}", key)
        second = seeded.fine("invite", "--role", role, f"--{role}", key)

        old, new = seeded.invitation(first["payload"]), seeded.invitation(second["payload"])
        assert old.person_id == new.person_id == seeded.staff(key).id
        assert old.expires_at < new.expires_at
        assert old.expires_at.isoformat() < first["expires"]

    def test_who_has_begun_is_not_invited_again(self, seeded):
        seeded.begun("vera")

        outcome = seeded("invite", "--role", "professional", "--professional", "vera")

        assert outcome.code == 1
        assert "already uses the companion" in outcome.err

    def test_who_has_begun_gets_a_link_to_another_phone_when_it_is_asked_for(self, seeded):
        seeded.begun("vera")

        made = seeded.fine("invite", "--role", "professional", "--professional", "vera", "--again")

        assert seeded.invitation(made["payload"]).person_id == seeded.staff("vera").id

    def test_a_lost_admin_link_is_renewed_for_the_same_admin(self, installed):
        first = installed.fine("invite", "--role", "admin")
        second = installed.fine("invite", "--role", "admin")

        assert invited(installed, first["payload"])[0] == invited(installed, second["payload"])[0]

    def test_once_the_admin_has_begun_another_one_can_be_invited(self, installed):
        first = invited(installed, installed.fine("invite", "--role", "admin")["payload"])[0]
        with installed.open() as opened, transaction(opened.engine) as conn:
            people.change(conn, first.id, state="active")

        second = invited(installed, installed.fine("invite", "--role", "admin")["payload"])[0]

        assert (second.role, second.id != first.id) == ("admin", True)

    def test_practice_is_for_youngsters(self, seeded):
        assert seeded("invite", "--role", "admin", "--practice").code == 2


class TestTheLink:
    def test_is_left_out_while_nobody_knows_the_name_of_the_bot(self, seeded):
        assert seeded.fine("invite", *options())["link"] is None

    def test_is_complete_when_the_bot_answers(self, seeded):
        with running(seeded.folder, "sandbox", "--port", "0", "--json") as sandbox:
            url = sandbox.line().partition('"url": "')[2].partition('"')[0]
            seeded.set("telegram", "api_url", f'"{url}"')
            seeded.set("telegram", "token", '"1:SANDBOX"')

            made = seeded.fine("invite", *options())
            shown = seeded("invite", *options()).out

        assert made["link"] == f"https://t.me/companion_sandbox_bot?start={made['payload']}"
        assert "https://t.me/companion_sandbox_bot?start=" in shown
        assert "until Friday 27 November 2026" in shown
