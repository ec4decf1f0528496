"""Keeps web pages of elsewhere out: only loopback hosts and origins are served."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(netloc: str) -> bool:
    """True for host[:port] on this machine."""
    try:
        parts = urlsplit(f"//{netloc}")
        return (
            parts.hostname in _LOOPBACK and parts.username is None and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False


class LoopbackOnly:
    """ASGI middleware against DNS rebinding and cross-site requests."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._allowed(Headers(scope=scope)):
            refusal = JSONResponse(
                {
                    "ok": False,
                    "error_code": 403,
                    "description": "Forbidden: the sandbox serves this machine only",
                },
                status_code=403,
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    @staticmethod
    def _allowed(headers: Headers) -> bool:
        host = headers.get("host", "")
        if not is_loopback(host):
            return False
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return False
        return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
