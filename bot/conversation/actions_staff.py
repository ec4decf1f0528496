"""What the dialogs of staff may ask for: their code, invitations, challenges, reading and answering."""

from __future__ import annotations

from collections.abc import Callable

from bot.authorize import Target
from bot.buttons import token_from
from bot.conversation import (
    approving,
    choosing,
    colleague_began,
    digesting,
    entering,
    handle,
    made_up,
    overview,
    planning,
    quieting,
    reminding,
    subject,
)
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, about_item, about_youth
from bot.conversation.world import CODE_TRIES, CODE_VALID, INVITATION_VALID, LOCKED_FOR
from bot.storage import challenges, codes, digests, due, invitations, items, people
from bot.storage.items import Item
from bot.storage.people import Person

NO_ITEM = 0
"""Stands for "nothing waits" where a dialog about several youngsters goes from one to the next."""

REASONS = {"skills", "access", "thoughts"}


def set_code(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    code = str(deed.answer("code"))
    if code != deed.answer("code_again"):
        return Outcome("different")
    codes.choose(turn.conn, person.id, code, turn.world.random(16), turn.now)
    codes.set_state(turn.conn, person.id, 0, None, turn.now + CODE_VALID)
    people.change(turn.conn, person.id, state="active", began_at=person.began_at or turn.now)
    colleague_began.tell(turn, person)
    planning.plan_again(turn)
    turn.note(person, "set_code", "person", person.id, person.id)
    return Outcome("set")


def need_code(deed: Deed) -> Outcome:
    known = codes.load(deed.turn.conn, deed.person.id)
    if known and known.locked_until and known.locked_until > deed.turn.now:
        return Outcome("locked")
    return _opened(deed) if _code_is_open(deed) else Outcome("code")


def try_code(deed: Deed) -> Outcome:
    """Five wrong tries lock words for a quarter of an hour, never alerts (care research 3.4)."""
    turn, person = deed.turn, deed.person
    known = codes.load(turn.conn, person.id)
    if known is None or (known.locked_until and known.locked_until > turn.now):
        return Outcome("locked")
    if codes.fits(turn.conn, person.id, str(deed.answer("code"))):
        codes.set_state(turn.conn, person.id, 0, None, turn.now + CODE_VALID)
        return _opened(deed)
    wrong = known.wrong + 1
    turn.note(person, "wrong_code", "person", person.id, person.id)
    if wrong >= CODE_TRIES:
        codes.set_state(turn.conn, person.id, 0, turn.now + LOCKED_FOR, None)
        turn.alarm("code_locked")
        return Outcome("locked")
    codes.set_state(turn.conn, person.id, wrong, None, None)
    return Outcome("wrong")


def make_invitation(deed: Deed) -> Outcome:
    """A youngster, their two professionals and a link. The link itself is shown once and kept nowhere."""
    youth = add_youth(deed, "invited")
    if isinstance(youth, Outcome):
        return youth
    new_link(deed, youth.id)
    entering.entered(deed, youth.id, youth.group_id or 0)
    reminding.plan_card(deed.turn, youth)
    return Outcome("made", {"invited": youth.id})


def group_of(deed: Deed) -> int | None:
    """The group that was chosen; the own one when there is only one."""
    turn, person = deed.turn, deed.person
    own = people.groups_of(turn.conn, person.id)
    chosen = deed.answer("group")
    if chosen is not None:
        return handle.meant(turn, person, "group", chosen)
    return own[0][0] if own else None


def add_youth(deed: Deed, state: str) -> Person | Outcome:
    """Somebody new in the chosen group with their two professionals; or why not."""
    turn, person = deed.turn, deed.person
    group_id = group_of(deed)
    if group_id is None:
        return Outcome("no_backup")
    turn.allow(person, "invite", about_group(turn, person, group_id))
    backup = entering.backup_of(deed, group_id)
    if backup is None:
        return Outcome("no_backup")
    refused = entering.refused(deed, group_id, backup)
    if refused is not None:
        return refused
    causes = [cause for name in ("cause", "cause_two") if (cause := deed.answer(name)) in REASONS]
    youth_id = people.add(
        turn.conn,
        str(deed.words("youth_first_name")),
        turn.now,
        {
            "role": "youth",
            "organisation_id": person.organisation_id,
            "group_id": group_id,
            "practice": person.practice,
            "born": f"{deed.answer('year')}-{deed.answer('month')}",
            "causes": ",".join(str(cause) for cause in causes),
            "language": turn.world.settings.language,
            "state": state,
        },
    )
    people.assign(turn.conn, youth_id, person.id, "main", turn.now)
    people.assign(turn.conn, youth_id, backup.id, "backup", turn.now)
    return people.load(turn.conn, youth_id)


def renew_invitation(deed: Deed) -> Outcome:
    """A new link for a youngster who has not begun; the old one dies."""
    turn, person = deed.turn, deed.person
    youth = subject.youth(turn, deed.session.state)
    if youth.state != "invited" or not turn.allowed(person, "see_youth", about_youth(turn, person, youth.id)):
        return GONE
    new_link(deed, youth.id)
    return Outcome("made", {"invited": youth.id})


def new_link(deed: Deed, youth_id: int) -> str:
    """A link for this youngster, shown once; an older one dies. What stands behind ``start=``."""
    turn = deed.turn
    token = token_from(turn.world.random(16))
    expires = turn.now + INVITATION_VALID
    invitation_id = invitations.add(turn.conn, token, youth_id, deed.person.id, turn.now, expires)
    turn.made_link = token
    turn.note(deed.person, "invite", "invitation", invitation_id, youth_id)
    return token


def open_youth(deed: Deed) -> Outcome:
    turn, person = deed.turn, deed.person
    if not _code_is_open(deed):
        return Outcome("code")
    token = deed.answer("youth") or deed.answer("line")
    youth_id = handle.meant(turn, person, "youth", token)
    if youth_id is None or not turn.allowed(person, "see_youth", about_youth(turn, person, youth_id)):
        return GONE
    waiting = [one for one in items.waiting_for(turn.conn, person.id) if one.youth_id == youth_id]
    return Outcome("ok", {"youth": youth_id, "item": waiting[0].id if waiting else NO_ITEM})


def give_challenge(deed: Deed) -> Outcome:
    """The youngster hears of it at a moment that suits them; that message counts as unasked.

    Of two professionals who give one at once the second hears which one it became.
    """
    turn, person = deed.turn, deed.person
    youth = people.locked(turn.conn, subject.youth(turn, deed.session.state).id)
    if not turn.allowed(person, "give_challenge", about_youth(turn, person, youth.id)):
        return GONE
    why = choosing.refused(turn, youth)
    if why is not None:
        return Outcome(why)
    key = str(deed.answer("challenge"))
    match approving.verdict(turn, youth, key):
        case "gone":
            return GONE
        case "not_approved":
            return Outcome("not_approved")
    text = turn.world.library.revision("challenge", key)
    challenge_id = challenges.give(turn.conn, youth.id, key, text, person.id, turn.now)
    if youth.state == "active":
        plan_challenge(deed, youth.id, challenge_id)
    elif youth.state == made_up.STATE:
        made_up.gets_challenge(turn, youth, challenge_id)
    return Outcome("given", {"challenge": challenge_id})


def plan_challenge(deed: Deed, youth_id: int, challenge_id: int) -> None:
    """Plan the message about a challenge that was given."""
    turn = deed.turn
    moment = quieting.free_moment(turn, people.load(turn.conn, youth_id), "challenge", turn.now)
    about = {"challenge": challenge_id}
    due.plan(turn.conn, youth_id, "challenge", str(challenge_id), moment, None, about, turn.now)


def open_item(deed: Deed) -> Outcome:
    if not _code_is_open(deed):
        return Outcome("code")
    if items.load(deed.turn.conn, deed.row("item")).kind == "alert":
        # An alert is acknowledged first, and its words lie behind a dialog of its own.
        return Outcome("alert")
    one = _item(deed)
    if one is None:
        return Outcome("withdrawn") if _state(deed) == "withdrawn" else GONE
    if one.state == "sent":
        items.change(
            deed.turn.conn, one.id, state="opened", opened_at=deed.turn.now, opened_by=deed.person.id
        )
    return Outcome(one.kind, {"youth": one.youth_id, "page": 0})


def check_code(deed: Deed) -> Outcome:
    """Before something new is shown from a screen that may have stood there for hours."""
    return OK if _code_is_open(deed) else Outcome("code")


def next_words(deed: Deed) -> Outcome:
    """The rest of what a youngster sent."""
    return next_page(deed) if _code_is_open(deed) else Outcome("code")


def next_page(deed: Deed) -> Outcome:
    return Outcome("ok", {"page": deed.session.state.subject.get("page", 0) + 1})


def close_item(deed: Deed) -> Outcome:
    one = _item(deed)
    if one is None or one.kind == "alert":
        return GONE
    deed.turn.allow(deed.person, "close_item", about_item(deed.turn, deed.person, one))
    _handled(deed, one, str(deed.answer("handling") or "seen"))
    return OK


def _code_is_open(deed: Deed) -> bool:
    """Whether the code was given less than a quarter of an hour ago: an old list opens nothing by itself."""
    known = codes.load(deed.turn.conn, deed.person.id)
    return known is not None and known.open_until is not None and known.open_until > deed.turn.now


def _opened(deed: Deed) -> Outcome:
    """What the code opens is written down, also for every youngster whom a digest or a list names."""
    turn, person = deed.turn, deed.person
    match deed.session.script:
        case "digest":
            last = digests.latest(turn.conn, person.id)
            number = deed.session.state.subject.get("digest", last.id if last else None)
            turn.allow(person, "see_digest", Target("digest", number, None, "self"))
            digesting.opened(turn, person, deed.session.state)
        case "meeting_list":
            for group_id, _ in people.groups_of(turn.conn, person.id):
                turn.allow(person, "see_meeting_list", about_group(turn, person, group_id))
                for youth in overview.listed(turn, group_id):
                    turn.note(person, "see_meeting_list", "person", youth.id, youth.id)
    return Outcome("open")


def _item(deed: Deed) -> Item | None:
    """The item of the dialog, if this person may read it now; written down either way."""
    one = items.load(deed.turn.conn, deed.row("item"))
    allowed = deed.turn.allowed(deed.person, "read_item", about_item(deed.turn, deed.person, one))
    return one if allowed and one.state in items.SHARED else None


def _state(deed: Deed) -> str:
    return items.load(deed.turn.conn, deed.row("item")).state


def _handled(deed: Deed, one: Item, handling: str) -> None:
    turn = deed.turn
    items.change(
        turn.conn,
        one.id,
        state="handled",
        handled_at=turn.now,
        handled_by=deed.person.id,
        handling=handling,
    )
    due.cancel(turn.conn, one.youth_id, "item_age", str(one.id), turn.now)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "set_code": set_code,
    "need_code": need_code,
    "try_code": try_code,
    "make_invitation": make_invitation,
    "renew_invitation": renew_invitation,
    "open_youth": open_youth,
    "give_challenge": give_challenge,
    "open_item": open_item,
    "check_code": check_code,
    "next_words": next_words,
    "next_page": next_page,
    "close_item": close_item,
}
