"""Two hundred reminders in one minute: each goes out once, within Telegram's limits, in the order of their lanes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.message import Lane, Message, Promise, dump
from bot.storage import outbox, people
from bot.storage.database import transaction
from bot.storage.outbox import NewRow
from bot.storage.schema_flow import outbox as rows
from bot.storage.schema_people import account
from dialogs.text import Span
from tests.running.companion import SAM, Companion, companion, until

MANY, PHONES = 200, 50
LANES = (Lane.DIGEST, Lane.RELAY, Lane.ALERT)
EACH = 10
"""How many of every other lane were decided after the reminders."""


async def everybody_writes(bot: Companion) -> list[int]:
    """Telegram takes messages only for who wrote first; the numbers of their accounts."""
    for number in range(PHONES):
        await bot.does(SAM + 2 + number, "start")

    async def known() -> list[int] | None:
        with transaction(bot.engine) as conn:
            ids = list(conn.execute(select(account.c.id).order_by(account.c.id)).scalars())
            waits = conn.execute(
                select(func.count()).where(rows.c.state.in_(("ready", "sending")))
            ).scalar_one()
            return ids if len(ids) == PHONES and waits == 0 else None

    return await until(known)


def decides(bot: Companion, accounts: list[int]) -> None:
    """In one transaction: the reminders first, then what is more and less urgent."""
    now = datetime(2026, 11, 20, 11, tzinfo=UTC)
    with transaction(bot.engine) as conn:
        sam = people.add(conn, "Sam", now, {"role": "youth"})

        def put(account_id: int, lane: Lane, words: str) -> None:
            text = dump(Message((Span(words),)))
            outbox.add(conn, NewRow(account_id, lane, Promise.WHILE_VALID, text, sam, dedupe_key=words), now)

        for place in range(MANY):
            put(accounts[place % PHONES], Lane.REMINDER, f"REMINDER {place}")
        for lane in LANES:
            for place in range(EACH):
                put(accounts[place * PHONES // EACH], lane, f"{lane.name} {place}")


async def test_each_goes_out_once_within_the_limits_and_the_urgent_first(tmp_path: Path) -> None:
    async with companion(tmp_path, more=PHONES, overall_rate=25) as bot:
        accounts = await everybody_writes(bot)
        await bot.control("POST", "limits", {"enabled": True})
        decides(bot, accounts)

        async def everything() -> list[dict[str, Any]] | None:
            found = (await bot.control("GET", "calls?method=sendMessage&refused=1"))["calls"]
            ours = [one for one in found if str(one["params"]["text"]).split(" ")[0] in Lane.__members__]
            return ours if len(ours) >= MANY + EACH * len(LANES) else None

        calls = await until(everything)

    assert [one["error"] for one in calls if not one["ok"]] == []
    assert Counter(one["params"]["text"] for one in calls).most_common(1)[0][1] == 1
    assert len(calls) == MANY + EACH * len(LANES)
    order = [Lane[str(one["params"]["text"]).split(" ")[0]] for one in calls]
    # Sixteen are under way at once, so a few may pass each other on the wire.
    for lane in (Lane.ALERT, Lane.RELAY):
        last = max(place for place, one in enumerate(order) if one is lane)
        assert last < EACH * (1 + (lane is Lane.RELAY)) + 16
    assert min(place for place, one in enumerate(order) if one is Lane.DIGEST) >= MANY - 16
