"""A group closes: everybody is told, each youngster has a way to go on, nothing comes afterwards, and it is proved."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from bot.conversation import closing, starting
from bot.conversation.turn import Turn
from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import admissions, closings, due, group_moves, halts, people, phases, sign_ups
from bot.storage.schema_programme import group_staff, meeting_group, organisation
from tests.talk.stage import CODE
from tests.talk.test_holiday import days_off
from tests.talk.test_team import team

DIED = ("Overleden",)
LAST_DAY = "vrijdag 18 december"


def page(stage, group="Join Us 18-25"):
    phone = team(stage, group).taps("Groep sluiten")
    if "Tik je code" in phone.said:
        phone.taps_code(CODE)
    return phone


def closes(stage, day=LAST_DAY, group="Join Us 18-25"):
    noor = page(stage, group).taps(day, "Ja, sluiten op die dag")
    stage.ticks()
    return noor


def takes_part(stage, name="Sam", phase="participating", **more):
    phone = stage.youth_begins(name, **more)
    number = stage.id_of(phone)
    group = stage.programme.groups[more.get("group", OLDER)]
    stage.writes(lambda conn: admissions.enter(conn, number, group, phase, None, stage.now.date(), stage.now))
    return phone, number


def second_group(stage, name="Join Us Katwijk"):
    """Another group of the organisation for the same age, with two professionals."""

    def make(conn):
        row = dict(conn.execute(meeting_group.select().where(meeting_group.c.key == OLDER)).one()._mapping)
        row.pop("id")
        row |= {"key": "katwijk", "name": name}
        number = conn.execute(insert(meeting_group).values(row).returning(meeting_group.c.id)).scalar_one()
        for staff in ("Amira", "Bas"):
            values = {"group_id": number, "person_id": stage.programme.staff[staff]}
            conn.execute(insert(group_staff).values(values))
        return number

    return stage.writes(make)


def phase(stage, number):
    return stage.reads(lambda conn: phases.phase_of(conn, number))


def here(stage, number):
    return stage.reads(lambda conn: people.find(conn, number)) is not None


def died(stage):
    """The coordinator notes that Sam died."""
    noor = stage.of("Noor").types("Menu").taps("Stilzetten")
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)
    noor.taps("Sam")
    return noor.taps(*DIED)


def of_group(stage, group=OLDER):
    return stage.reads(lambda conn: closings.of_group(conn, stage.programme.groups[group]))


def test_the_preview_says_who_is_told_what_and_nothing_happened_yet(stage):
    sam, _ = takes_part(stage)
    before = list(sam.texts)
    noor = page(stage)
    assert "Krijgen bericht en kiezen zelf: Sam." in noor.said
    assert "Begeleiders: Vera, Tom." in noor.said
    noor.taps(LAST_DAY)

    assert f"Join Us 18-25 stopt. De laatste dag is {LAST_DAY}." in noor.said
    assert "Er is nu geen andere groep met plek." in noor.said
    noor.taps("Toch niet sluiten")
    stage.ticks()
    assert sam.texts == before
    assert of_group(stage) is None


def test_everybody_is_told_and_the_evenings_end_on_the_last_day(stage):
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees")

    assert f"De laatste dag is {LAST_DAY}. Dat komt niet door jou." in sam.said
    assert "Join Us 18-25 stopt." in stage.of("Vera").said
    assert "Sam" not in stage.of("Vera").said
    stage.passes("2026-12-12 12:00")
    waiting = stage.reads(lambda conn: due.waiting_of(conn, number))
    assert not [one for one in waiting if one.kind == "meeting_48h" and one.occurrence > "2026-12-18"]


def test_with_somebody_inside_it_does_not_close_at_once(stage):
    takes_part(stage)
    noor = page(stage)

    assert noor.last.labels[0] == LAST_DAY


def test_an_empty_group_can_close_today(stage):
    noor = closes(stage, "vrijdag 20 november", "Join Us 12-18")
    assert "Join Us 12-18 stopt op vrijdag 20 november." in noor.said
    stage.passes("2026-11-21 12:00")

    assert of_group(stage, YOUNGER).closed_at is not None
    assert of_group(stage, YOUNGER).proved_at is not None


def test_a_youngster_goes_to_another_group_on_the_day_after(stage):
    katwijk = second_group(stage)
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Naar Join Us Katwijk")
    assert "Op zaterdag 19 december ga je naar Join Us Katwijk. Daar zijn Amira en Bas." in sam.said
    stage.passes("2026-12-18 22:00")
    assert stage.reads(lambda conn: people.load(conn, number)).group_id == stage.programme.groups[OLDER]
    stage.passes("2026-12-19 12:00")

    assert stage.reads(lambda conn: people.load(conn, number)).group_id == katwijk
    helpers = stage.reads(lambda conn: people.looked_after_by(conn, number))
    assert helpers == {"main": stage.programme.staff["Amira"], "backup": stage.programme.staff["Bas"]}
    assert of_group(stage).closed_at is not None


def test_a_youngster_says_goodbye_and_everything_is_erased_with_proof(stage):
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Verder zonder groep", "Nee, dank je", "Oké")
    assert phase(stage, number) == "outflow"
    stage.passes("2026-12-20 12:00")
    assert of_group(stage).closed_at is not None
    assert of_group(stage).proved_at is None
    stage.passes("2027-01-03 12:00")

    assert not here(stage, number)
    assert of_group(stage).proved_at is not None
    proofs = stage.reads(lambda conn: closings.proofs(conn, of_group(stage)))
    assert len(proofs) == 1
    assert proofs[0].proof
    noor = page(stage)
    assert "Gewist: 1. Nog te wissen: 0." in noor.said
    assert proofs[0].proof in noor.said


def test_after_the_last_day_nothing_comes_but_what_was_announced(stage):
    sam, _ = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Verder zonder groep", "Nee, dank je", "Oké")
    stage.passes("2026-12-18 23:00")
    before = len(sam.shown)
    stage.passes("2027-01-06 12:00")
    came = [one.text for one in sam.shown[before:]]

    assert len(came) == 2, came
    assert "Er is een bericht voor je." in came[0]
    assert "Alles is gewist." in came[1]
    staff = [one.text for name in ("Vera", "Tom") for one in stage.of(name).shown]
    assert not [one for one in staff if "bijeenkomst van" in one and "januari" in one]


def test_the_choice_can_be_changed_until_the_day(stage):
    katwijk = second_group(stage)
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Verder zonder groep", "Ja, graag", "Oké")
    stage.passes("2026-12-01 12:00")
    sam.types("Menu").taps("Mijn groep stopt", "Iets anders kiezen", "Naar Join Us Katwijk", "Oké")
    assert phase(stage, number) == "participating"
    assert "goodbye" not in {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))}
    stage.passes("2026-12-19 12:00")

    assert stage.reads(lambda conn: people.load(conn, number)).group_id == katwijk


def test_as_long_as_somebody_has_no_way_the_group_stays_open_and_staff_hear_it(stage):
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Later")
    stage.passes("2026-12-21 12:00")
    assert of_group(stage).closed_at is None
    assert here(stage, number)
    assert "De laatste dag was vrijdag 18 december. De groep blijft nog open. Nog zonder plan: 1." in (
        stage.of("Noor").said
    )

    noor = page(stage).taps("Voor iemand noteren", "Sam", "Alleen, met een afscheid")
    assert "Sam: gaat verder zonder groep, met een afscheid." in noor.said
    stage.passes("2026-12-22 18:00")
    assert of_group(stage).closed_at is not None


def test_taken_back_before_the_day_all_is_as_it_was_and_who_heard_hears_so(stage):
    sam, number = takes_part(stage)
    noor = closes(stage)
    sam.taps("Lees", "Verder zonder groep", "Nee, dank je", "Oké")
    noor.taps("Terugdraaien")
    stage.ticks()
    sam.taps("Lees")

    assert "Je groep gaat toch door." in sam.said
    assert phase(stage, number) == "participating"
    assert of_group(stage) is None
    stage.passes("2027-01-12 12:00")
    assert here(stage, number)
    assert "Bijeenkomst" in sam.ever or "bijeenkomst" in sam.ever


def test_who_had_not_heard_hears_nothing_of_what_is_taken_back(stage):
    sam, _ = takes_part(stage)
    before = len(sam.shown)
    stage.passes("2026-11-20 23:30")
    closes(stage, "vrijdag 18 december").taps("Terugdraaien")
    stage.passes("2026-11-21 13:00")

    assert len(sam.shown) == before


def test_closing_twice_shows_the_first(stage):
    takes_part(stage)
    closes(stage)
    noor = page(stage)

    assert "Join Us 18-25 stopt op vrijdag 18 december." in noor.said
    assert "Sam: koos nog niet." in noor.said


def test_two_coordinators_at_once_close_it_once(stage):
    takes_part(stage)
    noor = page(stage).taps(LAST_DAY)
    group = stage.programme.groups[OLDER]
    day = stage.now.date() + timedelta(weeks=8)
    stage.writes(lambda conn: closing.announce(Turn(conn, stage.world, stage.now), group, day, None))
    noor.taps("Ja, sluiten op die dag")

    assert "Join Us 18-25 stopt op vrijdag 15 januari." in noor.said


def test_nobody_new_comes_into_a_group_that_closes(stage):
    closes(stage)
    vera = stage.of("Vera").types("Menu").taps("Jongere uitnodigen").types("Kim")
    vera.taps("2004", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")
    town = stage.reads(sign_ups.towns)[0]

    assert "Ook een groep die stopt, neemt niemand meer aan." in vera.said
    assert town.age_groups == {"12-18"}


def test_who_waits_stops_with_the_group_and_is_erased(stage):
    sam, number = takes_part(stage, phase="waiting")
    closes(stage)
    sam.taps("Lees", "Ik stop")
    assert "Op vrijdag 1 januari wis ik wat ik van je heb." in sam.said
    sam.taps("Oké")
    stage.passes("2026-12-20 12:00")
    assert phase(stage, number) == "left"
    stage.passes("2027-01-03 12:00")

    assert not here(stage, number)


def test_who_cannot_be_reached_is_named_to_be_called(stage):
    number = stage.youth("Kim")
    stage.writes(
        lambda conn: admissions.enter(
            conn, number, stage.programme.groups[OLDER], "participating", None, stage.now.date(), stage.now
        )
    )
    noor = page(stage)

    assert "Krijgen hier geen bericht, bel zelf: Kim." in noor.said


def test_a_youngster_who_died_goes_without_a_message(stage):
    sam, number = takes_part(stage)
    died(stage)
    assert stage.reads(lambda conn: halts.running(conn, number)).reason == "died"
    before = list(sam.texts)
    closes(stage, "vrijdag 20 november")
    stage.passes("2027-02-10 12:00")
    stage.of("Vera").types("Menu")
    assert of_group(stage).closed_at is not None
    assert here(stage, number)
    stage.passes("2027-02-25 12:00")

    assert sam.texts == before
    assert not here(stage, number)
    assert of_group(stage).proved_at is not None
    assert "die is overleden, is gewist" in stage.of("Vera").ever


def test_without_a_closing_who_died_is_erased_after_a_term_and_nothing_is_sent(stage):
    sam, number = takes_part(stage)
    died(stage)
    before = list(sam.texts)
    stage.passes("2027-02-10 12:00")
    stage.of("Vera").types("Menu")
    assert here(stage, number)
    stage.passes("2027-02-25 12:00")

    assert not here(stage, number)
    assert sam.texts == before
    assert "die is overleden, is gewist" in stage.of("Vera").ever


@pytest.mark.parametrize("whose", ["other", "none"])
def test_a_coordinator_of_another_organisation_closes_nothing(stage, whose):
    noor = page(stage).taps(LAST_DAY)
    old = noor.sees("Ja, sluiten").button("Ja, sluiten").data

    def leaves(conn):
        other = conn.execute(
            insert(organisation).values(key="elders", name="Elders").returning(organisation.c.id)
        ).scalar_one()
        wanted = other if whose == "other" else None
        people.change(conn, stage.programme.staff["Noor"], organisation_id=wanted)

    stage.writes(leaves)
    noor.taps_data(old)

    assert of_group(stage) is None


def test_an_organisation_closes_with_its_groups_and_its_staff_go_last(stage):
    sam, number = takes_part(stage)
    welfare = stage.reads(lambda conn: people.load(conn, stage.programme.staff["Noor"])).organisation_id
    day = stage.now.date() + timedelta(weeks=4)

    def announce(conn):
        turn = Turn(conn, stage.world, stage.now)
        closing.announce_organisation(turn, welfare, day, None)
        starting.begin_all(turn)

    stage.writes(announce)
    stage.ticks()
    assert "stopt met Join Us. De laatste dag is vrijdag 18 december." in stage.of("Noor").said
    sam.taps("Lees", "Verder zonder groep")
    assert f"Op {LAST_DAY} nemen we afscheid." in sam.said
    sam.taps("Oké")
    noor = page(stage).taps("Niet sluiten")
    assert "Dat draait de technisch beheerder terug." in noor.said
    stage.passes("2026-12-19 12:00")
    assert stage.reads(lambda conn: closings.organisation_is_closed(conn, welfare))
    before = {name: list(stage.of(name).texts) for name in ("Vera", "Tom", "Amira", "Bas")}
    chat = len(sam.shown)
    stage.passes("2027-01-04 12:00")

    assert not here(stage, number)
    assert ["Alles is gewist." in one.text for one in sam.shown[chat:]] == [True]
    done = stage.reads(lambda conn: closings.of_organisation(conn, welfare))
    assert done.proved_at is not None
    states = {name: stage.reads(lambda conn, one=one: people.load(conn, one)).state
              for name, one in stage.programme.staff.items()}  # fmt: skip
    assert states == {**dict.fromkeys(states, "erased"), "Joost": "active"}
    assert len(stage.reads(lambda conn: closings.proofs(conn, done))) == 6
    for name, texts in before.items():
        came = [one for one in stage.of(name).texts[len(texts) :] if "Alles is gewist." not in one]
        assert came == []


def test_who_was_coming_from_another_group_stays_there_and_hears_so(stage):
    katwijk = second_group(stage)
    sam, number = takes_part(stage)
    group, vera = stage.programme.groups[OLDER], stage.programme.staff["Vera"]
    stage.writes(lambda conn: people.change(conn, number, group_id=katwijk))
    day = date(2027, 1, 4)
    stage.writes(lambda conn: group_moves.add(conn, number, group, day, vera, stage.now))
    closes(stage, "vrijdag 20 november")
    sam.taps("Lees")

    assert "Je blijft in je eigen groep." in sam.said
    assert stage.reads(lambda conn: group_moves.of_youth(conn, number)) is None
    stage.passes("2027-01-05 12:00")
    assert stage.reads(lambda conn: people.load(conn, number)).group_id == katwijk


def test_a_place_in_the_other_group_that_is_gone_meanwhile_is_refused_kindly(stage):
    katwijk = second_group(stage)
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees")
    stage.writes(
        lambda conn: conn.execute(
            update(meeting_group).where(meeting_group.c.id == katwijk).values(capacity=0)
        )
    )
    sam.taps("Naar Join Us Katwijk")
    assert "Daar is nu geen plek meer." in sam.said
    sam.taps("Iets anders kiezen")

    assert "Naar Join Us Katwijk" not in sam.last.labels
    assert phase(stage, number) == "participating"


def test_what_would_still_come_by_itself_after_the_closing_does_not(stage):
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Verder zonder groep", "Nee, dank je", "Oké")
    stage.passes("2026-12-20 12:00")
    before = list(sam.texts)

    def plan(conn):
        due.plan(conn, number, "two_weekly", "later", stage.now, None, {}, stage.now)

    stage.writes(plan)
    stage.passes("2026-12-21 20:00")
    assert sam.texts == before


def test_a_group_without_a_reader_after_the_last_day_is_not_offered(stage):
    second_group(stage)
    sam, _ = takes_part(stage)
    days_off(stage, "Amira", "Bas", first="2026-12-21 00:00", last="2026-12-22 23:00")
    assert "Join Us Katwijk" not in page(stage).taps(LAST_DAY).said
    closes(stage)
    sam.taps("Lees")

    assert "Naar Join Us Katwijk" not in sam.last.labels
