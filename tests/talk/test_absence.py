"""Somebody of the staff is away: what a youngster sends goes to who is there, and the youngster hears who that is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import items
from bot.storage.replies import HELD_FOR
from tests.talk.alarm import adds_staff, is_away, staff_id
from tests.talk.journeys import HAPPENED, did, has_prepared_plan, has_sent, opens, reads, tells, waiting
from tests.talk.stage import at

MONTH_END = at("2026-11-30 09:00")


def newest(stage, sam):
    number = stage.id_of(sam)
    return stage.reads(lambda conn: items.waiting_about(conn, number)[-1])


def back(stage, name):
    return stage.of(name).types("Menu").taps("Afwezig", "Weer aanwezig")


def test_a_check_in_goes_to_the_colleague_who_is_there_and_the_preview_says_so(stage):
    has_prepared_plan(stage)
    is_away(stage, "Vera", MONTH_END)

    sam = tells(did(stage))
    assert "Vera is er nu niet. Dit stuur ik naar Tom, als jij dat wilt:" in sam.said
    sam.taps("Sturen")

    assert "Tom werkt nu niet en leest dit maandag 23 november" in sam.said
    stage.passes("2026-11-23 09:05")
    assert HAPPENED in reads(stage.of("Tom"))
    assert not waiting(stage.of("Vera"))


def test_who_went_away_after_the_preview_is_replaced_only_after_it_is_shown_again(stage):
    has_prepared_plan(stage)
    sam = tells(did(stage))
    assert "Dit stuur ik naar Vera, als jij dat wilt:" in sam.said
    is_away(stage, "Vera", MONTH_END)

    sam.taps("Sturen")
    assert "Dit stuur ik naar Tom, als jij dat wilt:" in sam.said
    assert not stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))

    sam.taps("Sturen")
    assert newest(stage, sam).recipient_id == staff_id(stage, "Tom")


def test_back_again_it_goes_to_the_own_professional(stage):
    is_away(stage, "Vera", MONTH_END)
    back(stage, "Vera")
    sam = stage.youth_begins().types("/hulp").taps("Ik wil iemand spreken", "Even praten")

    assert sam.said.startswith("Verstuurd naar Vera.")


def test_a_wish_for_contact_names_the_colleague(stage):
    sam = stage.youth_begins()
    is_away(stage, "Vera", MONTH_END)

    assert "Tom leest op deze tijden" in sam.types("/hulp").said
    sam.taps("Ik wil iemand spreken")
    assert sam.said.startswith("Ik stuur Tom een bericht dat je wilt praten.")
    assert sam.taps("Even praten").said.startswith("Verstuurd naar Tom.")
    assert newest(stage, sam).recipient_id == staff_id(stage, "Tom")


def test_an_answer_to_somebody_who_is_away_goes_to_the_colleague_and_says_so(stage):
    has_sent(stage)
    stage.passes("2026-11-23 09:30")
    opens(stage.of("Vera"))
    stage.of("Vera").taps("Antwoord").types("Zie ik je dinsdag?")
    stage.passes(HELD_FOR)
    is_away(stage, "Vera", MONTH_END)
    sam = stage.of("Sam").taps("Lees", "Antwoord")

    assert sam.said.startswith("Vera is er nu niet. Tom leest het. Typ je antwoord aan Tom.")
    assert sam.types("Ja hoor").said.startswith("Verstuurd naar Tom.")


def test_what_waits_for_somebody_who_goes_away_is_passed_at_once_and_told(stage):
    sam = has_sent(stage)
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    assert newest(stage, sam).recipient_id == staff_id(stage, "Tom")

    stage.passes("2026-11-23 09:05")

    assert "Vera is er nu niet" not in sam.ever
    sam.taps("Lees")
    assert sam.said == "Vera is er nu niet. Daarom krijgt Tom je bericht."
    assert HAPPENED in reads(stage.of("Tom"))


def test_with_both_away_nothing_is_called_sent_and_the_operator_hears(stage):
    sam = stage.youth_begins()
    for name in ("Vera", "Tom"):
        is_away(stage, name, MONTH_END)

    sam.types("/hulp").taps("Ik wil iemand spreken")

    assert sam.said.startswith("Ik kan nu geen bericht aan Vera of Tom geven. Daarom vraag ik je niets.")
    assert "Waarover wil je praten?" not in sam.ever
    assert "113" in sam.said
    assert sam.last.labels == ["Het gaat over mijn begeleider", "Klaar", "Later"]
    assert "Ik kan nu geen bericht aan Vera geven." in sam.types("/hulp").said


def test_when_both_go_away_while_somebody_types_nothing_is_called_sent(stage):
    sam = stage.youth_begins().types("/hulp").taps("Ik wil iemand spreken")
    for name in ("Vera", "Tom"):
        is_away(stage, name, MONTH_END)

    sam.taps("Even praten")

    assert "Ik heb het niet verstuurd." in sam.said
    assert not stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))


def test_what_has_waited_too_long_does_not_go_to_a_colleague_who_is_away(stage):
    sam = has_sent(stage)
    is_away(stage, "Tom", at("2026-12-04 09:00"))

    stage.passes("2026-11-25 12:00")

    assert newest(stage, sam).recipient_id == staff_id(stage, "Vera")
    assert "nobody_reads" in stage.alarms


# Nothing was heard of somebody for ninety days


@pytest.fixture
def silent(stage):
    """A Monday in February: nothing was heard of anybody but Sam since November."""
    sam = stage.youth_begins()
    stage.passes("2027-02-22 12:00")
    return sam.taps("Ja, dit ben ik nog")


def test_somebody_who_answered_lately_comes_before_somebody_in_doubt(stage, silent):
    stage.of("Tom").types("Menu").taps("Ja, dit ben ik nog")

    silent.types("/hulp").taps("Ik wil iemand spreken", "Even praten")

    assert silent.said.startswith("Verstuurd naar Tom.")


def test_when_everybody_is_in_doubt_a_neutral_message_waits_for_the_owner_of_the_account(stage, silent):
    silent.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    assert silent.said.startswith("Verstuurd naar Vera.")
    stage.passes(timedelta(minutes=1))

    vera = stage.of("Vera")
    assert "Sam" not in vera.last.text
    vera.taps("Lees")
    assert vera.said.startswith("Een korte vraag: is dit nog jouw account")
    vera.taps("Ja, dit ben ik nog")
    assert "Even praten" in reads(vera)


# The one who was named goes away before it is sent


def named_vera(stage):
    """Sam was asked what it is about, by a question that names Vera; then Vera goes away."""
    sam = stage.youth_begins().types("/hulp").taps("Ik wil iemand spreken")
    assert sam.said.startswith("Ik stuur Vera een bericht dat je wilt praten.")
    is_away(stage, "Vera", MONTH_END)
    return sam


def test_a_wish_to_talk_goes_to_nobody_but_the_one_who_was_named(stage):
    sam = named_vera(stage).types("Over mijn broer")

    assert "Nu leest Tom je bericht. Ik heb nog niets verstuurd." in sam.said
    assert "verstuurd. Dit staat erbij: Over mijn broer\n\nWil je" in sam.said
    assert not stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))

    assert sam.taps("Sturen").said.startswith("Verstuurd naar Tom.")
    stage.passes("2026-11-23 09:05")
    assert "Over mijn broer" in reads(stage.of("Tom"))


def test_a_wish_to_talk_can_be_kept_back_when_somebody_else_would_read_it(stage):
    sam = named_vera(stage).taps("Even praten", "Toch niet sturen")

    assert sam.said == "Oké. Ik heb niets verstuurd."
    assert not stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))


def test_who_said_nothing_about_it_is_shown_the_new_name_only(stage):
    sam = named_vera(stage).taps("Zeg ik liever niet")

    assert "verstuurd.\n\nWil je het zo sturen?" in sam.said


def test_a_question_that_is_shown_again_names_the_same_one(stage):
    sam = named_vera(stage).types("/hulp")
    sam.taps("Terug")

    assert sam.said.startswith("Ik stuur Vera een bericht dat je wilt praten.")
    assert "Nu leest Tom je bericht." in sam.taps("Even praten").said


def test_an_answer_back_goes_to_nobody_but_the_one_who_was_named(stage):
    has_sent(stage)
    stage.passes("2026-11-23 09:30")
    opens(stage.of("Vera"))
    stage.of("Vera").taps("Antwoord").types("Zie ik je dinsdag?")
    stage.passes(HELD_FOR)
    sam = stage.of("Sam").taps("Lees", "Antwoord")
    assert sam.said.startswith("Typ je antwoord aan Vera.")
    is_away(stage, "Vera", MONTH_END)
    sam.types("Ja hoor")

    assert "Nu leest Tom je antwoord." in sam.said
    assert "Dit stuur ik: Ja hoor" in sam.said
    assert not stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))
    assert sam.taps("Sturen").said.startswith("Verstuurd naar Tom.")


def test_words_about_the_professional_go_to_nobody_but_the_one_who_was_named(stage):
    adds_staff(stage, "Ria", "confidant")
    sam = stage.youth_begins().types("/hulp").taps("Het gaat over mijn begeleider")
    assert "Dit gaat naar Ria." in sam.said
    is_away(stage, "Ria", MONTH_END)
    sam.types("Ik wil iemand anders")

    assert "Er is iets veranderd." in sam.said
    assert "Dit staat erbij: Ik wil iemand anders" in sam.said
    assert "Nu leest Noor dit. Vera krijgt het niet." in sam.said
    assert not stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))
    assert "Noor krijgt" in sam.taps("Sturen").said


def test_the_preview_that_was_answered_keeps_the_name_it_had(stage):
    has_prepared_plan(stage)
    sam = tells(did(stage))
    asked = sam.last
    is_away(stage, "Vera", MONTH_END)
    sam.taps("Sturen")

    assert asked.text.startswith("Dit stuur ik naar Vera, als jij dat wilt:")
    assert asked.text.endswith("Sturen")


# What was passed once is passed again


def test_what_comes_back_to_somebody_is_said_to_them_again(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:05")
    assert len(waiting(stage.of("Vera"))) == 1
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    stage.passes("2026-11-23 09:10")
    assert len(waiting(stage.of("Tom"))) == 1
    back(stage, "Vera")
    stage.of("Tom").types("Menu").taps("Afwezig", "Een week")
    stage.passes("2026-11-23 09:15")

    assert newest(stage, sam).recipient_id == staff_id(stage, "Vera")
    assert len(waiting(stage.of("Vera"))) == 2
    assert HAPPENED in reads(stage.of("Vera"))


def test_whoever_takes_over_has_two_working_days_and_then_it_goes_on(stage):
    sam = has_sent(stage)
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Alleen vandaag")
    stage.passes("2026-11-24 12:00")
    stage.of("Vera").types("Menu").taps("Afwezig", "Een week")
    back(stage, "Vera")
    assert newest(stage, sam).recipient_id == staff_id(stage, "Tom")
    stage.passes("2026-11-25 08:59")
    assert newest(stage, sam).recipient_id == staff_id(stage, "Tom")

    stage.passes("2026-11-25 09:01")
    assert newest(stage, sam).recipient_id == staff_id(stage, "Vera")
    stage.passes("2026-11-27 09:01")
    # It goes over once: what both leave is for the coordinator to ask about.
    assert newest(stage, sam).recipient_id == staff_id(stage, "Vera")
    assert "Het is nu bij Vera." in stage.of("Noor").taps("Lees").said
    assert HAPPENED in reads(stage.of("Vera"))


def test_whoever_goes_away_reads_that_what_is_not_handled_stays_with_the_colleague(stage):
    vera = stage.of("Vera").types("Menu").taps("Afwezig")

    assert "Alles wat nog niet is afgehandeld, gaat meteen naar een collega." in vera.said
    assert "Dat komt later niet terug." in vera.said


def test_being_back_is_offered_only_to_who_is_away(stage):
    vera = stage.of("Vera").types("Menu").taps("Afwezig")
    assert "Weer aanwezig" not in vera.last.labels
    assert "Vakantie later" in vera.last.labels
    assert "Dan gaat er nu niets weg." in vera.said
    is_away(stage, "Vera", MONTH_END)

    assert "Weer aanwezig" in vera.types("Menu").taps("Afwezig").last.labels


def test_the_coordinator_sees_it_for_the_colleague_who_is_away(stage):
    is_away(stage, "Vera", MONTH_END)
    noor = stage.of("Noor").types("Menu").taps("Afwezig", "Tom")
    assert "Weer aanwezig" not in noor.last.labels

    assert "Weer aanwezig" in noor.types("Menu").taps("Afwezig", "Vera").last.labels
