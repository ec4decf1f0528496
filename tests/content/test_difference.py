"""What changed between two texts, told in words a person understands, in both languages."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.change import Change
from bot.content.difference import between, differences, forms_of
from bot.content.pages import Pages
from tests.content.pages import CHALLENGE, CHALLENGE_WORDS, DIALOG, PHRASE_WORDS, PHRASES, WORDS

LINES = """\
helplines:
  - {key: a, line: "Bel:", number: "112"}
  - {key: b, line: "Praat:", number: "113"}
"""


def challenge(nl=CHALLENGE, en=CHALLENGE_WORDS):
    return Pages("challenge", "groet", nl.encode(), en.encode())


def dialog(nl=DIALOG, en=WORDS):
    return Pages("dialog", "checkin", nl.encode(), en.encode())


def told(before, after, language="nl"):
    return [one.words(language) for one in between(before, after)]


def test_the_same_text_has_no_difference():
    assert told(challenge(), challenge()) == []


def test_a_question_that_changed_is_named_by_its_step_with_both_texts():
    new = dialog(DIALOG.replace('"Hoe spannend is: {{ item.label }}?"', '"Hoe eng is: {{ item.label }}?"'))

    assert told(dialog(), new) == [
        "stap 2 (tension): de vraag is veranderd. "
        "Was: Hoe spannend is: {{ item.label }}? Nu: Hoe eng is: {{ item.label }}?"
    ]
    assert told(dialog(), new, "en") == [
        "step 2 (tension): the question changed. "
        "Was: Hoe spannend is: {{ item.label }}? Now: Hoe eng is: {{ item.label }}?"
    ]


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ("columns: 2", "columns: 3", "stap 1 (done): het veld columns is veranderd. Was: 2 Nu: 3"),
        ("gedaan: Gedaan", "gedaan: Klaar", "stap 1 (done): knop gedaan is veranderd. Was: Gedaan Nu: Klaar"),
        (
            "goto: happened}",
            "goto: send}",
            "stap 1 (done): waar knop deels heen gaat is veranderd. Was: happened Nu: send",
        ),
        (
            "do: send_checkin",
            "do: set_code",
            "stap 4 (send): wat de bot doet is veranderd. Was: send_checkin Nu: set_code",
        ),
        (
            "{under18: Wat gebeurde er op school?, 18plus: Wat gebeurde er?}",
            "{under18: Wat zag je op school?, 18plus: Wat gebeurde er?}",
            "stap 3 (happened): de vraag onder 18 is veranderd. "
            "Was: Wat gebeurde er op school? Nu: Wat zag je op school?",
        ),
        (
            "examples: {mee: Het viel mee,",
            "examples: {mee: Het ging wel,",
            "stap 3 (happened): voorbeeld mee is veranderd. Was: Het viel mee Nu: Het ging wel",
        ),
        (
            "later: Later",
            "later: Straks",
            "bovenaan: de knop om later verder te gaan is veranderd. Was: Later Nu: Straks",
        ),
        (
            "say: Ik verstuur het later.",
            "say: Dat komt.",
            "stap 5 (wait): de tekst is veranderd. Was: Ik verstuur het later. Nu: Dat komt.",
        ),
        ("    columns: 2\n", "", "stap 1 (done): het veld columns is weg. Was: 2"),
        (
            "    skip: Sla over\n    goto: happened",
            "    goto: happened",
            "stap 2 (tension): de knop om over te slaan is weg. Was: Sla over",
        ),
        (
            "{if: \"result == 'later'\", to: wait}",
            "{if: \"result == 'sent'\", to: wait}",
            "stap 4 (send): waar het daarna heen gaat is veranderd. "
            "Was: if result == 'later', to wait; to bye Nu: if result == 'sent', to wait; to bye",
        ),
    ],
)
def test_each_part_of_a_dialog_has_a_name(old, new, sentence):
    assert old in DIALOG

    assert told(dialog(), dialog(DIALOG.replace(old, new, 1))) == [sentence]


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        (
            "title: Een groet per dag",
            "title: Groeten",
            "bovenaan: de titel is veranderd. Was: Een groet per dag Nu: Groeten",
        ),
        (
            "status: example",
            "status: approved",
            "bovenaan: voorbeeld of goedgekeurd is veranderd. Was: example Nu: approved",
        ),
        (
            "causes: [skills]",
            "causes: [skills, access]",
            "bovenaan: de oorzaken is veranderd. Was: skills Nu: skills; access",
        ),
        (
            "weg: Ze kijken weg",
            "weg: Ze lopen weg",
            "stap 1 (knik): voorspelling weg is veranderd. Was: Ze kijken weg Nu: Ze lopen weg",
        ),
        (
            "    where: Op school of bij je sport.\n",
            "",
            "stap 1 (knik): de plek is weg. Was: Op school of bij je sport.",
        ),
    ],
)
def test_each_part_of_a_challenge_has_a_name(old, new, sentence):
    assert told(challenge(), challenge(CHALLENGE.replace(old, new, 1))) == [sentence]


def test_a_step_that_came_and_one_that_went():
    lines = CHALLENGE.split("  zin:\n")
    new = lines[0] + "  lach:\n" + lines[1].replace("title: zin", "title: Lach naar iemand")

    assert told(challenge(), challenge(new)) == [
        "stap 4 (lach) is nieuw: Lach naar iemand",
        "stap 4 (zin) is weg: zin",
    ]


def test_a_step_that_only_got_another_name_in_the_file():
    new = CHALLENGE.replace("  zin:\n", "  zeg:\n")

    assert told(challenge(), challenge(new)) == ['stap 4 (zeg) heette eerst "zin"; de woorden zijn gelijk']


def test_another_order_of_steps():
    head, knik, rest = CHALLENGE.partition("  knik:\n")
    knik, hoi, rest = (knik + rest).partition("  hoi:\n")
    body, naam, tail = rest.partition("  naam:\n")
    new = head + hoi + body + knik + naam + tail

    assert told(challenge(), challenge(new)) == [
        "bovenaan: de volgorde van de stappen is anders. Was: knik, hoi, naam, zin Nu: hoi, knik, naam, zin"
    ]


def test_the_translation_says_which_language_it_is():
    new = CHALLENGE_WORDS.replace("They look away", "They walk away", 1)

    assert told(challenge(), challenge(en=new)) == [
        "stap 1 (knik), Engels: voorspelling weg is veranderd. Was: They look away Nu: They walk away"
    ]


def test_only_the_layout_changed():
    assert told(challenge(), challenge(CHALLENGE + "# dag\n")) == [
        "de woorden zijn gelijk; alleen de opmaak of een opmerking is anders"
    ]
    long = DIALOG.replace("gedaan: Gedaan", "gedaan: {say: Gedaan}")
    assert len(told(dialog(), dialog(long))) == 1


def test_a_translation_that_came_or_went_is_one_line():
    assert told(challenge(en=""), challenge()) == ["er is nu een Engelse vertaling"]
    assert told(challenge(), challenge(en="")) == ["de Engelse vertaling is weg"]


def test_something_new_and_something_gone():
    none = Pages("challenge", "groet", b"")

    assert told(none, challenge()) == ["dit is nieuw: Een groet per dag"]
    assert told(challenge(), none) == ["dit is weg: Een groet per dag"]


def test_sentences_and_helplines_go_by_their_key():
    old = Pages("phrases", "phrases", PHRASES.encode(), PHRASE_WORDS.encode())
    new = Pages(
        "phrases", "phrases", PHRASES.replace("Ontvangen.", "Binnen.").encode(), PHRASE_WORDS.encode()
    )
    lines = Pages("helplines", "helplines", LINES.encode())
    more = Pages("helplines", "helplines", LINES.replace('"113"', '"0800-0113"').encode())

    assert told(old, new) == ["zin received: de zin is veranderd. Was: Ontvangen. Nu: Binnen."]
    assert told(lines, more) == ["hulplijn b: het nummer is veranderd. Was: 113 Nu: 0800-0113"]


def test_braces_in_a_text_stay_what_they_are():
    new = dialog(DIALOG.replace("Hoe ging het met: {{ step_title }}?", "{before} {{ step_title }}"))

    [said] = told(dialog(), new)

    assert said.endswith("Nu: {before} {{ step_title }}")


def test_a_long_text_is_cut():
    new = challenge(CHALLENGE.replace("about: Kleine groeten.", "about: " + "heel " * 200))

    [said] = told(challenge(), new)

    assert len(said) < 450
    assert said.endswith("…")


FORMS = {"challenge": forms_of(challenge()), "dialog": forms_of(dialog())}


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path


@st.composite
def edits(draw):
    """A file and the same with some of its leaves replaced, taken away or put beside; and which."""
    kind = draw(st.sampled_from(sorted(FORMS)))
    before = FORMS[kind]
    after = copy.deepcopy(dict(before))
    language = draw(st.sampled_from(["nl", "en"]))
    done = {}
    places = [path for path in leaves(before[language]) if path not in (("challenge",), ("dialog",))]
    for path in draw(st.lists(st.sampled_from(places), min_size=0, max_size=4, unique=True)):
        target: Any = after[language]
        for part in path[:-1]:
            target = target[part]
        text = draw(
            st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
        )
        if str(target[path[-1]]) != text:
            target[path[-1]] = text
            done[path] = text
    return kind, before, after, language, done


@given(edits())
def test_nothing_is_told_exactly_when_nothing_changed(edit):
    kind, before, after, _, done = edit

    assert differences(kind, before, before) == ()
    assert bool(differences(kind, before, after)) == bool(done)


@given(edits())
def test_every_new_text_is_quoted_and_every_sentence_is_in_both_languages(edit):
    kind, before, after, language, done = edit

    found = differences(kind, before, after)

    said = "\n".join(one.words("nl") for one in found)
    assert all(text in said for path, text in done.items() if path[:1] != ("steps",) or len(path) > 2)
    for one in found:
        assert one.language == language
        for sentence in (one.words("nl"), one.words("en")):
            assert sentence.strip()
            place, _, told_of_it = sentence.partition(": ")
            assert place
            assert not told_of_it.startswith(":")


@given(edits())
def test_back_is_the_mirror_of_forth(edit):
    kind, before, after, _, _ = edit

    forth, back = differences(kind, before, after), differences(kind, after, before)

    mirror = {
        "added": "removed",
        "removed": "added",
        "step_added": "step_removed",
        "step_removed": "step_added",
    }
    assert sorted(
        (one.path, mirror.get(one.what, one.what), one.after, one.before) for one in forth
    ) == sorted((one.path, one.what, one.before, one.after) for one in back)


@pytest.mark.parametrize(
    "before, after, told_before, told_after",
    [
        ("Groet. Kijk op. Klaar.", "Groet. Zwaai. Klaar.", "Kijk op.", "Zwaai."),
        ("Groet. Klaar.", "Groet. Zwaai. Klaar.", "Groet.", "Groet. Zwaai."),
        ("Groet. Klaar.", "Klaar.", "Groet. Klaar.", "Klaar."),
        ("Zeg hoi", "Zeg hallo", "Zeg hoi", "Zeg hallo"),
        ("Nog een keer. " * 60 + "Klaar.", "Nog een keer. " * 60 + "Stop.", "Klaar.", "Stop."),
    ],
)
def test_only_the_sentences_that_differ_are_told_also_far_into_a_long_text(
    before, after, told_before, told_after
):
    change = Change("changed", "nl", ("about",), before=before, after=after)

    assert change.words("nl").endswith(f"Was: {told_before} Nu: {told_after}")
