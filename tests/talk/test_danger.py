"""Somebody writes about danger: help at once, a person is told, and nothing of theirs is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import items, people
from bot.storage.schema_talk import item
from tests.talk import kept
from tests.talk.journeys import chapter, gives, has_plan, has_prepared_plan, opens, picks, plans
from tests.talk.stage import at

DANGER = "ik wil dood"
HELP = ("Direct gevaar:\n112", "Gratis, dag en nacht:\n113")


def alerts(stage):
    numbers = stage.reads(
        lambda conn: conn.execute(select(item.c.id).where(item.c.kind == "alert")).scalars().all()
    )
    return [stage.reads(lambda conn, number=number: items.load(conn, number)) for number in numbers]


def shows_help(text):
    return all(line in text for line in HELP)


# In every state


@chapter
def consent(stage):
    return stage.youth_opens().taps("Begrepen", "Begrepen", "Verder", "Begrepen")


@chapter
def refused(stage):
    return consent(stage).taps("Nee")


@chapter
def too_young(stage):
    return stage.youth_opens("Kim", born="2011-06")


def fresh(stage):
    return stage.youth_begins()


@chapter
def in_the_middle(stage):
    return plans(picks(gives_to_sam(stage))).taps("Nog even voorbereiden", "Iets anders")


@chapter
def gives_to_sam(stage):
    stage.youth_begins()
    return gives(stage)


@chapter
def at_a_preview(stage):
    has_plan(stage)
    stage.passes("2026-11-21 18:00")
    sam = stage.of("Sam").taps("Gedaan", "Meer vertellen")
    return sam.taps("Iemand deed of zei iets terug", "7", "Weet ik niet", "Sla over", "Sla over")


@chapter
def in_the_menu(stage):
    return stage.youth_begins().types("Menu")


@chapter
def reminded(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-29 19:00")
    return sam


@chapter
def later(stage):
    return gives_to_sam(stage).taps("Later")


@chapter
def blocked_and_back(stage):
    return stage.youth_begins().blocks().blocks(False)


BEFORE_CONSENT = [consent, refused, too_young]
ACTIVE = [fresh, in_the_middle, at_a_preview, in_the_menu, reminded, later, blocked_and_back]
WAYS = {
    "typed": lambda phone, text: phone.types(text),
    "edited": lambda phone, text: phone.edits(text),
    "caption": lambda phone, text: phone.sends("photo", text),
    "command": lambda phone, text: phone.types(f"/menu {text}"),
    "help_command": lambda phone, text: phone.types(f"/hulp {text}"),
    "in_a_command": lambda phone, text: phone.types("/" + text.replace(" ", "_")),
}


@pytest.mark.parametrize("situation", [*BEFORE_CONSENT, *ACTIVE], ids=lambda one: one.__name__)
def test_help_comes_at_once_in_every_situation(stage, situation):
    phone = situation(stage)
    count = len(phone.shown)

    phone.types(DANGER)

    assert shows_help(phone.since(count))
    assert DANGER not in phone.since(count)


@pytest.mark.parametrize("way", WAYS)
def test_help_comes_at_once_however_it_is_written(stage, way):
    sam = stage.youth_begins()
    count = len(sam.shown)

    WAYS[way](sam, DANGER)

    assert shows_help(sam.since(count))
    assert sam.said.endswith("Denk je aan zelfmoord?")
    sam.taps("Ja, nu")
    assert len(alerts(stage)) == 1


@pytest.mark.parametrize("situation", BEFORE_CONSENT, ids=lambda one: one.__name__)
def test_before_consent_nobody_is_told_and_that_is_said(stage, situation):
    phone = situation(stage)
    staff = {name: len(stage.of(name).shown) for name in ("Vera", "Tom")}

    phone.types(DANGER)

    assert "Ik kan niemand waarschuwen." in phone.said
    assert "Bel zelf 113 of 112." in phone.said
    assert {name: len(stage.of(name).shown) for name in staff} == staff
    assert stage.reads(lambda conn: kept.places_of(conn, DANGER)) == set()


def test_a_stranger_gets_help_and_nothing_is_kept(stage):
    stranger = stage.phone("Iemand").types(DANGER)

    assert shows_help(stranger.said)
    assert "Ik kan niemand waarschuwen. Hier leest niemand mee." in stranger.said
    assert stage.reads(lambda conn: kept.places_of(conn, DANGER)) == set()
    assert alerts(stage) == []


def test_a_stranger_who_speaks_english_gets_help_in_english(stage):
    stranger = stage.phone("Somebody", "en").types("I want to die")

    assert "112" in stranger.said
    assert "Direct gevaar" not in stranger.said


def test_what_kind_of_danger_decides_which_line_comes_first(stage):
    sam = stage.youth_begins().types("mijn vader slaat me")

    assert "Veilig Thuis" in sam.said


# Back to where it was


def test_before_consent_the_first_question_comes_back(stage):
    sam = consent(stage).types(DANGER).taps("Verder")

    assert sam.said.startswith("Mag ik je antwoorden bewaren?")


def test_who_refused_stays_refused(stage):
    sam = refused(stage).types(DANGER).taps("Verder")

    assert sam.has("Toch wel")
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).state) == "refused"


# The alert


def test_the_alert_comes_at_once_with_a_sound_and_names_nobody_before_a_tap(stage):
    stage.youth_begins().types(DANGER).taps("Ja, nu")
    vera = stage.of("Vera")

    assert vera.said == "Er is een dringend bericht. Kijk nu."
    assert not vera.last.message.silent
    assert vera.last.message.protect


def test_it_needs_no_code_and_holds_no_words(stage):
    stage.youth_begins().types(DANGER).taps("Ja, nu")

    vera = stage.of("Vera").taps("Kijk nu", "Gezien, ik pak het op")

    assert "Neem nu zelf contact op." in vera.said
    assert "wil dood" not in vera.ever
    assert alerts(stage)[0].state == "opened"


def test_with_the_professional_away_it_goes_to_the_colleague_and_that_name_is_said(stage):
    sam = stage.youth_begins()
    stage.of("Vera").blocks()

    sam.types(DANGER).taps("Ja, nu")

    assert "Tom krijgt nu bericht." in sam.said
    assert "dringend bericht" in stage.of("Tom").said


def test_with_nobody_to_reach_it_is_said_so_kept_and_tried_again(stage):
    sam = stage.youth_begins()
    stage.of("Vera").blocks()
    stage.of("Tom").blocks()
    stage.of("Noor").blocks()
    sam.types(DANGER)
    assert "Ik kan nu niemand waarschuwen. Bel zelf 113 of 112." in sam.said
    sam.taps("Ja, nu")
    assert "Ik kan nu niemand waarschuwen. Ik blijf het proberen." in sam.said
    assert "alert_reaches_nobody" in stage.alarms

    stage.of("Tom").blocks(False)
    stage.passes(timedelta(minutes=16))

    assert "dringend bericht" in stage.of("Tom").said


def test_an_exercise_says_that_it_is_one(stage):
    stage.youth_begins("Test", practice=True).types(DANGER).taps("Ja, nu")

    assert (
        stage.of("Vera").taps("Kijk nu").said.startswith("Dit is een oefening. Test kan nu hulp gebruiken.")
    )


def test_an_alert_is_nobody_elses(stage):
    stage.youth_begins().types(DANGER).taps("Ja, nu")
    data = stage.of("Vera").last.button("Kijk nu").data

    for name in ("Amira", "Noor", "Joost"):
        phone = stage.of(name).taps_data(data)
        assert phone.toast == "Deze knop werkt hier niet."
        assert "Sam" not in phone.ever
    assert alerts(stage)[0].state == "sent"


def test_staff_who_write_such_a_sentence_set_off_nothing(stage):
    stage.of("Vera").types("een jongere schreef: ik wil dood")

    assert alerts(stage) == []


# Hulp nu


@pytest.mark.parametrize("situation", [*BEFORE_CONSENT, *ACTIVE], ids=lambda one: one.__name__)
@pytest.mark.parametrize("way", ["button", "command"])
def test_help_answers_in_every_situation(stage, situation, way):
    phone = situation(stage)
    count = len(phone.shown)

    if way == "command":
        phone.types("/hulp")
    else:
        phone.taps_data("g.help")

    assert shows_help(phone.since(count))


def test_help_gives_the_floor_back_to_the_open_question(stage):
    sam = in_the_middle(stage)

    sam.types("/hulp").taps("Terug")

    assert sam.said.startswith("Wat gebeurt er dan precies?")


def test_help_leads_to_a_person(stage):
    sam = has_prepared_plan(stage).types("Hulp nu")
    assert "maandag tot en met vrijdag, 09:00 tot 17:00" in sam.said

    sam.taps("Ik wil iemand spreken").types("Over school")

    assert sam.said.startswith("Verstuurd naar Vera.")
    assert "Over school" in opens(stage.of("Vera")).text


@pytest.mark.parametrize("moment, says", [
    ("2026-11-20 12:00", "Verstuurd naar Vera. Vera leest op deze tijden"),
    ("2026-11-21 12:00", "Verstuurd naar Vera. Vera werkt nu niet en leest dit maandag 23 november vanaf 09:00"),
])  # fmt: skip
def test_who_wants_to_talk_gets_an_honest_promise(stage, moment, says):
    sam = stage.youth_begins()
    stage.passes(max(at(moment), stage.now))

    sam.types("Menu").taps("Ik wil iemand spreken", "Zeg ik liever niet")

    assert sam.said.startswith(says)
    assert "Bel 113" in sam.said


def test_who_changes_their_mind_about_talking_sends_nothing(stage):
    sam = stage.youth_begins().types("Menu").taps("Ik wil iemand spreken", "Toch niet sturen")

    assert sam.said == "Oké. Ik heb niets verstuurd."
    assert stage.reads(kept.rows)["item"] == 0
