"""Every kind of data goes at its time: not a moment earlier, and nothing else with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from bot.storage import audit, challenges, exercises, items, learned, retention
from bot.storage.audit import Entry
from bot.storage.pruning import prune_copies
from bot.storage.retention import DAY, RULES, YEAR
from bot.storage.schema_care import care_moment
from bot.storage.schema_flow import due, inbox, outbox
from bot.storage.schema_people import audit as audit_table
from bot.storage.schema_people import handle, invitation
from bot.storage.schema_rights import retention_run
from bot.storage.schema_talk import attempt, challenge, item, reply, revision, session
from dialogs.words import Words
from tests.storage.example import NOW, message, row, somebody

SECOND = timedelta(seconds=1)


def clears(conn, now):
    return {kind: count for kind, count in retention.run(conn, now, 5).items() if count}


def on_time(conn, made, kind, kept):
    """Nothing a second before its time; exactly one row, and only of this kind, at its time."""
    assert clears(conn, made + kept - SECOND) == {}
    assert retention.would_clear(conn, made + kept, 5)[kind] == 1
    assert clears(conn, made + kept) == {kind: 1}
    assert clears(conn, made + kept + DAY) == {}


def an_item(conn, sam, vera, kind="checkin", state="sent", **more):
    times = {"sent_at": NOW} if state != "kept" else {}
    return items.add(conn, sam, kind, NOW, "geheim", state=state, recipient_id=vera, **times, **more)


@pytest.fixture
def two(conn):
    (sam, account), (vera, _) = somebody(conn), somebody(conn, "Vera")
    return sam, vera, account


def an_attempt(conn, sam, vera):
    values = {
        "hash": "h",
        "kind": "challenge",
        "key": "k",
        "nl": "",
        "en": "",
        "origin": "release",
        "published_at": NOW,
    }
    conn.execute(insert(revision).values(values))
    given = challenges.give(conn, sam, "k", "h", vera, NOW)
    one = challenges.load(conn, given)
    number = challenges.plan(conn, one, "een", NOW, NOW)
    challenges.note(conn, challenges.load_attempt(conn, number), {"happened": "geheim"})
    return number


def test_private_words_about_a_step_go_after_90_days_and_the_figures_stay(conn, two):
    sam, vera, _ = two
    number = an_attempt(conn, sam, vera)

    on_time(conn, NOW, "private_words", 90 * DAY)
    assert row(conn, attempt, number).words is None
    assert conn.execute(select(challenge)).one().key == "k"


@pytest.mark.parametrize(
    "script, kind, kept",
    [
        ("five_g", "exercise_words", 90 * DAY),
        ("positive_log", "exercise_words", 90 * DAY),
        ("goal", "own_plans", YEAR),
        ("relapse_plan", "own_plans", YEAR),
    ],
)
def test_words_of_an_exercise_go_after_their_time_and_the_figures_stay(conn, two, script, kind, kept):
    sam, _, _ = two
    one = exercises.add(conn, sam, script, NOW)
    exercises.note(conn, one, {"event": Words("geheim")}, {"belief": 80}, NOW)

    on_time(conn, NOW, kind, kept)
    left = exercises.load(conn, one.id)
    assert left is not None
    assert (left.words, dict(left.figures)) == ({}, {"belief": 80})


def test_a_card_goes_thirty_days_after_it_was_put_away_and_never_before(conn, two):
    sam, _, _ = two
    first = learned.keep(conn, sam, "Vragen mag", "exercise", 1, NOW)
    learned.keep(conn, sam, "Het viel mee", "attempt", 1, NOW)
    learned.retire(conn, first, NOW)

    on_time(conn, NOW, "cards", 30 * DAY)
    assert [one.words for one in learned.active(conn, sam)] == ["Het viel mee"]
    assert clears(conn, NOW + 10 * YEAR) == {}


@pytest.mark.parametrize("state", ["kept", "draft"])
def test_what_was_not_sent_goes_after_90_days(conn, two, state):
    sam, _, _ = two
    items.add(conn, sam, "checkin", NOW, "geheim", state=state)

    on_time(conn, NOW, "unsent_items", 90 * DAY)


@pytest.mark.parametrize("state", ["sent", "opened", "handled"])
def test_shared_words_go_half_a_year_after_they_were_shared(conn, two, state):
    sam, vera, _ = two
    number = an_item(conn, sam, vera, state=state)

    on_time(conn, NOW, "shared_items", 182 * DAY)
    kept = items.load(conn, number)
    assert (kept.content, kept.state) == ("", state)


def test_answers_go_with_what_they_answer(conn, two):
    sam, vera, _ = two
    number = an_item(conn, sam, vera, state="kept")
    conn.execute(update(item).where(item.c.id == number).values(content=None))
    items.answer(conn, items.load(conn, number), vera, "dank je", NOW)

    on_time(conn, NOW, "answers", 182 * DAY)
    assert conn.execute(select(reply)).one().content is None


def test_words_of_a_handled_alert_go_after_a_year_and_the_alert_after_two(conn, two):
    sam, vera, _ = two
    an_item(conn, sam, vera, "alert", "handled", handled_at=NOW)

    on_time(conn, NOW, "alert_words", YEAR)
    on_time(conn, NOW + YEAR, "alerts", YEAR)
    assert conn.execute(select(item)).all() == []


@pytest.mark.parametrize("state", ["sent", "opened"])
def test_an_alert_that_is_not_handled_is_never_cleared(conn, two, state):
    sam, vera, _ = two
    an_item(conn, sam, vera, "alert", state)

    assert clears(conn, NOW + 10 * YEAR) == {}


def test_unused_invitations_go_after_14_days(conn, two):
    sam, _, _ = two
    values = {"token": b"t", "person_id": sam, "created_at": NOW, "expires_at": NOW + 7 * DAY}
    conn.execute(insert(invitation).values(values))
    conn.execute(insert(invitation).values({**values, "token": b"u", "used_at": NOW}))

    on_time(conn, NOW, "invitations", 14 * DAY)
    assert conn.execute(select(invitation.c.token)).scalar_one() == b"u"


def test_dialogs_that_ended_go_after_30_days_and_running_ones_stay(conn, two):
    sam, _, _ = two
    for status in ("ended", "open"):
        conn.execute(
            insert(session).values(
                person_id=sam, script="menu", revision="h", status=status, foreground=True,
                created_at=NOW, updated_at=NOW,
            )
        )  # fmt: skip

    on_time(conn, NOW, "sessions", 30 * DAY)
    assert conn.execute(select(session.c.status)).scalar_one() == "open"


def test_names_of_buttons_go_when_they_expire(conn, two):
    _, vera, _ = two
    values = {"token": b"t", "actor_id": vera, "purpose": "youth", "object_id": 1, "expires_at": NOW}
    conn.execute(insert(handle).values(values))

    on_time(conn, NOW, "handles", timedelta(0))


@pytest.mark.parametrize(
    ("kind", "rule", "kept"), [("wipe", "moments", 30 * DAY), ("limits_again", "planned_moments", YEAR)]
)
def test_moments_that_are_over_go_what_is_planned_ahead_after_a_year(conn, two, kind, rule, kept):
    sam, _, _ = two
    values = {"person_id": sam, "kind": kind, "subject": "{}", "created_at": NOW, "not_before": NOW}
    conn.execute(insert(due).values(**values, occurrence="1", state="done", done_at=NOW))
    conn.execute(insert(due).values(**values, occurrence="2", state="waiting"))

    on_time(conn, NOW, rule, kept)
    assert conn.execute(select(due.c.state)).scalar_one() == "waiting"


def test_handled_updates_go_after_30_days(conn, two):
    for number, state in ((1, "done"), (2, "waiting")):
        conn.execute(
            insert(inbox).values(
                source="telegram", update_id=number, state=state, not_before=NOW, received_at=NOW,
                done_at=NOW if state == "done" else None,
            )
        )  # fmt: skip

    on_time(conn, NOW, "updates", 30 * DAY)


def test_sent_messages_go_after_30_days_unless_a_dialog_shows_them(conn, two):
    sam, _, account = two
    sent, shown = message(conn, account), message(conn, account)
    edit = message(conn, account, edits=sent)
    conn.execute(update(outbox).values(state="sent", payload=None, sent_at=NOW))
    conn.execute(
        insert(session).values(
            person_id=sam, script="menu", revision="h", status="open", foreground=True, message_id=shown,
            created_at=NOW, updated_at=NOW,
        )
    )  # fmt: skip

    assert clears(conn, NOW + 30 * DAY - SECOND) == {}
    assert clears(conn, NOW + 30 * DAY) == {"messages": 2}
    assert conn.execute(select(outbox.c.id)).scalars().all() == [shown]
    assert edit != sent


def test_messages_that_wait_or_can_be_sent_again_are_never_cleared(conn, two):
    message(conn, two[2])

    assert clears(conn, NOW + 10 * YEAR) == {}


@pytest.mark.parametrize("years", [2, 5])
def test_the_audit_trail_goes_after_the_years_that_were_chosen_and_its_chain_still_holds(conn, two, years):
    for day in range(3):
        audit.add(conn, Entry(1, "youth", "test", "item", day, 1, "done"), NOW + day * DAY)

    assert retention.run(conn, NOW + years * YEAR - SECOND, years)["audit"] == 0
    assert retention.run(conn, NOW + years * YEAR, years)["audit"] == 1
    assert audit.broken_at(conn) is None
    actions = conn.execute(select(audit_table.c.action).order_by(audit_table.c.id)).scalars().all()
    assert actions == ["test", "test", "purge"]


def test_a_line_that_was_changed_after_a_purge_is_still_found(conn, two):
    for day in range(3):
        audit.add(conn, Entry(1, "youth", "test", "item", day, 1, "done"), NOW + day * DAY)
    retention.run(conn, NOW + 2 * YEAR, 2)
    first = conn.execute(select(audit_table.c.id).order_by(audit_table.c.id)).scalars().first()
    conn.execute(update(audit_table).where(audit_table.c.id == first).values(actor_id=99))

    assert audit.broken_at(conn) == first


def test_every_run_leaves_its_counts(conn, two):
    retention.run(conn, NOW, 5)

    kinds = conn.execute(select(retention_run.c.kind)).scalars().all()
    assert set(kinds) == {*RULES, "audit"}
    latest = retention.latest(conn)
    assert latest is not None
    assert latest[0] == NOW


def test_a_look_changes_nothing(conn, two):
    sam, vera, _ = two
    an_item(conn, sam, vera)

    assert retention.would_clear(conn, NOW + YEAR, 5)["shared_items"] == 1
    assert items.load(conn, 1).content == "geheim"
    assert conn.execute(select(retention_run)).all() == []


def test_own_copies_go_after_30_days_and_other_files_stay(tmp_path):
    path = tmp_path / "companion.db"
    names = (
        "companion.db",
        "companion.db.20261020-110000",
        "companion.db.20261021-130000",
        "companion.db.notes",
    )
    for name in names:
        (tmp_path / name).write_text("x")

    assert prune_copies(path, NOW) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "companion.db", "companion.db.20261021-130000", "companion.db.notes",
    ]  # fmt: skip


def test_a_kind_that_cannot_be_cleared_stops_no_other(conn):
    sam, _ = somebody(conn)
    old = NOW - 100 * DAY
    conn.execute(insert(care_moment).values(youth_id=sam, kind="asked", at=old))

    def fails(conn, before):
        conn.execute(delete(care_moment))
        return conn.execute(text("SELECT no_such_column FROM person")).rowcount

    broken = replace(RULES["private_words"], clears=fails)

    cleared = retention.run(conn, NOW, 5, {**RULES, "private_words": broken})

    assert "private_words" not in cleared
    assert cleared["care_moments"] == 1
    assert set(retention.KINDS) - set(cleared) == {"private_words"}
