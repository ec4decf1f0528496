"""Nothing but what was shared and the fixed list stands in a digest, a list or a card."""

from __future__ import annotations

import pytest

from bot.storage import challenges, exercises, items, learned, people
from dialogs.words import Words
from tests.talk import leaks
from tests.talk.journeys import has_sent, opens_youngsters
from tests.talk.test_overview import opens_overview

KEPT = tuple(f"kanarie{name}" for name in ("gedacht", "oefening", "concept", "bewaard", "terug", "kaart"))
TO_TOM, TO_VERA = "kanarievoortom", "kanarievoorvera"


@pytest.fixture
def marked(stage):
    """Sam sent something; in everything else there is stands a marker."""
    has_sent(stage)
    sam = stage.id_of(stage.of("Sam"))
    vera, tom = stage.programme.staff["Vera"], stage.programme.staff["Tom"]

    def write(conn):
        (one,) = challenges.reported(conn, sam)
        words = dict.fromkeys(("prediction", "happened", "learned", "surprised"), KEPT[0])
        challenges.note(conn, one, words, highest=10, after=10)
        goal = exercises.add(conn, sam, "goal", stage.now)
        exercises.note(conn, goal, {"change": Words(KEPT[1])}, {"score": 9}, stage.now)
        items.add(conn, sam, "checkin", stage.now, KEPT[2], recipient_id=vera)
        items.add(conn, sam, "checkin", stage.now, KEPT[3], recipient_id=vera, state="kept")
        back = {"state": "withdrawn", "sent_at": stage.now, "recipient_id": vera}
        items.add(conn, sam, "exercise", stage.now, KEPT[4], **back)
        learned.keep(conn, sam, KEPT[5], "exercise", goal.id, stage.now)
        for to, said in ((tom, TO_TOM), (vera, TO_VERA)):
            items.add(conn, sam, "talk", stage.now, said, state="sent", sent_at=stage.now, recipient_id=to)

    stage.writes(write)
    return stage


def looks_everywhere(stage, name):
    phone = opens_overview(stage.of(name))
    while "Verder" in phone.last.labels:
        phone.taps("Verder")
    if phone.last.labels[0] == "1":
        phone.taps("1")
        for label in ("Plaatje", "Gezien", "Volgende bericht", "Gezien"):
            if phone.has(label):
                phone.taps(label)
    if name == "Vera":
        opens_youngsters(phone)
        if phone.has("Plaatje"):
            phone.taps("Plaatje")
    return phone


@pytest.mark.parametrize("name", ["Vera", "Tom"])
def test_every_marker_of_what_was_not_sent_stays_away(marked, name):
    marked.passes("2026-11-24 10:00")
    looks_everywhere(marked, name)

    assert leaks.leaks(marked, name, (*KEPT, TO_TOM, TO_VERA)) == []


def test_what_was_sent_is_there_for_the_one_to_whom_it_was_sent(marked):
    marked.passes("2026-11-23 10:00")
    vera, tom = (looks_everywhere(marked, name) for name in ("Vera", "Tom"))

    assert TO_VERA in vera.ever
    assert TO_TOM not in vera.ever
    assert TO_TOM in tom.ever
    assert TO_VERA not in tom.ever


def test_the_grammar_sees_what_is_wrong():
    shared = ["Stap: Zeg hoi\nWat er gebeurde: Noor zei hoi terug"]

    def wrong(line):
        return leaks.wrong_in_digest(f"Kop\n\n{line}")

    assert wrong("1. Sam: deelde iets (2 dagen); stap gedaan") == []
    assert wrong("2. Sam (18-25): ❗ klinkt zwaar: deelde iets (3 keer, bij Tom, 1 dag)") == []
    assert wrong("1. Sam: 22 dagen niets gehoord; 2 keer niet op de bijeenkomst") == []
    assert wrong("1. Sam: koos een stap; stap ged…") == []
    assert wrong("Deelde iets (oudste 2 dagen): 1 Sam (18-25), 2 Noor") == []
    assert wrong("Komt dinsdag 1 december niet: 2 Noor") == []
    assert wrong("1 jongere komt dinsdag.\n\nEn nog 2: tik op Verder.") == []
    assert wrong("1. Sam: deelde iets; is bang voor dinsdag") != []
    assert wrong("1. Sam: spanning 7 van de 10") != []
    assert wrong("Is bang voor dinsdag: 1 Sam") != []
    assert wrong("Stap gedaan: 1 Sam; is bang") != []
    assert wrong("Noor zei hoi terug") != []
    assert leaks.wrong_in_card("Sam is begonnen op vrijdag 20 november.\nNoor zei hoi terug", shared) == []
    assert leaks.wrong_in_card("Stappen: 1 gedaan, 0 deels, 0 niet gedaan.", shared) == []
    assert leaks.wrong_in_card("Doel (gedeeld vrijdag 20 november): samen eten", shared) != []
    assert leaks.wrong_in_card("Spanning: vooraf 6", shared) != []
    assert leaks.wrong_in_card("Stap 1 van 5: iets wat nergens staat", shared) != []


def test_somebody_elses_youngster_stands_nowhere(marked):
    kim = marked.youth("Kimkanarie", group="12-18", main="Amira", backup="Bas")
    marked.writes(lambda conn: people.change(conn, kim, state="active", began_at=marked.now))

    assert "Kimkanarie" not in looks_everywhere(marked, "Vera").ever
