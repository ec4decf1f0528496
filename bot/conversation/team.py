"""Who leads a group and who reads for whom, changed by the coordinator: one at a time, and nobody is left alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import cast

from bot.buttons import token_from
from bot.conversation import alert_chain, handle, planning, relay, subject, talk_endings, team_news
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, code_is_open
from bot.conversation.turn import Turn
from bot.conversation.world import INVITATION_VALID
from bot.programme import team as rules
from bot.programme.lifecycle import UNDO_WITHIN
from bot.programme.team import KINDS, Kind, Leader, Pair
from bot.storage import calendars, invitations, items, meetings, people, sessions
from bot.storage import team as storage
from bot.storage.people import Person
from bot.storage.sessions import Session
from bot.storage.team import Change, Handover

GROUP, COLLEAGUE, YOUTH = "team", "team_person", "team_youth"
"""Purposes of handles."""
CODE = Outcome("code")


def leaders(turn: Turn, group_id: int, *, practice: bool = False) -> list[Leader]:
    """Who leads a group. A tester is able only for a practice youngster."""
    return [
        Leader(
            one.id,
            _gets_messages(turn, one) and (practice or not one.practice),
            storage.load_of(turn.conn, one.id),
        )
        for one in people.staff_of_group(turn.conn, group_id)
    ]


def pair_of(turn: Turn, youth_id: int) -> Pair:
    return cast(Pair, people.looked_after_by(turn.conn, youth_id))


def looked_after_here(turn: Turn, group_id: int, professional_id: int) -> list[Person]:
    """The youngsters of a group for whom somebody reads, first or as the colleague."""
    found = storage.youngsters(turn.conn, group_id)
    return [one for one in found if professional_id in pair_of(turn, one.id).values()]


def heirs(turn: Turn, group_id: int, youth: Person, gone: int) -> dict[Kind, int] | None:
    return rules.heirs(pair_of(turn, youth.id), gone, leaders(turn, group_id, practice=youth.practice))


def leaving(turn: Turn, group_id: int, gone: int) -> str:
    """Whether somebody may stop leading: ``ok``, ``last``, or ``alone`` when a youngster would have one reader."""
    inside = [one for one in storage.youngsters(turn.conn, group_id) if not one.practice]
    verdict = rules.may_leave(leaders(turn, group_id), gone, len(inside))
    if verdict != "ok":
        return verdict
    here = looked_after_here(turn, group_id, gone)
    return "ok" if all(heirs(turn, group_id, one, gone) for one in here) else "alone"


# What the dialog does


def open_team(deed: Deed) -> Outcome:
    number = handle.meant(deed.turn, deed.person, GROUP, deed.answer("team_group"))
    return _into(deed, number)


def look_at_team(deed: Deed) -> Outcome:
    """Back to the page of the group; the right is asked again."""
    return _into(deed, deed.session.state.subject.get("group"))


def add_leader(deed: Deed) -> Outcome:
    """One more leads the group. Twice changes nothing."""
    turn, person = deed.turn, deed.person
    group_id, refused = _group(deed)
    number = handle.meant(turn, person, COLLEAGUE, deed.answer("team_person"))
    if refused or number is None:
        return refused or GONE
    one = people.load(turn.conn, number)
    if one.role != "professional" or one.state == "erased" or one.organisation_id != person.organisation_id:
        return GONE
    if not storage.lead(turn.conn, group_id, one.id):
        return Outcome("already", {"colleague": one.id})
    return _came(deed, group_id, one)


def make_colleague(deed: Deed) -> Outcome:
    """A professional who is new: their link is shown once, and they lead this group from now on."""
    turn, person = deed.turn, deed.person
    group_id, refused = _group(deed)
    name = str(deed.words("colleague_name") or "").strip()
    if refused or not name:
        return refused or GONE
    values = {
        "role": "professional",
        "organisation_id": person.organisation_id,
        "practice": person.practice,
        "language": turn.world.settings.language,
    }
    number = people.add(turn.conn, name, turn.now, values)
    storage.lead(turn.conn, group_id, number)
    token = token_from(turn.world.random(16))
    made = invitations.add(turn.conn, token, number, person.id, turn.now, turn.now + INVITATION_VALID)
    turn.made_link = token
    turn.note(person, "invite", "invitation", made, number)
    return _came(deed, group_id, people.load(turn.conn, number))


def draft_leave(deed: Deed) -> Outcome:
    """Whether somebody may stop leading, and what becomes of their youngsters; nothing is kept yet."""
    group_id, refused = _group(deed)
    number = handle.meant(deed.turn, deed.person, COLLEAGUE, deed.answer("team_person"))
    if refused or number is None or not _leads(deed.turn, group_id, number):
        return refused or GONE
    return Outcome(leaving(deed.turn, group_id, number), {"colleague": number})


def remove_leader(deed: Deed) -> Outcome:
    """Their youngsters go to who stays and to the next, what waits for them too, and old buttons open nothing."""
    turn, person = deed.turn, deed.person
    group_id, refused = _group(deed)
    gone = deed.session.state.subject.get("colleague", 0)
    if refused or not _leads(turn, group_id, gone):
        return refused or GONE
    verdict = leaving(turn, group_id, gone)
    if verdict != "ok":
        return Outcome(verdict)
    here = [(one, heirs(turn, group_id, one, gone)) for one in looked_after_here(turn, group_id, gone)]
    change = storage.add(turn.conn, group_id, "removed", gone, person.id, turn.now)
    for youth, wanted in here:
        storage.hand_over(turn.conn, change, youth.id, wanted or {}, turn.now)
    storage.leave(turn.conn, group_id, gone)
    turn.note(person, "team_removed", "group", group_id, gone)
    left = people.load(turn.conn, gone)
    _close_down(turn, left, group_id, [one.id for one, _ in here])
    for youth, _ in here:
        _pass_items(turn, youth, gone)
        team_news.tell_youth(turn, youth, change, left)
    team_news.tell_staff(turn, person, left, group_id, change, "team_left")
    team_news.tell_takers(turn, person, change)
    planning.plan_again(turn)
    return Outcome("ok", {"team_change": change})


def pick_team_youth(deed: Deed) -> Outcome:
    group_id, refused = _group(deed)
    number = handle.meant(deed.turn, deed.person, YOUTH, deed.answer("team_youth"))
    if refused or number is None or people.load(deed.turn.conn, number).group_id != group_id:
        return refused or GONE
    return Outcome("ok", {"youth": number})


def change_reader(deed: Deed) -> Outcome:
    """Another one reads first or stands in; whoever did the other change places with them."""
    turn, person = deed.turn, deed.person
    group_id, refused = _group(deed)
    number = handle.meant(turn, person, COLLEAGUE, deed.answer("team_reader"))
    kind = next((one for one in KINDS if one == deed.answer("team_kind")), None)
    youth = people.locked(turn.conn, deed.row("youth"))
    if refused or number is None or kind is None or youth.group_id != group_id:
        return refused or GONE
    able = [one.id for one in leaders(turn, group_id, practice=youth.practice) if one.able]
    if number not in able:
        return GONE
    pair = pair_of(turn, youth.id)
    wanted: dict[Kind, int] = {kind: number}
    other: Kind = "backup" if kind == "main" else "main"
    before = pair.get(kind)
    if pair.get(other) == number:
        if before is None:
            return Outcome("alone")
        wanted[other] = before
    change = storage.add(turn.conn, group_id, "readers", None, person.id, turn.now)
    made = storage.hand_over(turn.conn, change, youth.id, wanted, turn.now)
    if not made:
        storage.take_back(turn.conn, change, turn.now)
        return Outcome("already")
    turn.note(person, "team_readers", "group", group_id, youth.id)
    gone = before if before is not None and before not in pair_of(turn, youth.id).values() else None
    if gone is not None:
        _close_down(turn, people.load(turn.conn, gone), None, [youth.id])
    if kind == "main" and before is not None:
        _pass_items(turn, youth, before)
    team_news.tell_youth(turn, youth, change, None)
    team_news.tell_takers(turn, person, change)
    return Outcome("ok", {"team_change": change})


def undo_team(deed: Deed) -> Outcome:
    """For a day: as it was before, unless somebody changed it again meanwhile or could not read any more."""
    turn, person = deed.turn, deed.person
    group_id, refused = _group(deed)
    number = deed.session.state.subject.get("team_change", 0)
    change = storage.load(turn.conn, number)
    if refused or change is None or change.group_id != group_id:
        return refused or GONE
    if turn.now - change.at > UNDO_WITHIN:
        return Outcome("late")
    moved = storage.handovers(turn.conn, change.id)
    for youth_id in sorted({one.youth_id for one in moved}):
        people.locked(turn.conn, youth_id)
    if any(people.looked_after_by(turn.conn, one.youth_id).get(one.kind) != one.now_id for one in moved):
        return Outcome("late")
    if not all(_may_come_back(turn, change, one) for one in _would_come_back(change, moved)):
        return Outcome("reader_gone")
    if change.kind == "added" and change.professional_id is not None:
        if looked_after_here(turn, group_id, change.professional_id):
            return Outcome("late")
        storage.leave(turn.conn, group_id, change.professional_id)
        _close_down(turn, people.load(turn.conn, change.professional_id), group_id, [])
        if people.load(turn.conn, change.professional_id).state == "invited":
            storage.end_invitation(turn.conn, change.professional_id, turn.now)
    if change.kind == "removed" and change.professional_id is not None:
        storage.lead(turn.conn, group_id, change.professional_id)
    for one in moved:
        if one.was_id is not None:
            people.assign(turn.conn, one.youth_id, one.was_id, one.kind, turn.now)
    storage.take_back(turn.conn, change.id, turn.now)
    turn.note(person, "team_undone", "group", group_id, change.professional_id)
    for youth_id in dict.fromkeys(one.youth_id for one in moved):
        youth = people.load(turn.conn, youth_id)
        helpers = people.looked_after_by(turn.conn, youth_id).values()
        for once in {one.now_id for one in moved if one.youth_id == youth_id} - set(helpers):
            _close_down(turn, people.load(turn.conn, once), None, [youth_id])
            _pass_items(turn, youth, once)
        team_news.undone(turn, youth, change.id)
    team_news.taken_back(turn, person, change)
    planning.plan_again(turn)
    return OK


def _would_come_back(change: Change, moved: Collection[Handover]) -> set[int]:
    """Who would lead or read again once *change* is taken back."""
    found = {one.was_id for one in moved if one.was_id is not None}
    if change.kind == "removed" and change.professional_id is not None:
        found.add(change.professional_id)
    return found


def _may_come_back(turn: Turn, change: Change, number: int) -> bool:
    """Whether somebody still uses the bot, and was not taken off the group by another change since.

    Who was invited and has not begun may lead again, as before; nobody reads who has not begun.
    """
    one = people.load(turn.conn, number)
    reads = any(moved.was_id == number for moved in storage.handovers(turn.conn, change.id))
    if not _gets_messages(turn, one) and (reads or one.state != "invited"):
        return False
    taken_off = storage.decided(turn.conn, change.group_id).get(number) is False
    return not taken_off or (change.kind == "removed" and change.professional_id == number)


def _came(deed: Deed, group_id: int, one: Person) -> Outcome:
    turn, person = deed.turn, deed.person
    change = storage.add(turn.conn, group_id, "added", one.id, person.id, turn.now)
    turn.note(person, "team_added", "group", group_id, one.id)
    team_news.tell_staff(turn, person, one, group_id, change, "team_came")
    planning.plan_again(turn)
    return Outcome("ok", {"team_change": change, "colleague": one.id})


def _into(deed: Deed, number: int | None) -> Outcome:
    if not code_is_open(deed):
        return CODE
    if number is None:
        return GONE
    if not deed.turn.allowed(deed.person, "change_team", about_group(deed.turn, deed.person, number)):
        return GONE
    # The message about a change may be wiped by now: for a day it is taken back from here.
    last = storage.latest(deed.turn.conn, number, deed.turn.now - UNDO_WITHIN)
    change = last.id if last is not None else 0
    return Outcome("ok", {"group": number, "colleague": 0, "youth": 0, "team_change": change})


def _group(deed: Deed) -> tuple[int, Outcome | None]:
    """The group of the dialog, kept from others until this turn ends, and what to answer when it may not be changed."""
    turn, number = deed.turn, deed.session.state.subject.get("group", 0)
    if not code_is_open(deed):
        return number, CODE
    if not number or not turn.allowed(deed.person, "change_team", about_group(turn, deed.person, number)):
        return number, GONE
    calendars.lock(turn.conn, number)
    return number, None


def _leads(turn: Turn, group_id: int, number: int) -> bool:
    return any(one == group_id for one, _ in people.groups_of(turn.conn, number))


def _gets_messages(turn: Turn, one: Person) -> bool:
    """Has begun and has an account; somebody who is away for a while still leads."""
    account = people.account_of(turn.conn, one.id)
    return one.state == "active" and account is not None and account.state in people.REACHED


def _pass_items(turn: Turn, youth: Person, gone: int) -> None:
    """What waits for *gone* goes to who reads now; the youngster is told who that is in the same turn."""
    for one in items.waiting_for(turn.conn, gone):
        reader = subject.listener(turn, youth.id) or subject.main_of(turn, youth.id)
        if one.youth_id == youth.id and one.kind != "alert" and reader is not None:
            relay.hand_over(turn, one, reader)


def _close_down(turn: Turn, gone: Person, group_id: int | None, youth_ids: Collection[int]) -> None:
    """Alerts go on to the next, talks and dialogs about these youngsters end, and old lists open nothing any more."""
    alert_chain.pass_on(turn, gone.id, about=youth_ids)
    talk_endings.look(turn, gone.id)
    for one in sessions.open_of(turn.conn, gone.id):
        if _is_about(turn, one, group_id, youth_ids):
            sessions.save(turn.conn, replace(one, status=sessions.ENDED), turn.now)
    storage.forget_buttons(turn.conn, gone.id)


def _is_about(turn: Turn, one: Session, group_id: int | None, youth_ids: Collection[int]) -> bool:
    about = one.state.subject
    if about.get("youth") in youth_ids:
        return True
    if about.get("item") and items.load(turn.conn, about["item"]).youth_id in youth_ids:
        return True
    if group_id is None:
        return False
    if about.get("meeting") and meetings.load(turn.conn, about["meeting"]).group_id == group_id:
        return True
    return about.get("group") == group_id


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_team": open_team,
    "look_at_team": look_at_team,
    "add_leader": add_leader,
    "make_colleague": make_colleague,
    "draft_leave": draft_leave,
    "remove_leader": remove_leader,
    "pick_team_youth": pick_team_youth,
    "change_reader": change_reader,
    "undo_team": undo_team,
}
