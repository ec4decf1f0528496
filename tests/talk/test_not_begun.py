"""A professional who never pressed Start reads nothing: nobody new comes in with them, and the way out is said."""

from __future__ import annotations

import re

import pytest

from bot.rehearsal.programme import OLDER
from bot.storage import access, admissions, people, phases
from tests.talk import test_assisted as together
from tests.talk import test_first_talk as talk
from tests.talk import test_growing_up as grown
from tests.talk import test_phase as page
from tests.talk import test_waiting_list as listed
from tests.talk.alarm import staff_id
from tests.talk.stage import CODE
from tests.talk.test_holiday import days_off
from tests.talk.test_team import adds, team

TOM = "Tom is nog niet begonnen, en leest dus nog niets."
NOOR = "Noor kan de link opnieuw geven."


def never_began(stage, name):
    """They were invited, and that is all."""
    number = staff_id(stage, name)

    def back(conn):
        account = people.account_of(conn, number)
        assert account is not None
        people.set_account_state(conn, account.id, "dead")
        access.forget_code(conn, number)
        people.change(conn, number, state="invited", began_at=None)

    stage.writes(back)


@pytest.fixture
def alone(stage):
    """Vera has begun, Tom has not."""
    never_began(stage, "Tom")
    return stage


def there(stage):
    return list(stage.reads(lambda conn: admissions.members(conn, stage.programme.groups[OLDER])).values())


def begins_with_the_link_on(stage, phone, name):
    """Somebody opens the link that stands on that phone, and chooses a code."""
    token = re.findall(r"start=(\S+)", phone.said)[-1]
    theirs = stage.phone(name).opens(token)
    while "1" not in theirs.last.labels:
        theirs.taps(theirs.last.labels[0])
    return theirs.taps_code(CODE).taps_code(CODE)


def test_nobody_is_invited_into_the_group_until_the_colleague_has_begun(alone):
    vera = listed.invites(alone.of("Vera"), "Pim", "Klopt")
    assert f"Ik maak nog niets. {TOM} {NOOR}" in vera.said
    assert there(alone) == []

    vera.taps("Vraag de coördinator")
    assert "Noor krijgt bericht in werktijd" in vera.said
    noor = alone.of("Noor")
    asked = noor.sees("Lees")
    assert "Tom" not in asked.text
    noor.taps_data(asked.button("Lees").data)
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)
    assert "Vera vraagt om een nieuwe link voor Tom." in noor.ever
    noor.taps("Link opnieuw geven")
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)
    begins_with_the_link_on(alone, noor, "Tom, die begint")
    listed.invites(alone.of("Vera"), "Pim", "Klopt")

    assert there(alone) == ["participating"]


def test_the_waiting_list_is_open_and_a_place_is_not(alone):
    vera = listed.invites(alone.of("Vera"), "Pim", "Eerst een oefenavond").taps("Op de wachtlijst")
    assert "De uitnodiging voor Pim is klaar" in vera.said
    listed.opens_list(vera, "Pim").taps("Geef een plek", "Meedoen")

    assert f"Pim blijft nummer 1. {TOM} {NOOR}" in vera.said
    assert there(alone) == ["waiting"]


def test_without_an_account_it_is_the_same(alone):
    vera = together.begins(alone.of("Vera"), "Sam", *together.SAM)
    vera.taps("Zonder Telegram", "Doet al mee")

    assert TOM in vera.said
    assert there(alone) == []


def test_a_step_into_the_group_is_refused_and_the_coordinator_gives_the_link(stage):
    _, number = page.in_phase(stage, "waiting")
    never_began(stage, "Tom")
    steps = ("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")
    vera = page.page(stage).taps(*steps)
    assert f"Sam begint nog niet. {TOM} {NOOR}" in vera.said
    noor = page.menu_page(stage, "Noor").taps(*steps)
    assert f"{TOM} Je kunt de link opnieuw geven." in noor.said
    assert page.phase(stage, number) == "waiting"

    noor.taps("Link opnieuw geven")
    assert "De link voor Tom:" in noor.said
    begins_with_the_link_on(stage, noor, "Tom, die begint")
    page.menu_page(stage, "Noor").taps(*steps)
    assert page.phase(stage, number) == "trial"


def test_after_the_first_talk_there_is_no_trial_meeting_yet(stage):
    number = talk.known(stage)
    never_began(stage, "Tom")
    vera = talk.talks(stage).taps("Oefenavond")
    assert TOM in vera.said
    assert page.phase(stage, number) == "screening"

    vera.taps("Wachtlijst")
    assert page.phase(stage, number) == "waiting"


def test_nobody_goes_to_a_group_where_only_one_has_begun(stage):
    stage.youth_begins("Kim", born="2008-12", **grown.YOUNG)
    never_began(stage, "Tom")
    stage.passes("2026-11-23 12:00")
    grown.reads_step(stage.of("Amira"))
    stage.of("Amira").taps("Join Us 18-25")

    assert f"Kim gaat nog niet naar die groep. {TOM}" in stage.of("Amira").ever


def test_a_third_one_who_has_begun_makes_it_two(alone):
    adds(alone, "Amira")
    listed.invites(alone.of("Vera"), "Pim", "Klopt")

    assert there(alone) == ["participating"]
    number = next(iter(alone.reads(lambda conn: admissions.members(conn, alone.programme.groups[OLDER]))))
    assert page_pair(alone, number) == {"main": "Vera", "backup": "Amira"}


def page_pair(stage, number):
    names = {number: name for name, number in stage.programme.staff.items()}
    found = stage.reads(lambda conn: people.looked_after_by(conn, number))
    return {kind: names[one] for kind, one in found.items()}


def test_who_has_not_begun_is_nobody_who_is_there_on_a_day(stage):
    stage.youth_begins()
    never_began(stage, "Tom")
    noor = stage.of("Noor").types("Menu").taps("Dagen zonder lezer")
    assert "leest er elke werkdag iemand" in noor.said
    days_off(stage, "Vera", first="2026-11-26 00:00", last="2026-11-27 08:00")

    assert "donderdag 26 november" in noor.types("Menu").taps("Dagen zonder lezer").said


def test_the_page_of_the_group_says_so_and_gives_the_link(alone):
    noor = team(alone)
    assert "Tom: nog niet begonnen." in noor.said
    assert "Tot dan komt er niemand nieuw bij." in noor.said
    noor.taps("Link opnieuw geven")

    assert "De link voor Tom:" in noor.said
    begins_with_the_link_on(alone, noor, "Tom, die begint")
    assert "Link opnieuw geven" not in team(alone).last.labels


def test_the_older_link_works_no_more(alone):
    token = alone.invitation(staff_id(alone, "Tom"))
    team(alone).taps("Link opnieuw geven")

    assert "Kies een code" not in alone.phone("Tom met de oude link").opens(token).ever


def test_a_coordinator_who_was_asked_too_late_reads_that_it_is_solved(alone):
    vera = listed.invites(alone.of("Vera"), "Pim", "Klopt")
    vera.taps("Vraag de coördinator")
    begins_with_the_link_on(alone, team(alone).taps("Link opnieuw geven"), "Tom, die begint")
    noor = alone.of("Noor")
    noor.taps_data(noor.sees("Lees").button("Lees").data)
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)

    assert "Die is al begonnen." in noor.ever
    assert "Link opnieuw geven" not in noor.last.labels


def test_of_two_who_have_not_begun_each_gets_a_link(stage):
    for name in ("Vera", "Tom"):
        never_began(stage, name)
    noor = team(stage).taps("Link opnieuw geven")
    assert "De link voor Vera:" in noor.said
    noor.taps("Ook voor de ander")

    assert "De link voor Tom:" in noor.said


def test_two_readers_are_two_who_have_begun(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    today = stage.now.date()
    stage.writes(
        lambda conn: admissions.enter(
            conn, number, stage.programme.groups[OLDER], "participating", None, today, stage.now
        )
    )
    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "participating"
    assert stage.reads(lambda conn: admissions.has_two_readers(conn, number))
    never_began(stage, "Tom")

    assert not stage.reads(lambda conn: admissions.has_two_readers(conn, number))


def test_before_the_questions_it_is_said_what_is_not_possible_yet(alone):
    vera = alone.of("Vera").types("Menu").taps("Jongere uitnodigen")
    assert f"Let op: {TOM} {NOOR} Tot dan kan er niemand meedoen." in vera.said

    adds(alone, "Amira")
    assert "Let op" not in alone.of("Vera").types("Menu").taps("Jongere uitnodigen").said


def test_what_was_filled_in_stays_until_the_colleague_has_begun_and_who_asked_hears_it(alone):
    vera = listed.invites(alone.of("Vera"), "Pim", "Klopt").taps("Vraag de coördinator")
    asked = vera.last
    assert "Wat je invulde, blijft hier 24 uur staan." in asked.text
    begins_with_the_link_on(alone, team(alone).taps("Link opnieuw geven"), "Tom, die begint")
    alone.passes("2026-11-20 16:00")
    assert "Er is nieuws over de bot zelf." in vera.texts
    vera.taps("Lees")
    assert "Tom is begonnen en kan nu lezen." in vera.said
    vera.taps_data(asked.button("Probeer opnieuw").data).taps("Klopt")

    assert "De uitnodiging voor Pim is klaar" in vera.ever
    assert there(alone) == ["participating"]


def test_who_was_refused_because_of_it_hears_once_that_the_colleague_has_begun(alone):
    for _ in range(2):
        listed.invites(alone.of("Vera"), "Pim", "Klopt").taps("Toch niet uitnodigen")
    before = len(alone.of("Vera").shown)
    begins_with_the_link_on(alone, team(alone).taps("Link opnieuw geven"), "Tom, die begint")
    alone.passes("2026-11-24 12:00")

    assert alone.of("Vera").since(before).count("Er is nieuws over de bot zelf.") == 1
    assert "Tom is begonnen" not in alone.of("Amira").ever


def test_a_coordinator_who_has_not_begun_is_nobody_to_ask(alone):
    never_began(alone, "Noor")
    vera = listed.invites(alone.of("Vera"), "Pim", "Klopt")
    assert "De technisch beheerder kan de link opnieuw geven." in vera.said
    assert "Vraag de coördinator" not in vera.last.labels
    vera.taps("Op de wachtlijst")

    assert there(alone) == ["waiting"]
