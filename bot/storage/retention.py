"""How long each kind of data is kept, and the nightly job that clears what is past its time.

The periods are a proposal for the data protection officer (docs/privacy.md shows this table). A row goes at the first
night after its time, never before. Nothing that belongs to an alert that is not handled is touched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Update,
    and_,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from bot.storage import audit, sign_ups
from bot.storage.due import ALSO_LATE, EVENTS
from bot.storage.savepoint import apart
from bot.storage.schema_alerts import alert, card_view, duty, halt
from bot.storage.schema_assisted import errand
from bot.storage.schema_care import care_case, care_moment, sensitive_message
from bot.storage.schema_evening import idea
from bot.storage.schema_exercises import card, exercise
from bot.storage.schema_flow import due, inbox, outbox, throttle
from bot.storage.schema_guidance import adapted_step, staff_note
from bot.storage.schema_people import handle, invitation
from bot.storage.schema_rights import retention_run
from bot.storage.schema_talk import attempt, digest, item, reply, session

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
YEAR = 365 * DAY
SIGN_UPS_KEPT = 60 * DAY
"""How long a sign-up waits for a person; whoever signed up in the chat hears a week before that it goes."""

LASTING = ("goal", "relapse_plan")
"""Exercises that somebody goes on with: an own goal, and the plan for when it goes less well."""

_FINISHED = ("sent", "cancelled", "uncertain", "dead")
_shown = outbox.alias("shown")
_edit = outbox.alias("edit")


@dataclass(frozen=True, slots=True)
class Rule:
    """*kept*: how long. *clears* empties or removes what is older than a moment; *counts* says how much that is."""

    kept: timedelta
    what: str
    clears: Callable[[Connection, datetime], int]
    counts: Callable[[Connection, datetime], int]


def _removes(
    table: Table, old: Callable[[datetime], ColumnElement[bool]]
) -> Callable[[timedelta, str], Rule]:
    def rule(kept: timedelta, what: str) -> Rule:
        return Rule(
            kept,
            what,
            lambda conn, before: conn.execute(delete(table).where(old(before))).rowcount,
            lambda conn, before: _count(conn, table, old(before)),
        )

    return rule


def _empties(
    table: Table, column: str, old: Callable[[datetime], ColumnElement[bool]]
) -> Callable[[timedelta, str], Rule]:
    def wanted(before: datetime) -> ColumnElement[bool]:
        return and_(table.c[column].is_not(None), old(before))

    def emptied(before: datetime) -> Update:
        return update(table).where(wanted(before)).values({column: None})

    def rule(kept: timedelta, what: str) -> Rule:
        return Rule(
            kept,
            what,
            lambda conn, before: conn.execute(emptied(before)).rowcount,
            lambda conn, before: _count(conn, table, wanted(before)),
        )

    return rule


def _count(conn: Connection, table: Table, old: ColumnElement[bool]) -> int:
    return int(conn.execute(select(func.count()).select_from(table).where(old)).scalar_one())


def _private_item(before: datetime) -> ColumnElement[bool]:
    return and_(
        item.c.kind != "alert", item.c.state.in_(("draft", "kept", "withdrawn")), item.c.created_at <= before
    )


def _shared_item(before: datetime) -> ColumnElement[bool]:
    shared = item.c.state.in_(("sent", "opened", "handled"))
    return and_(item.c.kind != "alert", shared, item.c.sent_at <= before)


def _alert_words(before: datetime) -> ColumnElement[bool]:
    unhandled = exists().where(alert.c.item_id == item.c.id, alert.c.state != "handled")
    return and_(item.c.kind == "alert", item.c.state == "handled", item.c.handled_at <= before, ~unhandled)


def _exercise_words(before: datetime) -> ColumnElement[bool]:
    return and_(exercise.c.script.not_in(LASTING), exercise.c.finished_at <= before)


def _lasting_words(before: datetime) -> ColumnElement[bool]:
    return and_(exercise.c.script.in_(LASTING), exercise.c.finished_at <= before)


def _case_words(before: datetime) -> ColumnElement[bool]:
    return and_(care_case.c.state != "open", care_case.c.closed_at <= before)


def _clear_alerts(conn: Connection, before: datetime) -> int:
    """Alerts as a whole, with their course, answers and views; the audit trail keeps that they were there."""
    from bot.storage.schema_alerts import alert_exclusion, alert_step

    ids = list(conn.execute(select(item.c.id).where(_alert_words(before))).scalars())
    if ids:
        for table, column in (
            (alert_step, alert_step.c.item_id),
            (alert_exclusion, alert_exclusion.c.item_id),
            (card_view, card_view.c.item_id),
            (alert, alert.c.item_id),
            (reply, reply.c.item_id),
        ):
            conn.execute(delete(table).where(column.in_(ids)))
        conn.execute(update(care_case).where(care_case.c.item_id.in_(ids)).values(item_id=None))
        conn.execute(delete(item).where(item.c.id.in_(ids)))
    return len(ids)


def _over(before: datetime) -> ColumnElement[bool]:
    # What a halt holds and is to come when that is lifted stays as long as it runs.
    halted = select(halt.c.youth_id).where(halt.c.lifted_at.is_(None))
    comes_back = and_(due.c.state == "cancelled", due.c.kind.in_(ALSO_LATE), due.c.person_id.in_(halted))
    return and_(due.c.state != "waiting", due.c.done_at <= before, not_(comes_back))


def _old_event(before: datetime) -> ColumnElement[bool]:
    return and_(_over(before), due.c.kind.in_(EVENTS))


def _old_plan(before: datetime) -> ColumnElement[bool]:
    # A moment that is forgotten is planned anew by the next look ahead: what comes once would come every month. And
    # what was sent unasked counts for the dose, so that silence stays respected.
    return and_(_over(before), due.c.kind.not_in(EVENTS))


def _old_messages(before: datetime) -> ColumnElement[bool]:
    in_use = exists().where(session.c.message_id == outbox.c.id)
    edited = exists().where(_edit.c.edits == outbox.c.id)
    wiped = exists().where(sensitive_message.c.outbox_id == outbox.c.id)
    finished = and_(outbox.c.state.in_(_FINISHED), outbox.c.payload.is_(None))
    return and_(finished, outbox.c.created_at <= before, ~in_use, ~edited, ~wiped)


def _clear_messages(conn: Connection, before: datetime) -> int:
    """Edits first: a message that was edited is kept until its edits are gone."""
    conn.execute(delete(sensitive_message).where(sensitive_message.c.at <= before))
    total = 0
    while ids := list(conn.execute(select(outbox.c.id).where(_old_messages(before)).limit(500)).scalars()):
        total += conn.execute(delete(outbox).where(outbox.c.id.in_(ids))).rowcount
    return total


def _old_digest(before: datetime) -> ColumnElement[bool]:
    later = digest.alias("later")
    newer = exists().where(later.c.professional_id == digest.c.professional_id, later.c.id > digest.c.id)
    return and_(digest.c.until <= before, newer)


RULES: dict[str, Rule] = {
    "private_words": _empties(
        attempt, "words", lambda before: func.coalesce(attempt.c.closed_at, attempt.c.created_at) <= before
    )(90 * DAY, "what was typed about a step and stayed private"),
    "exercise_words": _empties(exercise, "answers", _exercise_words)(
        90 * DAY, "what was typed in an exercise and stayed private"
    ),
    "own_plans": _empties(exercise, "answers", _lasting_words)(
        YEAR, "own goals, and plans for when it goes less well"
    ),
    "cards": _removes(card, lambda before: and_(card.c.retired_at.is_not(None), card.c.retired_at <= before))(
        30 * DAY, "cards that were put away"
    ),
    "unsent_items": _empties(item, "content", _private_item)(
        90 * DAY, "check-ins that were not sent or taken back"
    ),
    "shared_items": _empties(item, "content", _shared_item)(182 * DAY, "words that were shared"),
    "ideas": _removes(idea, lambda before: idea.c.at <= before)(182 * DAY, "ideas for an evening"),
    "adapted_words": _empties(
        adapted_step,
        "words",
        lambda before: and_(adapted_step.c.ended_at.is_not(None), adapted_step.c.ended_at <= before),
    )(182 * DAY, "words of adapted steps that hold no more"),
    "notes": _removes(staff_note, lambda before: staff_note.c.at <= before)(
        YEAR, "notes of professionals about a youngster"
    ),
    "errands": _removes(errand, lambda before: errand.c.done_at <= before)(
        30 * DAY, "what a person told a youngster without an account"
    ),
    "answers": _empties(reply, "content", lambda before: reply.c.sent_at <= before)(
        182 * DAY, "answers of professionals"
    ),
    "alert_words": _empties(item, "content", _alert_words)(YEAR, "words of alerts that were handled"),
    "care_words": _empties(care_case, "words", _case_words)(
        90 * DAY, "words that led to a question about safety"
    ),
    "alerts": Rule(
        2 * YEAR,
        "alerts that were handled, with their course",
        _clear_alerts,
        lambda conn, before: _count(conn, item, _alert_words(before)),
    ),
    "care_moments": _removes(care_moment, lambda before: care_moment.c.at <= before)(
        30 * DAY, "when the question about safety was asked"
    ),
    "sessions": _removes(
        session, lambda before: and_(session.c.status == "ended", session.c.updated_at <= before)
    )(30 * DAY, "dialogs that ended"),
    "invitations": _removes(
        invitation, lambda before: and_(invitation.c.used_at.is_(None), invitation.c.created_at <= before)
    )(14 * DAY, "invitations that were not used"),
    "handles": _removes(handle, lambda before: handle.c.expires_at <= before)(
        timedelta(0), "names of buttons, after they expired"
    ),
    "moments": _removes(due, _old_event)(
        30 * DAY, "moments that followed from something, after they are over"
    ),
    "planned_moments": _removes(due, _old_plan)(YEAR, "what was planned ahead, after it is over"),
    "updates": _removes(
        inbox,
        lambda before: or_(
            and_(inbox.c.state == "done", inbox.c.done_at <= before),
            and_(inbox.c.state == "quarantined", inbox.c.received_at <= before),
        ),
    )(30 * DAY, "updates that were handled or set aside"),
    "messages": Rule(
        30 * DAY,
        "messages that were sent or given up",
        _clear_messages,
        lambda conn, before: _count(conn, outbox, _old_messages(before)),
    ),
    "digests": _removes(digest, _old_digest)(90 * DAY, "which stretch of time a digest covered"),
    "duty": _removes(duty, lambda before: duty.c.ends_at <= before)(YEAR, "who was on duty"),
    "sign_ups": Rule(SIGN_UPS_KEPT, "sign-ups that nobody took on", sign_ups.close_left, sign_ups.past),
    "sign_up_words": Rule(
        30 * DAY,
        "name and contact of a sign-up that was taken on, referred or withdrawn",
        sign_ups.empty_settled,
        sign_ups.with_words,
    ),
    "tries": _removes(throttle, lambda before: throttle.c.at <= before)(DAY, "wrong tries"),
}

BACKUPS_KEPT = 30 * DAY
RUNS_KEPT = 2 * YEAR
AUDIT = "audit"
KINDS = (*RULES, AUDIT)


def run(
    conn: Connection, now: datetime, audit_years: int, rules: Mapping[str, Rule] = RULES
) -> dict[str, int]:
    """Clear everything that is past its time, and note how much of each kind.

    A kind that cannot be cleared stops no other: it is not among what is returned, and is tried again the next night.
    """
    jobs: dict[str, Callable[[], int]] = {
        kind: partial(rule.clears, conn, now - rule.kept) for kind, rule in rules.items()
    }
    jobs[AUDIT] = partial(audit.purge, conn, now - audit_years * YEAR, now)
    cleared: dict[str, int] = {}

    def clear(kinds: Iterable[str]) -> None:
        for kind in kinds:
            cleared[kind] = jobs[kind]()

    # A night on which one fails is rare, and a savepoint costs more than most of the clearing.
    if apart(conn, partial(clear, jobs)) is not None:
        cleared.clear()
        for kind in jobs:
            failed = apart(conn, partial(clear, (kind,)))
            if failed is not None:
                cleared.pop(kind, None)
                logger.error("clearing %s failed: %s", kind, type(failed).__name__)
    conn.execute(delete(retention_run).where(retention_run.c.at <= now - RUNS_KEPT))
    conn.execute(
        insert(retention_run), [{"at": now, "kind": kind, "rows": count} for kind, count in cleared.items()]
    )
    return cleared


def would_clear(conn: Connection, now: datetime, audit_years: int) -> dict[str, int]:
    """How much of each kind is past its time now; changes nothing."""
    found = {kind: rule.counts(conn, now - rule.kept) for kind, rule in RULES.items()}
    return {**found, AUDIT: audit.older(conn, now - audit_years * YEAR)}


def latest(conn: Connection) -> tuple[datetime, dict[str, int]] | None:
    """The last run, with its counts."""
    at = conn.execute(select(func.max(retention_run.c.at))).scalar_one()
    if at is None:
        return None
    rows = conn.execute(select(retention_run.c.kind, retention_run.c.rows).where(retention_run.c.at == at))
    return at, {row.kind: row.rows for row in rows}
