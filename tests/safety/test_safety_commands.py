"""`companion safety`: lines in, labels out; training says what it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from bot.errors import CompanionError
from bot.safety.detector import detect
from bot.safety.normal import normal
from bot.safety.training.corpus import (
    heldout_files,
    outside_files,
    read_corpus,
    standard_files,
    training_items,
)
from bot.safety.training.figures import Judged, as_table, figures, misses, wilson
from bot.safety.training.folds import parts_of
from bot.safety.training.typos import with_typos

ROOT = Path(__file__).resolve().parents[2]


def companion(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "safety", *words],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


class TestClassify:
    def test_each_line_gets_its_label_and_reason(self):
        lines = [{"id": 1, "text": "ik wil dood"}, {"id": "b", "text": "Het was gezellig."}]

        outcome = companion("classify", stdin="\n".join(map(json.dumps, lines)) + "\n\n")

        assert outcome.returncode == 0, outcome.stderr
        assert [json.loads(line) for line in outcome.stdout.splitlines()] == [
            {"id": 1, "label": "crisis", "why": "wants to die"},
            {"id": "b", "label": "none", "why": ""},
        ]

    @pytest.mark.parametrize("line", ["ik wil dood", '{"id": 1}', '{"id": 1, "text": 2}', "[1, 2]"])
    def test_a_line_that_is_none_is_named_by_its_number_and_the_rest_goes_on(self, line):
        outcome = companion(
            "classify", stdin=f'{{"id": 1, "text": "hoi"}}\n{line}\n{{"id": 3, "text": "I want to die"}}\n'
        )

        assert outcome.returncode == 1
        assert outcome.stderr == 'line 2 of stdin: should be {"id": ..., "text": "..."}\n'
        assert [json.loads(one)["label"] for one in outcome.stdout.splitlines()] == ["none", "crisis"]


class TestTraining:
    @pytest.mark.skipif(find_spec("sklearn") is not None, reason="scikit-learn is installed here")
    @pytest.mark.parametrize("command", ["train", "evaluate"])
    def test_without_scikit_learn_it_says_how_to_get_it(self, command):
        outcome = companion(command)

        assert outcome.returncode == 2
        assert "make safety-train" in outcome.stderr


class TestCorpus:
    def test_every_item_has_a_label_and_a_writer(self):
        items = read_corpus(standard_files())

        assert len(items) > 11_000
        assert {item.made for item in items} == {"written", "template"}
        assert len({item.text for item in items}) == len(items)

    def test_an_author_is_left_out_whole_and_the_writers_of_one_author_in_parts(self):
        items = read_corpus(standard_files())

        parts = parts_of(items)

        assert set(parts.values()) == {"first", "second", "third", "fourth", "fifth", "sixth", "seventh"}
        assert {parts[item.writer] for item in items if item.author == "seventh"} == {"seventh"}
        assert len(set(parts_of([item for item in items if item.author == "seventh"]).values())) == 5

    def test_the_sentences_kept_apart_are_not_trained_on(self):
        trained = {normal(item.text) for item in training_items(standard_files())}
        apart = [*read_corpus(heldout_files()), *read_corpus(outside_files())]

        assert len(apart) > 500
        assert [item.text for item in apart if normal(item.text) in trained] == []
        assert not {path.name for path in standard_files()} & {
            "heldout.jsonl",
            "outside.jsonl",
            "outside_second.jsonl",
        }

    def test_the_author_of_the_outside_sentences_said_which_are_plain(self):
        outside = read_corpus(outside_files())

        assert {item.author for item in outside} == {"third", "eighth"}
        assert {item.label for item in outside if item.plain} == {"crisis"}
        assert sum(item.plain for item in outside) > 70

    @pytest.mark.parametrize(
        "line", ["x", "{}", '{"text": "a", "lang": "nl", "label": "?", "kind": "", "writer": "", "made": ""}']
    )
    def test_a_line_that_is_none_is_named(self, tmp_path, line):
        (tmp_path / "own.jsonl").write_text(f"\n{line}\n", "utf-8")

        with pytest.raises(CompanionError, match=r"own\.jsonl, line 2"):
            read_corpus([tmp_path / "own.jsonl"])

    def test_slips_are_the_same_every_time(self):
        text = "ik durf vanavond niet naar huis te gaan"

        assert with_typos(text, Random(4)) == with_typos(text, Random(4)) != text


class TestFigures:
    def test_the_interval_is_wilsons(self):
        assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
        assert wilson(0, 0) == (0.0, 1.0)

    def test_the_sentences_kept_apart_are_counted_and_the_worst_is_bounded(self):
        judged = [Judged(item, detect(item.text)) for item in read_corpus(heldout_files())]

        rows = {(row["what"], row["which"]): float(row["share"]) for row in figures(judged)}

        assert rows["crisis found", "all"] >= 0.8
        assert rows["false alert, ordinary", "all"] <= 0.05
        assert "| crisis found | all |" in as_table(figures(judged))
        assert set(misses(judged)) == {"missed", "false"}
