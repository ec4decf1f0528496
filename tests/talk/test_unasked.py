"""What nobody asked for: words, voice, edits, groups; blocking and coming back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import people
from bot.storage.replies import HELD_FOR
from bot.storage.schema_people import account
from tests.talk import kept
from tests.talk.journeys import chapter, gives, has_plan, has_sent, opens_youngsters, picks, plans, reads
from tests.talk.stage import FRIDAY_NOON

SECRET = "ik ben verliefd op Noor"


# Words


def test_words_nobody_asked_for_are_not_kept_and_get_three_ways_on(stage):
    sam = stage.youth_begins().types(SECRET)

    assert sam.said.startswith(
        "Ik ben een computer. Getypte woorden begrijp ik hier niet. Ik heb ze niet bewaard."
    )
    assert sam.last.labels == ["Ik wil iemand spreken", "Verder"]
    assert stage.reads(lambda conn: kept.places_of(conn, SECRET)) == set()
    assert not kept.file_holds(stage.path, SECRET)


def test_each_of_the_three_leads_on(stage):
    sam = stage.youth_begins().types(SECRET).taps("Verder")
    assert "Tik op Menu" in sam.said
    sam.types(SECRET).taps("Ik wil iemand spreken")
    assert "Waarover wil je praten?" in sam.said
    sam.types("/menu").types(SECRET).types("Hulp nu")
    assert "112" in sam.said


def test_the_open_question_comes_back(stage):
    sam = gives_challenge(stage).types(SECRET).taps("Verder")

    assert sam.said.startswith("Vera dacht aan deze uitdaging")


def test_words_for_a_question_that_came_by_itself_bring_that_question_back(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 18:00")
    assert sam.said == "Hoe ging het?"

    sam.types("ging wel goed eigenlijk").taps("Verder")

    assert sam.said == "Hoe ging het?"


@pytest.mark.parametrize("words", ["help", "HULP!", "Help me", "hulp nu"])
def test_a_call_for_help_needs_no_slash(stage, words):
    sam = stage.youth_begins().types(words)

    assert "\n112\n" in sam.said


@chapter
def gives_challenge(stage):
    stage.youth_begins()
    return gives(stage)


def test_a_typed_answer_is_kept_sealed_and_seen_by_nobody_until_it_is_sent(stage):
    sam = plans(picks(gives_challenge(stage))).taps("Nog even voorbereiden", "Iets anders").types(SECRET)
    sam.taps("50", "5", "Niks", "Nee", "Sla over", "Weet ik niet", "Gelezen")

    assert "attempt.words" in stage.reads(lambda conn: kept.places_of(conn, SECRET))
    assert not kept.file_holds(stage.path, SECRET)
    opens_youngsters(stage.of("Vera"))
    assert SECRET not in stage.of("Vera").ever


def test_more_than_a_field_holds_is_not_cut_in_half(stage):
    sam = plans(picks(gives_challenge(stage))).taps("Nog even voorbereiden", "Iets anders")

    sam.types("🙂" * 4096)
    assert sam.said.startswith("Dat is lang. Er passen 300 tekens. Ik heb het nog niet genomen.")
    stage.passes(timedelta(minutes=1))
    sam.types("🙂" * 300)

    assert "Hoe zeker ben je dat dit gebeurt?" in sam.said


def test_staff_who_type_where_nothing_was_asked_hear_so(stage):
    vera = stage.of("Vera").types("hallo allemaal")

    assert vera.said.startswith("Hier heb ik geen tekst nodig. Ik heb het niet bewaard. Was het je code?")
    assert stage.reads(lambda conn: kept.places_of(conn, "hallo allemaal")) == set()


def test_words_of_a_professional_go_only_to_the_youngster_they_were_asked_for(stage):
    has_sent(stage)
    kim = stage.youth_begins("Kim", main="Vera", backup="Tom")
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    reads(vera)
    vera.taps("Antwoord")
    opens_youngsters(vera, "Kim")

    vera.types("Dit is voor Sam")

    assert "Dit is voor Sam" not in kim.ever
    assert "Er is een antwoord voor je." not in kim.texts
    assert stage.reads(lambda conn: kept.places_of(conn, "Dit is voor Sam")) == set()


def test_a_button_where_words_were_asked_is_an_answer_too(stage):
    sam = plans(picks(gives_challenge(stage))).taps(
        "Nog even voorbereiden", "Iets anders", "Iemand lacht om mij"
    )

    assert "Hoe zeker ben je" in sam.said


@pytest.mark.parametrize("text", ["/onbekend", "/start123", "/"])
def test_an_unknown_command_says_what_works(stage, text):
    sam = stage.youth_begins().types(text)

    assert sam.said == "Dat ken ik niet. Typ /menu of /hulp."


# Voice, pictures, stickers, edits


@pytest.mark.parametrize(
    "kind", ["voice", "photo", "sticker", "video_note", "document", "location", "contact", "poll"]
)
def test_what_cannot_be_read_is_not_kept_and_leads_on(stage, kind):
    sam = stage.youth_begins().sends(kind, SECRET)

    assert sam.said == "Ik kan geen spraak, foto's of stickers lezen. Ik heb het niet bewaard."
    assert sam.last.labels == ["Ik wil iemand spreken", "Verder"]
    assert stage.reads(lambda conn: kept.places_of(conn, SECRET)) == set()


def test_a_picture_in_the_middle_of_a_question_leaves_it_open(stage):
    sam = gives_challenge(stage).sends("photo").taps("Verder")

    assert sam.said.startswith("Vera dacht aan deze uitdaging")


def test_an_edited_message_is_not_read(stage):
    sam = stage.youth_begins().edits(SECRET)

    assert sam.said.startswith("Je veranderde een oud bericht. Dat lees ik niet.")
    assert stage.reads(lambda conn: kept.places_of(conn, SECRET)) == set()


def test_an_edit_changes_no_answer(stage):
    sam = (
        plans(picks(gives_challenge(stage)))
        .taps("Nog even voorbereiden", "Iets anders")
        .types("Iemand lacht")
    )
    sam.edits(SECRET)

    assert stage.reads(lambda conn: kept.places_of(conn, SECRET)) == set()
    sam.taps("50")
    assert "Hoe gespannen word je" in sam.said


# Groups


def test_a_group_is_left_and_nothing_is_kept_of_it(stage):
    before = stage.reads(kept.rows)
    phone = stage.phone("Iemand").adds_to_group()

    assert stage.left_groups == 1
    assert not phone.shown
    assert kept.changed(before, stage.reads(kept.rows)) == {}


# Strangers


def test_a_stranger_learns_what_this_is_and_is_forgotten_after_a_day(stage):
    stranger = stage.phone("Iemand").types("wie ben jij? ik heet Pim")
    assert "Ik ben een computer van Join Us, geen mens." in stranger.said
    assert "Ik weet niet wie je bent. Ik bewaar je bericht niet" in stranger.said
    unknown = select(account.c.id).where(account.c.person_id.is_(None))
    assert len(stage.reads(lambda conn: conn.execute(unknown).all())) == 1

    stage.passes(timedelta(days=1, hours=2))

    assert stage.reads(lambda conn: conn.execute(unknown).all()) == []
    assert stage.reads(lambda conn: kept.places_of(conn, "Pim")) == set()


def test_privacy_works_for_anybody(stage):
    for phone in (stage.phone("Iemand"), stage.youth_begins(), stage.of("Noor")):
        count = len(phone.shown)
        phone.types("/privacy")
        assert "geen mens" in phone.since(count)
        assert "versleuteld" in phone.since(count)


# Blocking and coming back


def test_who_blocks_gets_nothing_and_the_professional_knows(stage):
    sam = has_plan(stage).blocks()
    count = len(sam.shown)

    stage.passes("2026-11-23 12:00")

    assert len(sam.shown) == count
    assert reads(stage.of("Vera")).startswith("Sam kan geen berichten meer krijgen.")
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).state) == "active"


def test_who_comes_back_finds_everything_as_it_was(stage):
    sam = has_plan(stage).blocks()
    stage.passes(FRIDAY_NOON + timedelta(hours=3))
    sam.blocks(False)

    assert sam.said == "Je bent terug. Wat je eerder koos, is er nog."
    stage.passes("2026-11-21 16:00")
    assert "Het hoeft niet goed te gaan. Kijk wat er gebeurt." in sam.said


def test_the_professional_hears_of_the_return(stage):
    sam = stage.youth_begins().blocks()
    stage.of("Vera").taps("Lees")
    sam.blocks(False)

    assert reads(stage.of("Vera")) == "Sam is weer bereikbaar."


def test_who_only_writes_again_is_reachable_again(stage):
    sam = stage.youth_begins().blocks()

    sam.types("Menu")

    assert "Wat wil je doen?" in sam.said


def test_an_answer_that_came_while_blocked_waits_for_the_return(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    reads(vera)
    vera.taps("Antwoord").types("Tot dinsdag")
    stage.passes(HELD_FOR)
    sam.blocks()
    sam.blocks(False)

    shown = sam.sees("Lees")
    sam.taps("Lees")

    assert "Tot dinsdag" in shown.text


def test_an_answer_to_somebody_who_cannot_get_it_is_not_called_sent(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:00")
    sam.blocks()
    vera = stage.of("Vera")
    opened = reads(vera)
    assert "Noor zei hoi terug" in opened or "kan geen berichten" in opened
    if not vera.has("Antwoord"):
        reads(vera)

    vera.taps("Antwoord")

    assert vera.said.startswith("Sam heeft deze chat geblokkeerd. Er komt nu niets aan.")
    assert "Typ je antwoord" not in vera.said


def test_a_stranger_who_blocks_is_no_matter(stage):
    stranger = stage.phone("Iemand").blocks()
    stranger.blocks(False)

    assert not stranger.shown


# Coming home


@pytest.mark.parametrize("again", ["/start", "/menu", "Menu"])
def test_start_in_the_middle_of_the_first_questions_goes_on_there(stage, again):
    sam = stage.youth_opens().taps("Begrepen")

    sam.opens() if again == "/start" else sam.types(again)

    assert "Tom" in sam.said
    assert sam.last.labels[0] == "Begrepen"


def test_a_dialog_survives_a_week_of_silence(stage):
    sam = stage.youth_opens().taps("Begrepen")
    stage.passes(timedelta(days=10))

    sam.taps("Begrepen")

    assert "Een paar dingen ziet Vera altijd." in sam.said
