"""The hand on the sandbox: `/_sandbox/...`, for the page, the end-to-end tests and the bot's clock."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import control_clock, control_phones
from bot.sandbox.control_wire import Handler, answered, done, read_body, read_json, world_of
from bot.sandbox.errors import ControlError
from bot.sandbox.views import world_view


async def state(request: Request) -> Response:
    """Everything there is."""
    return JSONResponse(world_view(world_of(request)))


async def events(request: Request) -> Response:
    """Server-sent events from Last-Event-ID (or ?after=) on."""
    world = world_of(request)
    given = (
        request.headers.get("last-event-id") or request.query_params.get("after") or str(world.events.last)
    )
    after = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else world.events.last
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(world.events.stream(after), media_type="text/event-stream", headers=headers)


async def calls(request: Request) -> Response:
    """What the bot called."""
    query = request.query_params
    after = query.get("after", "0")
    found = world_of(request).ledger.select(
        method=query.get("method"),
        chat_id=query.get("chat_id"),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0,
        refused=query.get("refused") in {"1", "true"},
    )
    return JSONResponse({"ok": True, "calls": [call.as_json() for call in found]})


async def reset(request: Request) -> Response:
    """Back to the beginning."""
    world_of(request).reset()
    return done()


async def limits(request: Request) -> Response:
    """Flood limits on or off."""
    world, body = world_of(request), await read_body(request)
    world.limits.enabled = body.get("enabled") is True
    world.tell_faults()
    return done(enabled=world.limits.enabled)


async def get_faults(request: Request) -> Response:
    """Faults that may still strike."""
    return done(faults=[fault.as_json() for fault in world_of(request).faults.active()])


async def add_faults(request: Request) -> Response:
    """Order faults: a list, an object, or {"faults": [...]}."""
    world = world_of(request)
    body = await read_json(request)
    if isinstance(body, dict):
        body = body.get("faults", [body] if body else [])
    if not isinstance(body, list):
        raise ControlError(400, "faults are a list")
    added = [world.faults.add(order) for order in body]
    world.tell_faults()
    return done(faults=[fault.as_json() for fault in added])


async def clear_faults(request: Request) -> Response:
    """Take all faults back, or ?number= one."""
    world = world_of(request)
    number = request.query_params.get("number", "")
    world.faults.remove(int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None)
    world.tell_faults()
    return done()


async def stored_file(request: Request) -> Response:
    """A file for the page."""
    stored = world_of(request).files.get(request.path_params["file_id"])
    if stored is None:
        raise ControlError(404, "no such file")
    picture = stored.kind == "photo"
    kind = (
        stored.content_type
        if picture and stored.content_type.startswith("image/")
        else "application/octet-stream"
    )
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
    if not picture:
        headers["Content-Disposition"] = "attachment"
    return Response(stored.content, media_type=kind, headers=headers)


TABLE: list[tuple[str, str, Handler]] = [
    ("GET", "/_sandbox/state", state),
    ("GET", "/_sandbox/events", events),
    ("GET", "/_sandbox/calls", calls),
    ("POST", "/_sandbox/reset", reset),
    ("POST", "/_sandbox/limits", limits),
    ("GET", "/_sandbox/faults", get_faults),
    ("POST", "/_sandbox/faults", add_faults),
    ("DELETE", "/_sandbox/faults", clear_faults),
    ("GET", "/_sandbox/files/{file_id}", stored_file),
]


def routes() -> list[Route]:
    """All of the control API."""
    table = [*TABLE, *control_phones.TABLE, *control_clock.TABLE]
    return [Route(path, answered(handler), methods=[method]) for method, path, handler in table]
