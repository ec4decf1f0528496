"""The card of a youngster: the fixed list, and what this professional was sent. Nothing else, in words or picture."""

from __future__ import annotations

import re

from bot.conversation import shared_picture
from bot.conversation.turn import Turn
from bot.storage import challenges, exercises, items, people
from dialogs.words import Words
from tests.talk.journeys import did, has_plan, has_prepared_plan, has_sent, opens_youngsters, tells
from tests.talk.test_overview import opens_overview


def opens_card(stage, name="Vera"):
    return opens_youngsters(stage.of(name))


def drawn(stage, reader="Vera"):
    """What the picture is made of."""

    def look(conn):
        turn = Turn(conn, stage.world, stage.now)
        person = people.load(conn, stage.programme.staff[reader])
        sam = people.load(conn, stage.id_of(stage.of("Sam")))
        return [
            (one.attempt.step, dict(one.tension), one.compared)
            for one in shared_picture.sent(turn, person, sam)
        ]

    return stage.reads(look)


def test_it_holds_challenge_step_attempts_and_the_last_shared_words(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = opens_overview(stage.of("Vera")).taps("1", "Gezien", "Sluiten")
    opens_card(stage)

    said = vera.said.splitlines()
    assert "Uitdaging: Een groet per dag" in said
    assert any(re.fullmatch(r"Stap \d van \d: Zeg hoi tegen een bekende", line) for line in said), said
    assert "Stappen: 1 gedaan, 0 deels, 0 niet gedaan." in said
    assert "zaterdag 21 november: stap gedaan (Zeg hoi tegen een bekende)" in said
    assert "Laatst gedeeld, zaterdag 21 november:" in said
    assert "Noor zei hoi terug" in vera.said


def test_what_was_not_sent_is_not_on_it(stage):
    has_prepared_plan(stage)
    tells(did(stage)).taps("Niet sturen")
    vera = opens_card(stage)

    assert "Stappen: 1 gedaan, 0 deels, 0 niet gedaan." in vera.said
    assert "Laatst gedeeld" not in vera.said
    assert "Noor zei hoi terug" not in vera.ever
    assert "Plaatje" not in vera.last.labels
    assert drawn(stage) == []


def test_what_is_not_opened_yet_is_no_last_shared_word(stage):
    has_sent(stage)
    vera = opens_card(stage)

    assert "Open: deelde iets" in vera.said
    assert "Noor zei hoi terug" not in vera.said


def test_the_picture_shows_tension_and_what_was_thought_beside_what_happened(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = opens_card(stage).taps("Plaatje")
    picture = next(one for one in vera.shown if one.message.picture is not None)

    ((_, tension, compared),) = drawn(stage)
    assert (tension, compared) == ({"before": 6, "highest": 7, "after": 3}, True)
    assert "Spanning: vooraf 6, op het hoogst 7, toen het klaar was 3." in picture.text
    assert "Was 80 procent zeker. Het gebeurde niet." in picture.text
    assert "zaterdag 21 november: gedaan" in picture.text
    assert picture.message.protect
    stage.passes("2026-11-24 11:00")
    assert picture not in vera.shown


def test_a_figure_that_was_left_out_is_not_in_the_picture(stage):
    has_prepared_plan(stage)
    sam = tells(did(stage)).taps("Aanpassen", "✓ Hoogste spanning", "✓ Wat ik dacht", "Klaar", "Sturen")
    assert "Verstuurd" in sam.ever
    (one,) = drawn(stage)

    assert one[1] == {"before": 6, "after": 3}
    assert one[2] is False


def test_what_changed_after_it_was_sent_is_not_in_the_picture(stage):
    has_sent(stage)
    sam = stage.id_of(stage.of("Sam"))

    def change(conn):
        (one,) = challenges.reported(conn, sam)
        challenges.note(conn, one, {}, highest=9)

    stage.writes(change)

    assert drawn(stage)[0][1] == {"before": 6, "after": 3}


def test_the_colleague_to_whom_nothing_was_sent_sees_no_words_and_no_picture(stage):
    has_sent(stage)

    assert drawn(stage, "Tom") == []


def test_an_own_goal_is_on_it_only_when_it_was_sent(stage):
    has_plan(stage)
    sam = stage.of("Sam").types("Menu")
    goal = "Vaker samen eten"
    vera = opens_card(stage)
    assert "Doel" not in vera.said
    share(stage, goal, sent=False)
    assert "Doel" not in opens_card(stage).said
    share(stage, goal, sent=True)

    assert f"Doel (gedeeld vrijdag 20 november): {goal}" in opens_card(stage).said
    assert goal not in sam.ever


def test_a_goal_whose_words_stand_in_something_else_was_not_sent(stage):
    has_plan(stage)
    share(stage, "Noor", sent=False)
    sam, vera = stage.id_of(stage.of("Sam")), stage.programme.staff["Vera"]
    shared = {"recipient_id": vera, "state": "handled", "sent_at": stage.now}
    words = "Oefening: Wat ging goed\nNoor lachte naar me"
    stage.writes(lambda conn: items.add(conn, sam, "exercise", stage.now, words, **shared))

    assert "Doel" not in opens_card(stage).said


def share(stage, goal, *, sent):
    """A goal the youngster wrote; sent as it stands, or only shown to them."""
    sam, vera = stage.id_of(stage.of("Sam")), stage.programme.staff["Vera"]

    def write(conn):
        one = exercises.add(conn, sam, "goal", stage.now)
        exercises.note(conn, one, {"change": Words(goal)}, {}, stage.now)
        more = {"state": "handled", "sent_at": stage.now} if sent else {}
        item = items.add(
            conn,
            sam,
            "exercise",
            stage.now,
            f"Oefening: Mijn doel\nWat ik anders wil zien: {goal}\nHoe vaak: Eén keer per week",
            recipient_id=vera,
            **more,
        )
        exercises.shown_in(conn, one.id, item)

    stage.writes(write)
