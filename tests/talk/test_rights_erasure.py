"""Being erased: two questions, 48 hours to come back, then gone everywhere, also after a restore."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation import moments
from bot.storage import audit, erasures, ledger, marks, people, proofs, retention, sealed
from bot.storage.database import open_engine, transaction
from bot.storage.replies import HELD_FOR
from bot.storage.schema_flow import due, inbox, outbox
from bot.storage.schema_people import account, person
from bot.storage.schema_people import audit as audit_table
from bot.storage.schema_rights import erasure
from bot.storage.schema_talk import item
from bot.vault import Shredded
from tests.talk import kept
from tests.talk.journeys import HAPPENED, has_sent, opens_youngsters, reads

HOURS = timedelta(hours=1)


def asks_to_erase(phone):
    return phone.types("/verwijder").taps("Verder", "Ja, wis alles")


def test_two_questions_come_before_anything_is_planned(stage):
    sam = stage.youth_begins()

    sam.types("/verwijder")
    assert "wat anderen over jou opschreven" in sam.said
    assert "Dit blijft: nummers en dagen, zonder naam." in sam.said
    sam.taps("Verder")
    assert "zondag 22 november" in sam.said
    sam.taps("Toch niet")

    assert sam.said == "Oké. Er verandert niets."
    assert stage.reads(lambda conn: erasures.pending(conn, stage.id_of(sam))) is None


def test_within_48_hours_it_can_be_undone_from_the_first_message_and_by_the_command(stage):
    sam = stage.youth_begins()

    asks_to_erase(sam).taps("Toch niet wissen")
    assert sam.said == "Oké. Ik wis niets. Alles is er nog."

    asks_to_erase(sam)
    stage.passes(47 * HOURS)
    sam.types("/verwijder").taps("Toch niet wissen")
    stage.passes(48 * HOURS)

    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).name) == "Sam"


def test_after_48_hours_nothing_of_the_youngster_is_left_anywhere(stage):
    sam = has_sent(stage)
    vera = stage.of("Vera")
    stage.passes("2026-11-23 09:00")
    assert HAPPENED in reads(vera)
    vera.taps("Antwoord").types("Goed gedaan, Sam")
    stage.passes(HELD_FOR)
    sam.taps("Lees")
    number = stage.id_of(sam)
    asks_to_erase(sam)
    stage.passes(48 * HOURS + timedelta(minutes=1))

    for word in (HAPPENED, "Goed gedaan", "Sam"):
        places = stage.reads(lambda conn, word=word: kept.places_of(conn, word))
        assert {place for place in places if not place.startswith("revision.")} == set()
    assert stage.reads(lambda conn: proofs.left(conn, number, []))[1] == {}
    assert stage.reads(lambda conn: conn.execute(select(person).where(person.c.id == number)).all()) == []
    assert sam.said.startswith("Alles is gewist.")


def test_the_account_is_forgotten_a_day_after_the_last_message(stage):
    sam = stage.youth_begins()
    before = stage.reads(lambda conn: people.find_account(conn, "telegram", sam.account))
    asks_to_erase(sam)
    stage.passes(49 * HOURS)
    assert before is not None
    stage.passes(26 * HOURS)

    assert stage.reads(lambda conn: people.find_account(conn, "telegram", sam.account)) is None
    assert (
        stage.reads(lambda conn: conn.execute(select(outbox).where(outbox.c.account_id == before.id)).all())
        == []
    )


def test_the_professional_sees_only_that_it_was_asked_and_that_it_was_done(stage):
    sam, vera = stage.youth_begins(), stage.of("Vera")
    asks_to_erase(sam)
    stage.passes("2026-11-23 09:30")
    texts = "\n".join(vera.texts)
    assert "Sam" not in texts
    assert "Een jongere liet alles wissen." in texts


def test_the_request_is_told_by_name_while_the_name_is_still_there(stage):
    stage.passes("2026-11-23 10:00")
    sam, vera = stage.youth_begins(), stage.of("Vera")
    asks_to_erase(sam)
    stage.ticks()

    assert "heeft gevraagd om te wissen" in reads(vera)


def test_old_buttons_and_lists_of_staff_say_nothing_afterwards(stage):
    stage.passes("2026-11-23 10:00")
    sam, vera = stage.youth_begins(), stage.of("Vera")
    opens_youngsters(vera)
    card = vera.last
    asks_to_erase(sam)
    stage.passes(49 * HOURS)

    for button in [one for row in card.message.rows for one in row]:
        vera.taps_data(button.data)
        assert "Sam" not in vera.said
    states = stage.reads(
        lambda conn: [text for place, _, text in kept.words(conn) if place == "session.state"]
    )
    assert not any("Sam" in text for text in states)


def test_nothing_unasked_goes_out_while_it_waits(stage):
    from tests.talk.journeys import has_plan

    sam = has_plan(stage)
    asks_to_erase(sam)
    count = len(sam.shown)
    stage.passes("2026-11-21 20:00")

    assert "Je stap" not in sam.since(count)
    assert len(sam.shown) == count


def test_an_open_alert_is_never_closed_by_erasing_and_that_is_said(stage):
    stage.passes("2026-11-23 10:00")
    sam = stage.youth_begins()
    sam.types("ik wil dood")
    sam.taps("Ja, nu")
    number = stage.id_of(sam)

    sam.types("/verwijder").taps("Verder")
    assert any("Die melding stopt niet door wissen." in text for text in sam.texts)
    sam.taps("Ja, wis alles")
    stage.passes(50 * HOURS)

    assert "Er is nog iemand bezig met een melding over jou." in sam.ever
    assert stage.reads(lambda conn: people.load(conn, number).name) == "Sam"
    stage.writes(lambda conn: _handle_everything(conn, number))
    stage.passes(2 * HOURS)
    assert stage.reads(lambda conn: people.find(conn, number)) is None


def test_the_audit_trail_keeps_numbers_only_and_its_chain_holds(stage):
    sam = has_sent(stage)
    number = stage.id_of(sam)
    asks_to_erase(sam)
    stage.passes(49 * HOURS)

    assert stage.reads(audit.broken_at) is None
    lines = stage.reads(
        lambda conn: conn.execute(select(audit_table).where(audit_table.c.subject_id == number)).all()
    )
    assert lines
    assert all(isinstance(line.subject_id, int) for line in lines)


def test_messages_that_wait_and_dead_letters_to_staff_lose_the_name(stage):
    sam = has_sent(stage)  # Saturday evening: the neutral message waits until Monday
    row = stage.reads(lambda conn: conn.execute(select(outbox).where(outbox.c.state == "ready")).all())
    assert row
    asks_to_erase(sam)
    stage.passes("2026-11-23 18:30")

    left = stage.reads(lambda conn: conn.execute(select(outbox).where(outbox.c.payload.is_not(None))).all())
    texts = stage.reads(
        lambda conn: [sealed.opened(conn, outbox.c.payload, one.id, one.payload) for one in left]
    )
    assert not any("Sam" in text for text in texts)


def test_a_copy_that_is_put_back_erases_again_at_the_start(stage, tmp_path):
    sam = has_sent(stage)
    number = stage.id_of(sam)
    copy = tmp_path / "before.db"
    stage.engine.dispose()
    shutil.copy(stage.path, copy)
    asks_to_erase(sam)
    stage.passes(49 * HOURS)
    found = ledger.read(stage.world.settings.ledger)
    assert len(found.marks) == 1

    engine = open_engine(f"sqlite:///{copy}", stage.engine.get_execution_options()["vault"])
    with transaction(engine) as conn:
        assert people.find(conn, number) is not None
        proofs = erasures.replay(conn, found, stage.now)
        assert [proof.left for proof in proofs] == [{}]
        assert people.find(conn, number) is None
        assert erasures.replay(conn, found, stage.now) == []
    engine.dispose()


def test_the_ledger_names_nobody_and_survives_a_line_that_was_cut_off(stage):
    sam = stage.youth_begins()
    asks_to_erase(sam)
    stage.passes(49 * HOURS)
    path = stage.world.settings.ledger
    text = path.read_text()
    assert "Sam" not in text
    assert str(sam.account) not in text
    path.write_text(text + '{"erased": "ab')

    ledger.remember(path, "cafe", stage.now)

    found = ledger.read(path)
    assert "cafe" in found.marks
    assert len(found.marks) == 2
    assert found.broken == 1


def test_words_in_a_copy_of_the_file_are_unreadable_once_the_key_is_gone(stage):
    sam = has_sent(stage)
    number = stage.id_of(sam)
    blob = stage.reads(
        lambda conn: conn.execute(select(item.c.id, item.c.content).where(item.c.youth_id == number)).first()
    )
    assert HAPPENED in stage.reads(lambda conn: sealed.opened(conn, item.c.content, blob.id, blob.content))

    stage.writes(lambda conn: sealed.shred(conn, number))

    with pytest.raises(Shredded):
        stage.reads(lambda conn: sealed.opened(conn, item.c.content, blob.id, blob.content))
    assert not kept.file_holds(stage.path, HAPPENED)


def test_who_comes_back_with_the_same_telephone_is_somebody_new(stage):
    sam = stage.youth_begins()
    asks_to_erase(sam)
    stage.passes(49 * HOURS)
    number = stage.youth("Sam")
    sam.opens(stage.invitation(number)).taps("Begrepen")

    stage.writes(lambda conn: erasures.replay(conn, ledger.read(stage.world.settings.ledger), stage.now))

    assert stage.reads(lambda conn: people.load(conn, number).name) == "Sam"


def test_updates_keep_no_trace_of_whose_they_were(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    mine = stage.reads(
        lambda conn: conn.execute(select(account.c.lookup).where(account.c.person_id == number)).scalar_one()
    )

    def receive(conn):
        from bot.storage import inbox as updates

        updates.receive(conn, "telegram", [(7, mine, '{"text": "een geheim"}')], stage.now)
        conn.execute(inbox.update().values(state="quarantined"))

    stage.writes(receive)
    asks_to_erase(sam)
    stage.passes(49 * HOURS)

    (row,) = stage.reads(lambda conn: conn.execute(select(inbox)).all())
    assert (row.payload, row.account_lookup) == (None, None)


def test_somebody_who_never_said_yes_can_be_erased_too(stage):
    sam = stage.youth_opens()
    number = stage.id_of(sam)
    asks_to_erase(sam)
    stage.passes(49 * HOURS)

    assert stage.reads(lambda conn: people.find(conn, number)) is None


def test_staff_are_sent_to_their_coordinator(stage):
    vera = stage.of("Vera")
    vera.types("/verwijder")

    assert "gaat via je coördinator" in vera.said


def test_a_proof_says_what_went_and_where_was_looked(stage):
    sam = has_sent(stage)
    number = stage.id_of(sam)
    proof = stage.writes(lambda conn: erasures.erase(conn, number, stage.now))

    assert proof.erased["item"] == 1
    assert proof.erased["person"] == 1
    assert proof.left == {}
    assert "item.content" in proof.searched
    assert len(proof.digest) == 64


def test_a_search_that_would_find_something_finds_it(stage):
    sam = has_sent(stage)
    number = stage.id_of(sam)

    _, found = stage.reads(lambda conn: proofs.left(conn, number, []))

    assert {"person.id", "item.content", "account.person_id"} <= set(found)


def _handle_everything(conn, youth_id):
    from bot.storage.schema_alerts import alert
    from bot.storage.schema_care import care_case

    conn.execute(item.update().where(item.c.youth_id == youth_id).values(state="handled"))
    conn.execute(alert.update().where(alert.c.youth_id == youth_id).values(state="handled"))
    conn.execute(care_case.update().where(care_case.c.youth_id == youth_id).values(state="closed"))


def test_the_moment_of_an_erasure_belongs_to_the_person_alone(stage):
    sam = stage.youth_begins()
    asks_to_erase(sam)

    planned = stage.reads(lambda conn: conn.execute(select(due).where(due.c.kind == "erase")).all())
    asked = stage.reads(lambda conn: conn.execute(select(erasure)).all())
    assert [row.person_id for row in planned] == [row.person_id for row in asked] == [stage.id_of(sam)]


def test_an_erasure_that_waits_for_an_alert_keeps_nobody_elses_moments_waiting(stage):
    sam = stage.youth_begins()
    sam.types("ik wil dood").taps("Ja, nu")
    asks_to_erase(sam)

    stage.passes("2026-12-01 12:00")  # past the erasure, and past the reminder of an evening

    behind = (due.c.state == "waiting", due.c.not_before <= stage.now)
    assert stage.reads(lambda conn: conn.execute(select(due.c.kind).where(*behind)).all()) == []


def test_what_was_asked_before_everything_was_halted_is_still_carried_out(stage):
    sam = stage.youth_begins()
    asks_to_erase(sam)
    number = stage.id_of(sam)
    opens_youngsters(stage.of("Vera")).taps("Stilzetten", "Iets anders")

    stage.passes(49 * HOURS)

    assert stage.reads(lambda conn: conn.execute(select(person).where(person.c.id == number)).all()) == []


def test_an_alert_that_went_past_somebody_is_cleared_in_its_time_too(stage):
    sam = stage.youth_begins()
    sam.types("ik wil dood").taps("Niet deze persoon", "Ja, nu")
    number = stage.id_of(sam)
    stage.writes(lambda conn: _handle_everything(conn, number))
    stage.writes(lambda conn: conn.execute(item.update().values(handled_at=stage.now)))

    stage.writes(lambda conn: retention.run(conn, stage.now + timedelta(days=3 * 366), 2))

    kinds = select(item.c.id).where(item.c.kind == "alert")
    assert stage.reads(lambda conn: conn.execute(kinds).all()) == []


# The ledger: after the commit, never before it


class Crash(Exception):
    """The process dies here."""


@pytest.fixture(params=["sqlite", "postgres"])
def any_stage(request):
    return request.getfixturevalue("stage" if request.param == "sqlite" else "stage_on_postgres")


def erases(conn, stage, moment):
    """The erasure that falls due at *moment* happens, in the open transaction."""
    found = True
    while found:
        found, _ = moments.next_due(conn, stage.world, moment)


def dies_before_the_commit(stage, number):
    with transaction(stage.engine) as conn:
        erases(conn, stage, stage.now + 49 * HOURS)
        assert people.find(conn, number) is None
        raise Crash


def starts_again(stage):
    """What a start does: the file first, then whoever stands in it goes again."""
    path = stage.world.settings.ledger
    marks.bring_up_to_date(stage.engine, path)
    stage.writes(lambda conn: erasures.replay(conn, ledger.read(path), stage.now))


def test_a_commit_that_fails_leaves_no_mark_for_somebody_who_comes_back(any_stage):
    stage = any_stage
    kim = stage.youth_begins("Kim")
    number = stage.id_of(kim)
    before = ledger.read(stage.world.settings.ledger).marks
    asks_to_erase(kim)

    with pytest.raises(Crash):
        dies_before_the_commit(stage, number)
    kim.types("/verwijder").taps("Toch niet wissen")
    starts_again(stage)

    assert ledger.read(stage.world.settings.ledger).marks == before
    assert stage.reads(lambda conn: people.load(conn, number)).name == "Kim"


def test_a_crash_between_the_commit_and_the_ledger_is_made_good_at_the_next_start(any_stage):
    stage = any_stage
    lou = stage.youth_begins("Lou")
    marked = stage.reads(lambda conn: erasures.marked(conn, stage.id_of(lou)))
    asks_to_erase(lou)

    with transaction(stage.engine) as conn:
        erases(conn, stage, stage.now + 49 * HOURS)
    assert marked not in ledger.read(stage.world.settings.ledger).marks
    starts_again(stage)

    assert marked in ledger.read(stage.world.settings.ledger).marks
    assert stage.reads(marks.unwritten) == []


def test_before_a_copy_is_put_back_the_ledger_takes_what_the_old_database_still_holds(stage, tmp_path):
    lou = stage.youth_begins("Lou")
    marked = stage.reads(lambda conn: erasures.marked(conn, stage.id_of(lou)))
    asks_to_erase(lou)
    with transaction(stage.engine) as conn:
        erases(conn, stage, stage.now + 49 * HOURS)
    path = tmp_path / "keys.erased"

    assert marks.rescue(stage.url, path) == 1
    assert ledger.read(path).marks == {marked}
    assert marks.rescue(stage.url, path) == 0
    assert marks.rescue(f"sqlite:///{tmp_path / 'nothing.db'}", path) == 0
    assert not (tmp_path / "nothing.db").exists()
