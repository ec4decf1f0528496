"""The chain of an alert on a moved clock: level, hour, decision, who is away. Reloaded between any two steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation import alerting
from bot.storage import audit, journal, people
from bot.storage.schema_people import audit as audit_table
from tests.talk import alarm, kept
from tests.talk.alarm import (
    called,
    course,
    decides,
    is_away,
    latest,
    on_call,
    raises,
    reloads,
    sent_to,
    takes,
)
from tests.talk.stage import at

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def waits(stage, tmp_path, minutes):
    """Minute by minute, with a restart after each."""
    for _ in range(minutes):
        stage.passes(MINUTE)
        reloads(stage, tmp_path)


# Level p1 in working hours


def test_vera_then_tom_then_noor_then_everybody_every_quarter(stage, sam, tmp_path):
    raised = raises(stage, sam)
    assert (str(raised.holder.name), raised.when) == ("Vera", "now")
    heard: list[tuple[int, str]] = []
    for minute in range(1, 46):
        waits(stage, tmp_path, 1)
        heard += [(minute, who) for who in sent_to(stage)[1 + len(heard) :]]

    everybody = ["Vera", "Tom", "Noor"]
    assert heard == [
        (5, "Tom"), (10, "Noor"), *((15, who) for who in everybody), *((30, who) for who in everybody),
        *((45, who) for who in everybody),
    ]  # fmt: skip
    assert stage.alarms.count("alert_unseen") == 3
    assert "alert" not in stage.alarms


def test_the_notification_is_neutral_and_the_first_name_needs_no_code(stage, sam):
    raises(stage, sam)
    vera = stage.of("Vera")

    assert vera.said == "Er is een dringend bericht. Kijk nu."
    assert vera.last.message.protect
    assert not vera.last.message.silent
    assert vera.taps("Kijk nu").said.startswith("Sam kan nu hulp gebruiken.")
    assert alarm.WORDS not in vera.ever


def test_who_acknowledges_first_has_it_and_the_chain_stops(stage, sam, tmp_path):
    raises(stage, sam)
    waits(stage, tmp_path, 6)
    takes(stage.of("Tom"))
    waits(stage, tmp_path, 30)

    assert sent_to(stage) == ["Vera", "Tom"]
    assert stage.alarms == []
    assert "al door een collega opgepakt" in stage.of("Vera").taps("Kijk nu").said
    assert "Sam" not in stage.of("Vera").said


def test_after_the_maximum_the_youngster_hears_honestly_once(stage, sam, tmp_path):
    raises(stage, sam)
    waits(stage, tmp_path, 14)
    assert "Er is een bericht voor je." not in sam.ever
    waits(stage, tmp_path, 2)
    assert sam.said == "Er is een bericht voor je."

    sam.taps("Lees")

    assert "Nog niemand heeft het gezien." in sam.said
    assert "112" in sam.said
    assert "113" in sam.said
    waits(stage, tmp_path, 31)
    assert sum(what == "youth_told" for what, _ in course(stage)) == 1


@pytest.mark.parametrize("gone, heard", [
    (["Vera"], [(0, "Tom"), (10, "Noor")]),
    (["Tom"], [(0, "Vera"), (5, "Noor")]),
    (["Vera", "Tom"], [(0, "Noor")]),
])  # fmt: skip
@pytest.mark.parametrize("why", ["blocked", "away"])
def test_who_cannot_be_reached_is_passed_at_once(stage, sam, gone, heard, why):
    for name in gone:
        if why == "blocked":
            stage.of(name).blocks()
        else:
            is_away(stage, name, at("2026-11-27 09:00"))
    begins = stage.now
    raised = raises(stage, sam)
    assert str(raised.holder.name) == heard[0][1]
    found = [(0, who) for who in sent_to(stage)]
    while stage.now < begins + timedelta(minutes=14):
        stage.passes(MINUTE)
        found += [((stage.now - begins) // MINUTE, who) for who in sent_to(stage)[len(found) :]]

    assert found == heard


def test_who_blocks_while_the_alert_waits_is_passed_at_once(stage, sam):
    raises(stage, sam)

    stage.of("Vera").blocks()

    assert sent_to(stage) == ["Vera", "Tom"]


def test_who_goes_away_with_an_alert_in_hand_gives_it_on(stage, sam):
    raises(stage, sam)
    takes(stage.of("Vera"))

    stage.of("Vera").types("Menu").taps("Afwezig", "Een week")

    assert sent_to(stage) == ["Vera", "Tom"]
    assert stage.of("Tom").said.startswith("Een dringend bericht is nog niet afgehandeld.")


def test_with_nobody_to_reach_the_alarm_rings_at_once_and_again(stage, sam):
    for name in ("Vera", "Tom", "Noor"):
        stage.of(name).blocks()
    stage.alarms.clear()

    raised = raises(stage, sam)

    assert (raised.when, raised.holder) == ("nobody", None)
    assert stage.alarms == ["alert_reaches_nobody"]
    stage.of("Tom").blocks(False)
    stage.passes(16 * MINUTE)
    assert called(stage.of("Tom")) == 1


# Outside working hours


def test_with_nobody_on_call_the_youngster_hears_when_and_the_alarm_rings_at_once(stage, sam, tmp_path):
    decides(stage, "none")
    stage.passes("2026-11-21 23:30")
    stage.alarms.clear()
    raised = raises(stage, sam)

    assert (str(raised.holder.name), raised.when, raised.reads_from) == (
        "Vera",
        "later",
        at("2026-11-23 09:00"),
    )
    assert stage.alarms == ["alert"]
    assert called(stage.of("Vera")) == 1
    stage.passes("2026-11-23 08:59")
    reloads(stage, tmp_path)
    assert (called(stage.of("Vera")), called(stage.of("Tom"))) == (1, 0)

    stage.passes("2026-11-23 09:01")
    assert called(stage.of("Vera")) == 2
    stage.passes("2026-11-23 09:06")
    assert called(stage.of("Tom")) == 1


def test_it_may_be_taken_on_at_night_although_nobody_had_to(stage, sam):
    stage.passes("2026-11-21 23:30")
    raises(stage, sam)

    takes(stage.of("Vera"))

    assert latest(stage).state == "acknowledged"


def test_whoever_is_on_call_gets_it_at_any_hour_and_the_chain_goes_on(stage, sam, tmp_path):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-21 09:00"), at("2026-11-22 09:00"))
    stage.passes("2026-11-21 23:30")
    before = alarm.would_get(stage, sam)
    raised = raises(stage, sam)

    assert (str(raised.holder.name), raised.when) == ("Bas", "now")
    assert (before.holder.id, before.when) == (raised.holder.id, "now")
    waits(stage, tmp_path, 16)
    assert sent_to(stage) == ["Bas", "Noor", "Bas", "Noor"]
    assert stage.alarms.count("alert_unseen") == 1
    assert takes(stage.of("Bas"))
    assert latest(stage).acknowledged_by == alarm.staff_id(stage, "Bas")


def test_an_hour_without_anybody_on_the_roster_is_as_nobody_on_call(stage, sam):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-20 09:00"), at("2026-11-21 09:00"))
    stage.passes("2026-11-21 23:30")

    raised = raises(stage, sam)

    assert (str(raised.holder.name), raised.when) == ("Vera", "later")
    assert "alert" in stage.alarms


def test_a_roster_that_was_not_decided_on_asks_nobody_at_night(stage, sam):
    decides(stage, "none")
    on_call(stage, "Bas", at("2026-11-21 09:00"), at("2026-11-22 09:00"))
    stage.passes("2026-11-21 23:30")

    assert str(raises(stage, sam).holder.name) == "Vera"


def test_when_work_begins_the_own_professional_is_asked_too(stage, sam):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-20 09:00"), at("2026-11-25 09:00"))
    stage.passes("2026-11-23 08:58")
    raises(stage, sam)
    stage.passes("2026-11-23 09:04")

    assert sent_to(stage)[:2] == ["Bas", "Vera"]


# Levels p2 and p3


def test_p2_goes_on_by_the_hour_and_not_by_the_minute(stage, sam):
    raised = raises(stage, sam, "p2")
    assert raised.when == "now"
    assert stage.of("Vera").taps("Kijk nu").said.startswith("Sam kan vandaag hulp gebruiken.")
    stage.passes("2026-11-20 13:59")
    assert sent_to(stage) == ["Vera"]
    stage.passes("2026-11-20 14:01")
    assert sent_to(stage) == ["Vera", "Tom"]
    stage.passes("2026-11-20 16:02")
    assert sent_to(stage) == ["Vera", "Tom", "Noor"]
    stage.passes("2026-11-23 11:50")
    assert len(sent_to(stage)) == 3
    stage.passes("2026-11-23 12:05")
    assert len(sent_to(stage)) == 6
    assert any(what == "youth_told" for what, _ in course(stage))


def test_p2_at_night_waits_for_the_next_working_day_also_with_somebody_on_call(stage, sam):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-21 09:00"), at("2026-11-22 09:00"))
    stage.passes("2026-11-21 23:30")
    stage.alarms.clear()

    raised = raises(stage, sam, "p2")

    assert (str(raised.holder.name), raised.reads_from) == ("Vera", at("2026-11-23 09:00"))
    assert (called(stage.of("Vera")), called(stage.of("Bas")), stage.alarms) == (0, 0, [])
    stage.passes("2026-11-23 09:01")
    assert called(stage.of("Vera")) == 1


def test_p3_is_a_line_in_the_list_without_words_or_clock(stage, sam):
    raised = raises(stage, sam, "p3", words="dit mag niemand lezen")
    assert raised.reads_from == at("2026-11-23 09:00")
    stage.passes("2026-11-24 12:00")

    vera = stage.of("Vera")
    assert called(vera) == 0
    assert called(stage.of("Tom")) == 0
    vera.types("/overzicht").taps("Open").taps_code()
    assert "Sam: graag even contact" in vera.ever
    vera.taps("1", "Open dit eerst", "Kijk nu")
    assert vera.said.startswith("Sam wil graag even contact.")
    vera.taps("Gezien, ik pak het op", "Lees de woorden")
    assert "Hier horen geen woorden bij." in vera.said
    assert stage.reads(lambda conn: kept.places_of(conn, "dit mag niemand")) == set()


def test_p3_is_passed_on_too_and_waits_for_whoever_comes_back(stage, sam):
    raises(stage, sam, "p3")
    for name in ("Vera", "Tom", "Noor"):
        stage.of(name).blocks()
    assert sent_to(stage) == ["Vera", "Tom", "Noor"]
    stage.of("Tom").blocks(False)

    stage.passes("2026-11-23 09:05")

    assert sent_to(stage)[-1] == "Tom"
    assert called(stage.of("Tom")) == 0


def test_what_was_meant_otherwise_becomes_a_wish_for_contact(stage, sam, tmp_path):
    raised = raises(stage, sam)
    alarm.turn_of(stage, lambda turn: alerting.lower(turn, raised.item_id, "p3"))
    waits(stage, tmp_path, 20)

    assert sent_to(stage) == ["Vera"]
    assert stage.of("Vera").taps("Kijk nu").said.startswith("Sam wil graag even contact.")


# An acknowledgement that is not handled


def test_an_acknowledgement_expires_and_the_chain_begins_again_and_says_so(stage, sam, tmp_path):
    raises(stage, sam)
    takes(stage.of("Vera"))
    stage.passes(59 * MINUTE)
    reloads(stage, tmp_path)
    assert latest(stage).state == "acknowledged"

    stage.passes(2 * MINUTE)

    assert latest(stage).state == "sent"
    assert stage.of("Vera").said == "Een dringend bericht is nog niet afgehandeld. Kijk nu."
    stage.passes(5 * MINUTE)
    assert called(stage.of("Tom")) == 1


def test_p2_has_until_the_next_working_day(stage, sam):
    raises(stage, sam, "p2")
    takes(stage.of("Vera"))
    stage.passes("2026-11-23 11:55")
    assert latest(stage).state == "acknowledged"
    stage.passes("2026-11-23 12:05")
    assert latest(stage).state == "sent"


def test_how_long_p2_has_is_a_setting(stage, sam):
    settings = stage.world.settings
    day = replace(settings.escalation, p2=replace(settings.escalation.p2, acknowledged=60))
    stage.world = replace(stage.world, settings=replace(settings, escalation=day))
    raises(stage, sam, "p2")
    takes(stage.of("Vera"))
    stage.passes("2026-11-20 12:55")
    assert latest(stage).state == "acknowledged"
    stage.passes("2026-11-20 13:05")
    assert latest(stage).state == "sent"


def test_not_reached_keeps_it_open_with_a_reminder(stage, sam, tmp_path):
    raises(stage, sam)
    vera = takes(stage.of("Vera")).taps("Afgehandeld", "Niet bereikt", "Over vier uur")
    assert "vrijdag 20 november, 16:00" in vera.said
    reloads(stage, tmp_path)
    stage.passes("2026-11-20 15:59")
    assert called(vera) == 1
    stage.passes("2026-11-20 16:01")
    assert called(vera) == 2
    assert latest(stage).state == "acknowledged"
    vera.taps("Kijk nu")
    assert "Dit kun je nu doen voor Sam" in vera.said
    stage.passes("2026-11-20 17:02")
    assert latest(stage).state == "sent"


# More words


def test_more_words_reach_who_read_before_and_reopen_what_was_handled(stage, sam):
    raised = raises(stage, sam)
    vera = takes(stage.of("Vera")).taps("Lees de woorden").taps_code()
    alarm.turn_of(stage, lambda turn: alerting.add_words(turn, raised.item_id, "en ik ben buiten"))
    assert called(vera) == 2

    vera.taps("Kijk nu", "Lees de woorden")
    assert "ik wil dood\nen ik ben buiten" in vera.said
    vera.taps("Terug", "Afgehandeld", "Gesproken")
    alarm.turn_of(stage, lambda turn: alerting.add_words(turn, raised.item_id, "nog iets"))
    assert latest(stage).state == "sent"
    assert called(vera) == 3


# What is written down


def test_every_step_is_in_the_audit_trail(stage, sam):
    raises(stage, sam)
    takes(stage.of("Vera")).taps("Lees de woorden").taps_code().taps("Terug", "Afgehandeld", "Gesproken")

    number = latest(stage).item_id
    noted = select(audit_table.c.action).where(audit_table.c.object_id == number)
    rows = stage.reads(lambda conn: conn.execute(noted).scalars().all())
    assert {"raise_alert", "acknowledge_alert", "read_alert", "handle_alert"} <= set(rows)
    assert stage.reads(audit.broken_at) is None


def test_before_consent_nothing_is_kept(stage):
    kim = stage.youth_opens("Kim")

    raised = raises(stage, kim)

    assert (raised.item_id, raised.when) == (None, "nobody")
    assert stage.reads(lambda conn: journal.latest(conn, stage.id_of(kim))) == []


def test_a_drill_is_marked_and_counts_nowhere(stage, sam, tmp_path):
    organisation = stage.reads(lambda conn: people.load(conn, alarm.staff_id(stage, "Noor")).organisation_id)
    raised = alarm.turn_of(stage, lambda turn: alerting.raise_drill(turn, organisation))
    vera = stage.of("Vera")

    assert (str(raised.holder.name), raised.when) == ("Vera", "now")
    assert vera.said == "OEFENING. Er is een dringend bericht. Kijk nu."
    assert "Dit is een oefening." in vera.taps("Kijk nu").said
    waits(stage, tmp_path, 6)
    tom = takes(stage.of("Tom")).taps("Afgehandeld", "Vals alarm")
    assert tom.said.startswith("Afgehandeld.")
    assert latest(stage).drill
    assert "alert_unseen" not in stage.alarms
    again = alarm.turn_of(stage, lambda turn: alerting.raise_drill(turn, organisation))
    assert again.item_id != raised.item_id
    assert "Oefening" not in vera.types("Menu").taps("Mijn jongeren").taps_code().screen
