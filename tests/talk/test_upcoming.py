"""/straks: everything that is planned, and what is somebody's own can be moved, dropped and put back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.schedule import dose
from bot.storage import due
from bot.storage.schema_flow import due as due_table
from dialogs.text import plain
from tests.talk.journeys import has_plan, has_prepared_plan, opens_youngsters
from tests.talk.stage import shelf


def planned(stage, sam):
    return {one.kind: one for one in stage.reads(lambda conn: due.waiting_of(conn, stage.id_of(sam)))}


def test_the_step_the_question_and_the_evening_stand_there_with_day_hour_and_from_whom(stage):
    sam = has_plan(stage).types("/straks")

    assert "zaterdag 21 november, 16:00: bericht bij je stap. Jij koos dit." in sam.said
    assert "zaterdag 21 november, 18:00: hoe je stap ging. Jij koos dit." in sam.said
    assert "zondag 29 november, 19:00: of je naar de bijeenkomst komt. Van mij, de computer." in sam.said


def test_everything_that_arrives_in_three_weeks_stood_there(stage):
    sam = has_plan(stage).types("/straks")
    said = sam.said
    while sam.has("Meer") and "Meer" in sam.last.labels:
        said += sam.taps("Meer").said
    rows = select(due_table.c.id).where(
        due_table.c.person_id == stage.id_of(sam), due_table.c.state == "waiting"
    )
    lines = [line for line in said.splitlines() if (":" in line and "november" in line) or "december" in line]

    assert len(set(lines)) == len(stage.reads(lambda conn: conn.execute(rows).scalars().all()))


def test_a_challenge_says_who_it_is_from(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-20 23:00")
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")

    assert "zaterdag 21 november, 09:00: een nieuwe uitdaging. Van Vera." in sam.types("/straks").said


def test_a_step_is_dropped_and_put_back(stage):
    sam = has_plan(stage).types("/straks").taps("Iets veranderen", "zaterdag 21", "Weghalen")
    assert not planned(stage, sam).keys() & {"nudge", "follow_up"}

    sam.taps("Terugzetten")

    assert planned(stage, sam).keys() >= {"nudge", "follow_up"}
    stage.passes("2026-11-21 16:01")
    assert sam.has("Ik ga")


def test_what_was_dropped_does_not_come(stage):
    sam = has_plan(stage).types("/straks").taps("Iets veranderen", "zaterdag 21", "Weghalen", "Klaar")
    count = len(sam.shown)

    stage.passes("2026-11-22 12:00")

    assert len(sam.shown) == count


def test_a_step_goes_to_another_moment_with_its_preparation_and_its_question(stage):
    sam = has_prepared_plan(stage).types("/straks").taps("Iets veranderen", "zaterdag 21", "Ander moment")
    sam.taps("maandag 23", "17:00")
    assert "maandag 23 november, 17:00: bericht bij je stap. Jij koos dit. Jij verplaatste dit." in sam.said
    count = len(sam.shown)

    stage.passes("2026-11-23 16:59")
    assert len(sam.shown) == count
    stage.passes("2026-11-23 19:01")

    assert "Hoe ging het?" in sam.said
    assert "De ander kijkt weg" in sam.taps("Gedaan", "Meer vertellen").said


def test_what_is_not_their_own_has_no_button(stage):
    sam = stage.youth_begins().types("/straks")

    assert "Iets veranderen" not in sam.last.labels


def test_an_old_button_of_a_message_that_was_sent_changes_nothing(stage):
    sam = has_plan(stage).types("/straks").taps("Iets veranderen")
    old = sam.last.button("zaterdag 21").data
    stage.passes("2026-11-21 16:10")

    assert "Dit bericht is er niet meer" in sam.taps_data(old).said


def test_another_message_cannot_be_picked_by_its_number(stage):
    """Only what the list offered can be tapped; the number of an evening is no choice of it."""
    sam = has_plan(stage).types("/straks").taps("Iets veranderen")
    number = planned(stage, sam)["meeting_48h"].id
    forged = sam.last.button("zaterdag 21").data.replace(str(planned(stage, sam)["nudge"].id), str(number))

    sam.taps_data(forged)

    assert planned(stage, sam)["meeting_48h"].not_before
    assert "Weghalen" not in sam.last.labels


def test_in_a_pause_only_its_end_stands_there(stage):
    sam = has_plan(stage).types("/pauze").taps("Een week").types("/straks")

    assert "je pauze is voorbij" in sam.said
    assert "bericht bij je stap" not in sam.said


def test_an_empty_list_says_so(stage):
    sam = stage.youth_begins().types("/pauze").taps("Zonder einddag").types("/straks")

    assert "Er staat niets gepland. Je hebt pauze tot jij het zegt." in sam.said


def test_why_something_moved_stands_beside_it(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-29 19:00")
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")
    stage.passes("2026-11-29 19:01")

    assert "een nieuwe uitdaging. Van Vera. Verplaatst, want er was al genoeg." in sam.types("/straks").said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_message_has_a_name(language):
    for kind in (*dose.WEIGHTS, "message"):
        if kind != "danger_silence":
            assert plain(shelf().phrase(f"straks_{kind}", language)({"band": "18plus"}))


def test_the_bare_command_is_a_word_of_ours_and_raises_no_question_about_danger(stage):
    sam = stage.youth_begins().types("/straks")

    assert "Dit komt er" in sam.said
    assert "113" not in sam.said


@pytest.mark.parametrize("text", ["/straks ik wil dood", "/ikwildood", "/stop ik maak er een eind aan"])
def test_what_is_typed_behind_a_command_is_read_as_ever(stage, text):
    sam = stage.youth_begins().types(text)

    assert "113" in sam.said
