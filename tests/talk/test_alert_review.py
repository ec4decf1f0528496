"""Alerts when something changed meanwhile: a silent colleague, a lost phone, a new shift, a stronger answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import items
from tests.talk import alarm
from tests.talk.alarm import (
    called,
    course,
    decides,
    is_away,
    latest,
    on_call,
    raises,
    sent_to,
    staff_id,
    takes,
)
from tests.talk.care import DANGER, alerts
from tests.talk.stage import at

QUESTION = "Een korte vraag: is dit nog jouw account voor Join Us?"
SILENT = ("Vera", "Tom", "Amira", "Bas", "Joost")
QUIET = "Er wacht een bericht. Het is niet dringend."


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def colleague(stage, name):
    noor = stage.of("Noor").types("Menu").taps("Collega's")
    if "Tik je code" in noor.said:
        noor.taps_code()
    return noor.taps(name)


def plans_duty_today(stage, name):
    noor = stage.of("Noor").types("Menu").taps("Rooster")
    if "Tik je code" in noor.said:
        noor.taps_code()
    noor.taps("Iemand toevoegen")
    return noor.taps(noor.last.labels[0], name)


# A colleague of whom nothing was heard for ninety days


def test_an_alert_reaches_staff_who_were_silent_for_ninety_days_without_a_name(stage, sam):
    stage.passes("2027-02-22 12:00")
    sam.taps("Ja, dit ben ik nog")

    raised = raises(stage, sam)

    vera = stage.of("Vera")
    assert (str(raised.holder.name), raised.when) == ("Vera", "now")
    assert vera.said == "Er is een dringend bericht. Kijk nu."
    assert vera.taps("Kijk nu").said.startswith(QUESTION)
    assert "Sam kan nu" not in vera.ever
    vera.taps("Ja, dit ben ik nog")
    assert "Dit kun je nu doen voor Sam" in "\n".join(takes(vera).texts)


def test_operator_and_coordinator_hear_once_of_an_account_in_doubt(stage, sam):
    stage.passes("2027-02-16 12:00")
    noor = stage.of("Noor").types("Menu")
    stage.passes("2027-03-20 12:00")

    assert stage.alarms.count("staff_unconfirmed") == len(SILENT)
    without_joost = len(SILENT) - 1  # who belongs to no organisation
    assert noor.texts.count("Er is nieuws over een account.") == without_joost


def test_who_disowns_the_account_gets_no_alert(stage, sam):
    stage.passes("2027-02-22 12:00")
    sam.taps("Ja, dit ben ik nog")
    stage.of("Vera").taps("Nee, ik ben iemand anders")

    assert str(raises(stage, sam).holder.name) == "Tom"
    assert called(stage.of("Vera")) == 0


# A wish for contact with somebody who has no list


def test_a_wish_for_contact_reaches_a_coordinator_by_a_quiet_message(stage, sam):
    for name in ("Vera", "Tom"):
        stage.of(name).blocks()
    stage.passes("2026-11-21 12:00")

    raised = raises(stage, sam, "p3")

    noor = stage.of("Noor")
    assert str(raised.holder.name) == "Noor"
    assert QUIET not in noor.ever
    stage.passes("2026-11-23 09:01")
    assert QUIET in noor.ever
    assert called(noor) == 0


def test_a_wish_for_contact_nobody_opened_is_said_after_a_working_day_and_then_to_the_operator(stage, sam):
    raises(stage, sam, "p3")
    vera = stage.of("Vera")
    stage.passes("2026-11-24 08:59")
    assert QUIET not in vera.ever

    stage.passes("2026-11-24 09:01")
    assert vera.texts.count(QUIET) == 1
    assert "nobody_reads" not in stage.alarms
    stage.passes("2026-11-26 09:01")
    assert "nobody_reads" in stage.alarms


def test_a_wish_for_contact_that_was_taken_on_is_not_said_again(stage, sam):
    raises(stage, sam, "p3")
    stage.passes("2026-11-24 09:01")
    stage.of("Vera").taps("Kijk nu", "Gezien, ik pak het op")
    count = stage.of("Vera").ever.count(QUIET)

    stage.passes("2026-12-01 12:00")

    assert stage.of("Vera").ever.count(QUIET) == count


# A stronger answer after silence


def test_a_stronger_answer_raises_the_same_alert_and_not_this_person_moves_it_whole(stage, sam):
    sam.types(DANGER)
    stage.passes(timedelta(minutes=11))
    assert alerts(stage)[0].level == "p2"

    sam.taps("Ja, nu")
    assert [one.level for one in alerts(stage)] == ["p1"]
    assert called(stage.of("Vera")) == 2
    sam.taps("Niet deze persoon")

    tom = stage.of("Tom")
    assert "Dit bericht is gewist." in stage.of("Vera").texts
    assert not stage.of("Vera").has("Kijk nu")
    assert DANGER in takes(tom).taps("Lees de woorden").taps_code().said
    assert [alerts(stage)[0].recipient_id] == [staff_id(stage, "Tom")]


# A phone that is lost


def test_an_alert_on_a_lost_phone_goes_to_the_next_at_once(stage, sam):
    raises(stage, sam)

    colleague(stage, "Vera").taps("Telefoon kwijt of gestolen")

    assert sent_to(stage) == ["Vera", "Tom"]
    assert "staff_blocked" in stage.alarms


def test_somebody_elses_phone_passes_it_on_too(stage, sam):
    stage.passes("2027-02-22 12:00")
    sam.taps("Ja, dit ben ik nog")
    raises(stage, sam)

    stage.of("Vera").taps("Kijk nu", "Nee, ik ben iemand anders")

    assert sent_to(stage) == ["Vera", "Tom"]


def test_on_a_new_phone_what_waits_is_said_again(stage, sam):
    raises(stage, sam)
    number = staff_id(stage, "Vera")
    link = stage.invitation(number)

    phone = stage.phone("Vera2").opens(link)

    assert called(phone) == 1
    assert sent_to(stage) == ["Vera", "Tom"]


# Somebody comes on call


def test_an_alert_of_the_night_reaches_whoever_begins_a_shift(stage, sam):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-22 09:00"), at("2026-11-23 09:00"))
    stage.passes("2026-11-21 23:30")
    assert raises(stage, sam).when == "later"
    stage.passes("2026-11-22 08:59")
    assert called(stage.of("Bas")) == 0

    stage.passes("2026-11-22 09:01")

    assert called(stage.of("Bas")) == 1
    assert stage.reads(lambda conn: items.load(conn, latest(stage).item_id)).recipient_id == staff_id(
        stage, "Bas"
    )


def test_who_is_put_on_the_roster_now_hears_of_it_at_once(stage, sam):
    decides(stage, "roster")
    stage.passes("2026-11-21 23:30")
    raises(stage, sam)
    plans_duty_today(stage, "Bas")
    stage.ticks()

    assert called(stage.of("Bas")) == 1


def test_who_is_back_on_a_saturday_has_what_nobody_had(stage, sam):
    for name in ("Vera", "Tom", "Noor"):
        is_away(stage, name, at("2026-11-27 09:00"))
    stage.passes("2026-11-21 12:00")
    stage.alarms.clear()
    assert raises(stage, sam).when == "nobody"
    assert stage.alarms == ["alert_reaches_nobody"]

    stage.of("Vera").types("Menu").taps("Afwezig", "Weer aanwezig")
    stage.ticks()

    assert called(stage.of("Vera")) == 1
    assert ("sent", "Vera") in course(stage)
    assert alarm.latest(stage).state == "sent"
