"""What is wrong, before and while running."""

import pytest


class TestCheckConfig:
    def test_a_typo_is_named_with_section_and_key(self, installed):
        installed.set("telegram", "token", '"1:SANDBOX"')
        installed.config.write_text(
            installed.config.read_text("utf-8").replace("minimum_age =", "minimun_age =")
        )

        outcome = installed.process("check-config")

        assert outcome.code == 2
        assert '[telegram] minimun_age: unknown key; did you mean "minimum_age"?' in outcome.out
        assert "Traceback" not in outcome.err

    def test_all_mistakes_are_listed_at_once(self, installed):
        installed.set("http", "listen", '"8080"')
        installed.set("programme", "timezone", '"Europe/Noordwijk"')

        outcome = installed("check-config", "--json")

        assert outcome.code == 2
        assert [(one["section"], one["key"]) for one in outcome.json["problems"]] == [
            ("http", "listen"),
            ("programme", "timezone"),
        ]

    def test_what_is_right_is_shown_without_secrets(self, installed):
        installed.set("telegram", "token", '"123456:ABC-verborgen"')
        installed.set("database", "url", '"postgresql://bot:geheim@db.example.org/companion"')

        outcome = installed("check-config")

        assert outcome.code == 0
        assert "api.telegram.org" in outcome.out
        assert "verborgen" not in outcome.out
        assert "geheim" not in outcome.out

    def test_a_missing_file_names_who_writes_one(self, shell):
        outcome = shell("check-config")

        assert outcome.code == 2
        assert "companion init" in outcome.out


class TestDoctor:
    @staticmethod
    def findings(shell):
        outcome = shell("doctor", "--json")
        return outcome.code, {
            one["subject"]: (one["state"], one["detail"]) for one in outcome.json["findings"]
        }

    def test_a_sound_installation_without_a_bot(self, seeded):
        code, found = self.findings(seeded)

        assert code == 1
        assert found["keys"][0] == found["database"][0] == found["content"][0] == "fine"
        assert found["telegram"] == ("wrong", "https://api.telegram.org: there is no token")
        assert found["running"] == ("note", "no companion runs on this database")
        assert "noordwijk-18-25" in found["people"][1]

    def test_a_server_that_does_not_answer(self, installed):
        installed.set("telegram", "token", '"1:SANDBOX"')
        installed.set("telegram", "api_url", '"http://127.0.0.1:1"')

        assert self.findings(installed)[1]["telegram"][1].startswith("http://127.0.0.1:1: no answer")

    def test_a_key_file_that_others_can_read(self, installed):
        installed.keys.chmod(0o644)

        state, detail = self.findings(installed)[1]["keys"]

        assert state == "wrong"
        assert "chmod 600" in detail

    @pytest.mark.parametrize(
        "damage, said", [(b"", "is empty"), (b"no database at all, but text", "is damaged")]
    )
    def test_a_database_that_cannot_be_used(self, installed, damage, said):
        for path in installed.database.parent.iterdir():
            path.unlink()
        installed.database.write_bytes(damage)

        code, found = self.findings(installed)

        assert code == 1
        assert found["database"][0] == "wrong"
        assert said in found["database"][1]

    def test_a_look_makes_nothing(self, shell):
        shell.config.write_text('[telegram]\ntoken = ""\n')

        code, found = self.findings(shell)

        assert code == 1
        assert found["keys"][0] == found["database"][0] == found["running"][0] == "wrong"
        assert [path.name for path in shell.folder.iterdir()] == ["config.toml"]
