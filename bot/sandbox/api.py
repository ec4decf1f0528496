"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.errors import ApiError, conflict
from bot.sandbox.faults import Fault
from bot.sandbox.identity import is_sandbox_token
from bot.sandbox.methods import METHODS, perform
from bot.sandbox.methods_webhook import check_allowed
from bot.sandbox.parameters import Given, Upload, read_parameters
from bot.sandbox.schema import load_schema
from bot.sandbox.updates import WEBHOOK_ACTIVE, clamp_limit
from bot.sandbox.validation import check_call
from bot.sandbox.world import World

logger = logging.getLogger(__name__)
LONGEST_POLL = 50
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class CutConnection(Response):
    """No answer at all: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport: asyncio.Transport | None = scope.get("state", {}).get("transport")
        if transport is None:
            raise RuntimeError("only the sandbox's own server can cut a connection")
        transport.abort()
        await _disconnected(receive)


class Hang(Response):
    """No answer at all: the connection stays open until the other side gives up."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def bot_api(request: Request) -> Response:
    """One call."""
    world: World = request.app.state.world
    if not is_sandbox_token(request.path_params["token"]):
        world.warn("a token that is not the sandbox's was refused")
        return _refusal(ApiError(401, "Unauthorized"))
    method = load_schema().names.get(request.path_params["method"].lower())
    given = Given()
    try:
        given = await read_parameters(request)
        return await _call(world, request, method, given)
    except ApiError as error:
        return _refused(world, method or request.path_params["method"][:64], given, error)
    except Exception:
        logger.exception("the sandbox failed on %s", method)
        failure = ApiError(500, "Internal Server Error", warning=f"the sandbox itself failed on {method}")
        return _refused(world, method or "", given, failure)


async def _call(world: World, request: Request, method: str | None, given: Given) -> Response:
    if method is None:
        name = request.path_params["method"][:64]
        raise ApiError(404, "Not Found: method not found", warning=f"unknown method {name}")
    fault = world.faults.strike(method, given.values)
    if fault is not None and fault.spent:
        world.tell_faults()
    if fault is not None and fault.kind != "cut_after":
        return _broken(fault)
    params = check_call(load_schema(), method, given.values, frozenset(given.files))
    if method == "getUpdates":
        result = await _get_updates(world, request, params)
    else:
        result = perform(world, method, params, given.files)
    if method in METHODS or result:
        world.ledger.add(method, _noted(params, given.files), world.clock.now().isoformat(), result=result)
    if fault is not None:
        return CutConnection()
    return JSONResponse({"ok": True, "result": result})


def _broken(fault: Fault) -> Response:
    error = fault.error()
    if error is not None:
        raise error
    match fault.kind:
        case "502html":
            return HTMLResponse(BAD_GATEWAY, status_code=502)
        case "hang":
            return Hang()
        case _:
            return CutConnection()


async def _get_updates(world: World, request: Request, params: dict[str, Any]) -> Any:
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    check_allowed(world, params.get("allowed_updates"))
    world.updates.subscribe(params.get("allowed_updates"))
    return await world.updates.get(
        offset=params.get("offset", 0),
        limit=clamp_limit(params.get("limit")),
        hold=min(LONGEST_POLL, params.get("timeout", 0)),
        gone=lambda: _disconnected(request.receive),
    )


def _noted(params: dict[str, Any], files: dict[str, Upload]) -> dict[str, Any]:
    if not files:
        return params
    sizes = {name: {"name": file.name, "size": len(file.content)} for name, file in files.items()}
    return {**params, "_files": sizes}


def _refused(world: World, method: str, given: Given, error: ApiError) -> Response:
    if error.warning is not None:
        world.warn(error.warning, method)
    world.ledger.add(
        method, _noted(given.values, given.files), world.clock.now().isoformat(), error=error.body()
    )
    return _refusal(error)


def _refusal(error: ApiError) -> Response:
    headers = {}
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return JSONResponse(error.body(), status_code=error.code, headers=headers)


async def unknown_path(request: Request) -> Response:
    """A path that is no call at all."""
    return _refusal(ApiError(404, "Not Found"))


async def download(request: Request) -> Response:
    """The content of a file by its file_path."""
    world: World = request.app.state.world
    if not is_sandbox_token(request.path_params["token"]):
        return _refusal(ApiError(401, "Unauthorized"))
    stored = world.files.at(request.path_params["path"])
    if stored is None:
        return _refusal(ApiError(404, "Not Found"))
    return Response(stored.content, media_type="application/octet-stream")
