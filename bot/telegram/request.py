"""The HTTP side of python-telegram-bot, on aiohttp.

Its own client (httpx) takes most of the CPU and mixes "surely not sent" with "perhaps sent". Here only a failure to get
a connection is `NotConnected`; whatever goes wrong later is `AnswerLost`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram import Bot
from telegram._utils.types import ODVInput
from telegram.error import BadRequest
from telegram.request import BaseRequest, RequestData

from bot.telegram.failures import AnswerLost, NotConnected, failure

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 25.0
MEDIA_READ_TIMEOUT = 60.0
_SLACK = 10.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

_Body = bytes | aiohttp.FormData | None
Probe = Callable[[str], None]
"""Told `http.before:<method>` and `http.after:<method>`; the crash tests stop the process there."""


def unwatched(moment: str) -> None:
    """The probe of ordinary operation: nothing."""


class Request(BaseRequest):
    """One session with a pool of kept connections. `pool` is the number of calls that can be under way at once."""

    def __init__(
        self, *, pool: int = 32, read_timeout: float = READ_TIMEOUT, probe: Probe = unwatched
    ) -> None:
        self._pool = pool
        self._read_timeout = read_timeout
        self._probe = probe
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds without a byte after which an answer counts as lost."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; a second call changes nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; raises what `failures` describes for everything but 200-299."""
        media = request_data is not None and request_data.contains_files
        usual = max(self._read_timeout, MEDIA_READ_TIMEOUT) if media else self._read_timeout
        read = read_timeout if isinstance(read_timeout, (int, float)) else usual
        connect = connect_timeout if isinstance(connect_timeout, (int, float)) else CONNECT_TIMEOUT
        body, headers = _encoded(request_data)
        return await self._exchange(url, method, body, headers, read, connect)

    async def call(self, bot: Bot, method: str, parameters: Mapping[str, Any], read_timeout: float) -> Any:
        """The bare `result` of *method*, not turned into objects. Raises what `failures` describes.

        `Bot.get_updates` writes whole batches of messages to the log when one of them cannot be read.
        """
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()
        }
        body = urlencode(form).encode("ascii")
        url = f"{bot.base_url}/{method}"
        _, payload = await self._exchange(url, "POST", body, _FORM, read_timeout, CONNECT_TIMEOUT)
        return self.parse_json_payload(payload)["result"]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer of a call that succeeded; `AnswerLost` when it is cut or not Telegram's. Nothing is logged."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or "result" not in answer:
            raise AnswerLost("unreadable answer") from None
        return answer

    async def _exchange(
        self, url: str, method: str, body: _Body, headers: Mapping[str, str], read: float, connect: float
    ) -> tuple[int, bytes]:
        if self._session is None or self._session.closed:
            raise NotConnected("closed")
        # `connect` also holds the wait for a free connection, and ends before `total` does: so `total` firing means
        # that the call was under way. It bounds an answer that drips in.
        timeout = aiohttp.ClientTimeout(
            total=connect + 2 * read + _SLACK, connect=connect, sock_connect=connect, sock_read=read
        )
        name = url.rsplit("/", 1)[-1]
        self._probe(f"http.before:{name}")
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                payload = await response.read()
                status = response.status
        except _NEVER_LEFT as error:
            # `from None`: these errors tell the address, and the address holds the token.
            raise NotConnected(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLost(type(error).__name__) from None
        finally:
            self._probe(f"http.after:{name}")
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return status, payload
        raise failure(status, payload)


def _encoded(data: RequestData | None) -> tuple[_Body, Mapping[str, str]]:
    if data is None:
        return None, {}
    try:
        if not data.contains_files:
            return data.url_encoded_parameters().encode("ascii"), _FORM
        form = aiohttp.FormData()
        for name, value in data.json_parameters.items():
            value.encode()
            form.add_field(name, value)
        for name, (filename, content, kind) in data.multipart_data.items():
            file = io.BytesIO(content) if isinstance(content, bytes) else content
            form.add_field(name, file, filename=filename, content_type=kind)
    except UnicodeError:
        # `from None`: the error quotes the text.
        raise BadRequest("text that cannot be encoded") from None
    return form, {}


def bot_at(api_url: str, token: str, *, sending: Request, polling: Request) -> Bot:
    """The bot with *token* at the server *api_url* (without "/bot"). The caller opens and closes both requests."""
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=sending,
        get_updates_request=polling,
    )
