"""Two professionals at the same moment: the second finds it as the first left it, and changes nothing of it."""

from __future__ import annotations

import pytest

from bot.storage import items, people
from tests.talk.journeys import has_sent, opens
from tests.talk.test_digest_screen import begun, sends
from tests.talk.test_overview import opens_overview


@pytest.fixture
def first(stage, monkeypatch):
    """A function: what the colleague did stands when the second one gets hold of the youngster."""
    locked = people.locked

    def did(number, **values):
        def waits(conn, person_id):
            if person_id == items.about(conn, number):
                items.change(conn, number, **values)
            return locked(conn, person_id)

        monkeypatch.setattr(people, "locked", waits)

    return did


def closed_by(stage, name):
    by = stage.programme.staff[name]
    return {"state": "handled", "handling": "answered", "handled_at": stage.now, "handled_by": by}


def state_of(stage, number):
    one = stage.reads(lambda conn: items.load(conn, number))
    return one.state, one.recipient_id, one.handled_by


def test_what_was_answered_meanwhile_is_not_taken_over(stage, first):
    number = sends(stage, begun(stage, "Kim"), hours=100)
    vera, tom = stage.programme.staff["Vera"], opens_overview(stage.of("Tom")).taps("1")
    first(number, **closed_by(stage, "Vera"))
    tom.taps("Neem over van Vera")

    assert state_of(stage, number) == ("handled", vera, vera)


def test_what_was_taken_over_meanwhile_is_not_answered_over_the_head_of_who_has_it(stage, first):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Antwoord")
    number = stage.reads(lambda conn: items.sent_of(conn, stage.id_of(sam)))[-1].id
    tom = stage.programme.staff["Tom"]
    first(number, recipient_id=tom)
    vera.types("Dank je")

    assert "Jouw antwoord is nog niet verstuurd." in vera.said
    assert state_of(stage, number) == ("opened", tom, None)


def test_what_was_answered_meanwhile_is_not_given_back(stage, first):
    number = sends(stage, begun(stage, "Kim"), hours=100)
    tom = opens_overview(stage.of("Tom")).taps("1", "Neem over van Vera")
    first(number, **closed_by(stage, "Vera"))
    tom.taps("Terug naar Vera")

    assert state_of(stage, number)[0] == "handled"


def test_what_was_taken_over_meanwhile_is_not_seen_with_the_rest(stage, first):
    kim, pim = (sends(stage, begun(stage, name)) for name in ("Kim", "Pim"))
    vera = opens_overview(stage.of("Vera")).taps("Lees wat is gedeeld")
    tom = stage.programme.staff["Tom"]
    first(kim, recipient_id=tom)
    vera.taps("Alles gezien")

    assert state_of(stage, kim) == ("opened", tom, None)
    assert state_of(stage, pim)[0] == "handled"
