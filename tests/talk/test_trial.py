"""The trial evening: what to expect, told twice; the day after both sides say what they want, a person decides."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.programme.lifecycle import Move
from bot.storage import meetings, phases, trial_views
from bot.storage.schema_flow import due
from bot.storage.schema_programme import location
from tests.talk.stage import CODE

# The group of 18-25 meets on Tuesday 1 December 2026, 19:00.
PNG = bytes.fromhex("89504e470d0a1a0a") + b"a photo"
OPENER = "Er is een bericht voor je."
PLACE = {
    "address": "Voorbeeldstraat 1",
    "map_url": "https://example.org/kaart",
    "route_nl": "De deur zit aan de zijkant.",
    "noise_nl": "Er staat muziek aan.",
    "corner_nl": "Achterin staat een bank.",
}


@pytest.fixture
def sam(stage):
    """In the trial phase since Friday noon."""
    phone = stage.youth_begins()
    number = stage.id_of(phone)
    stage.writes(lambda conn: phases.add(conn, number, Move("trial", "fits", stage.now.date(), stage.now)))
    stage.writes(lambda conn: conn.execute(update(location).values(**PLACE)))
    stage.passes(timedelta(days=1))
    return phone


def evening(stage):
    group = stage.programme.groups["18-25"]
    return stage.reads(lambda conn: meetings.named(conn, group, "2026-12-01"))


def phase(stage, phone):
    number = stage.id_of(phone)
    return stage.reads(lambda conn: phases.phase_of(conn, number))


def view(stage, phone):
    number = stage.id_of(phone)
    return stage.writes(lambda conn: trial_views.of(conn, number, evening(stage).id))


def staff_opens(stage, name="Vera"):
    vera = stage.of(name)
    shown = next(one for one in reversed(vera.shown) if "Hoe verder?" in one.text)
    vera.taps_data(shown.button("Lees").data)
    if "Tik je code" in shown.text:
        vera.taps_code(CODE)
    return vera


def after(stage, sam, *taps):
    """The day after, when the question came, and what Sam taps."""
    stage.passes("2026-12-02 16:30")
    return sam.taps("Lees", *taps)


def test_the_briefing_comes_by_itself_and_tells_what_happens(stage, sam):
    assert OPENER in sam.texts
    sam.taps("Lees")

    assert "Je oefenavond is dinsdag 1 december, 19:00 tot 22:00." in sam.ever
    assert "Voorbeeldstraat 1" in sam.ever
    assert "https://example.org/kaart" in sam.ever
    assert "Vera en Tom" in sam.ever
    assert "De deur zit aan de zijkant." in sam.ever
    sam.taps("Wat gebeurt er?")
    assert "Weggaan mag altijd" in sam.ever
    sam.taps("Is het er druk?")
    assert "Er staat muziek aan." in sam.ever
    assert "Achterin staat een bank." in sam.ever


def test_a_place_without_notes_leaves_them_out(stage, sam):
    empty = dict.fromkeys(PLACE)
    stage.writes(lambda conn: conn.execute(update(location).values(**empty)))
    sam.taps("Lees", "Wat gebeurt er?")

    assert "Kaart:" not in sam.ever
    assert "Is het er druk?" not in sam.sees("Ik vind het spannend").labels


def test_photos_of_the_door_and_the_room_are_shown_when_there_are_any(stage, sam):
    stage.writes(lambda conn: conn.execute(update(location).values(door_png=PNG, room_png=PNG)))
    sam.taps("Lees")

    sam.taps("Hoe het eruitziet")

    pictures = [one for one in sam.shown if one.message.picture is not None]
    assert [one.text for one in pictures[-2:]] == ["Dit is de deur.", "Zo ziet het er binnen uit."]
    assert pictures[-1].message.picture.png == PNG
    sam.taps("Wat gebeurt er?")
    assert "je komt binnen" in sam.said


def test_without_photos_nothing_of_it_is_offered(stage, sam):
    sam.taps("Lees")

    assert "Hoe het eruitziet" not in sam.last.labels


def test_it_comes_again_the_day_before(stage, sam):
    sam.taps("Lees", "Dit is genoeg")
    stage.passes("2026-11-30 18:50")
    count = len(sam.shown)
    stage.passes("2026-11-30 19:10")

    assert sam.since(count) == OPENER
    sam.taps("Lees")
    assert "Je oefenavond is" in sam.said


def test_who_does_not_come_is_told_nothing_more(stage, sam):
    number = stage.id_of(sam)
    stage.writes(lambda conn: meetings.answer(conn, evening(stage).id, number, "not", stage.now))
    stage.passes("2026-11-30 18:50")
    count = len(sam.shown)
    stage.passes("2026-12-03 18:00")

    assert "Je oefenavond was" not in sam.since(count)
    assert "Hoe verder?" not in stage.of("Vera").ever


def test_it_can_be_read_again_in_the_menu(stage, sam):
    sam.types("Menu").taps("Mijn oefenavond")

    assert "Je oefenavond is dinsdag 1 december" in sam.said


def test_the_day_after_both_are_asked_and_nothing_moves_by_itself(stage, sam):
    after(stage, sam, "Ja", "Klaar")
    vera = staff_opens(stage)
    assert "Sam wil verder." in vera.sees("Ja, het past").text
    vera.taps("Ja, het past")

    assert phase(stage, sam) == "trial"
    assert "Jullie willen allebei verder." in vera.sees("Ja, meedoen").text


def test_the_professional_decides_and_can_take_it_back(stage, sam):
    after(stage, sam, "Ja", "Klaar")
    vera = staff_opens(stage).taps("Ja, het past", "Ja, meedoen")
    assert phase(stage, sam) == "participating"

    vera.taps("Toch niet")
    assert phase(stage, sam) == "trial"


def test_who_answers_later_is_heard_by_the_professional(stage, sam):
    after(stage, sam)
    vera = staff_opens(stage)
    assert "Sam zei nog niets." in vera.sees("Ja, het past").text
    vera.taps("Ja, het past", "Klaar")
    sam.taps("Ja")
    stage.ticks()

    vera = staff_opens(stage)
    assert "Sam wil verder." in vera.sees("Ja, het past").text


def test_the_answer_can_be_changed(stage, sam):
    after(stage, sam, "Nee", "Toch anders", "Ik weet het nog niet")

    assert "Je weet het nog niet. Dat mag." in sam.ever
    assert view(stage, sam).youth_says == "unsure"


def test_when_one_says_no_a_talk_is_proposed(stage, sam):
    after(stage, sam, "Nee", "Klaar")
    vera = staff_opens(stage).taps("Ja, het past")

    assert "Praat samen over wat nu past." in vera.sees("Toch anders").text
    assert phase(stage, sam) == "trial"


def test_who_takes_part_gets_no_briefing(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-30 19:10")

    assert "oefenavond" not in sam.ever
    assert not sam.types("Menu").has("Mijn oefenavond")


def briefings(stage, sam):
    """How often the briefing came."""
    number = stage.id_of(sam)
    asked = select(due.c.id).where(
        due.c.person_id == number, due.c.kind == "trial_briefing", due.c.state == "done"
    )
    return len(stage.reads(lambda conn: conn.execute(asked).all()))


def asked_how_to_go_on(stage):
    vera = stage.of("Vera")
    return sum("Hoe verder?" in text for one in (*vera.gone, *vera.shown) for text in one.ever[:1])


def test_whoever_nobody_decides_about_is_not_briefed_for_ever_and_the_professional_is_asked(stage, sam):
    stage.passes(timedelta(days=80))

    assert briefings(stage, sam) == 3  # at once, and before two evenings
    assert phase(stage, sam) == "trial"
    # The day after each of the two, a week after them, and once more for every two that pass without a decision.
    assert asked_how_to_go_on(stage) == 4
