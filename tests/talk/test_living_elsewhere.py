"""Somebody lives where the group is not: staff read what is possible, nothing is refused, and no bot says no."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import people, phases
from bot.storage.schema_course import sign_up
from bot.storage.schema_programme import group_staff, location, meeting_group, municipality, organisation
from tests.talk.test_first_talk import talks
from tests.talk.test_phase import in_phase, page
from tests.talk.test_sign_up import IN_CHAT, opens_sign_ups, signs_up
from tests.talk.test_waiting_list import enters


def town(stage, name):
    add = insert(municipality).values(key=name.lower(), name=name).returning(municipality.c.id)
    return stage.writes(lambda conn: conn.execute(add).scalar_one())


def group(stage, where, name="Join Us Katwijk", host=None, staff=("Vera", "Tom"), capacity=15):
    """A second group for the same age, of the own organisation unless *host* names another one."""

    def build(conn):
        first = conn.execute(select(meeting_group).where(meeting_group.c.key == OLDER)).one()
        whose = first.organisation_id
        if host is not None:
            new = insert(organisation).values(key=host.lower(), name=host).returning(organisation.c.id)
            whose = conn.execute(new).scalar_one()
        values = {
            "key": name.lower(),
            "name": name,
            "organisation_id": whose,
            "municipality_id": where,
            "location_id": conn.execute(select(location.c.id).limit(1)).scalar_one(),
            "age_group": OLDER,
            "example": True,
            "capacity": capacity,
        }
        number = conn.execute(insert(meeting_group).values(values).returning(meeting_group.c.id)).scalar_one()
        for one in staff:
            conn.execute(insert(group_staff).values(group_id=number, person_id=stage.programme.staff[one]))
        return number

    return stage.writes(build)


def lives_in(stage, where):
    stage.writes(lambda conn: conn.execute(update(sign_up).values(municipality_id=where)))


def takes_on(stage, *more):
    vera = opens_sign_ups(stage.of("Vera"))
    return vera.taps("Neem op", "Pim", "2004", "maart", "Vaardigheden", "Nee, alleen dit", *more)


def moves_house(stage, where, by="Vera", name="Sam"):
    return page(stage, by, name).taps("Verhuisd", where)


def group_of(stage, number):
    return stage.reads(lambda conn: people.load(conn, number)).group_id


def test_who_finds_no_town_is_pointed_to_a_group_nearby_and_can_sign_up_there(stage):
    pim = stage.phone("Pim").opens().taps("Ik wil meedoen", "Die staat er niet bij")
    assert "Is er een groep dichtbij?" in pim.said
    assert "niet aanmelden" not in pim.said
    pim.taps("Andere gemeente", "Noordwijk", "18 tot en met 25", "Aanmelden", *IN_CHAT)

    assert "Je aanmelding is binnen" in pim.said


def test_who_lives_in_a_town_without_a_group_is_pointed_to_one_nearby(stage):
    town(stage, "Katwijk")
    pim = stage.phone("Pim").opens().taps("Ik wil meedoen", "Katwijk", "18 tot en met 25")

    assert "In Katwijk is nu nog geen groep. Dat ligt niet aan jou." in pim.said
    assert "Is er een groep dichtbij?" in pim.said
    assert "Andere gemeente" in pim.last.labels


def test_a_sign_up_that_no_group_serves_any_more_says_so_to_the_coordinator_with_what_is_possible(stage):
    signs_up(stage)
    lives_in(stage, town(stage, "Katwijk"))
    noor = opens_sign_ups(stage.of("Noor"))

    assert "Woont in Katwijk. Daar is voor 18-25 geen groep van jullie." in noor.said
    assert "Jullie groepen met plek: Join Us 18-25." in noor.said
    assert "Past niets? Zoek samen hulp dichtbij." in noor.said
    assert "Doorverwezen" in noor.last.labels


def test_a_sign_up_of_the_own_town_has_no_such_line(stage):
    signs_up(stage)

    assert "Woont in" not in opens_sign_ups(stage.of("Vera")).said


def test_taking_on_in_a_group_elsewhere_says_so_and_refuses_nothing(stage):
    pim = signs_up(stage)
    group(stage, town(stage, "Katwijk"))
    vera = takes_on(stage, "Join Us Katwijk")
    assert "Woont in Noordwijk. De groep is in Katwijk." in vera.said
    assert "Jullie groepen met plek: Join Us 18-25." in vera.said
    vera.taps("Eerst kennismaken")

    assert "De uitnodiging voor Pim is klaar" in vera.said
    assert "heeft je aanmelding opgepakt" in pim.said


def test_taking_on_in_the_own_town_has_no_such_line(stage):
    signs_up(stage)
    group(stage, town(stage, "Katwijk"))
    vera = takes_on(stage, "Join Us 18-25")

    assert "Woont in" not in vera.said


def test_the_first_talk_shows_what_is_possible_and_the_person_decides(stage):
    signs_up(stage)
    group(stage, town(stage, "Katwijk"))
    takes_on(stage, "Join Us Katwijk", "Eerst kennismaken")
    vera = talks(stage)
    assert "Klopt niet: de groep is in de eigen gemeente" in vera.said
    assert "Woont in Noordwijk. De groep is in Katwijk." in vera.said
    vera.taps("Oefenavond")

    assert "Genoteerd: oefenavond." in vera.said


def test_who_moved_house_goes_to_another_group_on_a_monday_and_hears_it(stage):
    sam, number = in_phase(stage, "participating")
    there = group(stage, town(stage, "Katwijk"))
    vera = moves_house(stage, "Katwijk")
    assert "Woont in Katwijk. De groep is in Noordwijk." in vera.said
    vera.taps("Join Us Katwijk")
    assert "gaat op maandag 23 november naar Join Us Katwijk" in vera.said
    assert group_of(stage, number) == stage.programme.groups[OLDER]
    stage.passes("2026-11-23 12:00")

    assert group_of(stage, number) == there
    assert "Er is een bericht voor je." in sam.ever


def test_the_move_is_taken_back_until_that_monday(stage):
    _, number = in_phase(stage, "participating")
    group(stage, town(stage, "Katwijk"))
    vera = moves_house(stage, "Katwijk").taps("Join Us Katwijk", "Toch niet")
    assert "blijft in de eigen groep" in vera.said
    stage.passes("2026-11-24 12:00")

    assert group_of(stage, number) == stage.programme.groups[OLDER]


def test_another_organisation_is_named_and_none_of_its_groups_can_be_chosen(stage):
    in_phase(stage, "participating")
    group(stage, town(stage, "Leiden"), "Join Us Leiden", host="Welzijn Leiden", staff=())
    vera = moves_house(stage, "Leiden")

    assert "Ook daar: Welzijn Leiden. Bel samen, of ga samen kennismaken." in vera.said
    assert "Join Us Leiden" not in vera.said
    assert vera.last.labels == ["Blijft in de groep", "Volgende stap", "Terug"]


def test_who_stays_in_the_group_after_a_move_changes_nothing_and_nobody_is_told(stage):
    sam, number = in_phase(stage, "participating")
    seen = len(sam.shown)
    vera = moves_house(stage, "Staat er niet bij")
    assert "Woont in een gemeente die hier niet bij staat." in vera.said
    vera.taps("Blijft in de groep")
    stage.passes(timedelta(hours=1))

    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "participating"
    assert len(sam.shown) == seen


def test_the_same_town_changes_nothing(stage):
    in_phase(stage, "participating")

    assert "Dat is de gemeente van de groep." in moves_house(stage, "Noordwijk").said


def test_from_there_the_next_step_can_be_noted(stage):
    _, number = in_phase(stage, "participating")
    town(stage, "Katwijk")
    vera = moves_house(stage, "Katwijk").taps("Volgende stap", "Volgende stap", "gestopt", "verhuisd")
    vera.taps("Vandaag", "Ja, noteren")

    assert stage.reads(lambda conn: phases.history(conn, number))[-1].reason == "moved_away"


def test_a_full_group_is_said_with_the_way_out(stage):
    in_phase(stage, "participating")
    there = group(stage, town(stage, "Katwijk"), capacity=1)
    other = enters(stage, "Ids")
    stage.writes(lambda conn: people.change(conn, other, group_id=there))
    vera = moves_house(stage, "Katwijk")
    assert "Jullie hebben nu geen andere groep met plek." in vera.said
    vera.taps("Join Us Katwijk")
    assert "Die groep is vol." in vera.said

    assert "Blijft in de groep" in vera.taps("Andere groep").last.labels


@pytest.mark.parametrize("who", ["Noor", "Amira"])
def test_only_who_looks_after_them_moves_them(stage, who):
    in_phase(stage, "participating")
    assert stage.programme.groups[YOUNGER]
    phone = stage.of(who).types("Menu")
    if "Waar in het programma" not in phone.last.labels:
        return
    phone.taps("Waar in het programma")
    if "Tik je code" in phone.said:
        phone.taps_code()
    if "Sam" in phone.last.labels:
        phone.taps("Sam")

    assert "Verhuisd" not in phone.last.labels
