"""Commands that need no installation: texts, and the detector of danger."""

import json

import pytest


class TestContent:
    def test_the_shipped_texts_are_checked(self, shell):
        outcome = shell("content", "check", "--json")

        assert outcome.code == int(any(one["severity"] == "error" for one in outcome.json["problems"]))

    def test_the_summary_is_in_the_language_that_was_asked_for(self, shell):
        dutch, english = (shell("content", "check", "--lang", language).out for language in ("nl", "en"))

        assert dutch.strip()
        assert english.strip()
        assert dutch != english

    def test_another_language_is_wrong_usage(self, shell):
        assert shell("content", "check", "--lang", "fr").code == 2


class TestSafety:
    def test_each_line_gets_its_label(self, shell):
        lines = [{"id": 1, "text": "ik wil dood"}, {"id": "b", "text": "Het was gezellig."}]

        outcome = shell.process("safety", "classify", stdin="\n".join(map(json.dumps, lines)) + "\n\n")

        assert outcome.code == 0
        assert [json.loads(line) for line in outcome.out.splitlines()] == [
            {"id": 1, "label": "crisis", "why": "wants to die"},
            {"id": "b", "label": "none", "why": ""},
        ]

    @pytest.mark.parametrize("line", ["ik wil dood", '{"id": 1}', '{"id": 1, "text": 2}', "[1, 2]"])
    def test_a_line_that_is_none_is_named_by_its_number_and_not_quoted(self, shell, line):
        outcome = shell.process("safety", "classify", stdin=f'{{"id": 1, "text": "hoi"}}\n{line}\n')

        assert outcome.code == 1
        assert outcome.err == 'line 2 of stdin: should be {"id": ..., "text": "..."}\n'


class TestUsage:
    @pytest.mark.parametrize("given", [["restore"], [], ["content"], ["seed"], ["run", "--speed", "2"]])
    def test_what_is_no_command_is_wrong_usage(self, shell, given):
        outcome = shell.typed(*given)

        assert (outcome.code, outcome.out) == (2, "")
        assert "--help" in outcome.err

    def test_machines_hear_of_it_as_json(self, shell):
        outcome = shell.typed("restore", "--json")

        assert outcome.code == 2
        assert outcome.json["error"]["kind"] == "Usage"

    def test_help_is_fine(self, shell):
        outcome = shell.typed("--help")

        assert outcome.code == 0
        assert "check-config" in outcome.out
