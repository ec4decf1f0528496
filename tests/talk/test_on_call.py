"""Whether somebody is on call outside working hours: decided in the chat, after reading what a youngster will hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.care import commissioning
from bot.conversation import admission, standing
from bot.conversation.turn import Turn
from bot.storage import duty
from bot.storage.schema_people import audit
from tests.talk.alarm import called, course, decides, on_call, raises, reloads, sent_to, staff_id, would_get
from tests.talk.commissioned import commission, record
from tests.talk.stage import CODE, Stage, at
from tests.talk.test_admission import invited, says, welfare

ROSTER = "Bereikbaar buiten werktijd"
NOBODY = "Niemand buiten werktijd"
TONIGHT = "2026-11-20 23:00"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def noor(stage):
    """The coordinator with the roster open."""
    decides(stage, "none")
    return stage.of("Noor").types("Menu").taps("Rooster").taps_code(CODE)


def silent(stage: Stage) -> Stage:
    """The alarm command is gone from the configuration, as after a restart."""
    stage.world = replace(stage.world, settings=replace(stage.world.settings, rings=False))
    stage.writes(standing.look_again)
    return stage


def decision(stage):
    return stage.reads(lambda conn: duty.decision(conn, welfare(stage)))


def decided(stage):
    """What the audit trail says of decisions, oldest first: who and what."""
    query = select(audit.c.actor_id, audit.c.action).where(audit.c.action.like("decide_on_call_%"))
    return stage.reads(lambda conn: [tuple(row) for row in conn.execute(query.order_by(audit.c.id))])


# The decision in the chat


def test_the_coordinator_reads_what_a_youngster_will_hear_before_deciding(stage, noor):
    on_call(stage, "Bas", at("2026-11-20 18:00"), at("2026-11-30 09:00"))
    noor.taps(ROSTER)

    assert "vrijdag 20 november, 23:00" in noor.said
    assert "“Bas krijgt nu bericht.”" in noor.said
    assert decision(stage).on_call == "none"


def test_decided_with_yes_it_is_kept_with_who_and_when_and_the_youngster_is_told_so(stage, noor, tmp_path):
    on_call(stage, "Bas", at("2026-11-20 18:00"), at("2026-11-30 09:00"))
    noor.taps(ROSTER, "Ja, leg dit vast")

    assert "Besluit: Noor, 2026-11-20." in noor.said
    assert decision(stage).on_call == "roster"
    assert str(decision(stage).decided_by).endswith(", 2026-11-20")
    assert decided(stage) == [(staff_id(stage, "Noor"), "decide_on_call_roster")]
    reloads(stage, tmp_path)
    sam = stage.youth_begins("Sam")
    stage.passes(TONIGHT)
    told = would_get(stage, sam)
    assert (str(told.holder.name), told.when) == ("Bas", "now")


def test_the_preview_is_the_sentence_of_the_dialog_about_danger(stage, noor):
    noor.taps(ROSTER)
    shown = noor.said.partition("“")[2].partition("”")[0]
    noor.taps("Terug")
    sam = stage.youth_begins("Sam")
    stage.passes(TONIGHT)
    sam.types("ik wil dood").taps("Ja")

    assert shown.endswith("Tot dan leest niemand mee.")
    assert shown in sam.ever


def test_a_roster_with_a_gap_is_named_and_promises_nothing(stage, noor):
    noor.taps(ROSTER)

    assert "Het rooster heeft nog een gat" in noor.said
    assert "Vera leest dit maandag 23 november vanaf 09:00" in noor.said


def test_undoing_is_deciding_the_other_thing(stage, noor):
    noor.taps(ROSTER, "Ja, leg dit vast")
    assert ROSTER not in noor.last.labels
    noor.taps(NOBODY, "Ja, leg dit vast")

    assert decision(stage).on_call == "none"
    assert [what for _, what in decided(stage)] == ["decide_on_call_roster", "decide_on_call_none"]


def test_back_changes_nothing(stage, noor):
    noor.taps(ROSTER, "Terug")

    assert decision(stage).on_call == "none"
    assert decided(stage) == []


def test_without_an_alarm_command_on_call_is_refused_and_nobody_is_not(stage, noor):
    silent(stage)
    noor.taps(ROSTER, "Ja, leg dit vast")
    assert "Bij een alarm gaat nu geen telefoon over" in noor.said
    assert decision(stage).on_call == "none"

    decides(stage, "roster")
    noor.taps("Terug", NOBODY, "Ja, leg dit vast")
    assert decision(stage).on_call == "none"


def test_an_alert_that_waits_for_monday_goes_to_whoever_is_on_call_now(stage, noor):
    sam = stage.youth_begins("Sam")
    on_call(stage, "Bas", at("2026-11-20 18:00"), at("2026-11-30 09:00"))
    stage.passes(TONIGHT)
    raises(stage, sam)
    assert sent_to(stage) == ["Vera"]
    noor.types("Menu").taps("Rooster").taps_code(CODE).taps(ROSTER, "Ja, leg dit vast")
    stage.passes(MINUTE)

    assert sent_to(stage) == ["Vera", "Bas"]


def test_another_decision_keeps_new_youngsters_out_until_it_was_commissioned(stage_with):
    real = commission(stage_with(real=True))
    _, token = invited(real)
    noor = real.of("Noor").types("Menu").taps("Rooster").taps_code(CODE)
    noor.taps(ROSTER)
    assert "Een ander besluit vraagt een nieuwe vrijgave." in noor.said
    noor.taps("Ja, leg dit vast")
    real.passes(MINUTE)
    assert says(real, "commissioning_lapsed") == ["welzijn"]
    real.phone("Sam").opens(token)

    assert says(real, "not_admitted") == ["commissioning+duty"]


# An alarm command that is lost afterwards


def test_whoever_is_on_call_without_a_telephone_that_rings_is_not_promised_but_still_gets_it(stage):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-20 18:00"), at("2026-11-23 09:00"))
    sam = silent(stage).youth_begins("Sam")
    stage.passes(TONIGHT)
    told = would_get(stage, sam)
    raises(stage, sam)

    assert (str(told.holder.name), told.when) == ("Vera", "later")
    assert told.reads_from == at("2026-11-23 09:00")
    assert sent_to(stage) == ["Vera", "Bas"]
    assert called(stage.of("Bas")) == 1
    assert stage.alarms[-1] == "alert"
    stage.passes("2026-11-23 09:06")
    assert sent_to(stage) == ["Vera", "Bas", "Vera", "Tom"]
    assert ("round", None) not in course(stage)


def test_whoever_comes_on_call_later_without_a_telephone_that_rings_gets_what_waits_once(stage):
    decides(stage, "roster")
    on_call(stage, "Bas", at("2026-11-21 08:00"), at("2026-11-23 09:00"))
    sam = silent(stage).youth_begins("Sam")
    stage.passes(TONIGHT)
    raises(stage, sam)
    assert sent_to(stage) == ["Vera"]
    stage.passes("2026-11-21 08:01")

    assert sent_to(stage) == ["Vera", "Bas"]
    stage.passes("2026-11-22 20:00")
    assert called(stage.of("Bas")) == 1


def test_losing_the_alarm_command_keeps_new_youngsters_out_and_is_told(stage_with):
    real = commission(stage_with(real=True))
    decides(real, "roster")
    on_call(real, "Bas", real.now - MINUTE, real.now + timedelta(days=20))
    record(real)
    _, token = invited(real)
    assert real.reads(lambda conn: lacks(real, conn)) == ()
    silent(real).passes(MINUTE)

    assert says(real, "on_call_without_alarm") == ["welzijn"]
    assert "er gaat geen telefoon over" in news(real, "Noor")
    real.phone("Sam").opens(token)
    assert says(real, "not_admitted") == ["alarm"]


def test_with_nobody_on_call_an_alarm_command_is_no_condition(stage_with):
    real = silent(commission(stage_with(real=True)))

    assert real.reads(lambda conn: lacks(real, conn)) == ()
    assert commissioning.unmasked(commissioning.mask(("alarm", "copy"))) == ("copy", "alarm")


def news(stage, name):
    """Everything about the bot itself that waits for somebody, opened one after the other."""
    phone, said = stage.of(name), []
    for one in [one for one in phone.shown if "Lees" in one.labels]:
        phone.taps_data(one.button("Lees").data)
        said.append(one.text)
    return "\n".join(said)


def lacks(stage, conn):
    return admission.standing(Turn(conn, stage.world, stage.now), welfare(stage))
