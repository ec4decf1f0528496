"""`companion content export, import, new, stops`: texts that travel, begin, and lose people on the way."""

from __future__ import annotations

import zipfile
from datetime import timedelta

import pytest

from bot.content.archive import Archive, pack
from bot.content.pages import Pages
from bot.installation import CATALOG, DIALOGS
from bot.storage import challenges, people, publications, revisions
from bot.storage.database import bare_engine, transaction
from tests.storage.example import NOW

KEY = "een-groet-per-dag"
NL, EN = ((CATALOG / language / f"{KEY}.yaml").read_bytes() for language in ("nl", "en"))
MINE = NL.replace(b"title: Een groet per dag", b"title: Elke dag hoi")
SIGNED = ("--licence", "CC BY 4.0", "--origin", "Welzijn Voorbeeld")


@pytest.fixture
def packed(tmp_path):
    """A function that packs a text from elsewhere; where it lies."""

    def write(nl=MINE, kind="challenge", key=KEY, en=EN):
        path = tmp_path / "elders.zip"
        path.write_bytes(pack(Archive("CC BY 4.0", "Elders", (Pages(kind, key, nl, en),))))
        return path

    return write


def local(shell):
    with shell.open() as opened, transaction(opened.engine, read_only=True) as conn:
        return publications.local(conn)


class TestExport:
    def test_all_challenges_travel_with_licence_and_origin(self, installed, tmp_path):
        installed.fine("content", "publish", KEY)

        said = installed.fine("content", "export", tmp_path / "uit.zip", *SIGNED)

        assert f"challenge/{KEY}" in said["texts"]
        with zipfile.ZipFile(tmp_path / "uit.zip") as made:
            assert f"challenge_catalog/en/{KEY}.yaml" in made.namelist()
            assert b"Welzijn Voorbeeld" in made.read("manifest.json")

    def test_what_one_exports_another_imports_without_a_difference(self, installed, tmp_path):
        installed.fine("content", "publish", KEY)
        installed.fine("content", "export", tmp_path / "uit.zip", KEY, *SIGNED)

        said = installed.fine("content", "import", tmp_path / "uit.zip")

        assert [one["state"] for one in said["texts"]] == ["same"]

    @pytest.mark.parametrize(
        "typed", [(), ("--licence", "CC0"), ("--origin", "x"), ("helplines", *SIGNED), ("welcome", *SIGNED)]
    )
    def test_licence_origin_and_a_text_that_may_travel_are_needed(self, installed, tmp_path, typed):
        assert installed("content", "export", tmp_path / "uit.zip", *typed).code == 2
        assert not (tmp_path / "uit.zip").exists()

    def test_a_file_that_exists_is_never_overwritten(self, installed, tmp_path):
        installed.fine("content", "publish", KEY)
        (tmp_path / "uit.zip").write_bytes(b"van mij")

        assert installed("content", "export", tmp_path / "uit.zip", *SIGNED).code == 2
        assert (tmp_path / "uit.zip").read_bytes() == b"van mij"


class TestImport:
    def test_what_differs_is_shown_and_nothing_changes(self, installed, packed):
        said = installed.fine("content", "import", packed())

        [one] = said["texts"]
        assert (one["state"], said["imported"]) == ("differs", False)
        assert one["changes"] == ["bovenaan: de titel is veranderd. Was: Een groet per dag Nu: Elke dag hoi"]
        assert local(installed) == {}

    def test_with_yes_it_is_published_with_its_origin_in_the_log(self, installed, packed):
        said = installed.fine("content", "import", packed(), "--yes", "--because", "kort")

        assert said["texts"][0]["state"] == "published"
        assert list(local(installed)) == [("challenge", KEY)]
        log = installed.fine("content", "log", KEY)["log"]
        assert log[-1]["because"] == "kort; import: Elders (CC BY 4.0)"

    def test_a_text_with_a_mistake_refuses_the_whole(self, installed, packed):
        broken = packed(NL.replace(b"title: Een groet per dag", b"titel: Elke dag hoi"))

        outcome = installed("content", "import", broken, "--yes", "--because", "x", "--json")

        assert outcome.code == 1
        assert outcome.json["texts"][0]["state"] == "refused"
        assert local(installed) == {}

    def test_care_is_never_taken_over_from_elsewhere(self, installed, packed):
        nl, en = ((DIALOGS / language / "help.yaml").read_bytes() for language in ("nl", "en"))

        outcome = installed("content", "import", packed(nl, "dialog", "help", en), "--yes")

        assert outcome.code == 1
        assert "each organisation itself" in outcome.err

    def test_what_is_no_archive_is_refused_in_a_sentence(self, installed, tmp_path):
        path = tmp_path / "x.zip"
        path.write_bytes(b"hoi")

        outcome = installed("content", "import", path)

        assert outcome.code == 1
        assert "no zip" in outcome.err


ANSWERS = """\
Samen eten
skills, access
under18, 18plus
4
Kijk eerst waar anderen eten. Eén keer is genoeg.
Ga naast iemand zitten.
Vraag of de plek vrij is.
Eet met iemand.
Welzijn Voorbeeld
"""


class TestNew:
    def test_nine_answers_make_a_challenge_and_the_check_names_what_is_left_to_write(self, shell, tmp_path):
        done = shell.process("content", "new", "--to", tmp_path / "catalog", "--json", stdin=ANSWERS)

        assert done.code == 0, done.err
        assert done.json["key"] == "samen-eten"
        errors = [one for one in done.json["problems"] if one["severity"] == "error"]
        assert {one["kind"] for one in errors} == {"to_fill_in"}
        assert {one["file"].split("/")[1] for one in errors} == {"nl", "en"}
        nl = (tmp_path / "catalog" / "nl" / "samen-eten.yaml").read_text("utf-8")
        assert 'title: "Samen eten"' in nl
        assert "kijk-eerst-waar-anderen-eten:" in nl
        assert 'origin: "Welzijn Voorbeeld"' in nl
        assert "TODO" not in nl
        assert (tmp_path / "catalog" / "en" / "samen-eten.yaml").exists()

    def test_a_cause_that_does_not_exist_is_refused(self, shell, tmp_path):
        told = ANSWERS.replace("skills, access", "moed")

        done = shell.process("content", "new", "--to", tmp_path, stdin=told)

        assert done.code == 2
        assert "skills, access, thoughts" in done.err


class TestStops:
    def reach(self, shell, counts):
        """So many youngsters stand still at each step of the challenge."""
        with shell.open() as opened, transaction(opened.engine) as conn:
            name = "a"
            revisions.add(conn, name, "challenge", KEY, NL.decode(), EN.decode(), "local", NOW)
            staff = people.add(conn, "Vera", NOW, {"role": "professional"})
            for step, count in counts.items():
                for _ in range(count):
                    youth = people.add(conn, "Sam", NOW, {"role": "youth", "state": "active"})
                    given = challenges.give(conn, youth, KEY, name, staff, NOW - timedelta(days=400))
                    challenges.set_state(conn, given, "active", NOW - timedelta(days=400))
                    challenges.choose_step(conn, given, step)

    def test_small_numbers_are_hidden_also_from_whoever_subtracts(self, installed):
        self.reach(installed, {"hoi": 9, "zin": 2, "knik": 7})

        said = installed.fine("content", "stops", KEY)

        assert said["began"] == 18
        assert said["stopped"]["hoi"] == 9
        assert said["stopped"]["zin"] is None
        assert said["stopped"]["knik"] is None

    def test_of_a_few_nothing_is_shown(self, installed):
        self.reach(installed, {"hoi": 3})

        said = installed.fine("content", "stops", KEY)

        assert said["began"] is None
        assert set(said["stopped"].values()) == {None}

    def test_a_database_of_another_version_is_named_and_nothing_is_counted(self, installed):
        engine = bare_engine(f"sqlite:///{installed.database}")
        with transaction(engine) as conn:
            conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
        engine.dispose()

        outcome = installed("content", "stops", KEY)

        assert outcome.code == 1
        assert "has version 0000" in outcome.err
        assert (outcome.out, "Traceback" in outcome.err) == ("", False)

    def test_helplines_have_no_steps(self, installed):
        assert installed("content", "stops", "helplines").code == 1
