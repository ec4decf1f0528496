"""What cannot be sent to somebody without an account stands on a list of the professional, and is said in person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.storage import changes, due, errands, people
from bot.storage.schema_people import assignment
from tests.talk.test_assisted import makes, opens, read, signs, takes_part, with_code
from tests.talk.test_changed_evening import cancels, moves
from tests.talk.test_holiday import opens_holidays, plans

STEP = "Zeg hoi tegen een bekende"
DAY = date(2026, 12, 1)


@pytest.fixture
def vera(stage):
    return stage.of("Vera")


def opens_list(professional):
    professional.types("/doorgeven")
    return with_code(professional)


def waiting(stage, number):
    return stage.reads(lambda conn: errands.waiting(conn, [number]))


def kinds(stage, number):
    return {one.kind for one in waiting(stage, number)}


def test_a_reminder_of_an_evening_becomes_one_line_and_one_neutral_message(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")

    assert kinds(stage, number) == {"meeting_48h"}
    news = [one for one in vera.shown if "zelf door te geven" in one.text]
    assert len(news) == 1
    assert "Sam" not in news[0].text
    assert "Vraag of Sam komt." in read(vera, news[0]).said


def test_said_is_a_tap_and_can_be_taken_back(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens_list(vera).taps("1. Sam")
    assert "Er staat niets meer op de lijst." in vera.said
    assert waiting(stage, number) == []

    vera.taps("Toch niet")
    assert "Vraag of Sam komt." in vera.said
    assert len(waiting(stage, number)) == 1


def test_the_day_after_a_planned_step_there_is_a_line_to_ask(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "zaterdag 21")
    stage.passes("2026-11-22 09:00")
    assert "follow_up" not in kinds(stage, number)
    stage.passes("2026-11-22 12:00")

    assert "follow_up" in kinds(stage, number)
    assert f"vraag hoe het ging met: {STEP}." in opens_list(vera).said


def test_a_step_that_was_noted_already_is_not_asked_about(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "zaterdag 21", "Klaar", "Hoe ging het?", "Gedaan")
    stage.passes("2026-11-22 12:00")

    assert "follow_up" not in kinds(stage, number)


def test_a_cancelled_evening_is_said_and_then_counts_as_heard(stage, vera):
    number = takes_part(stage)
    cancels(vera).taps("Sturen")
    stage.ticks()
    assert kinds(stage, number) == {"meeting_cancelled"}
    said = opens_list(vera).said
    assert "gaat niet door" in said

    vera.taps("1. Sam")
    (made,) = stage.reads(lambda conn: changes.about(conn, stage.programme.groups["18-25"], DAY))
    assert stage.reads(lambda conn: changes.opened(conn, made, "made")) == {number}


def test_a_cancellation_that_was_taken_back_before_it_was_said_leaves_the_list(stage, vera):
    takes_part(stage)
    cancels(vera).taps("Sturen")
    stage.ticks()
    vera.taps("Naar de lijst", "dinsdag 1 dec", "Verandering intrekken", "Het kan nu toch.", "Vastleggen")
    stage.ticks()

    opens_list(vera)
    assert "gaat niet door" not in vera.said


def test_every_two_weeks_somebody_asks_how_it_goes(stage):
    number = takes_part(stage)
    stage.passes("2026-12-02 18:00")

    assert "two_weekly" in kinds(stage, number)


def test_without_consent_only_a_changed_evening_is_on_the_list(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Brief om te tekenen", "Jongere trekt het in", "Ja, noteren")
    stage.passes("2026-11-30 12:00")
    assert waiting(stage, number) == []

    cancels(vera).taps("Sturen")
    stage.ticks()
    assert kinds(stage, number) == {"meeting_cancelled"}


def test_the_colleague_sees_the_list_while_the_professional_is_away(stage):
    takes_part(stage)
    stage.passes("2026-11-30 12:00")

    assert "Vraag of Sam komt." in opens_list(stage.of("Tom")).said


def test_a_colleague_of_another_group_sees_an_empty_list(stage, vera):
    takes_part(stage)
    stage.passes("2026-11-30 12:00")

    assert "Er is niets om door te geven." in opens_list(stage.of("Amira")).said
    opens_list(vera)
    stage.of("Amira").taps_data(vera.last.button("1. Sam").data)
    assert stage.of("Amira").toast == "Deze knop werkt hier niet."


def test_with_an_account_of_their_own_the_list_is_empty_and_messages_come(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens(vera).taps("Eigen account", "Link maken")
    sam = stage.phone("Sam").opens(vera.said.partition("start=")[2].split()[0])
    sam.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")

    assert waiting(stage, number) == []
    stage.passes(timedelta(days=16))
    assert waiting(stage, number) == []
    assert [one for one in sam.texts if "bijeenkomst" in one.lower()]


def test_they_are_named_in_the_list_of_an_evening_and_can_be_noted_as_present(stage, vera):
    takes_part(stage)
    vera.types("Menu").taps("De bijeenkomst")
    with_code(vera)

    assert "Sam" in vera.said


def test_the_erasure_of_a_youngster_takes_the_list_with_it(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens(vera).taps("Inzien en wissen", "Alles wissen", "Ja, wis alles")
    stage.passes(timedelta(hours=60))

    assert stage.reads(lambda conn: people.find(conn, number)) is None
    assert waiting(stage, number) == []


def test_who_comes_to_try_is_told_in_person_and_asked_the_day_after(stage):
    number = makes(stage, phase="Eerst een oefenavond")
    signs(stage)
    stage.passes("2026-12-01 12:00")
    assert "trial_briefing" in kinds(stage, number)
    stage.passes("2026-12-02 18:00")

    assert "trial_day_after" in kinds(stage, number)
    assert "vraag hoe de oefenavond was. Wil Sam verder?" in opens_list(stage.of("Vera")).said


def test_a_change_of_group_at_eighteen_is_said_in_person(stage):
    amira = stage.of("Amira")
    number = makes(stage, "Kim", "Amira", ("2008", "december", "Vaardigheden", "Nee, alleen dit"))
    stage.passes("2026-11-23 12:00")
    step = next(one for one in amira.shown if "zes weken" in one.text)
    read(amira, step).taps("Join Us 18-25")

    assert "group_moves" in kinds(stage, number)
    assert "naar Join Us 18-25 gaat." in opens_list(amira).said


def test_that_the_emergency_card_was_opened_is_said_in_person(stage):
    number = takes_part(stage)
    about = {"view": 0}
    stage.writes(lambda conn: due.plan(conn, number, "card_told", "1", stage.now, None, about, stage.now))
    stage.ticks()

    assert "de noodkaart is geopend" in opens_list(stage.of("Vera")).said


def leaves(professional, *taps):
    professional.types("Menu").taps("Waar in het programma")
    return with_code(professional).taps("Sam", "Volgende stap", *taps)


def test_an_evening_that_moved_is_said_once_and_for_its_new_moment(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    assert kinds(stage, number) == {"meeting_48h"}
    moves(vera).taps("Sturen")
    stage.passes("2026-11-30 22:00")

    said = opens_list(vera).said
    assert said.count("Vraag of Sam komt.") <= 1
    assert "dinsdag 1 december, 19:00 is er een bijeenkomst" not in said


def test_a_line_about_an_evening_that_was_cancelled_leaves_the_list(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens_list(vera)
    stale = vera.last.button("1. Sam").data
    cancels(stage.of("Tom")).taps("Sturen")
    vera.taps_data(stale)
    assert "Dat is al gezegd of vervallen." in vera.ever

    stage.ticks()
    said = opens_list(vera).said
    assert "Vraag of Sam komt." not in said
    assert "gaat niet door" in said
    assert {one.kind for one in waiting(stage, number)} == {"meeting_48h", "meeting_cancelled"}


def test_an_evening_that_is_over_leaves_the_list(stage, vera):
    takes_part(stage)
    stage.passes("2026-11-30 12:00")
    assert "Vraag of Sam komt." in opens_list(vera).said
    stage.passes("2026-12-01 21:30")

    assert "Vraag of Sam komt." not in opens_list(vera).said


def test_of_who_stopped_nothing_is_asked_any_more(stage, vera):
    takes_part(stage)
    stage.passes("2026-12-02 18:00")
    assert "vraag hoe het gaat" in opens_list(vera).said
    leaves(vera, "gestopt", "geen tijd", "Vandaag", "Ja, noteren")

    assert "Er is niets om door te geven." in opens_list(vera).said


def test_who_stopped_before_it_was_said_need_not_hear_of_a_cancelled_evening(stage, vera):
    takes_part(stage)
    cancels(vera).taps("Sturen")
    stage.ticks()
    assert "gaat niet door" in opens_list(vera).said
    leaves(vera, "gestopt", "geen tijd", "Vandaag", "Ja, noteren")

    assert "Er is niets om door te geven." in opens_list(vera).said


def test_consent_that_was_taken_back_empties_what_was_still_to_be_asked(stage, vera):
    takes_part(stage)
    stage.passes("2026-11-30 12:00")
    assert "Vraag of Sam komt." in opens_list(vera).said
    opens(vera).taps("Brief om te tekenen", "Jongere trekt het in", "Ja, noteren")

    assert "Er is niets om door te geven." in opens_list(vera).said


# A holiday, and the questions after a goodbye


AWAY = "Sam: vertel dat Vera er niet is van maandag 30 november tot en met zondag 6 december. Amira is er dan wel."


def goes_away(stage):
    plans(stage, "Vera", "maandag 30 nov", "maandag 30 nov", "Een week")
    stage.of("Vera").taps("Wie leest", "Amira", "Klaar")
    stage.passes("2026-11-21 18:00")


def test_that_the_professional_goes_away_is_said_in_person(stage, vera):
    number = takes_part(stage)
    goes_away(stage)

    assert "holiday_told" in kinds(stage, number)
    assert AWAY in opens_list(vera).said


def test_a_holiday_that_was_withdrawn_before_it_was_said_leaves_the_list(stage, vera):
    number = takes_part(stage)
    goes_away(stage)
    withdraws(stage)
    stage.passes("2026-11-22 18:00")

    assert "holiday_told" not in kinds(stage, number)
    assert "Vera er" not in opens_list(vera).said


def test_a_holiday_that_was_said_and_then_withdrawn_is_said_too(stage, vera):
    takes_part(stage)
    goes_away(stage)
    opens_list(vera).taps("1. Sam")
    withdraws(stage)
    stage.passes("2026-11-22 18:00")

    assert "Sam: vertel dat Vera er vanaf maandag 30 november toch wel is." in opens_list(vera).said


def withdraws(stage):
    opens_holidays(stage).taps("Vera, maandag 30 nov", "Intrekken", "Klaar")


def test_after_a_goodbye_in_person_somebody_asks_twice_how_it_goes(stage, vera):
    number = takes_part(stage)
    leaves(vera, "uitstroom", "staat op eigen benen", "Vandaag", "Ja, noteren")
    leaves(vera, "nazorg", "zo gekozen", "Vandaag", "Ja, noteren")
    for day in ("2026-12-20", "2027-01-20", "2027-02-21"):
        stage.passes(f"{day} 12:00")
        vera.types("Menu")

    assert "aftercare" in kinds(stage, number)
    assert "Sam: vraag hoe het nu gaat." in opens_list(vera).said


def test_a_goodbye_in_person_ends_with_everything_erased_and_said_before(stage, vera):
    number = takes_part(stage)
    leaves(vera, "uitstroom", "staat op eigen benen", "Vandaag", "Ja, noteren")
    leaves(vera, "nazorg", "zonder vragen achteraf", "Vandaag", "Ja, noteren")
    for day in ("2026-11-24", "2026-11-28"):
        stage.passes(f"{day} 12:00")
        vera.types("Menu")
    assert "Sam: over een week wis ik alles over Sam." in opens_list(vera).said
    assert "aftercare" not in kinds(stage, number)
    stage.passes("2026-12-05 12:00")

    assert stage.reads(lambda conn: people.find(conn, number)) is None


def test_a_goodbye_in_person_that_was_a_mistake_erases_nothing(stage, vera):
    number = takes_part(stage)
    leaves(vera, "uitstroom", "staat op eigen benen", "Vandaag", "Ja, noteren")
    leaves(vera, "nazorg", "zo gekozen", "Vandaag", "Ja, noteren").taps("Terugdraaien")
    stage.passes("2027-08-01 12:00")

    assert stage.reads(lambda conn: people.find(conn, number)) is not None


def test_every_kind_that_is_said_in_person_has_a_sentence(stage):
    from bot.conversation.errands import SAID

    library = stage.world.library
    kinds_said = SAID | {"group_moves", "group_stays", "erase_waits", "card_told"}
    assert [one for one in kinds_said if not library.has_phrase(f"errand_{one}")] == []


def halts(stage, reason="Overleden"):
    noor = stage.of("Noor").types("Menu").taps("Stilzetten")
    return with_code(noor).taps("Sam", reason)


@pytest.mark.parametrize("reason", ["Overleden", "Opgenomen"])
def test_of_who_was_halted_nothing_is_on_the_list(stage, vera, reason):
    takes_part(stage)
    stage.passes("2026-11-30 12:00")
    assert "Vraag of Sam komt." in opens_list(vera).said
    halts(stage, reason)

    assert "Er is niets om door te geven." in opens_list(vera).said
    vera.types("Menu")
    assert not vera.has("Doorgeven")


def test_a_line_that_stands_open_is_not_told_of_who_was_halted_meanwhile(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens_list(vera)
    halts(stage)
    vera.taps("1. Sam")

    assert "Dat is al gezegd of vervallen." in vera.ever
    assert len(waiting(stage, number)) == 1


def test_not_said_after_all_counts_as_not_heard(stage, vera):
    number = takes_part(stage)
    cancels(vera).taps("Sturen")
    stage.ticks()
    opens_list(vera).taps("1. Sam", "Toch niet")

    (made,) = stage.reads(lambda conn: changes.about(conn, stage.programme.groups["18-25"], DAY))
    assert stage.reads(lambda conn: changes.opened(conn, made, "made")) == set()
    assert number not in stage.reads(lambda conn: changes.told(conn, made, "made"))
    vera.taps("1. Sam")
    assert stage.reads(lambda conn: changes.opened(conn, made, "made")) == {number}


def test_taking_back_asks_for_the_code_again(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens_list(vera).taps("1. Sam")
    stage.passes(timedelta(hours=1))
    vera.taps("Toch niet")

    assert "Tik je code" in vera.said
    assert "meeting_48h" not in kinds(stage, number)


def test_taking_back_is_for_who_still_looks_after_them(stage, vera):
    number = takes_part(stage)
    stage.passes("2026-11-30 12:00")
    opens_list(vera).taps("1. Sam")
    mine = (assignment.c.youth_id == number, assignment.c.professional_id == stage.programme.staff["Vera"])
    stage.writes(lambda conn: conn.execute(assignment.update().where(*mine).values(until=stage.now)))
    vera.taps("Toch niet")

    assert waiting(stage, number) == []


def test_a_late_tap_on_an_old_list_says_it_to_whom_it_names(stage, vera):
    sam, kim = takes_part(stage), takes_part(stage, name="Kim")
    stage.passes("2026-11-30 12:00")
    opens_list(vera)
    first, second = (vera.last.button(label).data for label in vera.last.labels[:2])
    names = [label.partition(". ")[2] for label in vera.last.labels[:2]]
    numbers = {"Sam": sam, "Kim": kim}
    vera.taps_data(first)
    vera.taps_data(first)
    assert waiting(stage, numbers[names[0]]) == []
    assert len(waiting(stage, numbers[names[1]])) == 1

    # On the list as it is now this row is the first.
    vera.taps_data(second)
    assert waiting(stage, numbers[names[1]]) == []
