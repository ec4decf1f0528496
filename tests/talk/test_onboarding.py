"""The first minutes of a youngster: who reads, what is kept, and may it be?"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.conversation import terms
from bot.storage import consents, people
from bot.storage.schema_people import consent
from tests.talk import kept
from tests.talk.journeys import chapter, gives, opens_youngsters, reads
from tests.talk.stage import at

HELP = ("/hulp", "/privacy", "/taal")


def state_of(stage, phone):
    return stage.reads(lambda conn: people.load(conn, stage.id_of(phone)).state)


def test_a_youngster_says_yes_and_the_professional_hears_that_they_began(stage):
    sam = stage.youth_opens()
    assert "Ik ben een computer van Join Us, geen mens" in sam.said
    assert "Vera leest alleen wat je stuurt" in sam.said

    sam.taps("Begrepen")
    assert "maandag tot en met vrijdag, 09:00 tot 17:00" in sam.said
    assert "Tom" in sam.said
    sam.taps("Begrepen", "Verder", "Begrepen")
    assert "Mag ik je antwoorden bewaren?" in sam.said
    sam.taps("Ja, dat mag")

    assert sam.keyboard == ["Hulp nu", "Menu"]
    assert "Tot dan hoef je niets te doen" in sam.said
    assert reads(stage.of("Vera")) == "Sam is begonnen."
    assert "gebruikt de bot niet" not in opens_youngsters(stage.of("Vera")).said
    assert state_of(stage, sam) == "active"


def test_who_wants_to_read_more_comes_back_to_the_question(stage):
    sam = stage.youth_opens().taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Eerst meer lezen")
    assert "versleuteld" in sam.said

    sam.taps("Terug naar de vraag").taps("Ja, dat mag")

    assert state_of(stage, sam) == "active"


def test_the_fixed_list_was_acknowledged_before_consent_is_asked(stage):
    sam = stage.youth_opens().taps("Begrepen", "Begrepen", "Verder")
    number = stage.id_of(sam)
    assert stage.reads(lambda conn: people.load(conn, number).acknowledged_at) is None

    sam.taps("Begrepen")

    assert stage.reads(lambda conn: people.load(conn, number).acknowledged_at) == stage.now


def test_consent_names_the_words_that_were_agreed_to(stage):
    sam = stage.youth_begins()

    row = stage.reads(lambda conn: conn.execute(select(consent)).one())

    assert (row.person_id, row.purpose, row.given) == (stage.id_of(sam), "keep_answers", True)
    assert row.text_hash == terms.hash_of(stage.world.library)


@chapter
def refuses(stage):
    return stage.youth_opens().taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Nee")


def test_a_no_is_respected_and_the_professional_hears_only_that(stage):
    sam = refuses(stage)

    assert "Bij Join Us verandert er niets voor jou" in sam.said
    assert reads(stage.of("Vera")).startswith("Sam gebruikt de bot niet.")
    assert state_of(stage, sam) == "refused"


@pytest.mark.parametrize(
    "does",
    [
        lambda sam: sam.types("ik voelde me vandaag heel alleen"),
        lambda sam: sam.edits("ik voelde me vandaag heel alleen"),
        lambda sam: sam.sends("voice", "ik voelde me vandaag heel alleen"),
        lambda sam: sam.types("/onbekend ik voelde me vandaag heel alleen"),
    ],
    ids=["typed", "edited", "voice", "command"],
)
def test_after_a_no_nothing_else_is_kept(stage, does):
    sam = refuses(stage)
    before = stage.reads(kept.rows)
    heard = stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).heard_at)

    does(sam)

    assert stage.reads(lambda conn: kept.places_of(conn, "heel alleen")) == set()
    assert set(kept.changed(before, stage.reads(kept.rows))) <= {"outbox"}
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).heard_at) == heard


def test_after_a_no_nothing_is_sent(stage):
    sam = refuses(stage)
    vera = opens_youngsters(stage.of("Vera"))
    assert vera.said.startswith("Sam is nog niet begonnen.")
    assert "Uitdaging geven" not in vera.last.labels
    count = len(sam.shown)

    stage.passes(at("2026-12-16 12:00"))

    assert len(sam.shown) == count


def test_after_a_no_typed_words_get_the_three_things_that_work(stage):
    sam = refuses(stage).types("hallo?")

    assert all(command in sam.said for command in HELP)


def test_after_a_no_help_privacy_and_language_work(stage):
    sam = refuses(stage)

    sam.types("/hulp")
    assert "112" in sam.said
    assert "Hier leest niemand mee" in sam.said
    assert not sam.has("Ik wil iemand spreken")
    count = len(sam.shown)
    sam.types("/privacy")
    assert "Zei je nee, of ken ik je niet? Dan bewaar ik je berichten niet." in sam.since(count)
    sam.types("/taal").taps("English")
    assert "I keep no answers and send you nothing" in sam.said


@pytest.mark.parametrize("back", ["tap", "/start", "/menu"])
def test_after_a_no_there_is_a_way_back(stage, back):
    sam = refuses(stage)
    reads(stage.of("Vera"))
    if back == "tap":
        sam.taps("Toch wel")
    else:
        (sam.opens() if back == "/start" else sam.types(back)).taps("Toch wel")

    sam.taps("Ja, dat mag")

    assert state_of(stage, sam) == "active"
    assert reads(stage.of("Vera")) == "Sam is begonnen."
    assert stage.reads(lambda conn: consents.latest(conn, stage.id_of(sam), "keep_answers")) is True


def test_a_second_no_stays_a_no(stage):
    sam = refuses(stage).opens().taps("Nee, zo is het goed")

    assert "Het blijft zoals het was" in sam.said
    assert state_of(stage, sam) == "refused"


def test_the_other_commands_do_nothing_before_consent(stage):
    sam = stage.youth_opens()

    sam.types("/menu")

    assert "Ik ben een computer van Join Us" in sam.said
    assert state_of(stage, sam) == "started"


def test_a_challenge_that_waits_comes_right_after_the_yes(stage):
    sam = stage.youth_opens()
    gives(stage)
    assert "Een groet per dag" not in sam.ever

    sam.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")

    assert "Vera dacht aan deze uitdaging voor jou: Een groet per dag." in sam.said


def test_out_of_hours_the_professional_hears_it_when_work_begins(stage):
    vera = stage.of("Vera")
    stage.passes("2026-11-20 20:00")
    count = len(vera.shown)

    stage.youth_begins()
    stage.passes("2026-11-23 08:59")
    assert len(vera.shown) == count
    stage.passes("2026-11-23 09:00")

    assert "Er is nieuws over een van je jongeren." in vera.since(count)
    assert "Sam" not in vera.since(count)


# Under the age at which Telegram may be used


def test_under_sixteen_gets_help_first_and_a_person(stage):
    kim = stage.youth_opens("Kim", born="2011-06")

    numbers, refusal = kim.texts[-2:]
    assert "112" in numbers
    assert "113" in numbers
    assert "Kindertelefoon" in numbers
    assert refusal.startswith("Je bent nog geen 16. Daarom mag ik hier niet met je verder.")
    assert "het ligt niet aan jou" in refusal
    assert "Bij Join Us ben je wel welkom. Vera helpt je verder" in refusal
    assert reads(stage.of("Vera")).startswith("Kim is nog geen 16.")


def test_who_is_too_young_is_told_so_each_time_and_nothing_is_kept(stage):
    kim = stage.youth_opens("Kim", born="2011-06").taps("Begrepen")
    before = stage.reads(kept.rows)

    kim.types("maar ik wil zo graag meedoen")
    assert set(kept.changed(before, stage.reads(kept.rows))) <= {"outbox"}
    kim.opens()

    assert "Je bent nog geen 16" in kim.said
    assert stage.reads(lambda conn: kept.places_of(conn, "zo graag")) == set()


def test_the_month_after_the_birthday_the_same_link_of_telegram_opens(stage):
    kim = stage.youth_opens("Kim", born="2010-11").taps("Begrepen")
    assert "Je bent nog geen 16" in kim.ever

    stage.passes("2026-12-01 12:00")
    kim.opens()

    assert "Ik help je met kleine stappen" in kim.said
    assert state_of(stage, kim) == "started"


def test_a_lower_age_is_somebodys_decision(stage_with):
    stage = stage_with(minimum_age=14)

    kim = stage.youth_opens("Kim", born="2011-06")

    assert "Daarom tekent eerst een ouder of verzorger een brief." in kim.ever
    assert state_of(stage, kim) == "too_young"


def test_an_invitation_for_somebody_too_young_is_made_after_a_warning(stage):
    vera = stage.of("Vera").types("/uitnodigen").types("Kim")
    vera.taps("2012", "juni", "Gedachten", "Nee, alleen dit", "Klopt")

    assert "Kim is nog geen 16. Telegram laat dat niet toe." in vera.said
    vera.taps("Toch de link")
    assert vera.last.message.picture is not None


# Real Telegram


def test_on_real_telegram_only_practice_youngsters_come_in(stage_with):
    stage = stage_with(real=True)

    sam = stage.youth_opens("Sam")
    assert "Ik ben hier nog niet open voor jongeren" in sam.said
    assert "113" in sam.said
    assert "not_admitted" in stage.alarms
    test = stage.youth_begins("Test", practice=True)

    assert state_of(stage, test) == "active"


def test_the_link_of_somebody_who_was_not_admitted_is_not_used_up(stage_with, tmp_path):
    stage = stage_with(real=True)
    number = stage.youth()
    token = stage.invitation(number)
    sam = stage.phone("Sam").opens(token)
    stage.writes(lambda conn: people.change(conn, number, practice=True))

    sam.opens(token)

    assert "Ik help je met kleine stappen" in sam.said


def test_on_real_telegram_staff_come_in(stage_with):
    stage = stage_with(real=True)
    number = stage.writes(lambda conn: people.add(conn, "Ria", stage.now, {"role": "coordinator"}))

    ria = stage.phone("Ria").opens(stage.invitation(number))

    assert "Welkom, Ria" in ria.said


# Languages and names


def test_an_english_account_is_spoken_to_in_english(stage):
    sam = stage.youth_opens(language="en")
    assert "I am a computer of Join Us, not a person" in sam.said

    sam.taps("Got it", "Got it", "Next", "Got it", "Yes, you may")

    assert sam.keyboard == ["Help now", "Menu"]
    assert opens_youngsters(stage.of("Vera")).said.startswith("Sam is begonnen op vrijdag 20 november.")


def test_a_language_we_do_not_speak_becomes_dutch(stage):
    assert "Ik ben een computer" in stage.youth_opens(language="pl").said


def test_the_language_changes_in_the_middle_of_a_question(stage):
    sam = stage.youth_opens().taps("Begrepen")

    sam.types("/taal").taps("English")
    assert "reads at these times: Monday to Friday" in sam.said
    sam.taps("Got it")

    assert "A few things Vera always sees" in sam.said


def test_the_lasting_help_button_works_in_every_language(stage):
    sam = stage.youth_begins()

    for label in ("Hulp nu", "Help now", "hulp NU"):
        count = len(sam.shown)
        sam.types(label)
        assert "Direct gevaar:\n112" in sam.since(count)


@pytest.mark.parametrize("name", ["<3", "</b>", "{{ name }}", "@sam", "Zoë 🙂", "*_`"])
def test_a_name_is_shown_exactly_as_it_was_written(stage, name):
    sam = stage.youth_begins(name)

    assert sam.texts[0].startswith(f"Hoi {name}. Ik ben een computer")
    assert reads(stage.of("Vera")) == f"{name} is begonnen."
