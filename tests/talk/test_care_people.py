"""Who gets it: the youngster sees that beforehand, and can say that it is not for that person."""

from __future__ import annotations

import pytest

from bot.storage import people
from tests.talk.care import DANGER, alerts, cases, holder, levels
from tests.talk.stage import Stage


def confidant(stage: Stage, name: str = "Yara") -> int:
    """A confidant of the organisation, who has begun."""

    def add(conn):
        welfare = people.load(conn, stage.programme.staff["Noor"]).organisation_id
        values = {"role": "confidant", "key": name.lower(), "organisation_id": welfare, "state": "active"}
        return people.add(conn, name, stage.now, values)

    number: int = stage.writes(add)
    phone = stage.phone(name)

    def link(conn):
        account = people.find_account(conn, "telegram", phone.account) or people.add_account(
            conn, "telegram", phone.account, phone.account, stage.now
        )
        people.link_account(conn, account.id, number, stage.now)

    stage.writes(link)
    stage.programme.staff[name] = number
    return number


def test_the_name_stands_there_before_anything_leaves(stage):
    sam = stage.youth_begins().types(DANGER)

    assert "Vera krijgt bericht" in sam.said
    assert alerts(stage) == []


def test_not_this_person_before_it_leaves(stage):
    sam = stage.youth_begins().types(DANGER).taps("Niet deze persoon")
    assert "Tom krijgt bericht" in sam.said
    assert not sam.last.labels.count("Niet deze persoon")

    sam.taps("Ja, soms")

    assert holder(stage) == "Tom"
    assert "dringend bericht" not in stage.of("Vera").ever


def test_in_danger_now_leaves_at_once_and_can_be_taken_away_from_that_person(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, nu")
    assert "Vera krijgt nu bericht." in sam.said

    sam.taps("Niet deze persoon")

    assert "Tom krijgt nu bericht." in sam.said
    assert holder(stage) == "Tom"
    assert levels(stage) == ["p1"]


def test_without_a_colleague_it_goes_to_the_confidant(stage):
    confidant(stage)
    sam = stage.youth_begins()
    stage.of("Tom").blocks()

    sam.types(DANGER).taps("Niet deze persoon", "Ja, soms")

    assert holder(stage) == "Yara"


def test_without_a_confidant_either_it_goes_to_the_coordinator(stage):
    sam = stage.youth_begins()
    stage.of("Tom").blocks()

    sam.types(DANGER).taps("Niet deze persoon", "Ja, soms")

    assert holder(stage) == "Noor"


@pytest.mark.parametrize("way", ["help", "talk"])
def test_it_is_about_my_professional(stage, way):
    confidant(stage)
    sam = stage.youth_begins()
    if way == "help":
        sam.types("/hulp")
    else:
        sam.types("Menu").taps("Ik wil iemand spreken")

    sam.taps("Het gaat over mijn begeleider")
    assert sam.said.startswith(
        "Oké. Hier staat wie dit leest.\n\nDit gaat naar Yara. Vera krijgt het niet en kan het niet lezen."
    )
    sam.types("ze schold me uit")

    assert holder(stage) == "Yara"
    assert "ze schold me uit" in alerts(stage)[0].content
    assert [(one.about, one.excluded_id) for one in cases(stage)] == [
        ("staff", stage.programme.staff["Vera"])
    ]
    assert "Yara krijgt nu bericht. Vera krijgt het niet." in sam.said


def test_without_a_confidant_the_coordinator_is_named(stage):
    sam = stage.youth_begins().types("/hulp").taps("Het gaat over mijn begeleider")

    assert "Dit gaat naar Noor." in sam.said
    sam.taps("Zeg ik liever niet")
    assert holder(stage) == "Noor"


def test_danger_typed_there_goes_past_the_professional_as_well(stage):
    confidant(stage)
    sam = stage.youth_begins().types("/hulp").taps("Het gaat over mijn begeleider")

    sam.types("mijn begeleider heeft me verkracht")
    assert "Yara krijgt bericht, ook als je 10 minuten niets kiest." in sam.said
    sam.taps("Nee")

    assert holder(stage) == "Yara"
    assert "Vera" not in sam.said


def test_danger_typed_a_week_later_still_goes_past_that_person(stage):
    confidant(stage)
    sam = stage.youth_begins().types("/hulp").taps("Het gaat over mijn begeleider")
    sam.taps("Iemand anders spreken", "Verder")
    stage.passes("2026-11-26 12:00")

    sam.types(DANGER).taps("Ja, soms")

    assert holder(stage) == "Yara"


def test_changing_your_mind_sends_nothing(stage):
    sam = stage.youth_begins().types("/hulp").taps("Het gaat over mijn begeleider", "Toch niet sturen")

    assert sam.said == "Oké. Ik heb niets verstuurd."
    assert alerts(stage) == []


def test_with_nobody_else_it_is_said_and_nothing_is_sent(stage):
    sam = stage.youth_begins()
    stage.of("Noor").blocks()

    sam.types("/hulp").taps("Het gaat over mijn begeleider")

    assert "Ik heb niets verstuurd, ook niet naar Vera." in sam.said
    assert alerts(stage) == []
