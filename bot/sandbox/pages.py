"""The page with the phones: static files, nothing from elsewhere."""

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_SCRIPTS = ("app", "api", "dom", "message", "phone", "text", "topbar", "words")
_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/style.css": ("style.css", "text/css; charset=utf-8"),
    "/phone.css": ("phone.css", "text/css; charset=utf-8"),
    **{f"/{name}.js": (f"{name}.js", "text/javascript; charset=utf-8") for name in _SCRIPTS},
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
    """One of the files."""
    name, kind = _FILES[request.url.path]
    content = files("bot.sandbox").joinpath("page", name).read_bytes()
    return Response(content, media_type=kind, headers=_HEADERS)


def routes() -> list[Route]:
    """All of the page."""
    return [Route(path, page, methods=["GET"]) for path in _FILES]
