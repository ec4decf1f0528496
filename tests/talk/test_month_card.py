"""The month card: steps as they were chosen, the evenings, where to turn; on A6 and A4, without a name or words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import month_card
from bot.conversation.turn import Turn
from bot.paper.month_card import Card, Line, Step, render
from bot.storage import people
from tests.talk.test_assisted import document, makes, opens, takes_part
from tests.talk.test_changed_evening import cancels

STEP = "Zeg hoi tegen een bekende"
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
MADE = datetime(2026, 11, 20, 12, tzinfo=UTC)
SMALL, LARGE = (297.64, 419.53), (595.28, 841.89)
"""Width and height of A6 and A4 in points."""


@pytest.fixture
def vera(stage):
    return stage.of("Vera")


def card_of(stage, number, first=NOVEMBER):
    return stage.reads(
        lambda conn: month_card.card(Turn(conn, stage.world, stage.now), people.load(conn, number), first)
    )


def pages(content):
    """The size of each page."""
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    return [(float(width), float(height)) for width, height in found] * len(
        re.findall(rb"/Type /Page\b", content)
    )


def prints(professional, month="november 2026", size="A6"):
    opens(professional).taps("Maandkaart", month, size)
    return document(professional)


@pytest.mark.parametrize("size, expected", [("A6", SMALL), ("A4", LARGE)])
def test_the_card_comes_as_a_document_without_a_name(stage, vera, size, expected):
    takes_part(stage)
    made = prints(vera, size=size)

    assert made.name == f"maandkaart-2026-11-{size.lower()}.pdf"
    assert made.content.startswith(b"%PDF-")
    assert b"Sam" not in made.content
    width, height = pages(made.content)[0]
    assert (round(width), round(height)) == tuple(round(one) for one in expected)


def test_it_is_gone_from_the_chat_after_a_day_or_at_once(stage, vera):
    takes_part(stage)
    prints(vera)
    stage.passes(timedelta(hours=25))
    assert not [
        one for one in vera.shown if one.message.document and "maandkaart" in one.message.document.name
    ]

    prints(vera)
    vera.taps("Nu weghalen")
    assert not [
        one for one in vera.shown if one.message.document and "maandkaart" in one.message.document.name
    ]


def test_steps_stand_there_as_they_were_chosen_never_with_words(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov", "Gedaan")
    vera.taps("Kort opschrijven").types("De bakker lachte terug").taps("6", "Het viel mee", "Klaar")
    vera.taps("Hoe ging het?", "donderdag 19 nov", "Niet gedaan", "Klaar")

    card = card_of(stage, number)
    assert card.steps == (
        Step("open", "donderdag 19 november", STEP),
        Step("done", "vrijdag 20 november", STEP),
    )
    assert "bakker" not in repr(card)


def test_a_chosen_step_without_a_day_stands_there_to_tick(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag")

    assert card_of(stage, number).steps == (Step("open", "", STEP),)


def test_what_belongs_to_another_month_is_not_on_it(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "dinsdag 1 dec")

    assert [one.when for one in card_of(stage, number, DECEMBER).steps] == ["dinsdag 1 december"]
    assert [one.when for one in card_of(stage, number).steps] == [""]


def test_the_evenings_of_the_month_stand_there_with_time_and_place(stage):
    number = takes_part(stage)
    evenings = card_of(stage, number, DECEMBER).evenings

    assert evenings[0] == "dinsdag 1 december, 19:00 tot 22:00\nX-Out, Noordwijkerhout"
    assert len(evenings) == 3


def test_an_evening_that_does_not_go_on_says_so(stage, vera):
    number = takes_part(stage)
    cancels(vera).taps("Sturen")

    assert card_of(stage, number, DECEMBER).evenings[0] == "dinsdag 1 december: gaat niet door."


def test_a_month_without_evenings_names_the_next_one(stage):
    number = takes_part(stage)
    evenings = card_of(stage, number, date(2021, 4, 1)).evenings

    assert evenings[0] == "Deze maand is er geen bijeenkomst."
    assert evenings[1].startswith("De volgende is dinsdag 1 december")


def test_who_waits_for_a_place_gets_no_dates(stage):
    number = makes(stage, phase="Op de wachtlijst")

    assert card_of(stage, number, DECEMBER).evenings == ("De dagen hoor je van je begeleider.",)


def test_every_helpline_says_when_a_person_checked_it(stage):
    number = takes_part(stage)
    card = card_of(stage, number)

    assert [one.number.split()[0] for one in card.help[:2]] == ["112", "113"]
    assert all("Nog niet nagekeken." in one.remarks for one in card.help)

    turned = stage.world.library.helplines
    rows = tuple(replace(one, checked_on=date(2026, 11, 3)) for one in turned("nl"))
    checked = stage.reads(
        lambda conn: month_card.checked(
            Turn(conn, stage.world, stage.now), people.load(conn, number), rows[0]
        )
    )
    assert checked == "Nagekeken op 3 november 2026."


def test_without_consent_there_is_no_card(stage, vera):
    takes_part(stage)
    opens(vera).taps("Maandkaart", "november 2026")
    opens(stage.of("Tom")).taps("Brief om te tekenen", "Jongere trekt het in", "Ja, noteren")
    before = len([one for one in vera.shown if one.message.document])
    vera.taps("A6")

    assert "Daarom maak ik geen kaart" in vera.ever

    assert len([one for one in vera.shown if one.message.document]) == before


LONG = (
    "Ga naar een plek waar je nooit was en vraag daar iemand wat er te doen is, ook als je niet blijft. " * 3
)
HUGE = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def example(steps, evenings=("dinsdag 1 december, 19:00 tot 22:00\nX-Out, Noordwijkerhout",)):
    line = Line("Direct gevaar", "112", "Nog niet nagekeken.")
    return Card(
        "nl", "Mijn maandkaart", "december 2026", "Naam:", "Mijn stappen", steps, "De bijeenkomsten", evenings,
        "Hulp nu", (line,) * 4, "Niet alles lukt in één keer.",
    )  # fmt: skip


@pytest.mark.parametrize("size", ["A6", "A4"])
def test_very_long_steps_go_on_to_the_next_page(size):
    few = render(example((Step("open", "", LONG),)), size, MADE)
    many = render(example((Step("open", "dinsdag 1 december", LONG + HUGE),) * 9), size, MADE)

    assert len(pages(few)) == 1 if size == "A4" else len(pages(few)) <= 2
    assert len(pages(many)) > len(pages(few))


@given(
    titles=st.lists(st.text(st.characters(codec="utf-8"), max_size=300), max_size=6),
    size=st.sampled_from(["A6", "A4"]),
    mark=st.sampled_from(["done", "partly", "open"]),
)
def test_any_title_can_be_printed(titles, size, mark):
    steps = tuple(Step(mark, "", title) for title in titles)

    assert render(example(steps), size, MADE).startswith(b"%PDF-")


def test_the_same_card_gives_the_same_bytes():
    assert render(example(()), "A6", MADE) == render(example(()), "A6", MADE)
