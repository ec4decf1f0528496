"""The same journeys on PostgreSQL: one stage for all of them, each with a youngster of its own."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from bot.conversation import routes
from bot.incoming import Incoming, Sender, Started
from bot.safety.statements import NOTHING
from bot.storage import audit, people
from bot.storage.database import transaction
from bot.storage.schema_people import account
from dialogs.words import Words
from tests.talk import kept
from tests.talk.journeys import did, gives, opens, picks, plans, prepares, tells
from tests.talk.stage import at

pytestmark = pytest.mark.postgres


def at_the_same_moment(stage, *tokens):
    """One Start from an account of its own for each token, all at once; the outcomes."""
    begin = threading.Barrier(len(tokens))
    outcomes = []

    def opens_link(number, token):
        incoming = Incoming(Sender(number, number, Words("Sam"), "nl"), Started(token))
        begin.wait()
        with transaction(stage.engine) as conn:
            done = routes.handle(conn, stage.world, "telegram", incoming, NOTHING, stage.now)
        outcomes.append(done.outcome)

    first = next(stage._counters[0]) + 5000
    threads = [
        threading.Thread(target=opens_link, args=(first + place, token)) for place, token in enumerate(tokens)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for place in range(len(tokens)):
        stage.phone("Iemand").account = first + place
        stage.phones[first + place] = stage.phones[max(stage.phones)]
    return sorted(outcomes)


def test_a_whole_journey(stage_on_postgres):
    stage = stage_on_postgres
    sam = stage.youth_begins("Sam")
    gives(stage, "Sam")
    prepares(plans(picks(sam)))
    preview = tells(did(stage, "Sam")).said.split("\n\n", 1)[1]
    sam.taps("Sturen")
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")

    assert opens(vera).text.split("\n\n")[1] == preview
    vera.taps("Antwoord").types("Dank je, Sam")
    assert sam.taps("Lees").said == "Vera schrijft:\n\nDank je, Sam"
    assert stage.reads(lambda conn: kept.places_of(conn, "Noor zei hoi terug")) <= {
        "attempt.words",
        "item.content",
        "session.state",
    }


def test_danger_and_the_alert(stage_on_postgres):
    stage = stage_on_postgres
    fay = stage.youth_begins("Fay")

    fay.types("ik wil dood")

    assert "Direct gevaar:\n112" in fay.said
    assert fay.taps("Ja, nu").said.startswith("Ben je nu in gevaar? Bel 112.")
    assert stage.of("Vera").taps("Kijk nu", "Gezien, ik pak het op")


def test_an_evening_and_the_list(stage_on_postgres):
    stage = stage_on_postgres
    lou = stage.youth_begins("Lou")
    stage.passes(max(at("2026-11-29 19:00"), stage.now))

    lou.taps("Lees", "Ik kom", "Klaar")
    vera = stage.of("Vera").types("/bijeenkomst").taps_code()

    assert "komt: Lou" in vera.said


def test_of_two_phones_with_one_link_exactly_one_is_linked(stage_on_postgres):
    stage = stage_on_postgres
    number = stage.youth("Pim")
    token = stage.invitation(number)

    assert at_the_same_moment(stage, token, token) == ["link_refused", "started"]
    linked = select(account).where(account.c.person_id == number)
    assert len(stage.reads(lambda conn: conn.execute(linked).all())) == 1


def test_several_people_at_once_do_not_disturb_each_other_and_the_audit_trail_holds(stage_on_postgres):
    stage = stage_on_postgres
    numbers = [stage.youth(f"Jip {place}") for place in range(6)]
    tokens = [stage.invitation(number) for number in numbers]

    assert at_the_same_moment(stage, *tokens) == ["started"] * 6
    states = {stage.reads(lambda conn, n=n: people.load(conn, n).state) for n in numbers}
    assert states == {"started"}
    assert stage.reads(audit.broken_at) is None
