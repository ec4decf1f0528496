"""Where a scenario begins, by the Dutch words in its file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from bot.conversation import reader_news, talk
from bot.conversation.turn import Turn
from bot.programme.cover import Stretch
from bot.programme.holiday_news import HolidayNews
from bot.programme.lifecycle import Move
from bot.rehearsal.phone import Phone, Shown
from bot.storage import (
    adaptations,
    admissions,
    appointments,
    challenges,
    closings,
    exercises,
    group_moves,
    holidays,
    meetings,
    outflows,
    pauses,
    people,
    phases,
    places,
    readiness,
    waiting,
)
from bot.storage.schema_flow import due
from bot.storage.schema_programme import location, meeting, meeting_group, series
from dialogs.words import Words
from tests.talk.stage import Stage

Begin = Callable[[Stage, dict[str, Any]], Phone]
STEP = "hoi"


def _invited(stage: Stage, who: dict[str, Any]) -> Phone:
    number = stage.youth("Sam", **who)
    return stage.phone("Sam", who["language"]).opens(stage.invitation(number))


def _begun(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _invited(stage, who)
    for _ in range(5):
        taps(sam, first(sam))
    return sam


def _given(stage: Stage, who: dict[str, Any]) -> Phone:
    """By the professional, in the list of youngsters; then it suits the youngster to hear of it."""
    sam = _begun(stage, who)
    staff = stage.of(who["main"])
    staff.types("Menu").taps("Mijn jongeren")
    if "Tik je code" in staff.said:
        staff.taps_code()
    staff.taps("Sam", "Uitdaging geven", "Een groet per dag")
    # Under 18 nothing comes in school hours.
    stage.passes(timedelta(hours=4))
    return sam


def _read(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _given(stage, who)
    if "lees" in keys(sam):
        taps(sam, "lees")
    return sam


def _step(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_read(stage, who), "ja", "kiezen", STEP)


def _planned(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_step(stage, who), "2026-11-21", "1600", "genoeg")


def _prepared(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_step(stage, who), "2026-11-21", "1600", "meer")
    return taps(sam, "wegkijken", "80", "6", "wegkijken", "ja", "nee", "buurt", "bang", "uur", "gelezen")


def _moment(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _prepared(stage, who)
    stage.passes("2026-11-21 16:00")
    return sam


def _afterwards(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_moment(stage, who), "ga")
    stage.passes("2026-11-21 18:05")
    return sam


def _evening(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    stage.passes("2026-11-29 19:05" if who["group"] == "18-25" else "2026-11-21 19:05")
    return sam


def _soon(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    stage.passes("2026-12-01 16:05" if who["group"] == "18-25" else "2026-11-23 16:05")
    return sam


def _fortnight(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    stage.passes("2026-12-04 19:00")
    return sam


def _after_meeting(stage: Stage, who: dict[str, Any]) -> Phone:
    """The question how it goes stands there: the one about the meeting was answered."""
    sam = taps(_evening(stage, who), "lees", "kom")
    stage.passes("2026-12-02 16:30" if who["group"] == "18-25" else "2026-11-25 18:30")
    return sam


def _idea(stage: Stage, who: dict[str, Any]) -> Phone:
    """With the question whether it helped in a week."""
    sam = taps(
        _exercise(stage, who, "problem"), "vervoer", "deel", "mee", "dichtbij", "done", "skip", "kiezen"
    )
    return taps(sam, first(sam), "ja", "klaar")


def _did(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_afterwards(stage, who), "gedaan", "klaar")


def _did_not_twice(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_afterwards(stage, who), "niet", "moment", "2026-11-22", "1600", "genoeg")
    stage.passes("2026-11-22 18:05")
    return sam


def _monday(stage: Stage, who: dict[str, Any]) -> Phone:
    """The question how it went still stands there when the professional is at work."""
    sam = _afterwards(stage, who)
    stage.passes("2026-11-23 15:30")
    return sam


def _sent(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_monday(stage, who), "gedaan", "meer", "nee", "terug", "7", "3", "niets", "viel_mee", "20")
    return taps(sam, "sturen")


def _answered(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _sent(stage, who)
    staff = stage.of(who["main"])
    staff.taps_data([one for one in staff.shown if one.labels == ["Lees"]][-1].button("Lees").data)
    if "Tik je code" in staff.said:
        staff.taps_code()
    staff.taps("Antwoord").types("Mooi dat je ging.")
    stage.passes(timedelta(minutes=3))
    return sam


def _top(stage: Stage, who: dict[str, Any]) -> Phone:
    """The last step of the ladder was planned, prepared, and its moment is past."""
    sam = taps(_read(stage, who), "ja", "kiezen")
    taps(sam, [one for one in keys(sam) if one != "later"][-1])
    taps(sam, "2026-11-21", "1600", "meer")
    taps(sam, first(sam), "80", "6", "niks", "nee", "buurt", "skip", "gelezen")
    stage.passes("2026-11-21 18:05")
    return sam


def _danger(stage: Stage, who: dict[str, Any]) -> Phone:
    return _begun(stage, who).types("ik wil dood")


def _stopped(stage: Stage, who: dict[str, Any]) -> Phone:
    return taps(_begun(stage, who).types("/stop"), "stop")


def _voice(stage: Stage, who: dict[str, Any]) -> Phone:
    return _begun(stage, who).sends("voice")


def _exercise(stage: Stage, who: dict[str, Any], name: str) -> Phone:
    return taps(_begun(stage, who).types("Menu"), "oefeningen", "alles", name)


def _card(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _exercise(stage, who, "helping_thought").types("Ze vinden me raar")
    taps(sam, "60", "anders").types("Misschien was die ander druk")
    return taps(sam, "70", "ja", "30", "klaar")


def _goal(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_exercise(stage, who, "goal"), "rust", "done", "praten", "week", "joinus", "twee", "klaar")
    stage.passes("2026-12-06 19:00")
    return sam


def _paused(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who).types("/pauze")
    return taps(sam, first(sam))


def _silent(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _given(stage, who)
    stage.passes("2026-12-20 19:00")
    return sam


def _changes(stage: Stage, who: dict[str, Any], *labels: str) -> Phone:
    """The professional changes the next evening; the message arrives when school is out."""
    sam = _begun(stage, who)
    staff = stage.of(who["main"]).types("Menu").taps("Bijeenkomsten")
    if "Tik je code" in staff.said:
        staff.taps_code()
    staff.taps(staff.last.labels[0], *labels, "Sturen")
    stage.passes("2026-11-20 16:30")
    return sam


def _cancelled(stage: Stage, who: dict[str, Any]) -> Phone:
    return _changes(stage, who, "Gaat niet door", "De zaal is niet vrij.")


def _elsewhen(stage: Stage, who: dict[str, Any]) -> Phone:
    return _changes(stage, who, "Andere dag of tijd", "zondag 29 nov", "20:00", "De zaal is niet vrij.")


def without_evenings(stage: Stage) -> None:
    """Nothing is planned any more, and nothing comes back by itself."""

    def clear(conn: Connection) -> None:
        conn.execute(due.delete().where(due.c.kind.like("meeting%") | (due.c.kind == "two_weekly")))
        conn.execute(meeting.delete())
        conn.execute(series.delete())

    stage.writes(clear)


def _without_evenings(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    without_evenings(stage)
    return sam


def _opens(
    stage: Stage, who: dict[str, Any], script: str, about: Callable[[Connection, int], dict[str, int]]
) -> Phone:
    """A dialog that begins by itself."""
    sam = _begun(stage, who)
    number = stage.id_of(sam)

    def begin(conn: Connection) -> None:
        turn = Turn(conn, stage.world, stage.now)
        talk.begin(turn, people.load(conn, number), script, about(conn, number))

    stage.writes(begin)
    stage.ticks()
    return sam


def _adapted(*, undone: bool = False) -> Begin:
    """Vera put the step that Sam chose into other words; or took that back before Sam opened the message."""

    def begin(stage: Stage, who: dict[str, Any]) -> Phone:
        def adapt(conn: Connection, number: int) -> dict[str, int]:
            by, key = stage.programme.staff["Vera"], "een-groet-per-dag"
            given = challenges.give(
                conn, number, key, stage.world.library.revision("challenge", key), by, stage.now
            )
            challenges.set_state(conn, given, "active", stage.now)
            challenges.choose_step(conn, given, STEP)
            words = ("Hoi tegen je buurvrouw", "Zeg hoi tegen je buurvrouw.")
            made = adaptations.add(conn, challenges.load(conn, given), STEP, *words, by, stage.now)
            if undone:
                adaptations.end(conn, [made], "undone", stage.now)
            return {"adapted": made}

        return _opens(stage, who, "step_adapted", adapt)

    return begin


def _pause_given(*, over: bool = False, said: bool = False) -> Begin:
    """Vera put the chat on pause for a week; or it is over by now, and with *said* that is what is told."""

    def begin(stage: Stage, who: dict[str, Any]) -> Phone:
        def give(conn: Connection, number: int) -> dict[str, int]:
            by, zone = stage.programme.staff["Vera"], stage.world.settings.zone
            until = datetime(2026, 11, 27, 16, tzinfo=zone).astimezone(UTC)
            made = pauses.begin(conn, number, until, stage.now, by)
            if over or said:
                pauses.end(conn, number, stage.now)
            return {"pause": made, "over": 1} if said else {"pause": made}

        return _opens(stage, who, "pause_given", give)

    return begin


def _talk_planned(when: str = "2026-11-26 16:00", *, off: bool = False) -> Begin:
    """Vera planned a talk by phone; or one that is over, or called it off."""

    def begin(stage: Stage, who: dict[str, Any]) -> Phone:
        def plan(conn: Connection, number: int) -> dict[str, int]:
            by, zone = stage.programme.staff["Vera"], stage.world.settings.zone
            starts = datetime.fromisoformat(when).replace(tzinfo=zone).astimezone(UTC)
            made = appointments.add(conn, number, starts, "call", by, stage.now)
            if off:
                appointments.cancel(conn, made, by)
            return {"appointment": made}

        return _opens(stage, who, "talk_moment", plan)

    return begin


def _place(conn: Connection, number: int) -> dict[str, int]:
    group, now = people.load(conn, number).group_id or 0, datetime(2026, 11, 20, 12, tzinfo=UTC)
    return {"waiting": waiting.add(conn, number, group, date(2026, 12, 18), now).id}


def _waits(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = _begun(stage, who)
    number = stage.id_of(sam)
    group = stage.programme.groups[who["group"]]
    stage.writes(
        lambda conn: admissions.enter(conn, number, group, "waiting", None, stage.now.date(), stage.now)
    )
    return sam


def _given_place(stage: Stage, who: dict[str, Any]) -> Phone:
    return _opens(stage, who, "place_given", _place)


def _withdrawn_place(stage: Stage, who: dict[str, Any]) -> Phone:
    return _opens(stage, who, "place_withdrawn", _place)


def _grows(stage: Stage, who: dict[str, Any]) -> Phone:
    return _opens(stage, who, "age_told", lambda conn, number: {"youth": number, "age": 18})


def _holiday(stage: Stage, who: dict[str, Any]) -> Phone:
    def told(conn: Connection, number: int) -> dict[str, int]:
        days = Stretch(date(2026, 12, 21), date(2027, 1, 3))
        vera, tom = stage.programme.staff["Vera"], stage.programme.staff["Tom"]
        begins, ends = (datetime(2026, 12, 20, 23, tzinfo=UTC), datetime(2027, 1, 4, 8, tzinfo=UTC))
        made = holidays.add(conn, vera, days, begins, ends, vera)
        news = HolidayNews("away", days, tom)
        return {"holiday_told": holidays.note_told(conn, made.id, number, news, stage.now)}

    return _opens(stage, who, "holiday_told", told)


def _other_reader(stage: Stage, who: dict[str, Any]) -> Phone:
    """Vera is away, and Tom gets what Sam sent."""
    vera, tom = stage.programme.staff["Vera"], stage.programme.staff["Tom"]
    about = {"reads": reader_news.AWAY, "gone": vera, "colleague": tom}
    return _opens(stage, who, "reader_told", lambda conn, number: about)


def _guardian_stops(stage: Stage, who: dict[str, Any]) -> Phone:
    """A parent took the consent back: the message is there, and the bot has stopped."""
    sam = _opens(stage, who, "guardian_told", lambda conn, number: {})
    number = stage.id_of(sam)
    stage.writes(lambda conn: people.change(conn, number, state="too_young"))
    return sam


def _elsewhere(stage: Stage, who: dict[str, Any]) -> Phone:
    def moves(conn: Connection, number: int) -> dict[str, int]:
        group, vera = people.load(conn, number).group_id or 0, stage.programme.staff["Vera"]
        mine = meeting_group.c.id == group
        was = conn.execute(
            select(meeting_group.c.location_id, meeting_group.c.organisation_id).where(mine)
        ).one()
        base = conn.execute(select(location.c.id).where(location.c.name == "The Base")).scalar_one()
        conn.execute(update(meeting_group).where(mine).values(location_id=base))
        values = {"organisation_id": was.organisation_id, "kind": "changed", "about": "group", "row_id": group,
                  "field": "location_id", "was": str(was.location_id), "became": str(base)}  # fmt: skip
        return {"place_change": places.note(conn, values, vera, stage.now), "group": group}

    return _opens(stage, who, "place_moved", moves)


def _no_longer_elsewhere(stage: Stage, who: dict[str, Any]) -> Phone:
    """The one evening at a place that changed does not go on there."""

    def changed(conn: Connection, number: int) -> dict[str, int]:
        group, vera = people.load(conn, number).group_id or 0, stage.programme.staff["Vera"]
        mine = select(meeting_group.c.location_id, meeting_group.c.organisation_id).where(
            meeting_group.c.id == group
        )
        row = conn.execute(mine).one()
        other = conn.execute(select(location.c.id).where(location.c.id != row.location_id)).scalars().first()
        values = {"organisation_id": row.organisation_id, "kind": "changed", "about": "location", "row_id": other,
                  "field": "address", "was": "", "became": "Kade 3"}  # fmt: skip
        return {"place_change": places.note(conn, values, vera, stage.now), "group": group}

    return _opens(stage, who, "place_moved", changed)


def _moves(stage: Stage, who: dict[str, Any]) -> Phone:
    def move(conn: Connection, number: int) -> dict[str, int]:
        to, by = stage.programme.groups["18-25"], stage.programme.staff["Vera"]
        return {"move": group_moves.add(conn, number, to, date(2027, 1, 4), by, stage.now).id}

    return _opens(stage, who, "group_moves", move)


def _stays(stage: Stage, who: dict[str, Any]) -> Phone:
    return _opens(stage, who, "group_stays", lambda conn, number: {})


FAREWELL = "Je durfde steeds meer."


def _takes_part(stage: Stage, conn: Connection, number: int) -> None:
    group = people.load(conn, number).group_id
    if group is not None:
        admissions.enter(conn, number, group, "participating", None, stage.now.date(), stage.now)


def _list(stage: Stage, who: dict[str, Any]) -> Phone:
    return _opens(stage, who, "readiness", lambda conn, number: {})


def _list_after_staff(stage: Stage, who: dict[str, Any]) -> Phone:
    def rated(conn: Connection, number: int) -> dict[str, int]:
        readiness.add(conn, number, "staff", {"talk": "yes"}, stage.programme.staff["Vera"], stage.now)
        return {}

    return _opens(stage, who, "readiness", rated)


def _both_lists(stage: Stage, who: dict[str, Any]) -> Phone:
    def rated(conn: Connection, number: int) -> dict[str, int]:
        readiness.add(conn, number, "youth", {"talk": "no"}, number, stage.now)
        readiness.add(conn, number, "staff", {"talk": "yes"}, stage.programme.staff["Vera"], stage.now)
        return {}

    return _opens(stage, who, "readiness_seen", rated)


def _proposed(stage: Stage, who: dict[str, Any]) -> Phone:
    def propose(conn: Connection, number: int) -> dict[str, int]:
        _takes_part(stage, conn, number)
        return {"outflow": _outflow(stage, conn, number)}

    return _opens(stage, who, "outflow_asked", propose)


def _proposal_gone(stage: Stage, who: dict[str, Any]) -> Phone:
    def propose(conn: Connection, number: int) -> dict[str, int]:
        _takes_part(stage, conn, number)
        made = _outflow(stage, conn, number)
        outflows.change(conn, made, state="withdrawn")
        return {"outflow": made}

    return _opens(stage, who, "outflow_asked", propose)


def _proposal_late(stage: Stage, who: dict[str, Any]) -> Phone:
    def propose(conn: Connection, number: int) -> dict[str, int]:
        _takes_part(stage, conn, number)
        return {"outflow": _outflow(stage, conn, number, date(2026, 11, 19))}

    return _opens(stage, who, "outflow_asked", propose)


def _outflow(stage: Stage, conn: Connection, number: int, day: date = date(2026, 12, 18)) -> int:
    by = stage.programme.staff["Vera"]
    return outflows.propose(conn, number, by, day, taper=True, farewell=FAREWELL, now=stage.now)


def _ends_with(script: str, *, plan: bool = False, back: bool = True) -> Begin:
    def begin(stage: Stage, who: dict[str, Any]) -> Phone:
        def end(conn: Connection, number: int) -> dict[str, int]:
            made = _outflow(stage, conn, number)
            state = "ended" if back else "agreed"
            outflows.change(conn, made, state=state, aftercare=False, erase_on=date(2027, 1, 1))
            if plan:
                one = exercises.add(conn, number, "relapse_plan", stage.now)
                exercises.note(conn, one, {"signal": Words("Ik blijf op mijn kamer")}, {}, stage.now)
            return {"outflow": made}

        return _opens(stage, who, script, end)

    return begin


def _trial(stage: Stage, who: dict[str, Any]) -> Phone:
    """In the trial phase; the message about the evening is there."""
    sam = _begun(stage, who)
    number, today = stage.id_of(sam), stage.now.date()
    stage.writes(lambda conn: phases.add(conn, number, Move("trial", "fits", today, stage.now)))
    stage.passes(timedelta(days=1))
    return sam


def _after_trial(stage: Stage, who: dict[str, Any]) -> Phone:
    sam = taps(_trial(stage, who), "lees", "klaar")
    stage.passes("2026-12-02 16:30" if who["group"] == "18-25" else "2026-11-24 16:30")
    return sam


def _promised(stage: Stage, who: dict[str, Any]) -> Phone:
    """Sam asked for somebody at the door, and a professional gave a name."""
    sam = taps(_begun(stage, who).types("Menu"), "spannend", "deur")
    staff = stage.of(who["main"])
    stage.passes("2026-11-20 16:00")
    staff.taps_data([one for one in staff.shown if one.labels == ["Lees"]][-1].button("Lees").data)
    if "Tik je code" in staff.said:
        staff.taps_code()
    staff.taps(who["main"])
    stage.ticks()
    return sam


def _group_closes(*, undone: bool = False) -> Begin:
    """The group of Sam closes on 18 December; or it was announced and goes on after all."""

    def begin(stage: Stage, who: dict[str, Any]) -> Phone:
        def close(conn: Connection, number: int) -> dict[str, int]:
            group = stage.programme.groups[who["group"]]
            admissions.enter(conn, number, group, "participating", None, stage.now.date(), stage.now)
            organisation = meetings.organisation_of_group(conn, group) or 0
            one = closings.add(conn, organisation, group, date(2026, 12, 18), None, stage.now)
            closings.expect(conn, one.id, number, stage.now)
            if undone:
                closings.undo(conn, one, None, stage.now)
            return {"closing": one.id}

        return _opens(stage, who, "closing_told", close)

    return begin


def _group_goes_on(stage: Stage, who: dict[str, Any]) -> Phone:
    return _opens(stage, who, "closing_undone", lambda conn, number: {})


BEGINNINGS: dict[str, Begin] = {
    "de groep van Sam stopt": _group_closes(),
    "de groep van Sam stopt, en dat is veranderd": _group_closes(undone=True),
    "de groep van Sam gaat toch door": _group_goes_on,
    "Sam heeft een oefenavond": _trial,
    "na de oefenavond van Sam": _after_trial,
    "iemand wacht op Sam bij de deur": _promised,
    "er is een lijst voor Sam": _list,
    "er is een lijst die ook de begeleider invulde": _list_after_staff,
    "beide lijsten zijn er": _both_lists,
    "er is een voorstel voor Sam": _proposed,
    "het voorstel voor Sam is ingetrokken": _proposal_gone,
    "de dag van het voorstel voor Sam is voorbij": _proposal_late,
    "Sam neemt afscheid": _ends_with("goodbye"),
    "Sam neemt afscheid met een plan": _ends_with("goodbye", plan=True),
    "Sam neemt nog geen afscheid": _ends_with("goodbye", back=False),
    "na het afscheid": _ends_with("aftercare"),
    "na het afscheid, en het is veranderd": _ends_with("aftercare", back=False),
    "bijna gewist": _ends_with("deletion_soon", plan=True),
    "bijna gewist, en het is veranderd": _ends_with("deletion_soon", back=False),
    "Sam staat op de wachtlijst": _waits,
    "er is een plek voor Sam": _given_place,
    "de plek van Sam gaat toch niet door": _withdrawn_place,
    "Sam wordt 18": _grows,
    "Vera gaat met vakantie": _holiday,
    "een ander leest wat Sam stuurde": _other_reader,
    "een ouder van Sam trekt de toestemming in": _guardian_stops,
    "de groep heeft een andere plek": _elsewhere,
    "de andere plek geldt niet meer": _no_longer_elsewhere,
    "Sam gaat naar een andere groep": _moves,
    "Sam blijft in de eigen groep": _stays,
    "Vera paste de stap van Sam aan": _adapted(),
    "Vera draaide de aanpassing terug": _adapted(undone=True),
    "Vera koos pauze voor Sam": _pause_given(),
    "de pauze die Vera koos is voorbij": _pause_given(over=True),
    "Vera stopte de pauze van Sam": _pause_given(said=True),
    "Vera plande een gesprek met Sam": _talk_planned(),
    "het geplande gesprek is voorbij": _talk_planned("2026-11-20 09:00"),
    "Vera zei het gesprek af": _talk_planned(off=True),
    "Sam opent de uitnodiging": _invited,
    "Sam doet mee": _begun,
    "Sam heeft een bericht over een uitdaging": _given,
    "Sam leest over de uitdaging": _read,
    "Sam koos een stap": _step,
    "Sam heeft een moment": _planned,
    "Sam heeft zich voorbereid": _prepared,
    "het moment van Sam is er": _moment,
    "na de stap van Sam": _afterwards,
    "Sam deed de stap": _did,
    "het lukte twee keer niet": _did_not_twice,
    "maandag na de stap van Sam": _monday,
    "Sam stuurde hoe het ging": _sent,
    "er is een antwoord voor Sam": _answered,
    "na de laatste stap van de ladder": _top,
    "Sam typt over de dood": _danger,
    "Sam is gestopt": _stopped,
    "Sam stuurt een spraakbericht": _voice,
    "Sam bewaarde een kaart": _card,
    "Sam maakte een doel": _goal,
    "Sam heeft pauze": _paused,
    "Sam is lang stil": _silent,
    "twee dagen voor de bijeenkomst": _evening,
    "drie uur voor de bijeenkomst": _soon,
    "na twee weken": _fortnight,
    "de bijeenkomst gaat niet door": _cancelled,
    "de bijeenkomst is verplaatst": _elsewhen,
    "er zijn geen bijeenkomsten": _without_evenings,
    "na een bijeenkomst": _after_meeting,
    "Sam koos een idee": _idea,
}


def keys(phone: Phone) -> list[str]:
    """The keys of the buttons on the last message that has any of a dialog."""
    return next((found for shown in reversed(phone.shown) if (found := keys_on(shown))), [])


def keys_on(shown: Shown) -> list[str]:
    """The keys of the buttons of a dialog on one message."""
    return [one.data.split(".", 3)[3] for one in shown.buttons if one.data.startswith("d.")]


def first(phone: Phone) -> str:
    return keys(phone)[0]


def taps(phone: Phone, *wanted: str, higher: bool = False) -> Phone:
    """Tap by key: the same in every language. On the latest message that has it; with *higher* on the first."""
    for key in wanted:
        if key.startswith("g."):
            phone.taps_data(key)
            continue
        for shown in phone.shown if higher else reversed(phone.shown):
            found = [
                one for one in shown.buttons if one.data.startswith("d.") and one.data.split(".", 3)[3] == key
            ]
            if found:
                phone.taps_data(found[0].data)
                break
        else:
            raise AssertionError(f"no key {key!r} on {phone.screen}")
    return phone
