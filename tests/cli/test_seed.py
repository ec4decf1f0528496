"""Loading a programme, and loading it again."""

import tomllib

import pytest

from tests.cli.conftest import EXAMPLE_SEED

GROUP_KEYS = (
    "key, name, age_group, organisation, municipality, location, staff, example, holidays, capacity, least, "
    "silent_days, missed_evenings, series, exception, summer_stop"
)
STAFF = ["vera", "tom", "amira", "bas", "noor", "ria"]


def changed(shell, old, new):
    """The example with one thing different."""
    text = EXAMPLE_SEED.read_text("utf-8")
    assert old in text
    path = shell.folder / "programme.toml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


class TestNoordwijk:
    def test_everybody_of_the_file_gets_an_invitation(self, installed):
        said = installed.fine("seed", EXAMPLE_SEED)

        assert [one["key"] for one in said["invitations"]] == STAFF
        assert len({one["payload"] for one in said["invitations"]}) == len(STAFF)
        assert "group noordwijk-18-25: series: added" in said["changes"]

    def test_a_second_time_changes_nothing_and_leaves_the_links_that_were_handed_out(self, seeded):
        said = seeded.fine("seed", EXAMPLE_SEED)

        assert (said["changes"], said["warnings"]) == ([], [])
        assert said["invitations"] == []

    def test_people_read_names_and_links(self, installed):
        said = installed("seed", EXAMPLE_SEED).out

        assert "Vera (professional, vera):" in said
        assert "Noor (coordinator, noor):" in said

    def test_a_name_that_changed_is_changed(self, seeded):
        said = seeded.fine("seed", changed(seeded, 'name = "Vera" ', 'name = "Vera V."'))

        assert said["changes"] == ["staff vera: changed"]
        assert seeded.staff("vera").name == "Vera V."

    def test_staff_speak_the_language_of_the_installation(self, installed):
        installed.set("programme", "language", '"en"')
        installed.fine("seed", EXAMPLE_SEED)

        assert installed.staff("vera").language == "en"

    def test_the_audit_trail_holds(self, seeded):
        assert seeded.fine("db", "verify") == {"problems": []}


class TestMistakes:
    def test_all_are_told_at_once_with_table_and_key(self, installed):
        file = changed(installed, 'location = "x-out"', 'location = "xout"\nwhere = "x"')
        file.write_text(file.read_text("utf-8").replace('starts = "19:00" ', 'starts = "19:60"'), "utf-8")

        outcome = installed("seed", file)

        assert outcome.code == 1
        assert outcome.err.splitlines() == [
            f"{file}: group.noordwijk-18-25.where: unknown key; use one of: {GROUP_KEYS}",
            f'{file}: group.noordwijk-18-25.location: "xout" is not known; did you mean "x-out"?',
            f'{file}: group.noordwijk-18-25.series.starts: should be a time of day, as in "19:00"',
            f'{file}: group.noordwijk-12-18.series.starts: should be a time of day, as in "19:00"',
        ]

    def test_nothing_of_a_file_with_a_mistake_is_loaded(self, installed):
        assert installed("seed", changed(installed, 'age_group = "12-18"', 'age_group = "12-17"')).code == 1

        assert "organisation welzijn-voorbeeld: added" in installed.fine("seed", EXAMPLE_SEED)["changes"]

    @pytest.mark.parametrize("content", [None, b"\xff\xfe"])
    def test_a_file_that_cannot_be_read(self, installed, content):
        file = installed.folder / "programme.toml"
        if content is not None:
            file.write_bytes(content)

        outcome = installed("seed", file)

        assert outcome.code == 1
        assert f"{file}: the file: cannot be read" in outcome.err

    def test_without_an_installation_it_names_who_makes_one(self, shell):
        shell.config.write_text("")

        outcome = shell("seed", EXAMPLE_SEED)

        assert outcome.code == 2
        assert "companion init" in outcome.err
        assert [path.name for path in shell.folder.iterdir()] == ["config.toml"]

    def test_without_its_database_it_names_who_makes_one(self, installed):
        installed.database.unlink()

        outcome = installed("seed", EXAMPLE_SEED)

        assert outcome.code == 2
        assert "companion init" in outcome.err
        assert "companion db upgrade" in outcome.err
        assert not installed.database.exists()


def test_the_example_marks_what_nobody_confirmed():
    text = EXAMPLE_SEED.read_text("utf-8")

    assert all(group["example"] for group in tomllib.loads(text)["group"])
    assert text.count("EXAMPLE") >= 4
