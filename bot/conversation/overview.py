"""What staff see of a youngster who is handed over, and of an evening: the fixed list, no words."""

from __future__ import annotations

from bot.conversation import digesting, subject, wording
from bot.conversation.turn import Turn
from bot.storage import admissions, cards, halts, items, journal, meetings, people
from bot.storage.items import Item
from bot.storage.people import Person

COMING = {"come": "coming_kom", "not": "coming_niet", "unsure": "coming_weet_niet"}


def card(turn: Turn, professional: Person, youth: Person) -> str:
    """One youngster: since when, which challenge and step, what moved last, what waits."""
    said = [
        turn.phrase(
            "card_begun",
            professional,
            youth_name=youth.name,
            day=wording.day(turn, professional, youth.began_at),
        )
        if youth.began_at
        else turn.phrase(
            "assisted_head" if youth.state == people.ASSISTED else "card_not_begun",
            professional,
            youth_name=youth.name,
        )
    ]
    given = subject.given(turn, youth.id)
    if given:
        text = subject.challenge_text(turn, given, professional.language)
        step = text.step(given.step) if given.step else None
        said.append(turn.phrase("card_challenge", professional, challenge_title=text.title))
        if step:
            said.append(turn.phrase("card_step", professional, step_title=step.title))
    said += [
        f"{wording.day(turn, professional, line.at)}:"
        f" {digesting.moved(turn, professional, line.kind, line.value, line.object_id)}"
        for line in journal.latest(turn.conn, youth.id)
        if line.kind != "joined" and not (line.kind == "refused" and youth.began_at)
    ]
    waiting = [one for one in items.waiting_about(turn.conn, youth.id) if one.recipient_id == professional.id]
    running = halts.running(turn.conn, youth.id)
    if running is not None:
        day = wording.day(turn, professional, running.halted_at)
        said.append(turn.phrase(f"halt_since_{running.reason}", professional, day=day))
    if not cards.has(turn.conn, youth.id):
        said.append(turn.phrase("card_missing", professional))
    if waiting:
        said.append(turn.phrase("card_waiting", professional, count=len(waiting)))
    return "\n".join(said)


def item_state(turn: Turn, reader: Person, one: Item) -> str:
    """sent, opened or handled, with the moment. Nothing else is ever claimed."""
    moment = {"sent": one.sent_at, "opened": one.opened_at, "handled": one.handled_at}.get(one.state)
    said = turn.phrase(f"state_{one.state}", reader)
    return f"{said} {wording.day_and_clock(turn, reader, moment)}" if moment else said


def listed(turn: Turn, group_id: int) -> list[Person]:
    """The youngsters whom the list of an evening names; nobody when no evening is planned."""
    if meetings.upcoming(turn.conn, group_id, turn.now) is None:
        return []
    halted = halts.halted(turn.conn)
    found = people.youngsters_in(turn.conn, group_id)
    there = admissions.belongs_to_evenings(turn.conn, [one.id for one in found])
    return [one for one in found if one.id in there and one.id not in halted]


def meeting_list(turn: Turn, professional: Person) -> str:
    """Who comes to the next evening of each group."""
    said = []
    for group_id, name in people.groups_of(turn.conn, professional.id):
        evening = meetings.upcoming(turn.conn, group_id, turn.now)
        if evening is None:
            continue
        answers = meetings.answers(turn.conn, evening.id)
        said.append(
            f"{name}\n{wording.day_and_clock(turn, professional, evening.starts_at)}, {evening.place}"
        )
        youngsters = listed(turn, group_id)
        for answer in ("come", "not", "unsure", None):
            names = [str(one.name) for one in youngsters if answers.get(one.id) == answer]
            label = turn.phrase(COMING.get(answer or "", "coming_none"), professional)
            said.append(f"{label}: {', '.join(names) or '-'}")
        said.append("")
    return "\n".join(said).strip() or turn.phrase("no_meeting", professional)
