"""Reads one call off the wire: query, form, multipart or JSON."""

from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.validation import Mismatch, parse_json

MAX_BODY = 60 * 1024 * 1024
MAX_FIELD = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart body."""

    name: str
    content_type: str
    content: bytes


Params = dict[str, Any]
Files = dict[str, Upload]


@dataclass(slots=True)
class Given:
    """Everything a call brought along."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


async def read_parameters(request: Request) -> Given:
    """All parameters of a call; raises ApiError for a body that cannot be read."""
    given = Given(values=dict(request.query_params))
    if request.method == "POST":
        length = request.headers.get("content-length", "0")
        if length.isdigit() and int(length) > MAX_BODY:
            raise ApiError(413, "Request Entity Too Large")
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == "application/json":
            await _read_json(request, given)
        elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            await _read_form(request, given)
        elif await request.body():
            raise bad_request("unsupported content type of the request body")
    check_unicode(given.values)
    return given


async def _read_json(request: Request, given: Given) -> None:
    body = await request.body()
    if not body:
        return
    try:
        content = parse_json(body)
    except (Mismatch, UnicodeDecodeError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(content, dict):
        raise bad_request("JSON object expected")
    given.values.update(content)


async def _read_form(request: Request, given: Given) -> None:
    try:
        form = await request.form(max_part_size=MAX_FIELD)
    except (HTTPException, MultiPartException, FormParserError, ValueError, KeyError):
        raise bad_request("can't parse the request body") from None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            kind = value.content_type or "application/octet-stream"
            given.files[name] = Upload(value.filename or "file", kind, content)
        else:
            given.values[name] = value
    await form.close()


def check_unicode(value: Any, depth: int = 0) -> None:
    """Lone surrogates and endless nesting cannot be answered in JSON: refuse them here."""
    if depth > 64:
        raise bad_request("the request is nested too deeply")
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    elif isinstance(value, dict):
        for key, inner in value.items():
            check_unicode(key, depth)
            check_unicode(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            check_unicode(inner, depth + 1)
