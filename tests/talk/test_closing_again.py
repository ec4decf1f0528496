"""Two closings that meet: the group somebody chose stops too, somebody died, a sign-up waits, two people decide."""

import threading
import time
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.conversation import closing, closing_news, closing_way, starting
from bot.conversation.turn import Turn
from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import admissions, closings, group_moves, outflows, people, sign_ups
from bot.storage.database import transaction
from tests.talk.stage import CODE
from tests.talk.test_closing import closes, died, here, of_group, page, phase, second_group, takes_part
from tests.talk.test_sign_up import signs_up

LATER = timedelta(weeks=8)


def also_closes(stage, group=None, day=None):
    """Another group closes, or with none the whole organisation, as the operator notes it."""

    def announce(conn):
        turn = Turn(conn, stage.world, stage.now)
        when = day or stage.now.date() + LATER
        if group is not None:
            made = closing.announce(turn, group, when, None)
        else:
            made = closing.announce_organisation(turn, welfare(stage), when, None)
        starting.begin_all(turn)
        return made

    made = stage.writes(announce)
    stage.ticks()
    return made


def welfare(stage):
    return stage.reads(lambda conn: people.load(conn, stage.programme.staff["Noor"])).organisation_id


def chose_katwijk(stage):
    katwijk = second_group(stage)
    sam, number = takes_part(stage)
    closes(stage)
    sam.taps("Lees", "Naar Join Us Katwijk", "Oké")
    return katwijk, sam, number


def test_the_group_somebody_chose_closes_too_and_they_are_asked_anew(stage):
    katwijk, sam, number = chose_katwijk(stage)
    also_closes(stage, katwijk)
    sam.taps("Lees")

    assert "Naar Join Us Katwijk gaan kan niet meer." in sam.said
    assert "Je groep Join Us 18-25 stopt." in sam.said
    assert "Naar Join Us Katwijk" not in sam.last.labels
    assert "Je blijft in je eigen groep." not in sam.ever
    assert "Sam: koos nog niet." in page(stage).said
    stage.passes("2026-12-21 12:00")
    assert of_group(stage).closed_at is None
    assert here(stage, number)


def test_asked_anew_they_say_goodbye_and_both_groups_close(stage):
    katwijk, sam, _ = chose_katwijk(stage)
    also_closes(stage, katwijk)
    sam.taps("Lees", "Verder zonder groep", "Nee, dank je")
    stage.passes("2026-12-20 12:00")

    assert of_group(stage).closed_at is not None
    stage.passes("2027-01-18 12:00")
    assert stage.reads(lambda conn: closings.of_group(conn, katwijk)).closed_at is not None


def test_the_whole_organisation_closes_and_nobody_is_erased_unasked(stage):
    _, sam, number = chose_katwijk(stage)
    also_closes(stage)
    sam.taps("Lees")
    assert "Naar Join Us Katwijk gaan kan niet meer." in sam.said
    stage.passes("2027-02-20 12:00")

    assert here(stage, number)
    assert of_group(stage).closed_at is None
    assert not stage.reads(lambda conn: closings.organisation_is_closed(conn, welfare(stage)))


def test_an_earlier_day_is_told_and_nobody_reads_that_the_group_goes_on(stage):
    sam, number = takes_part(stage)
    closes(stage, "vrijdag 12 februari")
    sam.taps("Lees", "Verder zonder groep", "Nee, dank je", "Oké")
    also_closes(stage, day=stage.now.date() + timedelta(weeks=4))
    opener = [one for one in sam.shown if one.labels == ["Lees", "Later"] or one.labels == ["Lees"]]
    assert len(opener) == 1
    sam.taps("Lees")

    assert "De laatste dag is eerder: vrijdag 18 december." in sam.said
    assert "gaat toch door" not in sam.ever
    stage.passes("2026-11-23 12:00")
    for name in ("Vera", "Tom", "Noor"):
        assert "gaat toch door" not in stage.of(name).ever
    assert phase(stage, number) == "participating"
    assert of_group(stage).closes_on == date(2026, 12, 18)


def test_who_had_not_heard_of_the_later_day_reads_the_earlier_one_only(stage):
    sam, _ = takes_part(stage)
    stage.passes("2026-11-20 23:30")
    closes(stage, "vrijdag 12 februari")
    also_closes(stage, day=stage.now.date() + timedelta(weeks=4))
    stage.passes("2026-11-21 13:00")
    sam.taps("Lees")

    assert "De laatste dag is vrijdag 18 december." in sam.said
    assert "12 februari" not in sam.ever


def test_asked_anew_and_then_their_own_group_goes_on(stage):
    katwijk, sam, _ = chose_katwijk(stage)
    stage.passes("2026-11-20 23:00")
    also_closes(stage, katwijk)
    one = of_group(stage)

    def take_back(conn):
        turn = Turn(conn, stage.world, stage.now)
        closing.take_back(turn, one, None)
        starting.begin_all(turn)

    stage.writes(take_back)
    stage.passes("2026-11-21 13:00")
    sam.taps("Lees")

    assert "Je groep gaat toch door." in sam.said
    assert "gaan kan niet meer" not in sam.ever


def test_a_move_that_a_professional_undoes_leaves_somebody_without_a_way(stage):
    _, sam, number = chose_katwijk(stage)
    planned = stage.reads(lambda conn: group_moves.of_youth(conn, number))

    def undo(conn):
        turn = Turn(conn, stage.world, stage.now)
        group_moves.undo(conn, planned.id, stage.now)
        closing_news.does_not_come(turn, people.load(conn, number), planned.id)
        starting.begin_all(turn)

    stage.writes(undo)
    stage.ticks()
    sam.taps("Lees")

    assert "Hoe wil jij verder?" in sam.said
    assert "Je blijft in je eigen groep." not in sam.ever
    assert "Sam: koos nog niet." in page(stage).said


def test_who_died_is_not_moved_and_is_kept_for_the_family(stage):
    katwijk, _, number = chose_katwijk(stage)
    died(stage)
    stage.passes("2027-01-20 12:00")

    assert of_group(stage).closed_at is not None
    assert stage.reads(lambda conn: people.load(conn, number)).group_id != katwijk
    assert stage.reads(lambda conn: group_moves.into(conn, katwijk)) == []
    stage.passes("2027-02-25 12:00")
    assert not here(stage, number)
    assert of_group(stage).proved_at is not None


def test_an_organisation_with_an_open_sign_up_stays_open_and_staff_hear_it(stage):
    signs_up(stage)
    also_closes(stage, day=stage.now.date())
    assert "Er staat nog 1 aanmelding open" in stage.of("Noor").ever
    assert "Er staat nog 1 aanmelding open" in stage.of("Vera").ever
    assert "Pim" not in stage.of("Noor").ever
    stage.passes("2026-11-24 12:00")
    assert not stage.reads(lambda conn: closings.organisation_is_closed(conn, welfare(stage)))

    noor = stage.of("Noor").types("Menu").taps("Aanmeldingen")
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)
    noor.taps("Pim", "Doorverwezen", "Wijkteam")
    stage.passes("2026-11-26 12:00")
    assert stage.reads(lambda conn: sign_ups.every_open(conn)) == []
    assert stage.reads(lambda conn: closings.organisation_is_closed(conn, welfare(stage)))


def test_what_is_announced_twice_is_one_closing(stage):
    group = stage.programme.groups[OLDER]
    first = also_closes(stage, group)

    assert also_closes(stage, group, stage.now.date() + 2 * LATER) == first
    whole = also_closes(stage)
    assert also_closes(stage, None, stage.now.date() + 2 * LATER) == whole


@pytest.mark.parametrize("of", ["group", "organisation"])
def test_the_database_keeps_one_closing_and_one_way(stage, of):
    group = stage.programme.groups[OLDER] if of == "group" else None
    day = date(2027, 1, 4)
    one = stage.writes(lambda conn: closings.add(conn, welfare(stage), group, day, None, stage.now))
    with pytest.raises(IntegrityError):
        stage.writes(lambda conn: closings.add(conn, welfare(stage), group, day, None, stage.now))
    stage.writes(lambda conn: closings.undo(conn, one, None, stage.now))
    again = stage.writes(lambda conn: closings.add(conn, welfare(stage), group, day, None, stage.now))
    number = stage.youth("Kim")
    stage.writes(lambda conn: closings.expect(conn, again.id, number, None))
    with pytest.raises(IntegrityError):
        stage.writes(lambda conn: closings.expect(conn, again.id, number, None))


# Two at once


def at_once(stage, *deeds):
    """Each in a transaction of its own, all at the same moment; what came of each."""
    gate, outcomes, errors = threading.Barrier(len(deeds)), {}, []

    def run(place, does):
        gate.wait()
        try:
            with transaction(stage.engine) as conn:
                outcomes[place] = does(Turn(conn, stage.world, stage.now))
        except Exception as error:  # noqa: BLE001 - handed to the test below
            errors.append(error)

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    return [outcomes[place] for place in range(len(deeds))]


@pytest.mark.postgres
def test_two_workers_close_a_group_once_and_the_organisation_once(stage_on_postgres):
    stage = stage_on_postgres
    group, day = stage.programme.groups[YOUNGER], stage.now.date() + LATER

    def closes_group(turn):
        return closing.announce(turn, group, day, None)

    def closes_all(turn):
        return closing.announce_organisation(turn, welfare(stage), day, None)

    one, other = at_once(stage, closes_group, closes_group)
    assert one == other
    stage.writes(lambda conn: closing.take_back(Turn(conn, stage.world, stage.now), one, None))
    one, other, _ = at_once(stage, closes_all, closes_all, closes_group)
    assert one == other
    stage.writes(lambda conn: closing.take_back(Turn(conn, stage.world, stage.now), one, None))


@pytest.mark.postgres
def test_a_choice_does_not_outlive_the_closing_that_is_undone_meanwhile(stage_on_postgres):
    stage = stage_on_postgres
    number, day = stage.id_of(stage.youth_begins("Sam")), stage.now.date() + LATER
    group = stage.programme.groups[OLDER]
    stage.writes(
        lambda conn: admissions.enter(conn, number, group, "participating", None, stage.now.date(), stage.now)
    )
    one = stage.writes(lambda conn: closing.announce(Turn(conn, stage.world, stage.now), group, day, None))

    def chooses(turn):
        closing_way.lock(turn, group)
        youth = people.locked(turn.conn, number)
        known = closing_way.mine(turn, youth)
        time.sleep(0.5)
        if known is None:
            return "gone"
        return closing_way.choose(turn, youth, known, None, youth, aftercare=False)

    def undoes(turn):
        time.sleep(0.2)
        return closing.take_back(turn, one, None)

    assert at_once(stage, chooses, undoes) == ["outflow", True]
    assert phase(stage, number) == "participating"
    assert stage.reads(lambda conn: outflows.of_youth(conn, number)) is None
