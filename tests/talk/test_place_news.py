"""That a group meets somewhere else: it reaches who comes there, while it is of use, and a lock screen says nothing."""

import pytest
from sqlalchemy import select

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import errands, people
from bot.storage.schema_programme import meeting
from tests.talk.test_assisted import takes_part
from tests.talk.test_errands import kinds, opens_list
from tests.talk.test_places import adds_site, changes_field, changes_place, sites

OPENER = "Er verandert iets aan een afspraak."
NEW = "De plek van Join Us 18-25 is voortaan: The Base, Noordwijk."
OLD = "De plek van Join Us 18-25 is toch weer: X-Out, Noordwijkerhout."


def leaves(stage, number):
    stage.writes(lambda conn: people.change(conn, number, group_id=stage.programme.groups[YOUNGER]))


def one_evening_elsewhere(stage):
    """The first evening of the older group that is to come is at De Kuil."""
    adds_site(stage).taps("Bewaren")
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten", "Join Us 18-25")
    return noor.taps(noor.last.labels[0], "Andere plek", "De Kuil", "De zaal is niet vrij.", "Sturen")


def test_the_message_says_nothing_until_it_is_opened(stage):
    sam = stage.youth_begins()
    changes_place(stage).taps("Bewaren")
    stage.ticks()

    assert sam.said == OPENER
    assert NEW in sam.taps("Lees").said
    assert "Oké" in sam.last.labels


def test_who_has_no_account_hears_it_from_a_person(stage):
    number = takes_part(stage)
    noor = changes_place(stage)
    assert "Zonder Telegram: Sam. De begeleider vertelt het." in noor.said
    noor.taps("Bewaren")
    stage.ticks()

    assert "place_moved" in kinds(stage, number)
    assert f"Sam: {NEW}" in opens_list(stage.of("Vera")).said


def test_what_nobody_told_in_person_yet_is_not_to_be_told_once_it_is_taken_back(stage):
    number = takes_part(stage)
    noor = changes_place(stage).taps("Bewaren")
    stage.ticks()
    noor.taps("Terugdraaien")
    stage.ticks()

    assert "place_moved" not in kinds(stage, number)
    assert "De plek van" not in opens_list(stage.of("Vera")).said


def test_who_heard_it_in_person_hears_in_person_that_it_is_taken_back(stage):
    number = takes_part(stage)
    noor = changes_place(stage).taps("Bewaren")
    stage.ticks()
    waits = stage.reads(lambda conn: errands.waiting(conn, [number]))
    told = next(one.id for one in waits if one.kind == "place_moved")
    stage.writes(lambda conn: errands.done(conn, told, stage.programme.staff["Vera"], stage.now))
    noor.taps("Terugdraaien")
    stage.ticks()

    assert f"Sam: {OLD}" in opens_list(stage.of("Vera")).said


@pytest.mark.parametrize("taken_back", [False, True])
def test_who_left_while_it_waited_for_the_morning_hears_nothing(stage, taken_back):
    sam = stage.youth_begins()
    stage.passes("2026-11-20 23:30")
    noor = changes_place(stage).taps("Bewaren")
    leaves(stage, stage.id_of(sam))
    before = len(sam.texts)
    if taken_back:
        noor.taps("Terugdraaien")
    stage.passes("2026-11-21 12:00")

    assert OPENER not in sam.since(before)
    assert "The Base" not in sam.since(before)


def test_an_unread_message_says_how_it_stands_by_then(stage):
    sam = stage.youth_begins()
    noor = changes_place(stage).taps("Bewaren")
    stage.ticks()
    unread = sam.last.button("Lees").data
    noor.taps("Terugdraaien")
    stage.ticks()

    sam.taps_data(unread)
    assert OLD in sam.ever
    leaves(stage, stage.id_of(sam))
    assert "Dit is niet meer nodig." in sam.taps("Lees").said


def test_two_changes_of_one_night_are_one_message(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-20 23:30")
    changes_place(stage).taps("Bewaren")
    changes_field(stage, "The Base", "Adres", "Kade 3").taps("Bewaren")
    before = len(sam.texts)
    stage.passes("2026-11-21 12:00")

    assert sam.since(before).count(OPENER) == 1
    assert f"{NEW} Het adres is Kade 3." in sam.taps("Lees").said


def test_who_comes_to_one_evening_at_a_place_hears_its_new_address(stage):
    sam = stage.youth_begins()
    one_evening_elsewhere(stage)
    stage.ticks()
    group = stage.programme.groups[OLDER]
    query = select(meeting.c.sequence).where(meeting.c.group_id == group, meeting.c.location_id.is_not(None))
    before = stage.reads(lambda conn: conn.execute(query).scalar_one())
    noor = changes_field(stage, "De Kuil", "Adres", "Kade 3")
    told = "De plek van Join Us 18-25 op dinsdag 1 december is nu: De Kuil, Noordwijk. Het adres is Kade 3."
    assert told in noor.said
    assert "Naar 1 jongere: Sam." in noor.said
    noor.taps("Bewaren")
    stage.ticks()

    assert told in sam.taps("Lees").said
    assert stage.reads(lambda conn: conn.execute(query).scalar_one()) == before + 1


def test_news_of_an_evening_that_is_cancelled_meanwhile_is_not_told(stage):
    sam = stage.youth_begins()
    one_evening_elsewhere(stage)
    stage.passes("2026-11-20 23:30")
    changes_field(stage, "De Kuil", "Adres", "Kade 3").taps("Bewaren")
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten", "Join Us 18-25")
    noor.taps(noor.last.labels[0], "Gaat niet door", "Een begeleider is ziek.", "Sturen")
    stage.passes("2026-11-21 12:00")

    assert "Kade 3" not in sam.ever
    assert "Plek weghalen" in sites(stage).taps("De Kuil").last.labels
