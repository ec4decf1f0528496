"""What the dialogs about danger may ask for: a question first, then a person, never more than the youngster is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.authorize import Target
from bot.conversation import alerting, care, relay, subject
from bot.conversation.deed import OK, Deed, Outcome, now_or_later
from bot.conversation.turn import Opening
from bot.message import Lane, Message, Promise
from bot.storage import care as cases
from bot.storage import items, journal, outbox, outbox_state, people
from bot.storage.care import Case

DELETABLE = timedelta(hours=47)
"""Telegram lets a bot delete what is younger than 48 hours; an hour is left for the way there."""

UNSURE_TOGETHER = 2


def open_care(deed: Deed) -> Outcome:
    """Which conversation fits; from now on a silence of ten minutes has a person told."""
    case = _case(deed)
    if case.state == "closed" and case.item_id is None:
        care.reopen(deed.turn, case)
    care.plan_silence(deed.turn, case)
    return Outcome(care.branch(case))


def settle_concern(deed: Deed) -> Outcome:
    """The answer to the one calm question. Not knowing twice within a week is taken seriously (care research 3.2)."""
    case, said = _case(deed), str(deed.answer("meant"))
    if said == "veiligheid":
        return Outcome("care")
    if said == "weet_niet":
        cases.note(deed.turn.conn, deed.person.id, "unsure", deed.turn.now)
        often = cases.noted(deed.turn.conn, deed.person.id, "unsure", deed.turn.now - care.WEEK)
        if often >= UNSURE_TOGETHER:
            return Outcome("care")
    care.send_nothing(deed.turn, deed.person, case)
    return OK


def begin_care(deed: Deed) -> Outcome:
    """A case that began with an answer on a button: "no" is a statement, "I do not know" is not."""
    number = care.case_by_button(deed.turn, deed.person, explicit=deed.answer("safe") == "nee")
    return Outcome("ok", {"case": number})


def alert_now(deed: Deed) -> Outcome:
    """In danger now: it leaves at once, also when something weaker was sent before."""
    return _alert(deed, "p1")


def alert_soon(deed: Deed) -> Outcome:
    """A person is told; once is enough."""
    return _alert(deed, "p2")


def alert_if_stated(deed: Deed) -> Outcome:
    """Safe now. What was told still goes to a person; "I do not know" on a button with nothing else does not."""
    case = _case(deed)
    if not case.explicit and not case.kind:
        return alert_contact(deed)
    return _alert(deed, "p2")


def alert_contact(deed: Deed) -> Outcome:
    """[No]: after a plain statement somebody asks for contact on the next working day; else nobody is told."""
    case = _case(deed)
    if case.item_id is not None:
        return Outcome(case.reading or "nobody", {"item": case.item_id})
    if case.explicit and not case.quoted:
        return _told(deed, care.send(deed.turn, deed.person, case, "p3"))
    care.send_nothing(deed.turn, deed.person, case)
    return Outcome("nothing")


def meant_other(deed: Deed) -> Outcome:
    """It was meant otherwise: what was sent stays sent, as a wish for contact only."""
    case = _case(deed)
    if case.item_id is None:
        return Outcome("nothing")
    alerting.lower(deed.turn, case.item_id, "p3")
    return Outcome("lowered")


def not_this_person(deed: Deed) -> Outcome:
    """It goes past whoever would get it, or takes it away from who has it."""
    case = _case(deed)
    turn = deed.turn
    turn.allow(deed.person, "choose_reader", Target("care_case", case.id, deed.person.id, "self"))
    if case.item_id is None:
        holder = care.would_get(turn, deed.person, case).holder
        if holder is not None:
            cases.change(turn.conn, case.id, excluded_id=holder.id)
        return OK
    holder_id = care.has_it(turn, case)
    if holder_id is not None:
        care.take_away(turn, case, holder_id)
    return OK


def not_on_call(deed: Deed) -> Outcome:
    """It goes past whoever would be called at once."""
    case = _case(deed)
    turn = deed.turn
    turn.allow(deed.person, "choose_reader", Target("care_case", case.id, deed.person.id, "self"))
    holder = care.would_get(turn, deed.person, case, "p1").holder
    if holder is None:
        return OK
    if case.item_id is None:
        cases.change(turn.conn, case.id, excluded_id=holder.id)
    else:
        # The ten minutes passed while this was asked.
        care.take_away(turn, case, holder.id)
    return OK


def wipe_chat(deed: Deed) -> Outcome:
    """Our messages about danger go from this chat; the one that was tapped becomes a neutral one."""
    turn, person = deed.turn, deed.person
    account = people.account_of(turn.conn, person.id)
    if account is None:
        return OK
    for row in cases.messages(turn.conn, person.id, turn.now - DELETABLE):
        cases.forget_message(turn.conn, row)
        if row == deed.session.message_id:
            continue
        outbox.supersede(turn.conn, row, turn.now)
        if outbox_state.state_of(turn.conn, row) == "ready":
            outbox.cancel(turn.conn, row, "wiped", turn.now)
        else:
            opening = Opening(Lane.REPLY, Promise.IDEMPOTENT)
            turn.send(person.id, account, Message((), do="delete"), opening, edits=row)
    for number in care.going_on(turn, person.id) | {deed.session.state.subject.get("case", 0)}:
        cases.change(turn.conn, number, wiped=True)
    turn.note(person, "wipe_chat", "person", person.id, person.id)
    return OK


def show_again(deed: Deed) -> Outcome:
    """The youngster opens it: nobody looks along any more."""
    cases.change(deed.turn.conn, deed.row("case"), wiped=False)
    return OK


def name_confidant(deed: Deed) -> Outcome:
    """Who reads what is said about the own professional, from here to the sending."""
    one = care.confidant(deed.turn, deed.person)
    return Outcome("ok", {"reader": one.id}) if one is not None else Outcome("nobody")


def ask_to_talk(deed: Deed) -> Outcome:
    """A wish to talk goes to whom the question named: the own professional, or the colleague who can be reached."""
    turn = deed.turn
    listener = subject.listener(turn, deed.person.id)
    if listener is None or deed.person.state != "active":
        return Outcome("nobody")
    if subject.is_another(deed.session.state, listener):
        return Outcome("changed", {"reader": listener.id})
    said = [turn.phrase("line_talk", deed.person)]
    if about := deed.words("about"):
        said.append(turn.phrase("line_about", deed.person, about=about))
    item_id = items.add(turn.conn, deed.person.id, "talk", turn.now, "\n".join(said))
    relay.send_item(turn, item_id, listener, turn.now)
    journal.add(turn.conn, deed.person.id, "talk", turn.now, None, item_id)
    return now_or_later(deed, {"item": item_id})


def ask_about_staff(deed: Deed) -> Outcome:
    """What is said about the own professional goes to the second named person, never to that professional (row 75)."""
    turn, person = deed.turn, deed.person
    main = subject.main_of(turn, person.id)
    excluded = main.id if main else None
    reader = care.confidant(turn, person)
    if reader is None:
        return Outcome("nobody")
    if subject.is_another(deed.session.state, reader):
        return Outcome("changed", {"reader": reader.id})
    said = deed.words("about") or turn.phrase("line_talk", person)
    number = cases.add(turn.conn, person.id, turn.now, said, about="staff", excluded_id=excluded)
    return _told(deed, care.send(turn, person, cases.load(turn.conn, number), "p2"), {"case": number})


def draft_two_weekly(deed: Deed) -> Outcome:
    """What was typed in the two-weekly check-in, to be seen before it is sent."""
    more = deed.words("more")
    if not more:
        return Outcome("empty")
    turn, person = deed.turn, deed.person
    said = [
        turn.phrase("line_two_weekly", person, how=deed.words("how") or ""),
        turn.phrase("line_two_weekly_more", person, more=more),
    ]
    earlier = deed.session.state.subject.get("item")
    if earlier and items.load(turn.conn, earlier).state == "draft":
        items.write(turn.conn, items.load(turn.conn, earlier), "\n".join(said), frozenset())
        return Outcome("ready", {"item": earlier})
    reader = subject.reader_now(turn, person.id)
    number = items.add(turn.conn, person.id, "checkin", turn.now, "\n".join(said), recipient_id=reader)
    return Outcome("ready", {"item": number})


def _alert(deed: Deed, level: cases.Level) -> Outcome:
    case = _case(deed)
    # One alert for each case: what passes somebody by may not lie with them under another number.
    known = case.item_id if level == "p1" else None
    raised = alerting.heighten(deed.turn, known) if known is not None else None
    if raised is not None:
        more = {"reading": raised.when, "reads_from": raised.reads_from, "silent": False}
        cases.change(deed.turn.conn, case.id, level=level, **more)
        return _told(deed, raised)
    if case.item_id is not None and (case.level == level or level != "p1"):
        return Outcome(case.reading or "nobody", {"item": case.item_id})
    return _told(deed, care.send(deed.turn, deed.person, case, level))


def _told(deed: Deed, raised: alerting.Raised, rows: Mapping[str, int] | None = None) -> Outcome:
    known = dict(rows or {})
    if raised.item_id is not None:
        known["item"] = raised.item_id
    return Outcome(raised.when, known)


def _case(deed: Deed) -> Case:
    return cases.load(deed.turn.conn, deed.row("case"))


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_care": open_care,
    "settle_concern": settle_concern,
    "begin_care": begin_care,
    "alert_now": alert_now,
    "alert_soon": alert_soon,
    "alert_if_stated": alert_if_stated,
    "alert_contact": alert_contact,
    "meant_other": meant_other,
    "not_this_person": not_this_person,
    "not_on_call": not_on_call,
    "wipe_chat": wipe_chat,
    "show_again": show_again,
    "name_confidant": name_confidant,
    "ask_to_talk": ask_to_talk,
    "ask_about_staff": ask_about_staff,
    "draft_two_weekly": draft_two_weekly,
}
