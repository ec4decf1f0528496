"""Time moves due by due, never past a moment on which the bot still has work."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import serve
from bot.sandbox.world import Settings
from tests.sandbox.conftest import PHONES, SAM, Hands, until

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


class FakeBot:
    """Has moments to be awake at; reports like the real one."""

    def __init__(self, hands: Hands, dues: list[datetime], silent: Sequence[datetime] = ()) -> None:
        self.hands = hands
        self.silent = silent
        self.dues = sorted(dues)
        self.woke: list[datetime] = []

    async def turn(self) -> None:
        clock = await self.hands.get("clock")
        now = datetime.fromisoformat(clock["now"])
        while self.dues and self.dues[0] <= now:
            self.dues.pop(0)
            self.woke.append(now)
            if now in self.silent:
                continue
            await self.hands.call("sendMessage", chat_id=SAM, text=f"om {now.isoformat()}")
        due = self.dues[0].isoformat() if self.dues else None
        await self.hands.do("clock/report", {"next_due": due, "idle": True, "seen_now": clock["now"]})

    async def run(self) -> None:
        while True:
            await self.turn()
            await asyncio.sleep(0.01)


async def test_the_clock_starts_on_a_friday_at_noon(hands: Hands) -> None:
    clock = await hands.get("clock")
    assert datetime.fromisoformat(clock["now"]) == START
    assert clock["sandbox"] is True
    assert clock["running"] is False


async def test_without_a_bot_time_jumps(hands: Hands) -> None:
    done = await hands.do("clock", {"advance_seconds": 14 * 24 * 3600})
    assert datetime.fromisoformat(done["now"]) == START + timedelta(days=14)
    assert len(done["steps"]) == 1
    refused = await hands.do("clock", {"to_next_due": True})
    assert refused["stopped"] == "no bot reports its next moment"


async def test_two_weeks_pass_due_by_due(chat: Hands) -> None:
    dues = [START + timedelta(hours=hours) for hours in (1, 30, 30, 200, 400)]
    bot = FakeBot(chat, dues)
    await bot.turn()
    running = asyncio.ensure_future(bot.run())
    done = await chat.do("clock", {"advance_seconds": 14 * 24 * 3600})
    running.cancel()
    assert done["stopped"] is None
    assert datetime.fromisoformat(done["now"]) == START + timedelta(days=14)
    assert bot.woke == dues[:4]
    assert [datetime.fromisoformat(step) for step in done["steps"]] == [
        dues[0],
        dues[1],
        dues[3],
        START + timedelta(days=14),
    ]
    dates = [
        message["date"]
        for message in (await chat.get("state"))["phones"][0]["messages"]
        if message["from_bot"]
    ]
    assert [datetime.fromisoformat(date) for date in dates] == dues[:4]


async def test_to_the_next_moment(chat: Hands) -> None:
    due = START + timedelta(hours=5)
    bot = FakeBot(chat, [due])
    await bot.turn()
    running = asyncio.ensure_future(bot.run())
    done = await chat.do("clock", {"to_next_due": True})
    assert datetime.fromisoformat(done["now"]) == due
    done = await chat.do("clock", {"to_next_due": True})
    running.cancel()
    assert done["stopped"] == "the bot has nothing planned"
    assert bot.woke == [due]


async def test_to_the_next_message_goes_past_moments_without_one(chat: Hands) -> None:
    quiet, seen = START + timedelta(hours=5), START + timedelta(hours=9)
    bot = FakeBot(chat, [quiet, seen], silent=[quiet])
    await bot.turn()
    running = asyncio.ensure_future(bot.run())
    done = await chat.do("clock", {"to_next_message": True})
    running.cancel()
    assert [datetime.fromisoformat(step) for step in done["steps"]] == [quiet, seen]


async def test_it_waits_for_updates_the_bot_has_not_confirmed(chat: Hands) -> None:
    bot = FakeBot(chat, [])
    await bot.turn()
    running = asyncio.ensure_future(bot.run())
    await chat.do(f"phones/{SAM}/send", {"text": "wacht op mij"})
    move = asyncio.ensure_future(chat.do("clock", {"advance_seconds": 3600}))
    await until(lambda: chat.sandbox.world.mover.moving)
    last = (await chat.updates())[-1]["update_id"]
    assert not move.done()
    await chat.updates(offset=last + 1)
    assert (await move)["stopped"] is None
    running.cancel()


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"idle": False}, "the bot is still busy"),
        ({"seen_now": "2026-11-20T10:00:00+00:00"}, "the bot has not seen this moment yet"),
        ({"next_due": "2026-11-20T11:00:00+00:00"}, "the bot still has a due moment to handle"),
    ],
)
async def test_it_stops_and_says_so_when_the_bot_is_not_done(report: dict[str, Any], words: str) -> None:
    sandbox = await serve(settings=Settings(phones=PHONES, running=False, settle_timeout=0.1))
    async with aiohttp.ClientSession() as http:
        hands = Hands(sandbox, http)
        body = {"next_due": None, "idle": True, "seen_now": "2026-11-20T12:00:00+01:00", **report}
        await hands.do("clock/report", body)
        done = await hands.do("clock", {"advance_seconds": 3600})
        assert done["ok"] is False
        assert done["stopped"] == f"stopped after 0.1 s: {words}"
        assert datetime.fromisoformat(done["now"]) == START
        done = await hands.do("clock", {"advance_seconds": 1, "require_bot": True})
        assert done["ok"] is False
    await sandbox.stop()


async def test_a_report_from_before_the_last_update_does_not_count(chat: Hands) -> None:
    chat.sandbox.world.mover.settle_timeout = 0.2
    bot = FakeBot(chat, [])
    await chat.do(f"phones/{SAM}/send", {"text": "net binnen"})
    await bot.turn()
    last = (await chat.updates())[-1]["update_id"]
    await chat.updates(offset=last + 1)
    done = await chat.do("clock", {"advance_seconds": 60})
    assert done["stopped"] == "stopped after 0.2 s: the bot has not reported since the last update"


async def test_one_report_suffices_when_it_names_a_later_revision(chat: Hands) -> None:
    move = asyncio.ensure_future(chat.do("clock", {"advance_seconds": 60, "require_bot": True}))
    await until(lambda: chat.sandbox.world.mover.moving)
    clock = await chat.get("clock")
    report = {"next_due": None, "idle": True, "seen_now": clock["now"], "revision": clock["revision"]}
    clock = await chat.do("clock/report", report)
    await until(lambda: chat.sandbox.world.clock.now() > START)
    clock = await chat.get("clock")
    await chat.do("clock/report", {**report, "seen_now": clock["now"], "revision": clock["revision"]})
    assert (await move)["stopped"] is None


async def test_it_stops_halfway_when_the_bot_dies_there(chat: Hands) -> None:
    due = START + timedelta(hours=5)
    bot = FakeBot(chat, [due])
    chat.sandbox.world.mover.settle_timeout = 0.2
    await bot.turn()
    await bot.turn()
    done = await chat.do("clock", {"advance_seconds": 24 * 3600})
    assert datetime.fromisoformat(done["now"]) == due
    assert "has not seen this moment" in done["stopped"]


async def test_only_one_move_at_a_time_and_never_back(chat: Hands) -> None:
    bot = FakeBot(chat, [])
    await bot.turn()
    first = asyncio.ensure_future(chat.do("clock", {"advance_seconds": 3600}))
    await until(lambda: chat.sandbox.world.mover.moving)
    status, _ = await chat.try_to("clock", {"advance_seconds": 1})
    assert status == 409
    await bot.turn()
    await first
    status, _ = await chat.try_to("clock", {"advance_to": "2026-01-01T00:00:00+01:00"})
    assert status == 400
    for body in (
        {},
        {"advance_seconds": -1},
        {"advance_to": "morgen"},
        {"advance_to": "2027-01-01T00:00:00"},
    ):
        status, _ = await chat.try_to("clock", body)
        assert status == 400


async def test_a_running_clock_runs_and_can_be_held(hands: Hands) -> None:
    await hands.do("clock", {"running": True})
    first = (await hands.get("clock"))["now"]
    await until(lambda: hands.sandbox.world.clock.now().isoformat() != first)
    held = await hands.do("clock", {"running": False})
    assert (await hands.get("clock"))["now"] == held["now"]


async def test_a_waiting_reader_hears_a_change_at_once(hands: Hands) -> None:
    revision = str((await hands.get("clock"))["revision"])
    waiting = asyncio.ensure_future(hands.get("clock", after=revision, wait="30"))
    await asyncio.sleep(0.05)
    await hands.do("clock", {"advance_seconds": 60})
    assert datetime.fromisoformat((await waiting)["now"]) == START + timedelta(seconds=60)
