"""The hand on the phones: `/_sandbox/...`, for the page, the end-to-end tests and the bot's clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import actions
from bot.sandbox.attachments import send_media
from bot.sandbox.errors import ApiError, ControlError
from bot.sandbox.mover import parse_moment
from bot.sandbox.parameters import check_unicode
from bot.sandbox.phones import Phone, PhoneSpec
from bot.sandbox.transcript import as_text
from bot.sandbox.validation import Mismatch, parse_json
from bot.sandbox.world import World

Body = dict[str, Any]
Handler = Callable[[Request], Awaitable[Response]]
LONGEST_WAIT = 30.0


def _answered(handler: Handler) -> Handler:
    """Refusals of the control API as JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except ControlError as error:
            return JSONResponse({"ok": False, "error": error.message}, status_code=error.code)
        except ApiError as error:
            return JSONResponse({"ok": False, "error": error.description}, status_code=error.code)

    return answer


async def read_body(request: Request) -> Body:
    """A JSON object; raises ControlError 400."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        body = parse_json(raw)
        check_unicode(body)
    except (Mismatch, UnicodeDecodeError, ApiError):
        raise ControlError(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise ControlError(400, "the body is a JSON object")
    return body


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _phone(request: Request) -> Phone:
    return _world(request).phone(int(request.path_params["user_id"]))


def _text(body: Body, name: str, *, default: str | None = None) -> str:
    value = body.get(name, default)
    if not isinstance(value, str):
        raise ControlError(400, f'"{name}" is a text')
    return value


def _number(body: Body, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ControlError(400, f'"{name}" is a number')
    return value


def _done(**more: Any) -> JSONResponse:
    return JSONResponse({"ok": True, **more})


async def state(request: Request) -> Response:
    """Everything there is."""
    return JSONResponse(_world(request).state())


async def events(request: Request) -> Response:
    """Server-sent events from Last-Event-ID (or ?after=) on."""
    world = _world(request)
    given = (
        request.headers.get("last-event-id") or request.query_params.get("after") or str(world.events.last)
    )
    after = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else world.events.last
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(world.events.stream(after), media_type="text/event-stream", headers=headers)


async def add_phone(request: Request) -> Response:
    """One more person."""
    world, body = _world(request), await read_body(request)
    name = _text(body, "name").strip()
    if not 1 <= len(name) <= 64:
        raise ControlError(400, "a name has 1-64 characters")
    username = body.get("username")
    spec = PhoneSpec(
        name=name,
        role=_text(body, "role", default="")[:40],
        language=_text(body, "language", default="nl")[:8],
        username=str(username)[:32] if username else None,
        last_name=str(body["last_name"])[:64] if body.get("last_name") else None,
    )
    phone = world.add_phone(spec)
    world.events.publish("phone", world.phone_view(phone))
    return _done(id=phone.user_id, phone=world.phone_view(phone))


async def send(request: Request) -> Response:
    """Type a message."""
    world, phone, body = _world(request), _phone(request), await read_body(request)
    group = _number(body, "group") if body.get("group") is not None else None
    reply_to = _number(body, "reply_to") if body.get("reply_to") is not None else None
    sent = actions.send_text(world, phone, _text(body, "text"), group=group, reply_to=reply_to)
    return _done(message_id=sent[0].message_id, message_ids=[message.message_id for message in sent])


async def start(request: Request) -> Response:
    """Press Start, with or without a payload or link."""
    body = await read_body(request)
    sent = actions.start(_world(request), _phone(request), _text(body, "payload", default=""))
    return _done(message_id=sent[0].message_id)


async def tap(request: Request) -> Response:
    """Tap an inline button."""
    body = await read_body(request)
    query = actions.tap(
        _world(request),
        _phone(request),
        _number(body, "message_id"),
        _text(body, "data"),
        forged=body.get("forged") is True,
    )
    return _done(callback_query_id=query)


async def edit(request: Request) -> Response:
    """Change an own message."""
    body = await read_body(request)
    message = actions.edit(_world(request), _phone(request), _number(body, "message_id"), _text(body, "text"))
    return _done(message_id=message.message_id)


async def delete(request: Request) -> Response:
    """Delete a message on both sides."""
    body = await read_body(request)
    actions.delete(_world(request), _phone(request), _number(body, "message_id"))
    return _done()


async def media(request: Request) -> Response:
    """Send an attachment."""
    body = await read_body(request)
    message = send_media(_world(request), _phone(request), body)
    return _done(message_id=message.message_id)


async def block(request: Request) -> Response:
    """Block the bot."""
    actions.block(_world(request), _phone(request))
    return _done()


async def unblock(request: Request) -> Response:
    """Let the bot in again."""
    actions.unblock(_world(request), _phone(request))
    return _done()


async def group(request: Request) -> Response:
    """Put the bot into a new group."""
    body = await read_body(request)
    title = _text(body, "title", default="Groep")[:128] or "Groep"
    chat = actions.add_to_group(
        _world(request), _phone(request), title, privacy=body.get("privacy") is not False
    )
    return _done(chat_id=chat.chat_id)


async def language(request: Request) -> Response:
    """Another language of the app on this phone."""
    world, phone, body = _world(request), _phone(request), await read_body(request)
    world.set_language(phone, _text(body, "language")[:8])
    world.tell_chat(world.chats[phone.user_id])
    return _done()


async def raw(request: Request) -> Response:
    """Inject any update at all."""
    _phone(request)
    body = await read_body(request)
    update = body.get("update")
    if not isinstance(update, dict):
        raise ControlError(400, '"update" is an object')
    return _done(update_id=_world(request).updates.add_raw(update))


async def transcript(request: Request) -> Response:
    """A conversation to keep."""
    world = _world(request)
    given = request.query_params.get("phone", "")
    phone = world.phone(int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0)
    view = world.phone_view(phone)
    if request.query_params.get("format", "txt") == "json":
        response: Response = JSONResponse(view)
    else:
        response = PlainTextResponse(as_text(view["name"], view["role"], view["messages"]))
    suffix = "json" if request.query_params.get("format") == "json" else "txt"
    response.headers["Content-Disposition"] = f'attachment; filename="chat-{phone.user_id}.{suffix}"'
    return response


async def calls(request: Request) -> Response:
    """What the bot called."""
    query = request.query_params
    after = query.get("after", "0")
    found = _world(request).ledger.select(
        method=query.get("method"),
        chat_id=query.get("chat_id"),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0,
        refused=query.get("refused") in {"1", "true"},
    )
    return JSONResponse({"ok": True, "calls": [call.as_json() for call in found]})


async def reset(request: Request) -> Response:
    """Back to the beginning."""
    _world(request).reset()
    return _done()


async def limits(request: Request) -> Response:
    """Flood limits on or off."""
    world, body = _world(request), await read_body(request)
    world.limits.enabled = body.get("enabled") is True
    world.tell_faults()
    return _done(enabled=world.limits.enabled)


async def get_faults(request: Request) -> Response:
    """Faults that may still strike."""
    return _done(faults=[fault.as_json() for fault in _world(request).faults.active()])


async def add_faults(request: Request) -> Response:
    """Order faults: a list, an object, or {"faults": [...]}."""
    world = _world(request)
    try:
        body = parse_json(await request.body() or b"[]")
        check_unicode(body)
    except (Mismatch, UnicodeDecodeError, ApiError):
        raise ControlError(400, "the body is not JSON") from None
    if isinstance(body, dict):
        body = body.get("faults", [body])
    if not isinstance(body, list):
        raise ControlError(400, "faults are a list")
    added = [world.faults.add(order) for order in body]
    world.tell_faults()
    return _done(faults=[fault.as_json() for fault in added])


async def clear_faults(request: Request) -> Response:
    """Take all faults back, or ?number= one."""
    world = _world(request)
    number = request.query_params.get("number", "")
    world.faults.remove(int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None)
    world.tell_faults()
    return _done()


async def clock(request: Request) -> Response:
    """The clock; with ?after=<revision>&wait=<seconds> answers as soon as it was set, held or let run."""
    world = _world(request)
    after, wait = request.query_params.get("after"), request.query_params.get("wait", "0")
    if after is not None and after.isdigit() and wait.replace(".", "", 1).isdigit():
        await world.mover.wait_for_change(int(after[:18]), min(LONGEST_WAIT, float(wait)))
    return JSONResponse(world.mover.state())


async def move_clock(request: Request) -> Response:
    """Go forward, due by due; or {"running": bool} to hold the clock or let it run."""
    world, body = _world(request), await read_body(request)
    if isinstance(body.get("running"), bool):
        if body["running"]:
            world.mover.run()
        else:
            world.mover.hold()
        return _done(**world.mover.state())
    target = None
    if "advance_to" in body:
        target = parse_moment(body["advance_to"])
    elif "advance_seconds" in body:
        target = world.clock.now() + _seconds(body["advance_seconds"])
    elif body.get("to_next_due") is not True:
        raise ControlError(400, "advance_seconds, advance_to or to_next_due")
    move = asyncio.ensure_future(world.mover.move(target, require_bot=body.get("require_bot") is True))
    return JSONResponse((await asyncio.shield(move)).as_json())


def _seconds(value: object) -> timedelta:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 400 * 24 * 3600:
        raise ControlError(400, "advance_seconds is a number from 0 to 400 days")
    return timedelta(seconds=value)


async def report_clock(request: Request) -> Response:
    """The bot says what is due next and whether it is done; it hears the clock back."""
    world, body = _world(request), await read_body(request)
    if not isinstance(body.get("idle"), bool):
        raise ControlError(400, '"idle" is true or false')
    due = None if body.get("next_due") is None else parse_moment(body["next_due"])
    world.mover.take_report(due, body["idle"], parse_moment(body.get("seen_now")))
    return JSONResponse(world.mover.state())


async def stored_file(request: Request) -> Response:
    """A file for the page."""
    stored = _world(request).files.get(request.path_params["file_id"])
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


def routes() -> list[Route]:
    """All of the control API."""
    phone = "/_sandbox/phones/{user_id:int}"
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/_sandbox/state", state),
        ("GET", "/_sandbox/events", events),
        ("POST", "/_sandbox/phones", add_phone),
        ("POST", f"{phone}/send", send),
        ("POST", f"{phone}/start", start),
        ("POST", f"{phone}/tap", tap),
        ("POST", f"{phone}/edit", edit),
        ("POST", f"{phone}/delete", delete),
        ("POST", f"{phone}/media", media),
        ("POST", f"{phone}/block", block),
        ("POST", f"{phone}/unblock", unblock),
        ("POST", f"{phone}/group", group),
        ("POST", f"{phone}/language", language),
        ("POST", f"{phone}/raw", raw),
        ("GET", "/_sandbox/transcript", transcript),
        ("GET", "/_sandbox/calls", calls),
        ("POST", "/_sandbox/reset", reset),
        ("POST", "/_sandbox/limits", limits),
        ("GET", "/_sandbox/faults", get_faults),
        ("POST", "/_sandbox/faults", add_faults),
        ("DELETE", "/_sandbox/faults", clear_faults),
        ("GET", "/_sandbox/clock", clock),
        ("POST", "/_sandbox/clock", move_clock),
        ("POST", "/_sandbox/clock/report", report_clock),
        ("GET", "/_sandbox/files/{file_id}", stored_file),
    ]
    return [Route(path, _answered(handler), methods=[method]) for method, path, handler in table]
