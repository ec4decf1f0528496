"""Links: single use, a week, hashed, and nobody learns anything by guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import people
from bot.storage.schema_people import account, invitation, person
from tests.talk import kept


def linked(stage):
    """How many accounts belong to a youngster."""
    query = (
        select(account.c.id).join(person, person.c.id == account.c.person_id).where(person.c.role == "youth")
    )
    return len(stage.reads(lambda conn: conn.execute(query).all()))


def test_unknown_used_and_expired_get_the_same_words(stage):
    used = stage.invitation(stage.youth("Sam"))
    stage.phone("Sam").opens(used)
    expired = stage.invitation(stage.youth("Kim"), valid=timedelta(days=7))
    stage.passes(timedelta(days=7))

    answers = {stage.phone("Iemand").opens(token).said for token in ("onbekend", used, expired)}

    assert len(answers) == 1
    (answer,) = answers
    assert answer.startswith("Deze link werkt niet of niet meer. Dat ligt niet aan jou.")
    assert "Werk je bij Join Us? Vraag je coördinator om een nieuwe link" in answer
    assert "112" in answer
    assert linked(stage) == 1


def test_a_link_works_until_the_last_second_of_its_week(stage):
    token = stage.invitation(stage.youth("Sam"), valid=timedelta(days=7))
    stage.passes(timedelta(days=7, seconds=-2))

    assert "Hoi Sam" in stage.phone("Sam").opens(token).said


def test_a_newer_link_ends_the_older_one(stage):
    number = stage.youth("Sam")
    older = stage.invitation(number)
    newer = stage.invitation(number)

    assert "werkt niet" in stage.phone("Iemand").opens(older).said
    assert "Hoi Sam" in stage.phone("Sam").opens(newer).said


def test_after_five_wrong_links_even_the_right_one_waits_an_hour(stage):
    token = stage.invitation(stage.youth("Sam"))
    sam = stage.phone("Sam")
    for guess in range(5):
        assert "werkt niet" in sam.opens(f"gok{guess}").said

    sam.opens(token)
    assert sam.said.startswith("Je probeerde te veel links.")
    assert "113" in sam.said
    assert "link_guessing" in stage.alarms
    stage.passes(timedelta(minutes=61))

    assert "Hoi Sam" in sam.opens(token).said


def test_fifty_links_in_a_row_lead_nowhere_and_disturb_nobody_else(stage):
    token = stage.invitation(stage.youth("Sam"))
    guesser = stage.phone("Iemand")

    for guess in range(50):
        guesser.opens(f"gok{guess}")

    assert stage.outcomes[-50:] == ["link_refused"] * 5 + ["throttled"] * 45
    assert "Hoi Sam" in stage.phone("Sam").opens(token).said


def test_many_accounts_together_are_throttled_too_but_never_lock_out_a_right_link(stage):
    token = stage.invitation(stage.youth("Sam"))
    for number in range(20):
        guesser = stage.phone(f"Robot {number}")
        for guess in range(5):
            guesser.opens(f"gok{number}-{guess}")

    assert "te veel links" in stage.phone("Nog een robot").opens("gok").said
    assert "computer van Join Us" in stage.phone("Sam").opens(token).said


def test_somebody_known_leaves_the_link_of_somebody_else_as_it_was(stage):
    sam = stage.youth_begins("Sam")
    token = stage.invitation(stage.youth("Kim"))

    count = len(sam.shown)
    sam.opens(token)
    assert "Wij kennen elkaar al." in sam.since(count)
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).name) == "Sam"

    assert "Hoi Kim" in stage.phone("Kim").opens(token).said


def test_a_professional_who_tries_the_link_does_not_use_it_up(stage):
    token = stage.invitation(stage.youth("Sam"))

    stage.of("Vera").opens(token)

    assert "Hoi Sam" in stage.phone("Sam").opens(token).said


def test_of_two_phones_with_one_link_the_first_is_linked(stage):
    token = stage.invitation(stage.youth("Sam"))

    first, second = stage.phone("Sam").opens(token), stage.phone("Iemand").opens(token)

    assert "Hoi Sam" in first.said
    assert "werkt niet" in second.said
    assert linked(stage) == 1


def test_a_mistapped_year_can_be_mended_before_the_link_is_made(stage):
    vera = stage.of("Vera")
    before = stage.reads(kept.rows)["invitation"]
    vera.types("/uitnodigen").types("Sam de Vries")
    vera.taps("2014", "maart", "Vaardigheden", "Nee, alleen dit")
    assert "Een voornaam is genoeg." in vera.said

    vera.taps("Opnieuw").types("Sam").taps("2004", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")

    assert "De uitnodiging voor Sam is klaar:" in vera.said
    assert stage.reads(kept.rows)["invitation"] == before + 1


def test_the_link_stands_nowhere_in_the_database(stage):
    vera = stage.of("Vera").types("/uitnodigen").types("Sam")
    vera.taps("2004", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")
    token = vera.said.split("?start=")[1].split()[0]
    stage.phone("Sam").opens(token)

    assert stage.reads(lambda conn: kept.places_of(conn, token)) == set()
    assert not kept.file_holds(stage.path, token)
    assert stage.reads(lambda conn: kept.places_of(conn, "Hoi Sam")) == set()


def test_the_professional_makes_a_link_and_sees_who_joined(stage):
    vera = stage.of("Vera").types("/uitnodigen").types("Sam")
    assert "In welk jaar is Sam geboren?" in vera.said
    vera.taps("2004", "maart", "Vaardigheden")
    assert vera.last.button("Nee, alleen dit") is not None
    assert "Vaardigheden" not in vera.last.labels
    vera.taps("Gedachten")
    assert vera.said.startswith("Sam, geboren in maart 2004.\nHet gaat om: Vaardigheden en Gedachten.")
    vera.taps("Klopt")
    assert "De uitnodiging voor Sam is klaar:" in vera.said
    assert "tot vrijdag 27 november, 12:00" in vera.said
    assert vera.last.message.picture is not None
    assert vera.last.message.protect
    token = vera.said.split("?start=")[1].split()[0]

    sam = stage.phone("Sam").opens(token)

    assert "Hoi Sam" in sam.said
    person = stage.reads(lambda conn: people.load(conn, stage.id_of(sam)))
    assert (person.born, person.causes) == ("2004-03", ("skills", "thoughts"))
    helpers = stage.reads(lambda conn: people.looked_after_by(conn, person.id))
    assert helpers == {"main": stage.programme.staff["Vera"], "backup": stage.programme.staff["Tom"]}


def test_who_changes_their_mind_invites_nobody(stage):
    before = stage.reads(kept.rows)

    vera = stage.of("Vera").types("/uitnodigen").taps("Toch niet uitnodigen")

    assert vera.said == "Oké. Ik maak niemand aan."
    assert stage.reads(kept.rows)["person"] == before["person"]


@pytest.mark.parametrize("late", [False, True])
def test_without_a_colleague_in_the_group_nobody_is_invited(stage, late):
    from sqlalchemy import delete

    from bot.storage.schema_programme import group_staff

    vera, tom = stage.of("Vera"), group_staff.c.person_id == stage.programme.staff["Tom"]
    if late:
        vera.types("/uitnodigen").types("Sam").taps("2004", "maart", "Vaardigheden", "Nee, alleen dit")
    stage.writes(lambda conn: conn.execute(delete(group_staff).where(tom)))
    if late:
        vera.taps("Klopt")
    else:
        vera.types("/uitnodigen")

    assert vera.said.startswith("Ik maak geen uitnodiging.")
    assert not stage.reads(lambda conn: conn.execute(select(invitation.c.id).where(
        invitation.c.created_by.is_not(None))).all())  # fmt: skip
