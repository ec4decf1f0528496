"""One phone screen: whatever stands in the digest, it fits, and what does not fit is counted and comes next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot import sheet

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400)
HEADS = st.text("abc de.", min_size=1, max_size=190)
ENTRIES = st.lists(WORDS.map(sheet.fitted), max_size=60).map(sheet.numbered)
GATHERED = st.lists(
    st.tuples(
        st.text("abc ", min_size=1, max_size=12), st.lists(st.integers(1, 40), max_size=40, unique=True)
    ),
    max_size=6,
).map(
    lambda ones: tuple(
        piece
        for label, numbers in ones
        for piece in sheet.gathered(label, [(one, f"Jongere {one}") for one in numbers])
    )
)
LISTS = st.one_of(ENTRIES, GATHERED)


def shown(head, entries, blocks, one):
    rest = f"\n\nNog {one.rest}." if one.rest else ""
    return f"{head}\n\n{sheet.body(entries, blocks, one)}{rest}"


@given(HEADS, LISTS, st.integers(0, 60))
def test_every_screen_fits(head, entries, needs):
    for one in sheet.sheets(entries, [needs], head, "Vervolg."):
        text = shown(head if one.first == 0 else "Vervolg.", entries, [needs], one)

        assert sheet.height(text) <= sheet.lines(len(one.numbers)) <= sheet.LINES
        assert len(one.numbers) <= sheet.NUMBERS


@given(HEADS, LISTS, st.integers(0, 60))
def test_everything_stands_on_exactly_one_screen_and_the_rest_is_counted(head, entries, needs):
    found = sheet.sheets(entries, [needs], head, "Vervolg.")

    places = [place for one in found for place in range(one.first, one.last)]
    assert places == list(range(len(entries)))
    seen: set[int] = set()
    everybody = {number for piece in entries for number in piece.numbers}
    for one in found:
        seen.update(one.numbers)
        assert one.rest == len(everybody - seen)
    assert seen == everybody


@given(st.lists(st.tuples(st.integers(1, 999), WORDS), max_size=60, unique_by=lambda one: one[0]))
def test_names_together_are_all_there_under_their_label(names):
    pieces = sheet.gathered("Is begonnen", names)
    screens = sheet.sheets(pieces, [], "Kop", "Vervolg.")

    assert [number for piece in pieces for number in piece.numbers] == [number for number, _ in names]
    for one in screens[: len(pieces)]:
        if pieces:
            assert sheet.body(pieces, [], one).startswith("Is begonnen: ")
            assert sheet.body(pieces, [], one).count("Is begonnen: ") == 1


@given(WORDS)
def test_one_line_of_the_list_takes_two_lines_of_the_screen_at_most(text):
    found = sheet.fitted(text)

    assert sheet.height(found) <= sheet.ENTRY_LINES
    assert "\n" not in found
    assert len(found) <= sheet.WIDTH * sheet.ENTRY_LINES


def test_a_short_line_is_not_touched():
    assert sheet.fitted("1. Fay: wil iemand spreken") == "1. Fay: wil iemand spreken"


def test_what_is_cut_says_so():
    assert sheet.fitted("1. Fay: " + "heel veel " * 20).endswith("…")


def test_nothing_is_one_empty_screen():
    assert sheet.sheets([], [0], "Niets nieuws.", "") == (sheet.Sheet(0, 0, (), 0),)


def test_twenty_five_youngsters_fit_on_one_screen():
    head = "3 jongeren vragen iets van jou. De oudste vraag is 3 dagen oud. Bij nog 22 is er nieuws."
    pieces = list(
        sheet.numbered(["1. Fay: wil iemand spreken", "2. Kim: schreef terug", "3. Lou: schreef terug"])
    )
    names = ["Jip", "Noor", "Sam", "Mila", "Finn", "Saar", "Luuk", "Evi", "Teun", "Wout", "Ids"] * 2
    numbered = list(enumerate(names, start=4))
    pieces += sheet.gathered("Deelde iets (oudste 3 dagen)", numbered[:6])
    pieces += sheet.gathered("Stap gedaan", numbered[6:16])
    pieces += sheet.gathered("Komt niet op dinsdag 1 december", numbered[16:])

    (one,) = sheet.sheets(pieces, [3], head, "Vervolg.")

    assert one.numbers == tuple(range(1, 26))
