"""A holiday of a professional: who reads is asked two weeks before, youngsters hear it once, nobody is left alone."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from bot.storage import alarms, duty, handles, holidays, items, people
from bot.storage.schema_alerts import absence
from bot.storage.schema_people import account
from bot.storage.schema_programme import organisation
from tests.talk.alarm import adds_staff, reloads, staff_id, turn_of
from tests.talk.journeys import HAPPENED, has_sent, reads
from tests.talk.stage import CODE, at

# Friday 20 November 2026, 12:00. Monday 21 December is more than two weeks away.
CHRISTMAS = ("maandag 21 dec", "maandag 21 dec", "Twee weken")


def plans(stage, name="Vera", week=CHRISTMAS[0], day=CHRISTMAS[1], long=CHRISTMAS[2], by=None):
    phone = stage.of(by or name).types("Menu").taps("Afwezig")
    if by:
        phone.taps(name)
    return phone.taps("Vakantie later", "Nieuwe vakantie", week, day, long)


def opens_holidays(stage, name="Vera"):
    return stage.of(name).types("Menu").taps("Afwezig", "Vakantie later")


def running(stage, name="Vera"):
    return stage.reads(lambda conn: holidays.of_person(conn, staff_id(stage, name), stage.now))


def asked(stage, name="Vera"):
    """The question who reads, as it stands in the chat."""
    return stage.of(name).sees("Weet ik nog niet")


def news(phone):
    """What the youngster reads of a holiday."""
    return phone.taps("Lees").sees("Ik wil iemand spreken").text


def told(stage, phone):
    return sum("Vera is er" in text for one in (*phone.gone, *phone.shown) for text in one.ever)


def days_off(stage, *names, first="2026-12-24 00:00", last="2026-12-24 23:59"):
    """People are away that day without anybody standing in."""

    def away(conn):
        for name in names:
            number = staff_id(stage, name)
            conn.execute(
                insert(absence).values(
                    person_id=number, begins_at=at(first), ends_at=at(last), noted_by=number
                )
            )

    stage.writes(away)


def rung(stage):
    """How often the operator heard of days without a reader."""
    kept = stage.reads(lambda conn: alarms.latest(conn, at("2026-11-01 00:00")))
    return sum(one.kind == "days_unread" for one in kept)


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


# Planning


def test_a_holiday_is_planned_in_taps_and_the_question_comes_two_weeks_before(stage, sam):
    vera = plans(stage)
    assert "Vera is er niet: maandag 21 december tot en met zondag 3 januari." in vera.said
    assert "Op maandag 7 december komt de vraag wie leest." in vera.said

    stage.passes("2026-12-07 09:59")
    assert "Wie leest" not in vera.said
    stage.passes("2026-12-07 10:01")
    shown = asked(stage)
    assert "Je bent er niet: maandag 21 december tot en met zondag 3 januari." in shown.text
    assert "Wie leest dan wat één jongere stuurt?" in shown.text
    assert shown.labels[0] == "Tom"


def test_whoever_was_chosen_gets_the_card_and_the_youngster_names_and_days(stage):
    sam = has_sent(stage)
    plans(stage)
    stage.passes("2026-12-07 10:01")
    asked(stage)
    stage.of("Vera").taps("Tom")
    assert "Tom leest dan." in stage.of("Vera").said
    stage.passes("2026-12-07 17:00")

    tom = stage.of("Tom")
    assert "Jij leest dan voor één jongere." in tom.ever
    assert "Sam" not in tom.sees("Lees").text
    tom.taps("Lees").taps_code(CODE)
    card = tom.sees("Gezien")
    assert "Sam is begonnen" in card.text
    assert "Een groet per dag" in card.text
    assert "hoe een stap ging" in card.text
    assert HAPPENED not in card.text
    assert card.message.protect
    said = news(sam)
    assert "Vera is er niet van maandag 21 december tot en met zondag 3 januari." in said
    assert "Tom leest dan wat je stuurt." in said
    assert "Vanaf maandag 4 januari is Vera er weer." in said
    assert "verandert" not in said


def test_in_the_holiday_what_is_sent_goes_to_who_stands_in(stage, sam):
    plans(stage, week="maandag 30 nov", day="maandag 30 nov", long="Een week")
    stage.of("Vera").taps("Wie leest", "Amira")
    assert "Amira leest dan." in stage.of("Vera").said
    stage.passes("2026-11-30 09:30")

    sam.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    assert "Verstuurd naar Amira." in sam.said
    stage.passes("2026-12-07 09:30")
    sam.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    assert "Verstuurd naar Vera." in sam.said


def test_what_waits_when_it_begins_goes_to_who_stands_in(stage):
    sam = has_sent(stage)
    plans(stage, week="maandag 23 nov", day="dinsdag 24 nov", long="Een week")
    stage.of("Vera").taps("Wie leest", "Amira")
    stage.passes("2026-11-24 09:30")

    assert stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam)))[-1].recipient_id == staff_id(
        stage, "Amira"
    )
    assert HAPPENED in reads(stage.of("Amira"))


def test_the_question_comes_at_once_when_the_holiday_is_near(stage, sam):
    vera = plans(stage, week="maandag 30 nov", day="maandag 30 nov", long="Een week")

    assert "Er is nog niet gekozen wie leest." in vera.said
    vera.taps("Wie leest", "Tom")
    assert "Tom leest dan." in vera.said


def test_a_coordinator_plans_for_a_colleague_who_is_asked(stage, sam):
    noor = plans(stage, "Vera", "maandag 30 nov", "maandag 30 nov", "Een week", by="Noor")
    assert "Vera is er niet: maandag 30 november tot en met zondag 6 december." in noor.said
    noor.taps("Klaar") if "Klaar" in noor.last.labels else None
    stage.passes("2026-11-23 09:05")

    assert "Je bent er niet: maandag 30 november" in asked(stage).text


def test_who_has_no_youngsters_is_not_asked(stage):
    noor = stage.of("Noor").types("Menu").taps("Afwezig", "Noor", "Vakantie later", "Nieuwe vakantie")
    noor.taps("maandag 23 nov", "dinsdag 24 nov", "Een week", "Klaar")
    stage.passes("2026-11-27 12:00")

    assert "Wie leest" not in noor.ever


# What cannot be


def test_a_first_day_that_is_past_by_now_is_refused_with_the_way_out(stage, sam):
    vera = stage.of("Vera").types("Menu").taps("Afwezig", "Vakantie later", "Nieuwe vakantie")
    vera.taps("maandag 23 nov", "maandag 23 nov")
    stage.passes("2026-11-24 10:00")
    vera.taps("Een week")

    assert "Die eerste dag is geweest of is vandaag." in vera.sees("Andere dagen").text
    assert running(stage) == []
    vera.taps("Andere dagen", "maandag 30 nov", "maandag 30 nov", "Een week")
    assert len(running(stage)) == 1


def test_an_end_before_the_beginning_cannot_be_chosen_and_is_refused(stage, sam):
    vera = stage.of("Vera").types("Menu").taps("Afwezig", "Vakantie later", "Nieuwe vakantie")
    vera.taps("maandag 21 dec", "maandag 21 dec", "Tot een andere dag")
    assert vera.last.labels[0] == "maandag 21 dec"
    data = vera.last.message.rows[0][0].data.rpartition(".")[0]
    vera.taps_data(f"{data}.2026-12-20")

    assert running(stage) == []


def test_two_holidays_that_overlap_are_refused_with_both_ways_out(stage, sam):
    plans(stage)
    vera = plans(stage, week="maandag 28 dec", day="woensdag 30 dec", long="Een week")

    assert "In die dagen staat al een vakantie." in vera.said
    assert "maandag 21 december tot en met zondag 3 januari" in vera.said
    assert len(running(stage)) == 1


def test_a_colleague_who_is_away_in_those_days_is_not_offered(stage, sam):
    plans(stage, "Tom", "maandag 28 dec", "woensdag 30 dec", "Alleen die dag")
    plans(stage)
    stage.passes("2026-12-07 10:01")

    assert "Tom" not in asked(stage).labels
    assert "Amira" in asked(stage).labels


def test_a_colleague_who_went_away_meanwhile_is_refused(stage, sam):
    plans(stage)
    stage.passes("2026-12-07 10:01")
    asked(stage)
    days_off(stage, "Tom")
    stage.of("Vera").taps("Tom")

    assert "Die collega is er een van de dagen niet." in stage.of("Vera").said
    stage.of("Vera").taps("Iemand anders", "Amira")
    assert running(stage)[0].reader_id == staff_id(stage, "Amira")


def test_a_colleague_of_another_organisation_is_neither_offered_nor_taken(stage, sam):
    adds_staff(stage, "Bo", "professional")

    def elsewhere(conn):
        number = conn.execute(
            insert(organisation).values(key="elders", name="Elders").returning(organisation.c.id)
        ).scalar_one()
        people.change(conn, staff_id(stage, "Bo"), organisation_id=number)

    stage.writes(elsewhere)
    plans(stage)
    stage.passes("2026-12-07 10:01")
    shown = asked(stage)
    assert "Bo" not in shown.labels

    def forged(conn):
        return handles.add(
            conn, "f" * 32, staff_id(stage, "Vera"), "reader", staff_id(stage, "Bo"), stage.now
        )

    stage.writes(forged)
    assert stage.reads(lambda conn: duty.absent_until(conn, staff_id(stage, "Bo"), stage.now)) is None
    one = running(stage)[0]
    from bot.conversation import holidays as rules

    vera = stage.reads(lambda conn: people.load(conn, staff_id(stage, "Vera")))
    assert not turn_of(stage, lambda turn: rules.choose(turn, vera, one, "colleague", staff_id(stage, "Bo")))


def test_a_professional_plans_only_their_own(stage, sam):
    plans(stage)
    one = running(stage)[0]
    stage.writes(
        lambda conn: handles.add(conn, "e" * 32, staff_id(stage, "Tom"), "absence", one.id, stage.now)
    )
    tom = opens_holidays(stage, "Tom")

    assert "Er is geen vakantie gepland." in tom.said


# Changes after it was told: heard once


@pytest.fixture
def known(stage, sam):
    """Tom reads, and Sam has read so."""
    plans(stage)
    stage.passes("2026-12-07 10:01")
    asked(stage)
    stage.of("Vera").taps("Tom", "Klaar")
    stage.passes("2026-12-07 17:00")
    sam.taps("Lees", "Oké")
    return sam


def picks(stage, *taps):
    vera = opens_holidays(stage)
    return vera.taps("Vera, maandag 21 dec", *taps)


def test_other_days_are_told_once(stage, known):
    before = told(stage, known)
    picks(stage, "Andere dagen", "maandag 28 dec", "maandag 28 dec", "Een week")
    picks2 = opens_holidays(stage).taps("Vera, maandag 28 dec", "Andere dagen", "maandag 21 dec")
    picks2.taps("dinsdag 22 dec", "Een week")
    stage.passes("2026-12-08 18:00")
    said = news(known)

    assert said.startswith("Er is iets veranderd.")
    assert "van dinsdag 22 december tot en met maandag 28 december" in said
    stage.passes("2026-12-20 18:00")
    assert told(stage, known) == before + 1


def test_withdrawn_is_told_once_and_the_colleague_hears_it_too(stage, known):
    before = told(stage, known)
    picks(stage, "Intrekken")
    stage.passes("2026-12-08 18:00")

    assert "Vera is er vanaf maandag 21 december toch wel." in news(known)
    assert "Je leest toch niet voor Vera" in stage.of("Tom").ever
    stage.passes("2026-12-23 12:00")
    assert told(stage, known) == before + 1
    assert stage.reads(lambda conn: duty.absent_until(conn, staff_id(stage, "Vera"), stage.now)) is None


def test_withdrawing_is_undone_before_anybody_heard_of_it(stage, known):
    before = told(stage, known)
    picks(stage, "Intrekken").taps("Toch wel vakantie")
    stage.passes("2026-12-09 18:00")

    assert told(stage, known) == before
    assert running(stage)[0].reads == "backup"


def test_what_was_withdrawn_before_it_was_told_is_never_mentioned(stage, sam):
    plans(stage)
    picks(stage, "Intrekken")
    stage.passes("2026-12-23 12:00")

    assert told(stage, sam) == 0


def test_planning_is_undone_on_the_spot(stage, sam):
    plans(stage).taps("Toch niet")

    assert running(stage) == []


def test_another_reader_is_told_once(stage, known):
    before = told(stage, known)
    picks(stage, "Wie leest", "Amira")
    stage.passes("2026-12-08 18:00")

    assert "Amira leest dan wat je stuurt." in news(known)
    stage.passes("2026-12-20 18:00")
    assert told(stage, known) == before + 1


def test_back_earlier_is_told(stage, known):
    stage.passes("2026-12-22 10:00")
    stage.of("Vera").types("Menu").taps("Afwezig", "Weer aanwezig")
    stage.passes("2026-12-22 18:00")

    assert "Vera is er weer, eerder dan gedacht." in news(known)


def test_back_earlier_is_undone(stage, known):
    stage.passes("2026-12-22 10:00")
    vera = opens_holidays(stage).taps("Vera, maandag 21 dec", "Nu al terug")
    known.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    assert "Verstuurd naar Vera." in known.said
    vera.taps("Toch wel vakantie")

    known.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    assert "Verstuurd naar Tom." in known.said


def test_a_holiday_that_runs_ends_on_another_day(stage, known):
    stage.passes("2026-12-22 10:00")
    vera = opens_holidays(stage).taps(
        "Vera, maandag 21 dec", "Andere dagen", "maandag 21 dec", "maandag 21 dec"
    )
    vera.taps("Een week")
    stage.passes("2026-12-22 18:00")

    assert "tot en met zondag 27 december" in news(known)
    assert running(stage)[0].days.last.isoformat() == "2026-12-27"


def test_a_day_ill_during_the_holiday_does_not_end_it(stage, known):
    stage.passes("2026-12-22 10:00")
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Alleen vandaag")
    stage.passes("2026-12-24 10:00")

    known.types("/hulp").taps("Ik wil iemand spreken", "Even praten")
    assert "Verstuurd naar Tom." in known.said


def test_being_back_today_leaves_a_later_holiday_planned(stage, sam):
    plans(stage)
    stage.of("Vera").types("Menu").taps("Afwezig", "Alleen vandaag")
    stage.of("Vera").types("Menu").taps("Afwezig", "Weer aanwezig")

    assert len(running(stage)) == 1


def test_at_the_end_nothing_more_is_said(stage, known):
    before = told(stage, known)
    stage.passes("2027-01-05 12:00")

    assert told(stage, known) == before


# The colleague cannot


def test_the_colleague_says_no_and_the_question_comes_again(stage, sam):
    plans(stage)
    stage.passes("2026-12-07 10:01")
    asked(stage)
    stage.of("Vera").taps("Tom", "Klaar")
    stage.passes("2026-12-07 11:00")
    stage.of("Tom").taps("Lees").taps_code(CODE).taps("Ik kan dan niet")
    assert "Vera krijgt de vraag opnieuw." in stage.of("Tom").said
    stage.ticks()

    assert "Tom kan dan niet lezen." in asked(stage).text or "Je bent er niet" in asked(stage).text
    assert running(stage)[0].reads is None


def test_a_colleague_who_plans_a_holiday_in_those_days_is_replaced(stage, known):
    plans(stage, "Tom", "maandag 21 dec", "dinsdag 22 dec", "Alleen die dag").taps("Toch deze dagen")
    stage.passes("2026-12-08 09:30")

    assert running(stage)[0].reads is None
    assert "Amira" in asked(stage).labels


def test_a_colleague_who_was_removed_is_replaced(stage, sam):
    plans(stage)
    stage.passes("2026-12-07 10:01")
    asked(stage)
    stage.of("Vera").taps("Amira", "Klaar")
    stage.writes(
        lambda conn: people.set_account_state(
            conn,
            conn.execute(
                select(account.c.id).where(account.c.person_id == staff_id(stage, "Amira"))
            ).scalar_one(),
            "blocked",
        )
    )
    stage.passes("2026-12-08 09:30")

    assert running(stage)[0].reads is None
    assert "Amira" not in asked(stage).labels


def test_everything_lies_in_the_database_alone(stage, sam, tmp_path):
    plans(stage)
    stage.passes("2026-12-07 10:01")
    asked(stage)
    reloads(stage, tmp_path)
    stage.of("Vera").taps("Tom")

    assert running(stage)[0].reads == "backup"


# Days without a reader


def test_the_coordinator_sees_every_day_without_a_reader(stage, sam):
    days_off(stage, "Vera", "Tom")
    noor = stage.of("Noor").types("Menu").taps("Dagen zonder lezer")

    assert "donderdag 24 december: één jongere van Join Us 18-25." in noor.said
    assert "Er niet: Vera, Tom." in noor.said
    assert "Sam" not in noor.said


def test_without_such_days_it_says_so(stage, sam):
    noor = stage.of("Noor").types("Menu").taps("Dagen zonder lezer")

    assert "De komende acht weken leest er elke werkdag iemand." in noor.said


def test_inside_it_is_an_alarm_and_a_line_to_the_coordinator_once(stage, sam):
    days_off(stage, "Vera", "Tom")
    stage.passes("2026-12-09 12:00")
    assert rung(stage) == 0
    stage.passes("2026-12-10 12:00")
    assert rung(stage) == 1
    noor = stage.of("Noor")
    assert "donderdag 24 december: één jongere" in noor.taps("Lees").taps_code(CODE).said
    stage.passes("2026-12-15 12:00")
    assert rung(stage) == 1

    stage.passes("2026-12-24 12:00")
    assert rung(stage) == 2


def test_the_coordinator_chooses_who_reads_and_the_days_are_covered(stage, sam):
    plans(stage, "Tom", "maandag 21 dec", "maandag 21 dec", "Een week")
    plans(stage)
    noor = stage.of("Noor").types("Menu").taps("Dagen zonder lezer")
    assert "maandag 21 december tot en met vrijdag 25 december: één jongere" in noor.said
    noor.taps("Vera, maandag 21 dec", "Amira", "Klaar")

    assert "elke werkdag iemand" in noor.types("Menu").taps("Dagen zonder lezer").said
    assert rung(stage) == 0


def test_a_youngster_hears_honestly_that_perhaps_nobody_reads(stage, sam):
    plans(stage, "Tom", "maandag 21 dec", "donderdag 24 dec", "Alleen die dag")
    plans(stage)
    stage.passes("2026-12-14 17:00")
    said = news(sam)

    assert "Tom leest dan wat je stuurt." in said
    assert "Op deze dagen leest misschien niemand:\n• donderdag 24 december" in said


# Admission


def test_nobody_is_invited_while_both_are_away(stage):
    days_off(stage, "Vera", "Tom", first="2026-11-26 00:00", last="2026-11-27 08:00")
    vera = stage.of("Vera").types("Menu").taps("Jongere uitnodigen").types("Kim")
    vera.taps("2005", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")

    assert "Op deze dagen leest nog niemand: donderdag 26 november." in vera.said
    assert "Menu, Afwezig" in vera.said
    assert stage.reads(lambda conn: people.named(conn, "Kim")) == []

    vera.taps("Terug", "Op de wachtlijst")
    assert len(stage.reads(lambda conn: people.named(conn, "Kim"))) == 1


def test_with_somebody_standing_in_people_come_in(stage):
    plans(stage, "Tom", "maandag 30 nov", "maandag 30 nov", "Een week")
    plans(stage, "Vera", "maandag 30 nov", "maandag 30 nov", "Een week")
    vera = stage.of("Vera").types("Menu").taps("Jongere uitnodigen").types("Kim")
    vera.taps("2005", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")
    assert "Op deze dagen leest nog niemand" in vera.said

    stage.of("Noor").types("Menu").taps("Dagen zonder lezer", "Vera, maandag 30 nov", "Amira", "Klaar")
    vera.taps("Terug", "Klopt")
    assert "is klaar" in vera.said


def test_one_who_is_there_is_enough(stage):
    days_off(stage, "Vera", first="2026-11-26 00:00", last="2026-11-27 08:00")
    vera = stage.of("Vera").types("Menu").taps("Jongere uitnodigen").types("Kim")
    vera.taps("2005", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")

    assert "is klaar" in vera.said
