"""Telegram, or the way to it, goes wrong: answers are lost, calls are refused, another poller comes in between."""

from __future__ import annotations

import asyncio
import faulthandler
import json
from typing import Any

import aiohttp
import pytest

from tests.crash.baseline import Baseline
from tests.crash.check import copies, end_findings, findings
from tests.crash.database import Flying, told
from tests.crash.journey import STEPS
from tests.crash.phones import USER
from tests.crash.play import Kill, Play
from tests.crash.process import Nursery

METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "sendPhoto")
NO_PICTURE = METHODS[:-1]
"""An upload may take a minute before its answer counts as lost: too long to wait for here."""

HANGING = 5
"""Each call that hangs takes a real second, so only every fifth step has them."""


def step_of(name: str) -> int:
    """The number of a step."""
    return [one.name for one in STEPS].index(name)


async def order(play: Play, kind: str, methods: tuple[str, ...] = METHODS, **more: Any) -> None:
    """From now on the next call of each of these methods goes wrong, once."""
    await play.phones.do("faults", [{"kind": kind, "method": method, **more} for method in methods])


def cut(play: Play, step: int, after: int) -> None:
    """Note which messages were accepted without an answer: the first of each method since call *after*."""
    calls = play.sandbox.world.ledger.select(after=after)
    for method in ("sendMessage", "sendPhoto"):
        first = next((call for call in calls if call.method == method), None)
        if first is not None:
            said = first.params.get("text") or first.params.get("caption") or ""
            rows = (first.params.get("reply_markup") or {}).get("inline_keyboard", [])
            labels = tuple(button["text"] for row in rows for button in row)
            chat = int(first.params["chat_id"])
            play.played.kills.append(Kill(step, "cut", [Flying(0, chat, "send", said, labels, "")]))


async def first_question(nursery: Nursery, baseline: Baseline) -> tuple[list[str], int]:
    """The answer to the very first question is lost; then the journey goes on for a while."""
    async with Play(nursery, baseline.before(0).scene) as play:
        await play.begin()
        await order(play, "cut_after", ("sendMessage",))
        await play.step(0)
        cut(play, 0, play.sandbox.world.ledger._number - len(play.sandbox.world.ledger._calls))
        shown = [seen for seen in play.phones.screen("Vera") if seen.shows("Verder")]
        assert len(shown) == 2
        assert shown[0].text == shown[1].text
        await play.phones.tap("Vera", "Verder")
        data = "d.1.1.verder"
        body = {"message_id": shown[0].number, "data": data}
        await play.phones.do(f"phones/{USER['Vera']}/tap", body)
        await play.phones.time_passes()
        wrong = [
            f"the second tap counted: {row}"
            for row in told(play.folder)["inbox"]
            if row[3] not in ("started", "tapped")
        ]
        return wrong, len([seen for seen in play.phones.screen("Vera") if seen.shows("vaste lijst")])


def test_the_first_question_whose_answer_was_lost_stands_twice_and_counts_once(
    nursery: Nursery, baseline: Baseline
):
    wrong, next_questions = asyncio.run(first_question(nursery, baseline))

    assert wrong == []
    assert next_questions == 1


async def journey_through(nursery: Nursery, baseline: Baseline, kind: str) -> tuple[list[str], int]:
    """The whole journey; in every step the first call of each method goes wrong."""
    mutant = "impatient" if kind == "hang" else ""
    async with Play(nursery, baseline.before(0).scene, mutant) as play:
        await play.begin()
        for step in range(len(STEPS)):
            after = play.sandbox.world.ledger._number
            if kind != "hang":
                await order(play, kind)
            elif step % HANGING == 0:
                await order(play, kind, NO_PICTURE)
            await play.step(step)
            if kind == "cut_after":
                cut(play, step, after)
            play.sandbox.world.faults.remove()
        wrong = findings(play, baseline.end, exact_times=False, faults=True) + end_findings(play)
        return wrong, copies(play, baseline.end)


@pytest.fixture
def may_take_minutes() -> None:
    """No stack traces of tests that are slow because they do much."""
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.slow
@pytest.mark.usefixtures("may_take_minutes")
@pytest.mark.parametrize("kind", ["cut_before", "500", "502html", "429", "hang"])
def test_a_journey_in_which_every_first_call_fails_is_the_same_journey(
    nursery: Nursery, baseline: Baseline, kind: str
):
    wrong, double = asyncio.run(journey_through(nursery, baseline, kind))

    assert wrong == []
    assert double == 0


@pytest.mark.slow
@pytest.mark.usefixtures("may_take_minutes")
def test_a_journey_in_which_every_first_answer_is_lost_shows_those_messages_twice(
    nursery: Nursery, baseline: Baseline
):
    wrong, double = asyncio.run(journey_through(nursery, baseline, "cut_after"))

    assert wrong == []
    assert double > len(STEPS) // 2


async def blocked_once(nursery: Nursery, baseline: Baseline) -> tuple[list[str], bool]:
    """Telegram says that Sam blocked the bot, in the middle of preparing; then Sam writes again."""
    step = step_of("Sam tap Nog even voorbereiden")
    async with Play(nursery, baseline.before(step).scene) as play:
        await play.begin()
        await order(play, "403", ("sendMessage",), chat_id=USER["Sam"])
        await play.phones.tap("Sam", "Nog even voorbereiden")
        await play.phones.time_passes()
        told_vera = play.phones.screen("Vera")[-1].shows("Er is nieuws")
        await play.phones.type("Sam", "Menu")
        await play.phones.time_passes()
        await play.phones.tap("Sam", "Verder waar ik was")
        await play.phones.time_passes()
        await play.steps(range(step + 1, len(STEPS)))
        wrong = [line for line in end_findings(play) if not line.startswith("outbox row")]
        return wrong, told_vera


@pytest.mark.slow
def test_somebody_who_seems_to_have_blocked_the_bot_goes_on_where_they_were(
    nursery: Nursery, baseline: Baseline
):
    wrong, told_vera = asyncio.run(blocked_once(nursery, baseline))

    assert wrong == []
    assert told_vera


async def with_a_rival(nursery: Nursery, baseline: Baseline) -> list[str]:
    """Somebody else asks for the same updates, and takes none away."""
    step = step_of("Sam tap Nog even voorbereiden")
    async with Play(nursery, baseline.before(step).scene) as play:
        await play.begin()
        url = f"{play.sandbox.url}/bot{play.sandbox.token}/getUpdates"
        async with aiohttp.ClientSession() as rival:
            for _ in range(3):
                async with rival.post(url, data={"timeout": json.dumps(0)}) as answer:
                    assert (await answer.json())["ok"]
                await asyncio.sleep(0.1)
        await play.step(step)
        return findings(play, baseline.before(step + 1))


@pytest.mark.slow
def test_a_second_poller_takes_nothing_away(nursery: Nursery, baseline: Baseline):
    assert asyncio.run(with_a_rival(nursery, baseline)) == []
