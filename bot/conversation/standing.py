"""Once a day and at start: is the installation still fit to admit anybody? The coordinator and operator hear if not."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.care import commissioning
from bot.care.commissioning import Lack
from bot.conversation import admission, news, relay
from bot.conversation.turn import Turn
from bot.storage import commissionings, drills, duty, meta, organisations

ALARMS: dict[Lack, str] = {
    "commissioning": "commissioning_lapsed",
    "helplines": "helplines_stale",
    "copy": "no_fresh_copy",
    "duty": "roster_ends",
    "alarm": "on_call_without_alarm",
}
_LOOKED_ON = "standing_looked_on"


def look(turn: Turn) -> bool:
    """Look unless that was done today; whether it was done now.

    An installation that was never commissioned serves practice accounts only: nobody is bothered.
    """
    today = turn.today.isoformat()
    if not turn.world.settings.real or meta.get(turn.conn, _LOOKED_ON) == today:
        return False
    meta.put(turn.conn, _LOOKED_ON, today)
    last = commissionings.latest(turn.conn)
    if last is None:
        return True
    for number, key, _ in organisations.every(turn.conn):
        # Whoever withdrew the record knows that it is withdrawn.
        known = {"commissioning"} if last.withdrawn_at is not None else set()
        lacks = tuple(lack for lack in admission.standing(turn, number) if lack not in known)
        for lack in lacks:
            turn.alarm(ALARMS[lack], key)
        coordinators = duty.staff(turn.conn, number, ("coordinator",))
        if lacks:
            day = relay.reading_moment(turn).astimezone(turn.world.settings.zone).date()
            about = {"news": news.STANDING, "lacks": commissioning.mask(lacks)}
            news.tell(turn, coordinators, about, f"standing:{day}")
        drill = drills.latest_acknowledged(turn.conn, number)
        if not commissioning.drill_is_fresh(drill.acknowledged_at if drill else None, turn.now):
            month = f"drill:{turn.today:%Y-%m}"
            news.tell(turn, coordinators, {"news": news.DRILL_DUE}, month)
    return True


def look_again(conn: Connection) -> None:
    """Look at the next tick: the companion has just started."""
    meta.drop(conn, _LOOKED_ON)
