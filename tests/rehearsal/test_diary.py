"""What a calendar warns of, as a table."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rehearsal.diary import CARE, OWN, Diary, Entry, Stopped, broken_rules
from bot.schedule.quiet import QuietHours

ZONE = ZoneInfo("Europe/Amsterdam")
QUIET = QuietHours((time(21), time(8)), (time(22), time(9)))


def came(kind, *moments):
    return [
        Entry(datetime.fromisoformat(one).replace(tzinfo=ZONE), "Join Us", kind, "Er is een bericht voor je.")
        for one in moments
    ]


SUNDAY = "2026-11-22"
ONE = came("challenge", f"{SUNDAY} 12:00")
EVENING = came("meeting_48h", f"{SUNDAY} 19:00")
EARLY = came("meeting_48h", f"{SUNDAY} 12:00")
AFTER = came("follow_up", f"{SUNDAY} 18:00")
FORTNIGHT = came("two_weekly", f"{SUNDAY} 19:00")
SECOND = "a second unasked message"
FINE = [
    ("one a day", came("challenge", f"{SUNDAY} 12:00", "2026-11-23 19:00"), "18plus"),
    ("an evening on a day that had its message", [*ONE, *EVENING], "18plus"),
    ("what was asked for counts for nothing", [*ONE, *AFTER], "18plus"),
    ("a chosen moment at night", came("nudge", f"{SUNDAY} 23:00"), "18plus"),
    ("about danger, whatever the hour", came(CARE, *(f"{SUNDAY} 0{hour}:00" for hour in range(1, 7))), "18plus"),
    ("somebody opens the menu at night", came(OWN, f"{SUNDAY} 23:00"), "18plus"),
]  # fmt: skip
WRONG = [
    ("two on a day", came("challenge", f"{SUNDAY} 12:00", f"{SUNDAY} 19:00"), "18plus", SECOND),
    ("an evening first, then another", [*EARLY, *FORTNIGHT], "18plus", SECOND),
    ("five in a week", came("challenge", *(f"2026-11-{day} 12:00" for day in range(16, 21))), "18plus", "more than 4"),
    ("at night", came("two_weekly", f"{SUNDAY} 22:30"), "18plus", "came in quiet hours"),
    ("in school hours", came("challenge", "2026-11-23 12:00"), "under18", "came in quiet hours"),
]  # fmt: skip


@pytest.mark.parametrize("name, entries, band", FINE, ids=[one[0] for one in FINE])
def test_this_may_come(name, entries, band):
    assert broken_rules(entries, band, QUIET, ZONE) == ()


@pytest.mark.parametrize("name, entries, band, said", WRONG, ids=[one[0] for one in WRONG])
def test_this_must_not_come(name, entries, band, said):
    assert said in "\n".join(broken_rules(entries, band, QUIET, ZONE))


def test_a_calendar_tells_who_said_what_and_where_it_stopped():
    entries = came("challenge", f"{SUNDAY} 12:00", "2026-11-23 19:00")
    entries[0].answers.append("Lees")
    left = Stopped("challenge", "pick", entries[0].at + timedelta(minutes=1), "Welke stap?")
    diary = Diary("sam", "groet", ZONE, tuple(entries), (left,), ("a second unasked message",))

    told = "\n".join(diary.lines())

    assert "Sun 22 Nov 12:00  Join Us   challenge       Er is een bericht voor je." in told
    assert "-> Lees" in told
    assert "-> (no answer)" in told
    assert "challenge.pick: Welke stap?" in told
    assert "2 messages came by themselves, 1 were not answered." in told
    assert "MUST NOT HAPPEN: a second unasked message" in told
    assert diary.as_json()["stopped"][0]["dialog"] == "challenge"
