"""Getting one's own data, and seeing who looked: in the own chat only, after a second question."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select

from bot.conversation import export
from bot.conversation.turn import Turn
from bot.storage import people
from bot.storage.exports import gather
from bot.storage.replies import HELD_FOR
from bot.storage.schema_flow import outbox
from tests.talk.journeys import HAPPENED, has_sent, opens, opens_youngsters


def files_of(phone):
    return {
        one.message.document.name: one.message.document.content for one in phone.shown if one.message.document
    }


def asks(phone):
    return phone.types("/mijngegevens").taps("Verder", "Ja, stuur ze hier")


def test_everything_comes_as_a_text_and_as_json(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    opens(vera)
    vera.taps("Antwoord").types("Goed gedaan, Sam")
    stage.passes(HELD_FOR)
    sam.taps("Lees")
    asks(sam)

    found = files_of(sam)
    text = found["mijn-gegevens.txt"].decode()
    data = json.loads(found["mijn-gegevens.json"])
    for words in ("Sam", HAPPENED, "Goed gedaan, Sam", "2004-03", "Vera", "las wat je stuurde"):
        assert words in text
    assert data["tables"]["item"][0]["opened_by"] == "Vera"
    assert data["tables"]["person"][0]["name"] == "Sam"
    assert HAPPENED in json.dumps(data, ensure_ascii=False)
    assert "person_key" not in data["tables"]
    assert "wrapped" not in found["mijn-gegevens.json"].decode()


def test_what_professionals_chose_and_wrote_belongs_to_it(stage):
    sam = has_sent(stage)
    opens_youngsters(stage.of("Vera"))
    tables = stage.reads(lambda conn: gather(conn, stage.id_of(sam)))

    assert tables["person"][0]["causes"] == "skills"
    assert tables["challenge"][0]["given_by"] == "Vera"
    assert any(line["action"] == "see_youth" and line["actor"] == "Vera" for line in tables["audit"])


def test_two_questions_come_first_and_a_no_sends_nothing(stage):
    sam = stage.youth_begins()
    sam.types("/mijngegevens")
    assert "twee bestanden" in sam.said
    sam.taps("Verder")
    assert "Wie je telefoon heeft, kan ze lezen." in sam.said
    sam.taps("Toch niet")

    assert files_of(sam) == {}


def test_the_second_question_expires_after_ten_minutes(stage):
    sam = stage.youth_begins()
    sam.types("/mijngegevens").taps("Verder")
    stage.passes(timedelta(minutes=11))
    sam.taps("Ja, stuur ze hier")

    assert "Dat is meer dan 10 minuten geleden." in sam.said
    assert files_of(sam) == {}


def test_the_files_are_taken_away_after_a_day_and_it_says_when(stage):
    sam = asks(stage.youth_begins())
    assert "zaterdag 21 november, 12:00" in sam.said
    assert len(files_of(sam)) == 2
    stage.passes(timedelta(hours=24, minutes=1))

    assert files_of(sam) == {}


def test_two_who_ask_at_the_same_time_never_get_each_others_data(stage, tmp_path):
    """Two hundred times, each tap of one between the taps of the other; every file goes to its own chat only."""
    sam = stage.youth_begins()
    kim = stage.youth_begins("Kim", born="2003-01")
    numbers = {sam.account: stage.id_of(sam), kim.account: stage.id_of(kim)}
    stage.writes(lambda conn: people.rename(conn, numbers[sam.account], "Samkanarie"))
    stage.writes(lambda conn: people.rename(conn, numbers[kim.account], "Kimkanarie"))
    crossed = 0
    begin = stage.saves(tmp_path / "begin.db")
    for turn in range(200):
        if turn % 10 == 0:
            stage.loads(begin)  # what two hundred exports leave behind would only make the later ones slow
        first, second = (sam, kim) if turn % 2 else (kim, sam)
        first.types("/mijngegevens")
        second.types("/mijngegevens")
        first.taps("Verder")
        second.taps("Verder")
        ours, theirs = first.last.button("Ja").data, second.last.button("Ja").data
        if turn % 20 == 0:
            first.taps_data(theirs)
            assert first.toast == "Deze knop werkt hier niet."
        second.taps_data(theirs)
        first.taps_data(ours)
        for phone, own, other in ((sam, "Samkanarie", "Kimkanarie"), (kim, "Kimkanarie", "Samkanarie")):
            for content in files_of(phone).values():
                crossed += other.encode() in content
                assert own.encode() in content
        assert len(files_of(sam)) == len(files_of(kim)) == 2
        for phone in (sam, kim):
            phone.shown.clear()
    assert crossed == 0


def test_before_consent_and_after_a_no_the_own_data_can_be_asked_for(stage):
    sam = stage.youth_opens()
    asks(sam)

    assert b"2004-03" in files_of(sam)["mijn-gegevens.txt"]


def test_a_professional_gets_their_own_data_and_no_word_of_a_youngster(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    opens(vera)
    asks(vera)

    text = b"".join(files_of(vera).values()).decode()
    assert "Vera" in text
    assert HAPPENED not in text
    assert sam.name


def test_a_stranger_gets_nothing_and_leaves_nothing(stage):
    somebody = stage.phone("Iemand").types("/mijngegevens")

    assert files_of(somebody) == {}


def test_a_file_waits_sealed_like_every_message(stage):
    sam = has_sent(stage)
    stage.writes(
        lambda conn: export.documents(Turn(conn, stage.world, stage.now), people.load(conn, stage.id_of(sam)))
    )
    rows = stage.reads(
        lambda conn: conn.execute(select(outbox.c.payload).where(outbox.c.payload.is_not(None))).all()
    )
    assert all(HAPPENED.encode() not in row.payload for row in rows)


def test_in_english_the_files_are_english(stage):
    sam = stage.youth_opens("Sam", language="en")
    sam.types("/mydata").taps("Go on", "Yes, send them here")

    assert b"This is everything" in files_of(sam)["my-data.txt"]


# Who looked


def test_who_looked_says_in_words_who_did_what_on_which_day(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    opens(vera)
    opens_youngsters(vera)
    sam.types("/wiekeek")

    said = "\n".join(sam.texts[-2:])
    assert "maandag 23 november: Vera (jeugdprofessional) las wat je stuurde" in said
    assert "maandag 23 november: Vera (jeugdprofessional) keek op jouw kaart" in said


def test_who_saw_a_name_in_a_digest_or_on_a_list_stands_there_too(stage):
    sam = has_sent(stage)
    stage.youth_begins("Kim")
    stage.passes("2026-11-23 09:30")
    vera = stage.of("Vera")
    opens(vera)
    vera.types("Menu").taps("Overzicht", "Open")
    vera.types("Menu").taps("De bijeenkomst")
    sam.types("/wiekeek")
    said = "\n".join(sam.texts[-2:])

    assert "maandag 23 november: Vera (jeugdprofessional) zag je naam in het overzicht" in said
    assert "maandag 23 november: Vera (jeugdprofessional) zag je naam op de lijst" in said


def test_names_in_overviews_stand_below_what_was_read_and_never_push_it_out(stage):
    sam, vera = has_sent(stage), stage.of("Vera")
    stage.youth_begins("Kim")
    stage.passes("2026-11-23 09:30")
    opens(vera)
    stage.passes("2026-11-24 10:00")
    vera.types("Menu").taps("Overzicht", "Open")
    if "Tik je code" in vera.said:
        vera.taps_code()
    sam.types("/wiekeek")
    said = "\n".join(sam.texts[-2:])

    assert said.index("las wat je stuurde") < said.index(
        "dinsdag 24 november: Vera (jeugdprofessional) zag je naam"
    )
    assert "Dat staat hier niet bij" not in said


def test_nobody_looked_is_said_too(stage):
    sam = stage.youth_begins()
    sam.types("/wiekeek")

    assert "Nog niemand deed iets met jouw gegevens." in "\n".join(sam.texts[-2:])


def test_own_taps_are_no_looks_of_others(stage):
    sam = asks(stage.youth_begins())
    sam.types("/wiekeek")

    assert "haalde jouw gegevens op" not in "\n".join(sam.texts[-2:])


def test_privacy_says_how_long_and_what_can_be_asked_to_anybody(stage):
    somebody = stage.phone("Iemand").types("/privacy")

    said = "\n".join(somebody.texts)
    for words in ("90 dagen", "/mijngegevens", "/wiekeek", "/verwijder", "Telegram kan het lezen."):
        assert words in said
