"""What every handler of the control API shares."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.errors import ApiError, ControlError
from bot.sandbox.parameters import check_unicode
from bot.sandbox.phones import Phone
from bot.sandbox.validation import Mismatch, parse_json
from bot.sandbox.world import World

Body = dict[str, Any]
Handler = Callable[[Request], Awaitable[Response]]


def answered(handler: Handler) -> Handler:
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
    body = await read_json(request)
    if not isinstance(body, dict):
        raise ControlError(400, "the body is a JSON object")
    return body


async def read_json(request: Request) -> Any:
    """Any JSON, an empty object for an empty body; raises ControlError 400."""
    try:
        content = parse_json(await request.body() or b"{}")
        check_unicode(content)
    except (Mismatch, UnicodeDecodeError, ApiError):
        raise ControlError(400, "the body is not JSON") from None
    return content


def world_of(request: Request) -> World:
    """The sandbox a request is for."""
    world: World = request.app.state.world
    return world


def phone_of(request: Request) -> Phone:
    """The phone in the path; raises ControlError 404."""
    return world_of(request).phone(int(request.path_params["user_id"]))


def text_in(body: Body, name: str, *, default: str | None = None) -> str:
    """A text of the body; raises ControlError 400."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise ControlError(400, f'"{name}" is a text')
    return value


def number_in(body: Body, name: str) -> int:
    """A whole number of the body; raises ControlError 400."""
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ControlError(400, f'"{name}" is a number')
    return value


def done(**more: Any) -> JSONResponse:
    """The answer to a success."""
    return JSONResponse({"ok": True, **more})
