"""Who hears of a sign-up, and when again: neutral in the chat, the rest after the code."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.age import Band
from bot.content import dates
from bot.conversation import relay
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.schedule.quiet import is_quiet, moved
from bot.schedule.reading import next_reading
from bot.storage import chats, duty, people, sign_ups
from bot.storage.people import Account
from bot.storage.retention import SIGN_UPS_KEPT
from bot.storage.sign_ups import SignUp
from dialogs.text import Span

SCRIPT = "sign_up_news"
SHOWN_AGAIN_AFTER = 3
"""Working days after which a coordinator is shown again what nobody took on."""
LAST_WEEK = timedelta(days=7)
"""How long before it is cleared whoever signed up in a chat hears so."""
ADULTS = "18-25"


def day(turn: Turn, moment: datetime, language: str) -> str:
    """*vrijdag 20 november*, in a language."""
    return str(dates.filters(language, turn.world.settings.zone.key)["date"](moment))


def tell(turn: Turn, one: SignUp, occurrence: str = "new") -> None:
    """Tell the professionals it is for and the coordinators of the organisation, in working hours."""
    for number in dict.fromkeys([*sign_ups.leaders(turn.conn, one), *coordinators(turn, one)]):
        _put(turn, one, number, occurrence)


def coordinators(turn: Turn, one: SignUp) -> list[int]:
    """The coordinators of the organisation, but for testers."""
    return duty.numbers(turn.conn, one.organisation_id, "coordinator", practice=False)


def look_ahead(turn: Turn) -> None:
    """Once a day: what waits three working days is shown again, and what is soon cleared is said beforehand."""
    for one in sign_ups.every_open(turn.conn):
        if turn.now >= is_late_from(turn, one.at):
            for number in coordinators(turn, one):
                _put(turn, one, number, f"late:{turn.today.isocalendar().week}")
        if turn.now >= one.at + SIGN_UPS_KEPT - LAST_WEEK:
            _say_it_ends(turn, one)


def is_late_from(turn: Turn, at: datetime) -> datetime:
    """When three working days have gone by."""
    settings = turn.world.settings
    moment = next_reading(at, settings.working_hours, settings.zone)
    for _ in range(SHOWN_AGAIN_AFTER):
        moment = next_reading(moment + timedelta(days=1), settings.working_hours, settings.zone)
    return moment


def opening(turn: Turn, one: SignUp, key: str | None, *, by_itself: bool = False) -> Opening:
    """What they wait for comes at once, in quiet hours without a sound; what comes *by_itself* waits for the day."""
    settings = turn.world.settings
    band: Band = "18plus" if one.age_group == ADULTS else "under18"
    return Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=moved(turn.now, "asks", band, settings.quiet, settings.zone) if by_itself else None,
        silent=not by_itself and is_quiet(turn.now, band, settings.quiet, settings.zone),
        dedupe_key=key,
    )


def answer(
    turn: Turn, one: SignUp, phrase: str, key: str, *, by_itself: bool = False, **facts: object
) -> bool:
    """Say something in the chat a sign-up came from, in its language; false when it cannot be reached."""
    account = chat_of(turn, one)
    if account is None:
        return False
    text = turn.phrase_in(one.language, phrase, **facts)
    turn.send(None, account, Message((Span(text),)), opening(turn, one, key, by_itself=by_itself))
    return True


def chat_of(turn: Turn, one: SignUp) -> Account | None:
    """The chat it came from, while that is still a stranger's and open.

    None of who is under the age that Telegram asks for: they were told that a person calls.
    """
    if one.young or one.account_id is None or people.owner_of(turn.conn, one.account_id) is not None:
        return None
    state = people.account_state(turn.conn, one.account_id)
    return Account(one.account_id, None, state) if state == "active" else None


def _put(turn: Turn, one: SignUp, number: int, occurrence: str) -> None:
    key = f"sign_up:{one.id}:{occurrence}:{number}"
    if chats.was_put(turn.conn, key):
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=key,
    )
    turn.begin(people.load(turn.conn, number), SCRIPT, {"sign_up": one.id}, opening)


def _say_it_ends(turn: Turn, one: SignUp) -> None:
    key = f"sign_up_ends:{one.id}"
    if one.reach == "chat" and not chats.was_put(turn.conn, key):
        until = day(turn, one.at + SIGN_UPS_KEPT, one.language)
        answer(turn, one, "sign_up_ends", key, by_itself=True, day=until)
