"""The control API of the phones: `/_sandbox/phones/...`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox import actions
from bot.sandbox.attachments import send_media
from bot.sandbox.control_wire import Handler, done, number_in, phone_of, read_body, text_in, world_of
from bot.sandbox.errors import ControlError
from bot.sandbox.phones import PhoneSpec
from bot.sandbox.transcript import as_text
from bot.sandbox.views import phone_view


async def add_phone(request: Request) -> Response:
    """One more person."""
    world, body = world_of(request), await read_body(request)
    name = text_in(body, "name").strip()
    if not 1 <= len(name) <= 64:
        raise ControlError(400, "a name has 1-64 characters")
    username = body.get("username")
    spec = PhoneSpec(
        name=name,
        role=text_in(body, "role", default="")[:40],
        language=text_in(body, "language", default="nl")[:8],
        username=str(username)[:32] if username else None,
        last_name=str(body["last_name"])[:64] if body.get("last_name") else None,
    )
    phone = world.add_phone(spec)
    world.events.publish("phone", phone_view(world, phone))
    return done(id=phone.user_id, phone=phone_view(world, phone))


async def send(request: Request) -> Response:
    """Type a message."""
    world, phone, body = world_of(request), phone_of(request), await read_body(request)
    group = number_in(body, "group") if body.get("group") is not None else None
    reply_to = number_in(body, "reply_to") if body.get("reply_to") is not None else None
    sent = actions.send_text(world, phone, text_in(body, "text"), group=group, reply_to=reply_to)
    return done(message_id=sent[0].message_id, message_ids=[message.message_id for message in sent])


async def start(request: Request) -> Response:
    """Press Start, with or without a payload or link."""
    body = await read_body(request)
    sent = actions.start(world_of(request), phone_of(request), text_in(body, "payload", default=""))
    return done(message_id=sent[0].message_id)


async def tap(request: Request) -> Response:
    """Tap an inline button."""
    body = await read_body(request)
    query = actions.tap(
        world_of(request),
        phone_of(request),
        number_in(body, "message_id"),
        text_in(body, "data"),
        forged=body.get("forged") is True,
    )
    return done(callback_query_id=query)


async def edit(request: Request) -> Response:
    """Change an own message."""
    body = await read_body(request)
    message = actions.edit(
        world_of(request), phone_of(request), number_in(body, "message_id"), text_in(body, "text")
    )
    return done(message_id=message.message_id)


async def delete(request: Request) -> Response:
    """Delete a message on both sides."""
    body = await read_body(request)
    actions.delete(world_of(request), phone_of(request), number_in(body, "message_id"))
    return done()


async def media(request: Request) -> Response:
    """Send an attachment."""
    body = await read_body(request)
    message = send_media(world_of(request), phone_of(request), body)
    return done(message_id=message.message_id)


async def block(request: Request) -> Response:
    """Block the bot."""
    actions.block(world_of(request), phone_of(request))
    return done()


async def unblock(request: Request) -> Response:
    """Let the bot in again."""
    actions.unblock(world_of(request), phone_of(request))
    return done()


async def group(request: Request) -> Response:
    """Put the bot into a new group."""
    body = await read_body(request)
    title = text_in(body, "title", default="Groep")[:128] or "Groep"
    chat = actions.add_to_group(
        world_of(request), phone_of(request), title, privacy=body.get("privacy") is not False
    )
    return done(chat_id=chat.chat_id)


async def language(request: Request) -> Response:
    """Another language of the app on this phone."""
    world, phone, body = world_of(request), phone_of(request), await read_body(request)
    world.set_language(phone, text_in(body, "language")[:8])
    world.tell_chat(world.chats[phone.user_id])
    return done()


async def raw(request: Request) -> Response:
    """Inject any update at all."""
    phone_of(request)
    body = await read_body(request)
    update = body.get("update")
    if not isinstance(update, dict):
        raise ControlError(400, '"update" is an object')
    return done(update_id=world_of(request).updates.add_raw(update))


async def transcript(request: Request) -> Response:
    """A conversation to keep."""
    world = world_of(request)
    given = request.query_params.get("phone", "")
    phone = world.phone(int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0)
    view = phone_view(world, phone)
    if request.query_params.get("format", "txt") == "json":
        response: Response = JSONResponse(view)
    else:
        response = PlainTextResponse(as_text(view["name"], view["role"], view["messages"]))
    suffix = "json" if request.query_params.get("format") == "json" else "txt"
    response.headers["Content-Disposition"] = f'attachment; filename="chat-{phone.user_id}.{suffix}"'
    return response


_PHONE = "/_sandbox/phones/{user_id:int}"
TABLE: list[tuple[str, str, Handler]] = [
    ("POST", "/_sandbox/phones", add_phone),
    ("POST", f"{_PHONE}/send", send),
    ("POST", f"{_PHONE}/start", start),
    ("POST", f"{_PHONE}/tap", tap),
    ("POST", f"{_PHONE}/edit", edit),
    ("POST", f"{_PHONE}/delete", delete),
    ("POST", f"{_PHONE}/media", media),
    ("POST", f"{_PHONE}/block", block),
    ("POST", f"{_PHONE}/unblock", unblock),
    ("POST", f"{_PHONE}/group", group),
    ("POST", f"{_PHONE}/language", language),
    ("POST", f"{_PHONE}/raw", raw),
    ("GET", "/_sandbox/transcript", transcript),
]
