"""Notes about a youngster: sealed, for their professionals, in what they ask for, and gone on a tap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation.noting import MOST
from bot.storage import exports, notes, people, retention
from bot.storage.schema_guidance import staff_note
from tests.talk.journeys import opens_youngsters

SAID = "Praat graag over muziek."


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def opens(stage, name="Vera"):
    return opens_youngsters(stage.of(name)).taps("Meer doen", "Notities")


def writes(stage, words=SAID):
    opens(stage).taps("Nieuwe notitie").types(words)
    return stage.of("Vera")


def kept(stage, sam):
    return stage.reads(lambda conn: notes.of_youth(conn, stage.id_of(sam)))


def test_a_note_is_kept_sealed_with_day_and_name(stage, sam):
    assert writes(stage).said == "Bewaard bij Sam."

    assert f"vrijdag 20 november, Vera:\n{SAID}" in opens(stage).said
    raw = stage.reads(lambda conn: conn.execute(select(staff_note.c.words)).scalar_one())
    assert b"muziek" not in raw


def backup_opens(stage):
    """Tom is the second professional of Sam: the page of the programme is his way to the rest."""
    tom = stage.of("Tom").types("Menu").taps("Waar in het programma").taps_code().taps("Sam")
    return tom.taps("Meer doen")


def test_the_second_professional_can_note_and_adapt_and_plan_too(stage, sam):
    tom = backup_opens(stage)
    assert tom.last.labels == [
        "Gesprek plannen", "Notities", "Chat op pauze", "Pauze of verplaatsen", "Terug naar overzicht", "Terug",
    ]  # fmt: skip
    tom.taps("Notities", "Nieuwe notitie").types(SAID)

    assert tom.said == "Bewaard bij Sam."
    assert f"Tom:\n{SAID}" in opens(stage).said


def test_back_from_there_is_the_page_it_came_from(stage, sam):
    assert "Er is nog niets genoteerd" in backup_opens(stage).taps("Terug").said


def test_a_coordinator_sees_where_somebody_is_and_nothing_more(stage, sam):
    noor = stage.of("Noor").types("Menu").taps("Waar in het programma").taps_code().taps("Sam")

    assert "Meer doen" not in noor.last.labels


def test_it_can_be_taken_back_and_the_words_go(stage, sam):
    writes(stage).taps("Terugdraaien")

    assert kept(stage, sam) == []
    assert stage.reads(lambda conn: conn.execute(select(staff_note.c.words)).scalar_one()) is None


def test_the_last_one_of_ones_own_can_be_removed_later(stage, sam):
    writes(stage)
    opens(stage).taps("Mijn laatste weghalen")

    assert kept(stage, sam) == []


def test_the_youngster_gets_it_with_the_own_data_and_never_by_itself(stage, sam):
    writes(stage)
    stage.passes(timedelta(days=3))
    assert SAID not in sam.ever

    gathered = stage.reads(lambda conn: exports.gather(conn, stage.id_of(sam)))
    assert SAID in str(gathered["staff_note"])


def test_a_colleague_of_the_youngster_reads_it_and_another_does_not(stage, sam):
    writes(stage)
    number, tom, amira = stage.id_of(sam), stage.programme.staff["Tom"], stage.programme.staff["Amira"]
    stage.writes(lambda conn: people.assign(conn, number, tom, "main", stage.now))
    assert SAID in opens(stage, "Tom").said

    tom_phone = stage.of("Tom")
    stage.writes(lambda conn: people.assign(conn, number, amira, "main", stage.now))
    stage.writes(lambda conn: people.assign(conn, number, amira, "backup", stage.now))
    tom_phone.taps("Nieuwe notitie").types("Nog iets.")
    assert "Dat lukt niet" in tom_phone.said
    assert len(kept(stage, sam)) == 1


def test_there_is_an_end_to_how_many(stage, sam):
    number, vera = stage.id_of(sam), stage.programme.staff["Vera"]
    for place in range(MOST):
        stage.writes(lambda conn, n=place: notes.add(conn, number, f"{n}", vera, stage.now))

    assert "al 40 notities" in writes(stage).said
    assert len(kept(stage, sam)) == MOST


def test_earlier_ones_come_a_page_at_a_time(stage, sam):
    number, vera = stage.id_of(sam), stage.programme.staff["Vera"]
    for place in range(6):
        stage.writes(lambda conn, n=place: notes.add(conn, number, f"Notitie {n}.", vera, stage.now))
    phone = opens(stage)
    assert "Notitie 5." in phone.said
    assert "Notitie 1." not in phone.said

    assert "Notitie 1." in phone.taps("Eerdere").said


def test_a_year_later_it_is_gone(stage, sam):
    writes(stage)
    stage.writes(lambda conn: retention.run(conn, stage.now + timedelta(days=364), 5))
    assert len(kept(stage, sam)) == 1

    stage.writes(lambda conn: retention.run(conn, stage.now + timedelta(days=366), 5))
    assert kept(stage, sam) == []
