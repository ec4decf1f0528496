"""Every twelve weeks one short list for both: who reads it is said first, what differs is shown, nothing is judged."""

from datetime import date

from tests.talk.test_phase import in_phase, page

TWELVE_WEEKS_BEFORE = date(2026, 8, 31)
"""Monday 23 November is the first round."""


def fills_in(phone, *words):
    for word in words:
        phone.taps(word)
    return phone


LOW = ("Een beetje",) * 7
HIGH = ("Ja",) * 7


def test_after_twelve_weeks_both_are_asked_and_who_reads_is_said_first(stage):
    sam, _ = in_phase(stage, "participating", since=TWELVE_WEEKS_BEFORE)
    stage.passes("2026-11-22 12:00")
    assert not any("twaalf weken" in one for one in (*sam.texts, *stage.of("Vera").texts))
    stage.passes("2026-11-24 18:00")

    sam.taps("Lees")
    assert sam.said.startswith("Elke twaalf weken")
    assert "Vera vult ze ook in en leest wat jij kiest." in sam.said
    assert any("lijst van twaalf weken staat klaar" in one for one in stage.of("Vera").texts)


def staff_fills_in(stage, *words):
    vera = page(stage).taps("Hoe zelfstandig", "Lees", "Beginnen")
    return fills_in(vera, *words)


def test_what_differs_is_shown_to_both_once_both_are_in(stage):
    sam, _ = in_phase(stage, "participating", since=TWELVE_WEEKS_BEFORE)
    stage.passes("2026-11-24 18:00")
    fills_in(sam.taps("Lees", "Ja, beginnen"), "Nog niet", *LOW[1:])
    assert "Daarna zie je hoe jullie het zien." in sam.said
    vera = staff_fills_in(stage, *HIGH)
    assert "Sam: Nog niet. Vera: Ja." in vera.said
    assert vera.said.index("Ik heb iemand om mee te praten.") < vera.said.index("Ik zoek zelf contact")
    stage.ticks()
    sam.taps("Lees")

    assert "Sam: Nog niet. Vera: Ja." in sam.said
    assert "Verschil mag." in sam.said


def test_no_is_an_answer_and_nothing_is_kept(stage):
    sam, _ = in_phase(stage, "participating", since=TWELVE_WEEKS_BEFORE)
    stage.passes("2026-11-24 18:00")
    sam.taps("Lees", "Nee, nu niet")

    assert "Er is niets bewaard." in sam.said


def test_a_list_of_only_skips_keeps_nothing(stage):
    sam, _ = in_phase(stage, "participating", since=TWELVE_WEEKS_BEFORE)
    stage.passes("2026-11-24 18:00")
    fills_in(sam.taps("Lees", "Ja, beginnen"), *("Weet ik niet",) * 7)

    assert "Er is niets bewaard." in sam.said


def test_who_stopped_is_not_asked(stage):
    sam, _ = in_phase(stage, "participating", since=TWELVE_WEEKS_BEFORE)
    page(stage).taps("Volgende stap", "gestopt", "geen tijd", "Vandaag", "Ja, noteren")
    stage.passes("2026-11-27 12:00")

    assert not any("Elke twaalf weken" in one for one in sam.texts)
