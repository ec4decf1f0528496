"""One sharing model: what was sent can be taken back until it is opened, and new rules are a new choice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.conversation import terms
from bot.storage import consents, items, people
from bot.storage.schema_flow import due
from bot.storage.schema_people import audit, consent
from tests.talk import kept
from tests.talk.journeys import HAPPENED, did, has_prepared_plan, has_sent, opens, reads, tells
from tests.talk.stage import CODE


def test_right_after_sending_it_can_be_taken_back_and_nothing_is_left_to_read(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    assert sam.said.startswith("Verstuurd. Vera werkt nu niet")

    sam.taps("Terughalen")
    assert sam.said == (
        "Teruggehaald. Vera kan het niet lezen. Het staat nu alleen bij jouw eigen antwoorden."
    )

    stage.passes("2026-11-23 18:00")
    assert HAPPENED not in vera.ever


def test_a_neutral_message_that_stood_there_already_leads_to_taken_back(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    vera.sees("Lees")
    sam.types("Menu").taps("Wat ik stuurde", "zaterdag 21 november: verstuurd", "Terughalen")

    assert reads(vera).startswith("Dit bericht is teruggehaald door de jongere.")
    assert HAPPENED not in vera.ever


def test_once_opened_it_says_when_and_cannot_be_taken_back(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    opens(vera)
    sam.taps("Terughalen")

    assert sam.said.startswith("Terughalen kan niet meer.")
    assert "Vera opende dit op maandag 23 november, 09:30." in sam.said
    assert stage.reads(lambda conn: items.load(conn, 1).state) == "opened"


def test_the_page_in_the_hands_of_staff_does_nothing_after_it_was_taken_back(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    item_id = stage.reads(lambda conn: items.sent_of(conn, stage.id_of(sam))[0].id)
    stage.writes(lambda conn: items.change(conn, item_id, state="withdrawn"))
    shown = opens(vera)

    assert "teruggehaald" in shown.text
    assert "Antwoord" not in shown.labels


def test_the_list_shows_how_each_thing_stands(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    opens(vera)
    vera.taps("Gezien")
    sam.types("Menu").taps("Wat ik stuurde")
    assert sam.last.labels[0] == "zaterdag 21 november: afgehandeld"
    sam.taps("zaterdag 21 november: afgehandeld")

    assert HAPPENED in sam.said
    assert "handelde het af" in sam.said
    assert not any(label == "Terughalen" for label in sam.last.labels)


def test_who_sent_nothing_has_no_list_in_the_menu(stage):
    sam = stage.youth_begins()
    sam.types("Menu")
    assert "Wat ik stuurde" not in sam.last.labels
    sam.types("/verstuurd")
    assert sam.said == "Je stuurde nog niets."


def test_nobody_takes_back_what_another_sent(stage):
    sam = has_sent(stage)
    item_id = stage.reads(lambda conn: items.sent_of(conn, stage.id_of(sam))[0].id)
    kim = stage.youth_begins("Kim", main="Vera", backup="Tom")
    sam.types("/verstuurd")
    data = sam.last.button("zaterdag").data
    kim.taps_data(data)
    assert kim.toast == "Deze knop werkt hier niet."
    kim.types("/verstuurd")

    assert stage.reads(lambda conn: items.load(conn, item_id).state) == "sent"


def test_what_was_taken_back_is_no_longer_new_in_the_overview(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    sam.taps("Terughalen")
    stage.passes("2026-11-23 10:00")
    vera.types("/overzicht")
    if "Tik je code" in vera.said:
        vera.taps_code(CODE)

    assert "deelde iets" not in vera.said


def test_taking_back_is_written_down(stage):
    sam = has_sent(stage)
    sam.taps("Terughalen")

    rows = stage.reads(
        lambda conn: conn.execute(select(audit).where(audit.c.action == "withdraw_item")).all()
    )
    assert [(row.actor_id, row.outcome) for row in rows] == [(stage.id_of(sam), "allowed")]


def test_a_consent_holds_the_words_that_were_agreed_to(stage):
    sam = stage.youth_begins()

    (row,) = stage.reads(lambda conn: conn.execute(select(consent)).all())
    assert (row.person_id, row.purpose, row.given) == (stage.id_of(sam), "keep_answers", True)
    assert row.text_hash == terms.hash_of(stage.world.library)


def agreed_to_older_words(stage):
    stage.writes(lambda conn: conn.execute(update(consent).values(text_hash="older")))


def test_other_words_are_asked_about_once_kindly(stage):
    sam = stage.youth_begins()
    agreed_to_older_words(stage)
    count = len(sam.shown)
    stage.passes("2026-11-25 12:00")

    asked = [text for text in sam.texts[count:] if "een korte vraag" in text]
    assert len(asked) == 1
    sam.taps("Laat zien", "Verder", "Verder", "Ja, dat mag")
    assert sam.said == "Oké. We gaan verder zoals je gewend bent."
    stage.passes("2026-11-28 12:00")
    planned = stage.reads(lambda conn: conn.execute(select(due).where(due.c.kind == "terms")).all())
    assert len(planned) == 1


def test_a_no_to_other_words_stops_and_erases_nothing(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    agreed_to_older_words(stage)
    stage.passes("2026-11-25 12:00")
    sam.taps("Laat zien", "Verder", "Verder", "Nee, stop maar")

    assert "Ik stop nu" in sam.said
    assert stage.reads(lambda conn: people.load(conn, number).state) == "refused"
    assert stage.reads(lambda conn: consents.latest(conn, number, "keep_answers")) is False


def test_who_agreed_to_these_words_is_not_asked_again(stage):
    sam = stage.youth_begins()
    count = len(sam.shown)
    stage.passes("2026-11-25 12:00")

    assert "een korte vraag" not in sam.since(count)


def test_stopping_works_at_once_and_can_be_taken_back(stage):
    sam = has_prepared_plan(stage)
    sam.types("/stop").taps("Stoppen")
    count = len(sam.shown)
    stage.passes("2026-11-24 12:00")
    assert len(sam.shown) == count

    sam.types("/start").taps("Toch wel", "Ja, dat mag")
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).state) == "active"


def test_stopping_keeps_what_is_there_until_it_is_erased(stage):
    has_prepared_plan(stage)
    sam = tells(did(stage))
    sam.types("/stop").taps("Stoppen")
    stage.passes(timedelta(days=1))

    assert stage.reads(lambda conn: kept.places_of(conn, HAPPENED)) - {"revision.nl"} != set()
