"""The figures of readability: right for the words they were tried on, and the worst branch of a sentence counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.reading import alternatives, ease, longest_part, sentences, syllables, words_in


@pytest.mark.parametrize(
    "word, count",
    [
        ("ik", 1), ("stap", 1), ("idee", 2), ("buurt", 1), ("spannend", 2), ("radio", 3), ("speciaal", 3),
        ("bijeenkomst", 3), ("begeleider", 4), ("uitnodiging", 4), ("telefoonnummer", 5), ("Kindertelefoon", 5),
        ("beëindigen", 5), ("coördinator", 5), ("organisatie", 5), ("IJs", 1), ("nieuws", 1), ("mooie", 2),
    ],
)  # fmt: skip
def test_dutch_syllables(word, count):
    assert syllables(word, "nl") == count


@pytest.mark.parametrize(
    "word, count",
    [
        ("I", 1), ("step", 1), ("made", 1), ("the", 1), ("table", 2), ("moved", 1), ("needed", 2), ("people", 2),
        ("anonymous", 4), ("organisation", 5), ("communication", 5),
    ],
)  # fmt: skip
def test_english_syllables(word, count):
    assert syllables(word, "en") == count


def test_a_word_with_a_hyphen_is_read_in_parts():
    assert longest_part("jeugdgroep-begeleider", "nl") == 4


def test_sentences_end_at_a_point_a_question_a_colon_or_a_line():
    assert sentences("Dag. Hoe is het? Kijk: zo\nen zo.") == ["Dag.", "Hoe is het?", "Kijk:", "zo", "en zo."]
    assert words_in("Om 19:00 uur, 't is zo'n e-mail!") == ["Om", "19:00", "uur", "t", "is", "zo'n", "e-mail"]


def test_reading_ease_is_the_formula_of_douma_and_silent_about_short_texts():
    text = "Je stap staat klaar. " * 5  # 4 words and 4 syllables a sentence
    assert ease(text, "nl") == pytest.approx(206.835 - 0.93 * 4 - 77 * 1.0)
    assert ease("Je stap staat klaar.", "nl") is None


@pytest.mark.parametrize(
    "words, texts",
    [
        ("Dag {{ name }}.", ["Dag iets."]),
        ("{% if a %}A{% else %}B{% endif %}!", ["A!", "B!"]),
        ("{% if a %}A{% endif %}!", ["A!", "!"]),
        ("{% if a %}A{% elif b %}B{% else %}C{% endif %}", ["A", "B", "C"]),
        ("{% if a %}A{% endif %}{% if not a %}B{% endif %}", ["A", "B"]),
        ("{% if x == 'a' %}A{% endif %}{% if x == 'b' %}B{% endif %}", ["A", "B", ""]),
        ("{% if a %}{% if b %}AB{% else %}A{% endif %}{% endif %}", ["AB", "A", ""]),
        ("{% for x in list %}x{% endfor %}{# niets #}", ["x"]),
    ],
)
def test_every_way_to_fill_in_the_conditions_is_measured(words, texts):
    assert sorted(alternatives(words)) == sorted(texts)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}%ifelsndo ab'=\n#", max_size=60))
def test_any_text_has_ways_to_be_read_and_few(words):
    assert 1 <= len(alternatives(words)) <= 64


PARTS = ("if a", "if not a", "elif b", "else", "endif", "for x in y", "endfor")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*(f"{{% {part} %}}" for part in PARTS), "w. "]), max_size=40))
def test_any_heap_of_conditions_is_measured_in_the_end(parts):
    assert 1 <= len(alternatives("".join(parts))) <= 64
