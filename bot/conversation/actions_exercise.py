"""What exercises ask for: keep what was answered, show it to the professional, cards that come back, own moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from bot.conversation import checkin, log_days, subject, workbook
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.schedule.local import to_utc
from bot.schedule.quiet import is_quiet, moved
from bot.storage import due, exercises, items, learned, log_plans, sessions
from bot.storage.exercises import Exercise
from bot.storage.sessions import Session

KIND = "exercise"
CARD_FIELDS = ("smaller", "card", "friend")
"""The answers that can become a card, the one that counts first."""

BEFORE_CUE = timedelta(minutes=30)
CUE_VALID = timedelta(hours=2)
ASKED_AT = time(16)
ASKED_UNTIL = timedelta(days=3)
EVALUATED_AFTER = timedelta(days=7)
LOOK_BACK_AFTER = (timedelta(weeks=2), timedelta(weeks=6), timedelta(weeks=12))
"""When somebody who asked for it is asked how it goes after leaving (care research 1.12)."""


def look_for_exercise(deed: Deed) -> Outcome:
    """An exercise that was left is offered where it was left, unless all of it is kept and only asked what next."""
    wanted = str(deed.answer("exercise"))
    for one in sessions.open_of(deed.turn.conn, deed.person.id):
        if one.script == wanted and one.foreground and not _only_asks_on(deed, one):
            return Outcome("running", {"left": one.id})
    return Outcome("new")


def pick_up_exercise(deed: Deed) -> Outcome:
    """The dialog that was left becomes the latest, so that it is the one that goes on."""
    one = sessions.load(deed.turn.conn, deed.row("left"))
    if one is None or one.person_id != deed.person.id or one.status not in sessions.RUNNING:
        return GONE
    sessions.save(deed.turn.conn, one, deed.turn.now)
    return OK


def keep_exercise(deed: Deed) -> Outcome:
    """Keep the answers so far; what was begun in another exercise goes on there."""
    conn, now = deed.turn.conn, deed.turn.now
    one = own(deed)
    if one is None:
        one = exercises.add(conn, deed.person.id, deed.session.script, now)
    words, figures = workbook.gathered(deed.session.state)
    exercises.note(conn, one, words, figures, now)
    return Outcome("ok", {"exercise": one.id})


def keep_card(deed: Deed) -> Outcome:
    words = next((said for field in CARD_FIELDS if (said := deed.words(field))), None)
    one = own(deed)
    if not words or one is None:
        return Outcome("nothing")
    number = learned.keep(deed.turn.conn, deed.person.id, words, "exercise", one.id, deed.turn.now)
    return Outcome("ok", {"card": number})


def take_card(deed: Deed) -> Outcome:
    """The card whose turn it is comes back before an attempt."""
    one = learned.upcoming(deed.turn.conn, deed.person.id)
    if one is None:
        return Outcome("none")
    learned.shown(deed.turn.conn, one.id, deed.turn.now)
    return Outcome("card", {"card": one.id})


def look_at_card(deed: Deed) -> Outcome:
    one = learned.load(deed.turn.conn, int(str(deed.answer("mine"))))
    if one is None or one.youth_id != deed.person.id:
        return GONE
    return Outcome("ok", {"card": one.id})


def put_card_away(deed: Deed) -> Outcome:
    return _retire(deed, deed.turn.now)


def put_card_back(deed: Deed) -> Outcome:
    return _retire(deed, None)


def draft_exercise(deed: Deed) -> Outcome:
    """What would be sent of it; nothing leaves before the youngster says so."""
    turn, one = deed.turn, own(deed)
    if one is None or not workbook.shareable(one):
        return Outcome("empty")
    content = workbook.sent(turn, deed.person, one, frozenset())
    reader = subject.reader_now(turn, deed.person.id)
    item_id = items.add(turn.conn, deed.person.id, KIND, turn.now, content, recipient_id=reader)
    exercises.shown_in(turn.conn, one.id, item_id)
    return Outcome("ready", {"item": item_id})


def toggle_exercise_part(deed: Deed) -> Outcome:
    draft, one = items.load(deed.turn.conn, deed.row("item")), own(deed)
    if one is None or draft.state != "draft":
        return Outcome("empty")
    left_out = checkin.toggled(draft.left_out, deed.answer("part"), workbook.shareable(one))
    items.write(deed.turn.conn, draft, workbook.sent(deed.turn, deed.person, one, left_out), left_out)
    return Outcome("ready" if set(workbook.shareable(one)) - left_out else "empty")


def plan_cue(deed: Deed) -> Outcome:
    """One message, half an hour before the moment of an own plan; at the moment itself when that hour is quiet."""
    turn, person, one = deed.turn, deed.person, own(deed)
    settings = turn.world.settings
    clock = str(deed.answer("time"))
    wall = time(int(clock[:2]), int(clock[2:]))
    moment = to_utc(date.fromisoformat(str(deed.answer("day"))), wall, settings.zone)
    if one is None or moment <= turn.now:
        return Outcome("past")
    early = moment - BEFORE_CUE
    if early <= turn.now or is_quiet(early, turn.band(person), settings.quiet, settings.zone):
        early = moment
    for waiting in due.waiting_of(turn.conn, person.id):
        if waiting.kind == "cue" and waiting.subject.get("exercise") == one.id:
            due.cancel(turn.conn, person.id, "cue", waiting.occurrence, turn.now)
    _plan(deed, "cue", f"{one.id}:{turn.now.isoformat()}", early, moment + CUE_VALID, one)
    return OK


def plan_evaluation(deed: Deed) -> Outcome:
    """Ask in a week how it went with the idea that was picked."""
    one = own(deed)
    if one is not None:
        moment = _afternoon(deed, EVALUATED_AFTER)
        _plan(deed, "evaluate", f"{one.id}:{deed.turn.today}", moment, moment + ASKED_UNTIL, one)
    return OK


def plan_look_backs(deed: Deed) -> Outcome:
    one = own(deed)
    if one is not None:
        for after in LOOK_BACK_AFTER:
            moment = _afternoon(deed, after)
            _plan(deed, "look_back", f"{one.id}:{after.days}", moment, moment + ASKED_UNTIL, one)
    return OK


def start_log(deed: Deed) -> Outcome:
    """Ask for the positive log on the days that were ticked, three at most."""
    ticked = deed.answer("days")
    days = [int(key) for key in ticked] if isinstance(ticked, Mapping) else []
    if not days:
        return Outcome("none")
    if len(days) > log_days.MOST:
        return Outcome("many")
    log_days.begin(deed.turn, deed.person, days)
    return OK


def stop_log(deed: Deed) -> Outcome:
    log_plans.end(deed.turn.conn, deed.person.id, deed.turn.now)
    due.cancel_all(deed.turn.conn, deed.person.id, [log_days.KIND], deed.turn.now)
    return OK


def own(deed: Deed) -> Exercise | None:
    """The exercise the dialog is about, when it is this person's."""
    number = deed.session.state.subject.get("exercise")
    one = exercises.load(deed.turn.conn, number) if number else None
    return one if one is not None and one.youth_id == deed.person.id else None


def _only_asks_on(deed: Deed, one: Session) -> bool:
    """Whether everything was kept and the question that is open holds no answer: what next, or close."""
    script = deed.turn.world.library.script(one.script, deed.person.language, one.revision, deed.turn.conn)
    here = script.steps.get(one.state.at or "")
    return "exercise" in one.state.subject and here is not None and here.save is None


def _retire(deed: Deed, moment: datetime | None) -> Outcome:
    one = learned.load(deed.turn.conn, deed.row("card"))
    if one is None or one.youth_id != deed.person.id:
        return GONE
    learned.retire(deed.turn.conn, one.id, moment)
    return OK


def _afternoon(deed: Deed, after: timedelta) -> datetime:
    """In the afternoon some days from now, outside quiet hours."""
    settings = deed.turn.world.settings
    asked = to_utc(deed.turn.today + after, ASKED_AT, settings.zone)
    return moved(asked, "asks", deed.turn.band(deed.person), settings.quiet, settings.zone)


def _plan(deed: Deed, kind: str, occurrence: str, moment: datetime, until: datetime, one: Exercise) -> None:
    about = {"exercise": one.id}
    due.plan(deed.turn.conn, deed.person.id, kind, occurrence, moment, until, about, deed.turn.now)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "look_for_exercise": look_for_exercise,
    "pick_up_exercise": pick_up_exercise,
    "keep_exercise": keep_exercise,
    "keep_card": keep_card,
    "take_card": take_card,
    "look_at_card": look_at_card,
    "put_card_away": put_card_away,
    "put_card_back": put_card_back,
    "draft_exercise": draft_exercise,
    "toggle_exercise_part": toggle_exercise_part,
    "plan_cue": plan_cue,
    "plan_evaluation": plan_evaluation,
    "plan_look_backs": plan_look_backs,
    "start_log": start_log,
    "stop_log": stop_log,
}
