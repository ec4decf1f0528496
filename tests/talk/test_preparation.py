"""Two hours before an evening each who leads it gets a card; youngsters send an idea for it."""

from datetime import timedelta

import pytest

from bot.storage import attendance, ideas, meetings
from tests.talk.journeys import has_plan
from tests.talk.stage import CODE
from tests.talk.test_digest_screen import sends
from tests.talk.test_overview import opens_overview

# The group of 18-25 meets on Tuesday 1 December 2026, 19:00.
CARD = "Straks is er een bijeenkomst. Je kaart staat klaar."


@pytest.fixture
def sam(stage):
    phone = has_plan(stage)
    stage.ticks()
    return phone


def evening(stage):
    group = stage.programme.groups["18-25"]
    return stage.reads(lambda conn: meetings.named(conn, group, "2026-12-01"))


def card(stage, name="Vera"):
    if name == "Vera":
        stage.passes("2026-12-01 17:05")
    phone = stage.of(name).taps("Bekijk de kaart")
    if "Tik je code" in phone.sees("1").text:
        phone.taps_code(CODE)
    return phone.sees("Opnieuw kijken")


def idea_of(stage, phone):
    number = stage.id_of(phone)
    found = stage.reads(lambda conn: ideas.running(conn, number, evening(stage).id))
    return str(found.words) if found else None


def test_both_get_a_neutral_message_two_hours_before(stage, sam):
    stage.passes("2026-12-01 16:59")
    assert CARD not in stage.of("Vera").ever
    stage.passes("2026-12-01 17:01")

    for name in ("Vera", "Tom"):
        assert stage.of(name).texts.count(CARD) == 1
    assert "Sam" not in CARD


def test_the_card_says_who_comes_what_they_work_on_and_one_thing_to_ask(stage, sam):
    number = stage.id_of(sam)
    stage.passes("2026-11-30 12:00")
    stage.writes(lambda conn: meetings.answer(conn, evening(stage).id, number, "come", stage.now))
    shown = card(stage)

    assert "Join Us 18-25, 19:00" in shown.text
    assert "Komen:\nSam: Zeg hoi" in shown.text
    assert shown.text.count("Vraag:") == 1
    assert shown.message.protect


def test_who_does_not_come_is_one_line(stage, sam):
    number = stage.id_of(sam)
    stage.writes(lambda conn: meetings.answer(conn, evening(stage).id, number, "not", stage.now))
    shown = card(stage)

    assert "Komt niet: Sam." in shown.text
    assert "Vraag:" not in shown.text


def test_who_finds_it_scary_stands_there_with_the_name_that_was_promised(stage, sam):
    sam.types("Menu").taps("Ik vind het spannend", "Iemand wacht bij de deur")
    assert "Nog niemand zei ja." in card(stage).text


def test_without_the_code_there_is_no_card(stage, sam):
    stage.passes("2026-12-01 17:05")
    vera = stage.of("Vera").taps("Bekijk de kaart")

    assert "Sam" not in vera.sees("1").text


def test_a_cancelled_evening_has_no_card(stage, sam):
    vera = stage.of("Vera").types("Menu").taps("Bijeenkomsten")
    if "Tik je code" in vera.said:
        vera.taps_code(CODE)
    vera.taps("dinsdag 1 dec", "Gaat niet door", "Geen reden", "Sturen")
    stage.passes("2026-12-01 18:00")

    assert CARD not in stage.of("Vera").ever


def test_an_idea_stands_on_the_card_of_both(stage, sam):
    sam.types("Menu").taps("Idee voor de bijeenkomst").types("Pizza bakken")
    assert "Je idee: Pizza bakken" in sam.said
    assert "Pizza" not in stage.of("Vera").ever

    assert "Idee van Sam: Pizza bakken" in card(stage).text
    assert "Idee van Sam: Pizza bakken" in card(stage, "Tom").text


def test_an_idea_is_taken_back_unread(stage, sam):
    sam.types("Menu").taps("Idee voor de bijeenkomst", "Samen koken", "Terughalen")

    assert "Niemand heeft je idee gelezen." in sam.said
    assert idea_of(stage, sam) is None
    assert "Idee van" not in card(stage).text


def test_taken_back_after_it_was_seen_it_says_so(stage, sam):
    sam.types("Menu").taps("Idee voor de bijeenkomst", "Samen koken", "Klaar")
    card(stage)
    sam.types("Menu").taps("Idee voor de bijeenkomst", "Terughalen")

    assert "misschien al gelezen" in sam.said


def test_another_idea_takes_its_place(stage, sam):
    sam.types("Menu").taps("Idee voor de bijeenkomst", "Samen koken", "Klaar")
    sam.types("Menu").taps("Idee voor de bijeenkomst", "Ander idee", "Naar buiten")

    assert idea_of(stage, sam) == "Naar buiten"


def test_danger_in_an_idea_is_danger_first(stage, sam):
    sam.types("Menu").taps("Idee voor de bijeenkomst").types("ik wil dood")

    assert "113" in sam.ever
    assert idea_of(stage, sam) is None


def card_of(stage, one):
    """What stands on the card of that evening."""
    stage.passes(one.starts_at - timedelta(minutes=115))
    vera = stage.of("Vera").taps("Bekijk de kaart")
    return (vera.taps_code(CODE) if "Tik je code" in vera.said else vera).said


def was_held(stage, one, noted):
    """The evening is over, and noted; the next one."""
    stage.passes(one.ends_at + timedelta(hours=1))
    stage.writes(lambda conn: attendance.note(conn, one.id, noted, stage.programme.staff["Vera"], stage.now))
    return stage.reads(lambda conn: meetings.upcoming(conn, one.group_id, stage.now))


def test_what_was_left_for_the_evening_stands_there_until_they_were_there(stage, sam):
    number = stage.id_of(sam)
    stage.passes("2026-11-26 10:00")
    sends(stage, number, content="Iets voor dinsdag")
    vera = opens_overview(stage.of("Vera")).taps("1")
    vera.taps(next(label for label in vera.last.labels if label.startswith("Bespreek")))
    left, one = "– Bespreken: wat op donderdag 26 november is gedeeld.", evening(stage)
    stage.writes(lambda conn: meetings.answer(conn, one.id, number, "not", stage.now))
    assert f"Komt niet: Sam.\nSam\n{left}" in card_of(stage, one)

    one = was_held(stage, one, {number: "excused"})
    assert left in card_of(stage, one)
    one = was_held(stage, one, {number: "present"})
    assert left not in card_of(stage, one)
