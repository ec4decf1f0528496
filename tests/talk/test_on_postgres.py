"""The same journeys on PostgreSQL: one stage for all of them, each with a youngster of its own."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation import routes
from bot.incoming import Incoming, Sender, Started
from bot.safety.statements import NOTHING
from bot.storage import appointments, audit, people
from bot.storage.database import transaction
from bot.storage.replies import HELD_FOR
from bot.storage.schema_people import account
from dialogs.words import Words
from tests.talk import kept
from tests.talk.journeys import STEP, did, gives, opens, opens_youngsters, picks, plans, prepares, tells
from tests.talk.stage import at
from tests.talk.test_adapting import OWN, TITLE
from tests.talk.test_noting import SAID
from tests.talk.test_overview import opens_overview

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
    stage.passes(HELD_FOR)
    assert sam.taps("Lees").said == "Vera schrijft:\n\nDank je, Sam"
    assert stage.reads(lambda conn: kept.places_of(conn, "Noor zei hoi terug")) <= {
        "attempt.words",
        "item.content",
        "session.state",
    }


def test_a_step_in_words_of_its_own_a_note_and_a_talk(stage_on_postgres):
    stage = stage_on_postgres
    stage.youth_begins("Kai")
    kai = picks(gives(stage, "Kai"))
    vera = stage.of("Vera")
    opens_youngsters(vera, "Kai").taps("Meer doen", "Stap aanpassen", STEP, "Eigen woorden typen")
    vera.types(OWN).types(TITLE).taps("Zo geven")
    opens_youngsters(vera, "Kai").taps("Meer doen", "Notities", "Nieuwe notitie").types(SAID)
    day = opens_youngsters(vera, "Kai").taps("Meer doen", "Gesprek plannen").last.labels[3]
    vera.taps(day, "16:00", "Bellen", "Sturen")

    assert OWN in kai.types("Menu").taps("Mijn stap").said
    assert SAID in opens_youngsters(vera, "Kai").taps("Meer doen", "Notities").said
    number = stage.id_of(kai)
    planned = stage.reads(
        lambda conn: appointments.to_come(conn, number, stage.programme.staff["Vera"], stage.now)
    )
    assert planned.way == "call"
    assert stage.reads(lambda conn: kept.places_of(conn, SAID)) == {"staff_note.words"}


def test_an_answer_of_a_colleague_taken_back_and_written_again(stage_on_postgres):
    stage = stage_on_postgres
    ivo = stage.youth_begins("Ivo")
    ivo.types("Menu").taps("Ik wil iemand spreken", "Even praten")
    stage.passes(timedelta(days=4))  # nobody answered: it is Tom's now
    tom = opens_overview(stage.of("Tom"))
    number = next(line[0] for line in tom.said.splitlines() if "Ivo" in line)
    tom.taps(number, "Antwoord").types("Ik bel je").taps("Terughalen")

    assert tom.said.startswith("Teruggehaald. Ivo krijgt dit niet.")
    tom.taps("Opnieuw schrijven").types("Ik bel je vandaag")
    stage.passes(HELD_FOR)
    assert "Tom schrijft:\n\nIk bel je vandaag" in ivo.taps("Lees").said


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


def test_who_is_quiet_from_when_a_group_chose(stage_on_postgres):
    stage = stage_on_postgres
    number = stage.id_of(stage.youth_begins("Mo"))
    long_ago = stage.now - timedelta(days=30)
    stage.writes(lambda conn: people.change(conn, number, heard_at=long_ago, began_at=long_ago))
    vera = opens_overview(stage.of("Vera")).taps("Wie is lang stil")

    assert "Mo: 30 dagen niets gehoord" in vera.said


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
