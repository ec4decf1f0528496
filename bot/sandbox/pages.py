"""The page with the phones: three static files, nothing from elsewhere."""

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/app.js": ("app.js", "text/javascript; charset=utf-8"),
    "/style.css": ("style.css", "text/css; charset=utf-8"),
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


async def page(request: Request) -> Response:
    """One of the three files."""
    name, kind = _FILES[request.url.path]
    content = files("bot.sandbox").joinpath("page", name).read_bytes()
    return Response(content, media_type=kind, headers=_HEADERS)


def routes() -> list[Route]:
    """All of the page."""
    return [Route(path, page, methods=["GET"]) for path in _FILES]
