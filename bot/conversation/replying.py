"""Answering a youngster: whether it can reach them, two minutes to take it back, and what was written before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.conversation import made_up, missing, relay, subject, talk_wishes, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_item, about_youth
from bot.conversation.turn import Turn
from bot.storage import due, halts, items, people, replies, sessions
from bot.storage.items import Item, Reply
from bot.storage.people import Person
from dialogs.words import Words

ALSO = "also"
"""The answer by which somebody writes although a colleague has it, or answered it."""
LONGEST_QUOTE = 400
STOPPED = frozenset({"refused", "too_young"})


def hindrance(turn: Turn, youth: Person) -> str | None:
    """Why an answer cannot reach a youngster now, as one word; none when it can."""
    if youth.state == made_up.STATE:
        return None
    if halts.running(turn.conn, youth.id) is not None:
        return "halted"
    if youth.state in STOPPED:
        return "stopped"
    if youth.state == people.ASSISTED:
        return "assisted"
    account = people.account_of(turn.conn, youth.id)
    if account is None:
        return "no_account"
    return {"active": None, "blocked": "blocked"}.get(account.state, "no_account")


def may_answer(deed: Deed) -> Outcome:
    """Before anything is typed: is it still there, is it still this person's, and can an answer arrive?"""
    return _refused(deed) or OK


def answer_item(deed: Deed) -> Outcome:
    """What was typed goes out in two minutes; until then it can be taken back."""
    # Of two who answer it, or take it over, the second finds it as the first left it.
    people.locked(deed.turn.conn, items.load(deed.turn.conn, deed.row("item")).youth_id)
    refused, said = _refused(deed), deed.words("reply")
    if refused is not None:
        return refused
    if not said:
        return GONE
    turn, one = deed.turn, items.load(deed.turn.conn, deed.row("item"))
    if _somebody_else(deed.person, one) is not None:
        # It is a colleague's now: what is written all the same is a message of one's own, and theirs stays open.
        one = missing.own_note(turn, deed.person, one.youth_id)
    reply_id = items.answer(turn.conn, one, deed.person.id, said, turn.now)
    if one.state != "handled":
        closed = {"state": "handled", "handled_at": turn.now, "handled_by": deed.person.id}
        items.change(turn.conn, one.id, handling="answered", **closed)
        due.cancel(turn.conn, one.youth_id, "item_age", str(one.id), turn.now)
    relay.answer_youth(turn, people.load(turn.conn, one.youth_id), reply_id)
    return Outcome("sent", {"reply": reply_id, "item": one.id})


def take_back(deed: Deed) -> Outcome:
    """Within two minutes, and only while it did not go out: nothing of it is kept, and what it answered is open.

    What had an answer before it stays answered.
    """
    turn, person = deed.turn, deed.person
    reply = replies.find(turn.conn, deed.session.state.subject.get("reply"))
    if reply is None or reply.author_id != person.id:
        return GONE
    late = turn.now >= replies.leaves_at(reply) or reply.opened_at is not None
    if late or not replies.hold_back(turn.conn, reply, turn.now):
        return Outcome("late")
    _end_announcement(turn, reply)
    if replies.is_only(turn.conn, reply):
        _open_again(turn, person, items.load(turn.conn, reply.item_id))
    replies.remove(turn.conn, reply.id)
    turn.note(person, "take_back_answer", "item", reply.item_id, reply.youth_id)
    return OK


def _end_announcement(turn: Turn, reply: Reply) -> None:
    for one in sessions.open_of(turn.conn, reply.youth_id):
        if one.script == "answer_from" and one.state.subject.get("reply") == reply.id:
            sessions.save(turn.conn, replace(one, status="ended"), turn.now)


def _open_again(turn: Turn, person: Person, one: Item) -> None:
    if one.handled_by != person.id:
        return
    if one.kind == missing.NOTE:
        # It answered nothing: it was a note of the professional's own.
        items.change(turn.conn, one.id, state="withdrawn")
    elif one.handling == "answered":
        none = {"handled_at": None, "handled_by": None, "handling": None}
        items.change(turn.conn, one.id, state="opened", **none)
        relay.age_anew(turn, items.load(turn.conn, one.id))


def _refused(deed: Deed) -> Outcome | None:
    turn, person = deed.turn, deed.person
    one = items.load(turn.conn, deed.row("item"))
    if one.state not in items.SHARED or one.kind == "alert":
        return GONE
    about = {"youth": one.youth_id}
    if _somebody_else(person, one) is not None:
        if not turn.allowed(person, "see_youth", about_youth(turn, person, one.youth_id)):
            return GONE
        if deed.answer("whose") != ALSO:
            return Outcome("other", about)
    elif not turn.allowed(person, "answer_item", about_item(turn, person, one)):
        return GONE
    youth = people.load(turn.conn, one.youth_id)
    return Outcome("unreachable", about) if hindrance(turn, youth) else None


def _somebody_else(person: Person, one: Item) -> int | None:
    """The colleague who handled it, or has it now."""
    holder = one.handled_by if one.state == "handled" else one.recipient_id
    return holder if holder not in (None, person.id) else None


# What the sentences name


def _whose(ask: Asked) -> str:
    """Who answered it, closed it or has it now."""
    one = subject.item(ask.turn, ask.state)
    holder = _somebody_else(ask.person, one)
    if holder is None:
        return ""
    how = "has" if one.state != "handled" else "answered" if one.handling == "answered" else "closed"
    moment = one.handled_at or one.opened_at or one.sent_at or one.created_at
    return ask.turn.phrase(
        f"reply_other_{how}",
        ask.person,
        staff_name=people.load(ask.turn.conn, holder).name,
        moment=wording.day_and_clock(ask.turn, ask.person, moment),
    )


def _unreachable(ask: Asked) -> str:
    youth = people.load(ask.turn.conn, subject.item(ask.turn, ask.state).youth_id)
    why = hindrance(ask.turn, youth) or "no_account"
    return ask.turn.phrase(f"unreachable_{why}", ask.person, youth_name=youth.name)


def _thread(ask: Asked) -> Words:
    """The answer that this answers: to whoever wrote it, or to who looks after the youngster with them."""
    turn, person, one = ask.turn, ask.person, subject.item(ask.turn, ask.state)
    reply = replies.find(turn.conn, one.reply_id)
    if reply is None or not reply.content:
        return Words("")
    author = people.load(turn.conn, reply.author_id)
    if author.id != person.id:
        # What a confidant wrote past the professionals is not theirs to read.
        target = about_youth(turn, person, one.youth_id)
        if author.role != "professional" or not turn.may_see(person, "see_youth", target):
            return Words("")
    said = str(reply.content)
    quoted = said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"
    moment = wording.day_and_clock(turn, person, reply.sent_at)
    phrase = "thread_mine" if author.id == person.id else "thread_other"
    return Words(turn.phrase(phrase, person, staff_name=author.name, moment=moment, said=Words(quoted)))


def _leaves_at(ask: Asked) -> str:
    reply = replies.find(ask.turn.conn, ask.state.subject.get("reply"))
    return wording.clock(ask.turn, ask.person, replies.leaves_at(reply)) if reply else ""


def _stand(ask: Asked) -> str:
    """What became of the own answer: on its way, sent or opened, with the moment."""
    reply = replies.find(ask.turn.conn, ask.state.subject.get("reply"))
    return stand(ask.turn, ask.person, reply) if reply else ""


def stand(turn: Turn, reader: Person, reply: Reply) -> str:
    """Held, sent or opened. Nothing else is ever claimed of an answer."""
    if reply.opened_at is not None:
        return turn.phrase(
            "answer_opened", reader, moment=wording.day_and_clock(turn, reader, reply.opened_at)
        )
    leaves = replies.leaves_at(reply)
    if turn.now < leaves:
        return turn.phrase("answer_held", reader, moment=wording.clock(turn, reader, leaves))
    how = {"ready": "answer_waits", "cancelled": "answer_stopped"}
    return turn.phrase(how.get(replies.state_of(turn.conn, reply), "answer_sent"), reader)


def _is_wish(ask: Asked) -> bool:
    """Whether somebody asked to be spoken to: that stays open until it is answered."""
    return _asks_to_talk(subject.item(ask.turn, ask.state))


def _asks_to_talk(one: Item) -> bool:
    return one.kind == "talk" and one.reply_id is None


def _open_wish(ask: Asked) -> str:
    """What the youngster asked before and nobody answered yet."""
    found = [one for one in items.waiting_about(ask.turn.conn, ask.person.id) if _asks_to_talk(one)]
    if not found or found[0].recipient_id is None or found[0].sent_at is None:
        return ""
    planned = talk_wishes.answered_by(ask.turn, found[0])
    if planned is not None:
        moment = wording.day_and_clock(ask.turn, ask.person, planned.starts_at)
        by = people.load(ask.turn.conn, planned.by_id).name
        return ask.turn.phrase("open_wish_talk", ask.person, reader=by, moment=moment)
    return ask.turn.phrase(
        "open_wish",
        ask.person,
        day=wording.day(ask.turn, ask.person, found[0].sent_at),
        reader=people.load(ask.turn.conn, found[0].recipient_id).name,
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "reply_whose": _whose,
    "reply_unreachable": _unreachable,
    "reply_leaves_at": _leaves_at,
    "reply_is_note": lambda ask: subject.item(ask.turn, ask.state).kind == missing.NOTE,
    "reply_reopened": lambda ask: subject.item(ask.turn, ask.state).state in items.WAITING,
    "reply_stand": _stand,
    "item_thread": _thread,
    "open_wish": _open_wish,
    "item_is_wish": _is_wish,
    "item_again": lambda ask: bool(ask.state.subject.get("again")),
    "digest_again": lambda ask: "item" in ask.state.subject,
}

ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "may_answer": may_answer,
    "answer_item": answer_item,
    "take_back_reply": take_back,
}
