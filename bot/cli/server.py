"""What the Bot API server tells a command: who the bot is and, when it is a sandbox, which time it is there."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.config.values import is_loopback

if TYPE_CHECKING:
    from bot.config import Config

TIMEOUT = 5.0
# A command is a composition root of its own: it reads the clock once and hands the moment on.
wall_clock = partial(datetime.now, UTC)  # noqa: TID251


@dataclass(frozen=True, slots=True)
class Server:
    """*name* is empty when the server could not be asked; *problem* then says why, without the token."""

    name: str
    now: datetime
    sandbox: bool = False
    problem: str = ""
    seconds: float = 0.0


def ask(config: Config) -> Server:
    """Ask getMe and, of a sandbox on this machine, the time: `run` follows that clock, so commands do as well."""
    return asyncio.run(_ask(config))


async def _ask(config: Config) -> Server:
    import aiohttp

    token = config.telegram.token.get_secret_value()
    if not token:
        return Server("", wall_clock(), problem="there is no token")
    url = config.telegram.api_url
    began = time.monotonic()
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as session:
            async with session.get(f"{url}/bot{token}/getMe") as answer:
                me: dict[str, Any] = await answer.json(content_type=None)
            if not me.get("ok"):
                return Server("", wall_clock(), problem=_refusal(me))
            name, passed = str(me["result"]["username"]), time.monotonic() - began
            if not (me["result"].get("sandbox") and is_loopback(urlsplit(url).hostname or "")):
                return Server(name, wall_clock(), seconds=passed)
            async with session.get(f"{url}/_sandbox/clock") as answer:
                now = datetime.fromisoformat((await answer.json())["now"])
            return Server(name, now.astimezone(UTC), sandbox=True, seconds=passed)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Server("", wall_clock(), problem=f"no answer ({type(error).__name__})")
    except (ValueError, KeyError, TypeError, AttributeError):
        return Server("", wall_clock(), problem="what answers there is no Bot API server")


def _refusal(me: dict[str, Any]) -> str:
    code = me.get("error_code")
    if code in (401, 404):
        return f"the server does not know this token ({code})"
    return f"the server refused getMe ({code})"
