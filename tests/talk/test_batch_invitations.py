"""Invitations on paper: names are ticked, each gets a link of its own that works once, and links can be ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.conversation.batch_inviting import MOST, ON_A_SCREEN
from bot.paper.invitations import ON_A_PAGE, pages
from bot.rehearsal.programme import YOUNGER
from bot.storage import halts, people
from bot.storage.schema_programme import group_staff
from tests.talk.stage import CODE

LINK = re.compile(rb"/URI \(https://t\.me/companion_sandbox_bot\?start=([\w-]+)\)")


def named(stage, count):
    for number in range(1, count + 1):
        stage.youth(f"Jongere {number:03}")


def opens(stage, name="Vera"):
    phone = stage.of(name).types("Menu").taps("Uitnodigen op papier")
    return phone.taps_code(CODE) if "Tik je code" in phone.said else phone


def papers(phone):
    return [one.message.document.content for one in phone.shown if one.message.document is not None]


def links(content):
    return [one.decode() for one in LINK.findall(content)]


def sheets(content):
    return len(re.findall(rb"/Type /Page\b", content))


def begins(stage, token, name):
    return stage.phone(name).opens(token)


@pytest.mark.parametrize("count", [1, 25, 200])
def test_everybody_gets_a_link_of_their_own_on_as_few_pages_as_fit(stage, count):
    named(stage, count)
    vera = opens(stage)
    assert f"Gekozen: 0 van {count}." in vera.said
    assert len([one for one in vera.last.labels if one.startswith("Jongere")]) == min(count, ON_A_SCREEN)
    vera.taps("Iedereen", "Maak het vel")
    while "De volgende namen" in vera.last.labels:
        vera.taps("De volgende namen", "Maak het vel")
    made = papers(vera)
    found = [links(one) for one in made]

    assert len(made) == -(-count // MOST)
    assert [sheets(one) for one in made] == [pages(len(one)) for one in found]
    assert all(len(one) <= MOST for one in found)
    every = [token for one in found for token in one]
    assert len(every) == len(set(every)) == count


def test_two_of_many_open_what_is_theirs_and_each_link_works_once(stage):
    named(stage, 3)
    vera = opens(stage).taps("Jongere 001", "Jongere 003", "Maak het vel")
    first, third = links(papers(vera)[0])

    assert "1. Jongere 001\n2. Jongere 003" in vera.said
    assert "Ik ben een computer" in begins(stage, first, "Een").ever
    assert stage.reads(lambda conn: people.named(conn, "Jongere 001"))[0].state == "started"
    begins(stage, third, "Drie")
    assert stage.reads(lambda conn: people.named(conn, "Jongere 003"))[0].state == "started"
    assert stage.reads(lambda conn: people.named(conn, "Jongere 002"))[0].state == "invited"
    before = stage.outcomes.count("link_refused")
    begins(stage, first, "Iemand anders")
    assert stage.outcomes.count("link_refused") == before + 1


def test_no_name_stands_in_the_file_or_in_its_name(stage):
    stage.youth("Kimkanarie")
    vera = opens(stage).taps("Iedereen", "Maak het vel")
    one = next(one.message.document for one in vera.shown if one.message.document)

    assert b"Kimkanarie" not in one.content
    assert one.name == "join-us-20261120.pdf"
    assert "1. Kimkanarie" in vera.said
    assert vera.last.message.protect


def test_a_link_that_was_there_before_dies(stage):
    number = stage.youth("Sam")
    old = stage.invitation(number)
    opens(stage).taps("Iedereen", "Maak het vel")
    begins(stage, old, "Te laat")

    assert stage.reads(lambda conn: people.load(conn, number)).state == "invited"


def test_the_links_of_a_sheet_are_ended_again(stage):
    named(stage, 3)
    vera = opens(stage).taps("Iedereen", "Maak het vel")
    first, second, third = links(papers(vera)[0])
    begins(stage, second, "Was al binnen")
    vera.taps("Deze links intrekken")

    assert "Ingetrokken: 2." in vera.said
    for token in (first, third):
        begins(stage, token, token)
    states = [stage.reads(lambda conn, n=n: people.named(conn, f"Jongere 00{n}"))[0].state for n in (1, 2, 3)]
    assert states == ["invited", "started", "invited"]


def test_links_of_earlier_are_ended_by_name(stage):
    named(stage, 2)
    tokens = [
        stage.invitation(stage.reads(lambda conn, n=n: people.named(conn, f"Jongere 00{n}"))[0].id)
        for n in (1, 2)
    ]
    vera = opens(stage).taps("Jongere 002", "Links intrekken", "Ja, intrekken")

    assert "Ingetrokken: 1." in vera.said
    begins(stage, tokens[1], "Twee")
    assert stage.reads(lambda conn: people.named(conn, "Jongere 002"))[0].state == "invited"
    begins(stage, tokens[0], "Een")
    assert stage.reads(lambda conn: people.named(conn, "Jongere 001"))[0].state == "started"


def test_a_tick_is_taken_away_and_names_of_later_screens_are_there(stage):
    named(stage, 14)
    vera = opens(stage).taps("Jongere 001", "✓ Jongere 001")
    assert "Gekozen: 0 van 14." in vera.said
    vera.taps("Volgende namen", "Jongere 014", "Volgende namen", "Jongere 002", "Maak het vel")

    assert "1. Jongere 002\n2. Jongere 014" in vera.said


def test_of_one_group_only(stage):
    vera = stage.programme.staff["Vera"]
    younger = stage.programme.groups[YOUNGER]
    stage.writes(lambda conn: conn.execute(insert(group_staff).values(group_id=younger, person_id=vera)))
    stage.youth("Sam")
    stage.youth("Kim", group=YOUNGER)
    phone = opens(stage).taps("Join Us 12-18", "Iedereen", "Maak het vel")

    assert "1. Kim" in phone.said
    assert "Sam" not in phone.said


def test_youngsters_of_a_colleague_and_who_was_halted_or_began_stand_nowhere(stage):
    stage.youth("Pim", main="Tom", backup="Vera")
    number = stage.youth("Stil")
    stage.writes(lambda conn: halts.begin(conn, number, "died", stage.programme.staff["Vera"], stage.now))
    stage.youth_begins("Sam")
    vera = stage.of("Vera").types("Menu")

    assert not any("papier" in label for label in vera.last.labels)


def test_names_alike_are_told_apart(stage):
    stage.youth("Sam")
    stage.passes(timedelta(days=1))
    stage.youth("Sam")
    stage.passes("2026-11-23 10:00")
    vera = opens(stage).taps("Iedereen", "Maak het vel")
    lines = [one[3:] for one in vera.said.split("\n") if re.match(r"\d\. ", one)]

    assert len(lines) == len(set(lines)) == 2


def test_after_a_quarter_of_an_hour_the_code_is_asked_first(stage):
    named(stage, 1)
    vera = opens(stage).taps("Iedereen")
    stage.passes(timedelta(minutes=20))
    vera.taps("Maak het vel")

    assert "Tik je code" in vera.said
    assert papers(vera) == []


def test_the_same_list_and_moment_give_the_same_paper(stage):
    from bot.conversation.batch_inviting import draw

    made = [
        draw(stage.world.library, "een_bot", ["a" * 22, "b" * 22], "vrijdag", "nl", stage.now).content
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("count, expected", [(1, 1), (10, 1), (11, 2), (25, 3), (200, 20)])
def test_so_many_fit_on_a_page(count, expected):
    assert ON_A_PAGE == 10
    assert pages(count) == expected
