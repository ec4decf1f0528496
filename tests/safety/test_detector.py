"""The parts of the detector: pieces, patterns, spelling, reasons, and the model that was trained."""

from __future__ import annotations

import json
import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.context import context
from bot.safety.detector import PIECE, STEP, detect, look, pieces, weigh, words_in
from bot.safety.lexicon import Lexicon, lexicon
from bot.safety.model import FOLDER, ModelBroken, digest, model, read_model
from bot.safety.normal import normal
from bot.safety.prefilter import Patterns
from bot.safety.reasons import in_words, kind_of, reasons
from bot.safety.signals import signals, signals_in
from bot.safety.spelling import Speller, sound
from bot.safety.statements import STATEMENTS, stated_in
from tests.safety.sentences import DENIED, DUTCH, ENGLISH, LOOKALIKE, PAST, QUOTED

ALL = [*DUTCH, *ENGLISH, *LOOKALIKE, *QUOTED, *PAST, *DENIED]
HOSTILE = [
    "ik " * 1365,
    "a" * 4096,
    "ik wil niet " * 340,
    "mijn vader " * 370,
    "i want to " * 400,
    "🙂" * 4096,
    "i." * 2048,
]
WORDS = st.lists(st.sampled_from(sorted({word for one in ALL for word in one.split()})), max_size=60).map(
    " ".join
)


class TestPieces:
    @given(st.integers(0, 3000))
    @settings(max_examples=40, deadline=None)
    def test_there_are_never_more_than_one_for_each_step(self, count):
        tokens = [str(at) for at in range(count)]

        cut = list(pieces(tokens))

        assert len(cut) <= count // STEP + 1
        assert all(len(piece) <= PIECE for piece in cut)

    @given(st.integers(0, 300), st.integers(1, PIECE - STEP))
    @settings(max_examples=40, deadline=None)
    def test_what_is_short_stands_whole_in_one_of_them(self, start, size):
        tokens = [str(at) for at in range(400)]

        assert any(set(tokens[start : start + size]) <= set(piece) for piece in pieces(tokens))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_is_repeated_is_looked_at_a_few_times(self, text):
        assert len(weigh(text, model())) <= 4

    def test_one_sentence_in_a_long_text_counts(self):
        story = "Vandaag was het mooi weer en we gingen met de klas naar het museum. " * 20

        assert detect(story).label == "none"
        assert detect(story + "Mijn stiefvader slaat me elke avond. " + story).label == "crisis"

    @given(WORDS)
    @settings(max_examples=25, deadline=None)
    def test_any_mixture_of_words_is_judged(self, text):
        finding = detect(text)

        assert bool(finding.why) == (finding.label != "none")
        assert 0 <= finding.score <= 1


class TestPrefilter:
    @given(WORDS)
    @settings(max_examples=25, deadline=None)
    def test_nothing_is_lost_by_trying_only_what_is_possible(self, text):
        plain = normal(text).replace("'", "")

        assert set(stated_in(plain)) == {key for key, pattern in STATEMENTS if pattern.search(plain)}
        every = [name for name, pattern in signals().patterns if pattern.search(plain)]
        assert list(signals().names_in(plain)) == every

    @pytest.mark.parametrize("sentence", ALL)
    def test_nor_in_the_sentences(self, sentence):
        plain = normal(sentence).replace("'", "")

        assert set(stated_in(plain)) == {key for key, pattern in STATEMENTS if pattern.search(plain)}

    def test_a_pattern_without_any_piece_is_always_tried(self):
        import re

        patterns = Patterns([("any", re.compile(r"\w")), ("dog", re.compile(r"dogs?"))])

        assert patterns.names_in("cat") == ("any",)
        assert patterns.names_in("a dog") == ("any", "dog")


class TestSpelling:
    @pytest.mark.parametrize(
        "typed, meant",
        [
            ("geslgen", "geslagen"),
            ("zelfmoort", "zelfmoord"),
            ("verkragt", "verkracht"),
            ("doot", "dood"),
            ("hoi", "hoi"),
        ],
    )
    def test_a_slip_is_mended(self, typed, meant):
        assert Speller(["geslagen", "zelfmoord"]).meant(typed) == meant

    def test_a_known_word_stays(self):
        assert Speller(["geslapen", "geslagen"]).meant("geslapen") == "geslapen"

    @given(st.text(max_size=30))
    def test_any_word_has_a_sound(self, word):
        assert len(sound(word)) <= 2 * len(word)


class TestWords:
    def test_a_star_stands_for_any_ending(self):
        classes = Lexicon({"hit": "slaa* klap", "nice": "klap"})

        assert classes.classes("slaande") == ("hit",)
        assert classes.classes("klap") == ("hit", "nice")
        assert classes.classes("klappen") == ()

    def test_the_classes_of_the_product_are_plain_words(self):
        assert lexicon().classes("moeder")[0] == "mother"

    def test_a_sign_says_its_kind_too(self):
        assert {"some runaway"} <= set(signals_in("ik weet niet waar ik heen moet"))

    @pytest.mark.parametrize("sentence", QUOTED)
    def test_a_story_is_known_as_one(self, sentence):
        assert context().is_quoted(" ".join(words_in(sentence)))

    def test_a_story_that_is_made_ones_own_is_none(self):
        assert not context().is_quoted("in de film wil ze dood en ik ook")


class TestReasons:
    def test_every_reason_has_words_in_both_languages(self):
        assert {name for name, reason in reasons().items() if not (reason["nl"] and reason["en"])} == set()

    def test_every_statement_and_kind_has_a_reason(self):
        wanted = {f"statement.{key}" for key, _ in STATEMENTS} | {f"model.{kind}" for kind in model().kinds}

        assert wanted <= set(reasons())

    def test_they_are_joined_and_an_old_key_is_kept(self):
        why = ("statement.wants_to_die", "context.past", "statement.of_an_older_version")

        assert in_words(why, "nl") == "wil dood; lijkt voorbij te zijn; statement.of_an_older_version"
        assert kind_of(why) == "suicide"
        assert kind_of(("context.past",)) == ""


class TestModel:
    def test_the_files_are_the_ones_that_were_trained(self):
        about = json.loads((FOLDER / "model.json").read_text("utf-8"))

        assert digest((FOLDER / "model.bin").read_bytes()) == about["weights"]
        assert digest((FOLDER / "words.txt").read_bytes()) == about["words"]
        assert (FOLDER / "model.bin").stat().st_size < 1_000_000

    @pytest.mark.parametrize("name", ["model.bin", "words.txt"])
    def test_another_file_is_refused(self, tmp_path, name):
        for one in ("model.json", "model.bin", "words.txt"):
            shutil.copy(FOLDER / one, tmp_path)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1] + b"x")

        with pytest.raises(ModelBroken, match="hash"):
            read_model(tmp_path)

    def test_no_file_is_refused_too(self, tmp_path):
        with pytest.raises(ModelBroken, match="cannot be read"):
            read_model(tmp_path)

    def test_its_scores_are_those_of_the_trainer(self):
        """Stored by the trainer: what scikit-learn itself said of these texts, before rounding to bytes."""
        stored = json.loads((FOLDER / "samples.json").read_text("utf-8"))

        assert len(stored) >= 20
        for one in stored:
            found = look(words_in(one["text"])[:PIECE], model().speller).found
            assert model().scores(found) == pytest.approx(one["scores"], abs=0.25)

    def test_a_score_does_not_depend_on_the_order_of_the_questions(self):
        order = list(ALL)
        before = {text: detect(text) for text in order}
        random.Random(1).shuffle(order)

        assert {text: detect(text) for text in order} == before
