"""The control API of the clock: `/_sandbox/clock`."""

import asyncio
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.control_wire import Handler, done, number_in, read_body, world_of
from bot.sandbox.errors import ControlError
from bot.sandbox.mover import parse_moment

LONGEST_WAIT = 30.0


async def clock(request: Request) -> Response:
    """The clock; with ?after=<revision>&wait=<seconds> answers as soon as it was set, held or let run."""
    world = world_of(request)
    after, wait = request.query_params.get("after"), request.query_params.get("wait", "0")
    if (
        after is not None
        and after.isascii()
        and after.isdigit()
        and wait.isascii()
        and wait.replace(".", "", 1).isdigit()
    ):
        await world.mover.wait_for_change(int(after[:18]), min(LONGEST_WAIT, float(wait)))
    return JSONResponse(world.mover.state())


async def move_clock(request: Request) -> Response:
    """Go forward, due by due; or {"running": bool} to hold the clock or let it run."""
    world, body = world_of(request), await read_body(request)
    if isinstance(body.get("running"), bool):
        if body["running"]:
            world.mover.run()
        else:
            world.mover.hold()
        return done(**world.mover.state())
    target = None
    if "advance_to" in body:
        target = parse_moment(body["advance_to"])
    elif "advance_seconds" in body:
        target = world.clock.now() + duration(body["advance_seconds"])
    elif not (body.get("to_next_due") is True or body.get("to_next_message") is True):
        raise ControlError(400, "advance_seconds, advance_to, to_next_due or to_next_message")
    count = world.made
    move = asyncio.ensure_future(
        world.mover.move(
            target,
            require_bot=body.get("require_bot") is True,
            until=lambda: body.get("to_next_message") is not True or world.made > count,
        )
    )
    return JSONResponse((await asyncio.shield(move)).as_json())


def duration(value: object) -> timedelta:
    """How far to go; raises ControlError 400."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 400 * 24 * 3600:
        raise ControlError(400, "advance_seconds is a number from 0 to 400 days")
    return timedelta(seconds=value)


async def report_clock(request: Request) -> Response:
    """The bot says what is due next and whether it is done; it hears the clock back."""
    world, body = world_of(request), await read_body(request)
    if not isinstance(body.get("idle"), bool):
        raise ControlError(400, '"idle" is true or false')
    due = None if body.get("next_due") is None else parse_moment(body["next_due"])
    revision = number_in(body, "revision") if body.get("revision") is not None else None
    world.mover.take_report(due, body["idle"], parse_moment(body.get("seen_now")), revision)
    return JSONResponse(world.mover.state())


TABLE: list[tuple[str, str, Handler]] = [
    ("GET", "/_sandbox/clock", clock),
    ("POST", "/_sandbox/clock", move_clock),
    ("POST", "/_sandbox/clock/report", report_clock),
]
