"""The overview of a professional: at their own time, what needs them first, a number for each youngster."""

from __future__ import annotations

import re

from bot.storage import people
from bot.storage.replies import HELD_FOR
from tests.talk.journeys import did, has_plan, has_sent, reads, waiting


def opens_overview(phone):
    phone.types("/overzicht").taps("Open")
    return phone.taps_code() if "Tik je code" in phone.said else phone


def lines(phone):
    return [line for line in phone.said.splitlines() if re.match(r"\d+\. ", line)]


def named(phone):
    """Whom the screen names, by number: on a line of their own, or together with others."""
    alone = re.findall(r"^(\d+)\. ([^:\n]+):", phone.said, re.MULTILINE)
    together = re.findall(r"(?<=[:,] )(\d+) ([^,\n]+)", phone.said)
    return {int(number): name for number, name in (*alone, *together)}


def three(stage):
    """Fay wants to talk, Lou did a step, Jip is quiet."""
    if stage.skips_to(three):
        return stage.of("Vera")
    for name in ("Lou", "Jip", "Fay"):
        stage.youth_begins(name)
    stage.passes("2026-11-23 09:00")
    opens_overview(stage.of("Vera")).taps("Sluiten")
    stage.of("Lou").types("Menu").taps("De bijeenkomst", "Ik kom niet")
    stage.of("Fay").types("Menu").taps("Ik wil iemand spreken", "Over thuis")
    stage.passes("2026-11-24 09:00")
    return stage.of("Vera")


def test_it_comes_on_a_working_day_at_nine_and_says_nothing_by_itself(stage):
    has_sent(stage)
    vera = stage.of("Vera")
    stage.passes("2026-11-23 08:59")
    assert "Je overzicht staat klaar." not in vera.ever

    stage.passes("2026-11-23 09:00")

    assert vera.said == "Je overzicht staat klaar."
    assert vera.last.message.silent


def test_a_professional_may_have_another_time(stage):
    has_sent(stage)
    number = stage.programme.staff["Vera"]
    stage.writes(lambda conn: people.change(conn, number, digest_at="16:30"))
    vera = stage.of("Vera")
    stage.passes("2026-11-24 16:29")  # that of Monday was planned before
    count = vera.texts.count("Je overzicht staat klaar.")

    stage.passes("2026-11-24 16:30")

    assert vera.texts.count("Je overzicht staat klaar.") == count + 1


def test_who_needs_you_comes_first_then_what_moved_and_the_quiet_are_a_number(stage):
    vera = opens_overview(three(stage))

    assert named(vera) == {1: "Fay", 2: "Lou"}
    assert "1. Fay: wil iemand spreken" in vera.said
    assert "Komt dinsdag 1 december niet: 2 Lou" in vera.said
    assert "1 jongere vraagt" in vera.said
    assert "1 is stil, dat mag." in vera.said
    assert "Jip" not in vera.said


def test_a_number_opens_that_youngster(stage):
    vera = opens_overview(three(stage)).taps("2")
    assert vera.said.startswith("Lou is begonnen")

    vera.taps("Terug", "1")

    assert vera.said.startswith("Fay is begonnen")


def test_the_numbers_keep_their_youngsters_when_the_order_changes_meanwhile(stage):
    vera = opens_overview(three(stage))
    stage.of("Jip").types("Menu").taps("Ik wil iemand spreken", "Even praten")

    vera.sees("2")
    vera.taps_data(next(one for one in vera.shown if ": 2 Lou" in one.text).button("2").data)

    assert any(one.text.startswith("Lou is begonnen") for one in vera.shown)


def test_it_is_read_and_answered_in_the_same_message(stage):
    vera = three(stage)
    fay = stage.of("Fay")
    opens_overview(vera).taps("1")
    place = vera.last.number
    assert "Waarover: Over thuis" in vera.said
    vera.taps("Antwoord").types("Bel je me om twee uur?")
    stage.passes(HELD_FOR)

    assert fay.said == "Er is een antwoord voor je."
    vera.taps("Terug naar overzicht")
    assert "Fay: wil iemand spreken" not in vera.said
    assert place in [one.number for one in vera.shown]


def test_what_waits_stays_in_it_with_its_age_until_it_is_handled(stage):
    has_sent(stage)
    stage.passes("2026-11-24 10:00")

    vera = opens_overview(stage.of("Vera"))

    assert "Deelde iets (oudste 2 dagen): 1 Sam" in vera.said
    vera.taps("1", "Gezien", "Terug naar overzicht")
    assert "Deelde iets" not in vera.said


def test_when_nothing_happened_nothing_comes(stage):
    has_sent(stage)
    vera = stage.of("Vera")
    stage.passes("2026-11-23 09:00")
    opens_overview(vera).taps("1", "Gezien", "Sluiten")
    count = vera.texts.count("Je overzicht staat klaar.")

    stage.passes("2026-11-25 12:00")

    assert vera.texts.count("Je overzicht staat klaar.") == count


def test_an_empty_overview_is_one_line(stage):
    vera = opens_overview(stage.of("Amira"))

    assert vera.said.strip() == "Je hebt nog geen jongeren. Kies in Menu: Jongere uitnodigen."
    assert vera.last.labels == ["Sluiten"]


def test_it_comes_not_in_the_weekend(stage):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")

    stage.passes("2026-11-22 23:00")

    assert "Je overzicht staat klaar." not in stage.of("Vera").ever


def test_what_nobody_opened_stands_in_the_next_one_too(stage):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")
    vera = stage.of("Vera")
    stage.passes("2026-11-23 12:00")
    stage.of("Sam").types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")
    stage.passes("2026-11-24 09:00")

    vera.taps("Open").taps_code()

    assert "Stap gedaan: 1 Sam" in vera.said
    assert "1 jongere komt dinsdag 1 december." in vera.said


def test_a_closed_overview_is_found_back_in_the_menu(stage):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera").taps("Open").taps_code()
    said = vera.said
    vera.taps("Sluiten")

    opens_overview(vera)

    assert lines(vera) == [line for line in said.splitlines() if line.startswith("1. ")]


def test_one_that_could_not_be_sent_in_time_is_not_sent_at_all(stage):
    has_sent(stage)
    vera = stage.of("Vera").blocks()
    stage.passes("2026-11-23 15:30")
    vera.blocks(False)
    stage.passes("2026-11-23 20:00")

    assert "Je overzicht staat klaar." not in vera.ever


def test_reading_through_the_relay_empties_the_overview_too(stage):
    has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    assert len(waiting(vera)) == 1
    reads(vera)
    vera.taps("Gezien")

    opens_overview(vera)

    assert "deelde iets" not in vera.said
