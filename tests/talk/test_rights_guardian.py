"""Under 16, where an organisation decided on a lower age: a parent or guardian signs a letter on paper first."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import consents, guardians, items, people
from bot.storage.schema_people import person
from bot.storage.schema_rights import guardian
from bot.storage.schema_talk import attempt, session
from tests.talk.journeys import opens_youngsters, reads

YOUNG = {"born": "2012-03", "group": "12-18", "main": "Amira", "backup": "Bas"}


@pytest.fixture
def stage14(stage_with):
    stage = stage_with(minimum_age=14)
    stage.passes("2026-11-23 10:00")
    return stage


def code_of(document):
    """The code that stands on the printed page."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document.content, re.DOTALL):
        try:
            text = zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue
        found = re.search(r"jeugdprofessional: (\d{6})", text)
        if found:
            return found.group(1)
    raise AssertionError("no code on the page")


def letter(stage, name="Kim", by="Amira"):
    """The professional makes the letter: the document."""
    professional = stage.of(by)
    opens_youngsters(professional, name).taps("Ouder of verzorger", "Brief maken")
    return next(one.message.document for one in reversed(professional.shown) if one.message.document)


def signs(stage, name="Kim", by="Amira"):
    code = code_of(letter(stage, name, by))
    professional = stage.of(by)
    opens_youngsters(professional, name).taps("Ouder of verzorger", "Getekend: code intikken").taps_code(code)
    assert f"Genoteerd. {name} kan nu beginnen" in professional.said
    stage.passes(timedelta(hours=8))  # after school


def test_who_is_under_16_gets_help_and_hears_why_they_wait(stage14):
    kim = stage14.youth_opens("Kim", **YOUNG)

    said = "\n".join(kim.texts)
    assert "112" in kim.texts[0]
    assert "Daarom tekent eerst een ouder of verzorger een brief." in said
    assert "leest niet wat jij hier schrijft" in said
    assert not kim.has("Ja, dat mag")


def test_until_then_nothing_they_type_is_kept(stage14):
    kim = stage14.youth_opens("Kim", **YOUNG)
    kim.types("dit is een geheim").types("/menu")

    from tests.talk import kept

    assert stage14.reads(lambda conn: kept.places_of(conn, "geheim")) == set()
    assert stage14.reads(lambda conn: conn.execute(select(attempt)).all()) == []


def test_the_professional_is_told_and_gets_a_letter_without_a_name(stage14):
    stage14.youth_opens("Kim", **YOUNG)
    stage14.ticks()
    assert "Eerst tekent een ouder of verzorger." in reads(stage14.of("Amira"))
    document = letter(stage14)

    assert document.name == "brief-ouder-of-verzorger.pdf"
    assert document.content.startswith(b"%PDF-")
    assert b"Kim" not in document.content
    assert re.search(rb"/Count 2\b", document.content), "a page in each language"
    assert re.search(rb"/Lang \(nl\)", document.content)
    assert re.search(rb"/DisplayDocTitle true", document.content), "the window shows the title, no file name"
    assert b"/MarkInfo" not in document.content, "tags that are not there are not promised"


def test_the_code_of_the_signed_letter_lets_them_begin(stage14):
    kim = stage14.youth_opens("Kim", **YOUNG)
    signs(stage14)

    kim.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")
    number = stage14.id_of(kim)
    assert stage14.reads(lambda conn: people.load(conn, number).state) == "active"
    (row,) = stage14.reads(lambda conn: conn.execute(select(guardian)).all())
    assert row.noted_by == stage14.programme.staff["Amira"]
    assert row.noted_at is not None
    assert stage14.reads(lambda conn: consents.latest(conn, number, "guardian")) is True


def test_another_code_does_nothing_and_five_of_them_lock_for_an_hour(stage14):
    stage14.youth_opens("Kim", **YOUNG)
    code = code_of(letter(stage14))
    wrong = f"{(int(code) + 1) % 1000000:06d}"
    amira = stage14.of("Amira")
    opens_youngsters(amira, "Kim").taps("Ouder of verzorger", "Getekend: code intikken")
    for _ in range(5):
        amira.taps_code(wrong)
        assert "Die code hoort niet bij de laatste brief." in amira.said
    amira.taps_code(code)

    assert "over een uur weer" in amira.said
    assert stage14.reads(lambda conn: conn.execute(select(guardian)).one()).noted_at is None


def test_a_new_letter_ends_the_code_of_the_old_one(stage14):
    kim = stage14.youth_opens("Kim", **YOUNG)
    old = code_of(letter(stage14))
    letter(stage14)
    amira = stage14.of("Amira")
    opens_youngsters(amira, "Kim").taps("Ouder of verzorger", "Getekend: code intikken").taps_code(old)

    assert "Die code hoort niet bij de laatste brief." in amira.said
    assert stage14.reads(lambda conn: people.load(conn, stage14.id_of(kim)).state) == "too_young"


def test_a_signature_before_the_link_is_opened_counts_too(stage14):
    number = stage14.youth("Kim", **YOUNG)
    signs(stage14)
    kim = stage14.phone("Kim").opens(stage14.invitation(number))

    assert kim.has("Begrepen")
    assert "Daarom tekent eerst" not in kim.ever


def test_a_guardian_who_withdraws_stops_the_channel_and_starts_a_talk(stage14):
    kim = stage14.youth_opens("Kim", **YOUNG)
    signs(stage14)
    kim.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")
    number = stage14.id_of(kim)
    before = stage14.reads(lambda conn: len(conn.execute(select(session)).all()))
    amira = stage14.of("Amira")
    opens_youngsters(amira, "Kim").taps("Ouder of verzorger", "Ouder trekt het in")
    assert "Niemand krijgt woorden te zien, en er wordt niets gewist." in amira.said
    amira.taps("Ja, noteren")
    stage14.passes(timedelta(days=1))

    assert kim.said == "Er is een bericht voor je."
    kim.taps("Lees")
    assert "Niemand krijgt jouw woorden te zien." in kim.said
    assert "Ik wis ook niets." in kim.said
    assert stage14.reads(lambda conn: people.load(conn, number).state) == "too_young"
    assert stage14.reads(lambda conn: guardians.agreed(conn, number)) is False
    talk = stage14.reads(lambda conn: items.waiting_for(conn, stage14.programme.staff["Amira"]))
    assert [one.kind for one in talk] == ["talk"]
    assert stage14.reads(lambda conn: len(conn.execute(select(session)).all())) >= before
    count = len(kim.shown)
    stage14.passes("2026-11-30 12:00")
    assert len(kim.shown) == count


def test_who_is_16_or_older_needs_no_letter(stage14):
    sam = stage14.youth_opens("Sam")

    assert "brief" not in "\n".join(sam.texts)
    opens_youngsters(stage14.of("Vera"), "Sam")
    assert "Ouder of verzorger" not in stage14.of("Vera").last.labels


def test_where_telegram_starts_at_16_the_letter_changes_nothing(stage):
    kim = stage.youth_opens("Kim", **YOUNG)

    assert "Dat is een regel van Telegram" in "\n".join(kim.texts)


def test_a_professional_of_another_group_cannot_note_it(stage14):
    stage14.youth_opens("Kim", **YOUNG)
    code_of(letter(stage14))
    vera = stage14.of("Vera")
    opens_youngsters(stage14.of("Amira"), "Kim").taps("Ouder of verzorger")
    notes_it = stage14.of("Amira").last.button("Getekend: code intikken").data
    vera.taps_data(notes_it)

    assert vera.toast == "Deze knop werkt hier niet."
    assert stage14.reads(lambda conn: conn.execute(select(person.c.id)).all())
