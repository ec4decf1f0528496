"""The confidant reads along: with a reason, written down, and told to both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.storage import people
from bot.storage.replies import HELD_FOR
from bot.storage.schema_access import inspection
from bot.storage.schema_people import audit
from bot.storage.schema_programme import organisation
from tests.talk import kept
from tests.talk.journeys import HAPPENED, has_sent, opens
from tests.talk.stage import CODE

REASON = "Sam vroeg mij om mee te lezen."


def confidant(stage, name="Ria", works_for=None):
    """Somebody who is confidant and has chosen a code."""

    def add(conn):
        number = works_for or people.load(conn, stage.programme.staff["Vera"]).organisation_id
        values = {"role": "confidant", "key": name.lower(), "organisation_id": number}
        return people.add(conn, name, stage.now, values)

    phone = stage.phone(name).opens(stage.invitation(stage.writes(add)))
    return phone.taps("Verder").taps_code(CODE).taps_code(CODE)


def reads_along(ria, reason=REASON, youth="Sam"):
    """From the menu to the words."""
    ria.types("Menu").taps("Meelezen met een jongere")
    if "Tik je code" in ria.said:
        ria.taps_code(CODE)
    ria.taps(youth).types(reason)
    return ria.taps("Ja, lezen")


def answered(stage):
    """Sam sent a check-in and Vera wrote back, on Monday at ten."""
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Antwoord").types("Fijn dat je dit deelt.")
    stage.passes(HELD_FOR)
    return vera


def notes(stage, action="inspect"):
    query = select(audit.c.actor_role, audit.c.subject_id, audit.c.outcome).where(audit.c.action == action)
    return stage.reads(lambda conn: [tuple(row) for row in conn.execute(query.order_by(audit.c.id))])


def test_a_confidant_learns_what_they_can_do(stage):
    ria = confidant(stage)

    assert "Meelezen met een jongere en een begeleider kan alleen met een reden." in ria.ever
    assert ria.last.labels == ["Meelezen met een jongere", "Sluiten"]


def test_both_sides_can_be_read_with_a_reason(stage):
    answered(stage)
    ria = reads_along(confidant(stage))

    assert HAPPENED in ria.said
    assert "Fijn dat je dit deelt." in ria.said
    assert ria.said.index(HAPPENED) < ria.said.index("Fijn dat je dit deelt.")
    assert notes(stage) == [("confidant", stage.id_of(stage.of("Sam")), "allowed")]


def test_without_a_reason_nothing_is_read(stage):
    answered(stage)
    ria = confidant(stage).types("Menu").taps("Meelezen met een jongere", "Sam")

    ria.taps("Toch niet meelezen")

    assert ria.said == "Oké. Er is niets gelezen."
    assert HAPPENED not in ria.ever
    assert notes(stage) == []


def test_who_hears_what_is_told_beforehand_and_can_turn_back(stage):
    answered(stage)
    ria = confidant(stage).types("Menu").taps("Meelezen met een jongere", "Sam").types(REASON)
    assert "krijgen bericht dat jij hebt gelezen" in ria.said

    ria.taps("Toch niet")

    assert HAPPENED not in ria.ever
    assert stage.reads(kept.rows)["inspection"] == 0


def test_the_youngster_hears_who_read_when_and_why(stage):
    answered(stage)
    reads_along(confidant(stage))
    sam = stage.of("Sam")
    stage.passes(timedelta(hours=1))

    sam.taps("Open")
    told = sam.ever

    assert "Ria heeft op maandag 23 november gelezen wat jij en Vera elkaar stuurden." in told
    assert f"De reden: {REASON}" in told


def test_the_message_to_the_youngster_says_nothing_on_the_lock_screen(stage):
    answered(stage)
    sam = stage.of("Sam")
    count = len(sam.shown)
    reads_along(confidant(stage))
    stage.passes(timedelta(minutes=1))

    assert set(sam.texts[count:]) == {"Er is een bericht voor je."}


def test_the_professional_hears_who_read_and_when_and_not_why(stage):
    vera = answered(stage)
    reads_along(confidant(stage))
    stage.passes(timedelta(minutes=1))
    opens(vera)

    assert "Ria, vertrouwenspersoon, heeft op maandag 23 november gelezen wat jij en Sam elkaar" in vera.ever
    assert REASON not in vera.ever


def test_at_night_the_youngster_hears_it_in_the_morning_and_the_professional_at_work(stage):
    answered(stage)
    stage.passes("2026-11-27 23:30")
    sam, vera = stage.of("Sam"), stage.of("Vera")
    before = (len(sam.shown), len(vera.shown))
    reads_along(confidant(stage))
    stage.passes("2026-11-28 08:59")
    assert (len(sam.shown), len(vera.shown)) == before

    stage.passes("2026-11-28 12:00")
    assert len(sam.shown) > before[0]
    assert len(vera.shown) == before[1]
    stage.passes("2026-11-30 09:30")

    assert any(text.startswith("Er is nieuws over een van je jongeren") for text in vera.texts)


def test_who_cannot_be_reached_hears_it_as_soon_as_they_can(stage):
    answered(stage)
    sam = stage.of("Sam").blocks()
    reads_along(confidant(stage))
    stage.passes(timedelta(days=2))
    sam.blocks(False)

    stage.passes(timedelta(days=2))
    for button in [one for one in sam.shown if one.labels == ["Open"]]:
        sam.taps_data(button.button("Open").data)

    assert f"De reden: {REASON}" in sam.ever


def test_long_words_are_read_in_pages(stage):
    has_sent(stage, happened="Noor zei hoi. " * 30)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Antwoord").types("Fijn dat je dit deelt. " * 85)
    stage.passes(HELD_FOR)
    ria = reads_along(confidant(stage))
    pages = [ria.said]

    while ria.last.labels[0] == "Verder lezen":
        ria.taps("Verder lezen")
        pages.append(ria.said)

    assert len(pages) == 2
    assert "".join(pages).count("Fijn dat je dit deelt.") >= 84
    assert all(len(page) <= 2500 for page in pages)


def test_what_was_read_is_protected_and_gone_within_a_day(stage):
    answered(stage)
    ria = reads_along(confidant(stage))
    assert ria.last.message.protect
    ria.taps("Klaar")

    stage.passes(timedelta(hours=25))

    assert not any(HAPPENED in text for text in ria.texts)


def test_what_was_not_sent_is_not_read(stage):
    from tests.talk.journeys import did, has_prepared_plan, tells

    has_prepared_plan(stage)
    tells(did(stage)).taps("Niet sturen")
    stage.passes("2026-11-23 10:00")

    ria = reads_along(confidant(stage))

    assert ria.said.startswith("Deze jongere en de begeleider hebben elkaar nog niets gestuurd.")
    assert HAPPENED not in ria.ever


def test_what_comes_after_the_reading_began_is_not_shown_in_it(stage):
    answered(stage)
    ria = reads_along(confidant(stage))
    stage.of("Vera").types("/jongeren")
    later = "Dit kwam later."
    sam = stage.of("Sam").types("Menu").taps("Ik wil iemand spreken")
    sam.types(later)

    ria.types("Menu")

    assert later not in ria.ever


def test_the_page_that_follows_asks_the_code_again_after_a_quarter_of_an_hour(stage):
    answered(stage)
    ria = confidant(stage).types("Menu").taps("Meelezen met een jongere", "Sam").types(REASON)
    stage.passes(timedelta(minutes=16))

    ria.taps("Ja, lezen")

    assert ria.said.startswith("Je code is verlopen.")
    assert HAPPENED not in ria.ever


def test_a_confidant_of_another_organisation_sees_nobody_of_this_one(stage):
    answered(stage)
    other = stage.writes(
        lambda conn: conn.execute(
            insert(organisation).values(key="elders", name="Elders").returning(organisation.c.id)
        ).scalar_one()
    )
    rob = confidant(stage, "Rob", works_for=other).types("Menu").taps("Meelezen met een jongere")

    assert rob.said == "Er zijn nog geen jongeren begonnen."
    assert "Sam" not in rob.ever


def test_a_confidant_who_left_meanwhile_reads_nothing(stage):
    answered(stage)
    other = stage.writes(
        lambda conn: conn.execute(
            insert(organisation).values(key="elders", name="Elders").returning(organisation.c.id)
        ).scalar_one()
    )
    ria = confidant(stage).types("Menu").taps("Meelezen met een jongere", "Sam").types(REASON)
    number = stage.id_of(ria)
    stage.writes(lambda conn: people.change(conn, number, organisation_id=other))

    ria.taps("Ja, lezen")

    assert ria.said.startswith("Dat lukt niet.")
    assert HAPPENED not in ria.ever
    assert notes(stage) == [("confidant", stage.id_of(stage.of("Sam")), "refused")]


@pytest.mark.parametrize("who", ["Vera", "Noor", "Joost", "Sam"])
def test_nobody_else_is_offered_to_read_along(stage, who):
    answered(stage)

    assert "Meelezen met een jongere" not in stage.of(who).types("Menu").last.labels


def test_the_reason_is_kept_sealed_and_with_the_youngsters_key(stage):
    answered(stage)
    reads_along(confidant(stage))

    query = select(inspection.c.reason)
    (blob,) = stage.reads(lambda conn: conn.execute(query).scalars().all())
    assert REASON.encode() not in blob
    assert not kept.file_holds(stage.path, REASON)


def test_the_data_protection_officer_sees_what_was_done_without_names(stage):
    answered(stage)

    def add(conn):
        number = people.load(conn, stage.programme.staff["Vera"]).organisation_id
        values = {"role": "dpo", "key": "dirk", "organisation_id": number}
        return people.add(conn, "Dirk", stage.now, values)

    dirk = stage.phone("Dirk").opens(stage.invitation(stage.writes(add)))
    dirk.taps("Verder").taps_code(CODE).taps_code(CODE).taps("Het logboek")

    assert "read_item (allowed):" in dirk.said
    assert "Sam" not in dirk.ever
    assert "Vera" not in dirk.ever
