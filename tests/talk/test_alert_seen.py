"""What a youngster hears, and does not hear, while people are being called about an alert."""

from __future__ import annotations

import pytest

from tests.talk.alarm import raises, takes
from tests.talk.care import DANGER
from tests.talk.journeys import has_plan
from tests.talk.test_alert_worst_day import fills

OPENER = "Er is een bericht voor je."
NUDGE = "Dit is het moment dat je koos."
READ = {
    "alert_seen": "Vera weet er nu van.",
    "alert_nobody": "Ik heb je bericht doorgegeven. Nog niemand heeft het gezien.",
    "card_told": "Vera heeft je noodkaart bekeken.",
}


@pytest.mark.parametrize("level", ["p1", "p2"])
def test_the_youngster_hears_by_name_that_somebody_took_it_on(stage, level):
    sam = stage.youth_begins()
    raises(stage, sam, level)

    takes(stage.of("Vera"))

    assert sam.said == OPENER
    sam.taps("Lees")
    assert sam.said.startswith("Vera weet er nu van.")
    assert "112" in sam.said
    assert "113" in sam.said


def test_no_step_is_asked_about_while_somebody_is_called_for_danger(stage):
    sam = has_plan(stage)
    raises(stage, sam)

    stage.passes("2026-11-21 20:00")

    assert not any(NUDGE in text for text in sam.texts)
    assert "Hoe ging het?" not in sam.ever


def test_the_moment_comes_as_planned_once_it_was_handled(stage):
    sam = has_plan(stage)
    raises(stage, sam)
    takes(stage.of("Vera")).taps("Afgehandeld", "Gesproken")

    stage.passes("2026-11-21 16:00")

    assert NUDGE in sam.said


def test_taken_away_before_it_was_read_no_message_names_that_person(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, nu")
    takes(stage.of("Vera"))
    first = sam.last
    sam.taps("Niet deze persoon")

    sam.taps_data(first.button("Lees").data)

    assert "Vera" not in first.text
    assert first.text.startswith("Er is nu niemand mee bezig.")
    assert "112" in first.text


def test_who_took_it_over_is_named_and_nobody_else(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, nu")
    takes(stage.of("Vera"))
    first = sam.last
    sam.taps("Niet deze persoon")
    takes(stage.of("Tom"))

    sam.taps_data(first.button("Lees").data)

    assert first.text.startswith("Tom weet er nu van.")


def test_an_acknowledgement_that_ran_out_is_no_promise_any_more(stage):
    sam = stage.youth_begins()
    raises(stage, sam, "p2")
    takes(stage.of("Vera"))
    first = sam.last
    stage.passes("2026-12-01 12:00")

    sam.taps_data(first.button("Lees").data)

    assert "zoekt contact" not in first.text
    assert first.text.startswith("Er is nu niemand mee bezig.")


def test_handled_before_it_was_read_is_told_as_handled(stage):
    sam = stage.youth_begins()
    raises(stage, sam, "p2")
    takes(stage.of("Vera")).taps("Afgehandeld", "Gesproken")

    sam.taps("Lees")

    assert sam.said.startswith("Vera heeft je bericht gezien en het afgerond.")


@pytest.mark.parametrize("message", ["alert_seen", "alert_nobody", "card_told"])
def test_after_a_stop_it_can_still_be_read(stage, message):
    sam = stage.youth_begins()
    fills(stage)
    sam.types("/stop").taps("Stoppen").types(DANGER).taps("Ja, nu", "Verder")
    if message == "alert_seen":
        takes(stage.of("Vera"))
    elif message == "alert_nobody":
        stage.passes("2026-11-20 13:30")
    else:
        takes(stage.of("Vera")).taps("Noodkaart", "Ik krijg geen contact")
        stage.passes("2026-11-23 09:05")
    assert sam.said == OPENER

    sam.taps("Lees")

    assert sam.toast == ""
    assert sam.said.startswith(READ[message])


def test_it_is_wiped_with_the_rest(stage):
    sam = stage.youth_begins()
    raises(stage, sam)
    takes(stage.of("Vera"))
    sam.taps("Lees").types("/hulp").taps("Wis dit uit de chat")

    assert "weet er nu van" not in "\n".join(sam.texts)
