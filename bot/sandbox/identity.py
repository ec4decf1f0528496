"""Which tokens the sandbox takes: only ones that can never be real."""

import re

SANDBOX_TOKEN = "1:SANDBOX"  # noqa: S105 - public by design, opens nothing but the sandbox
BOT_ID = 1
BOT_USERNAME = "companion_sandbox_bot"
_SANDBOX = re.compile(r"[0-9]{1,20}:SANDBOX[A-Za-z0-9_-]{0,64}")


def is_sandbox_token(token: str) -> bool:
    """True for `<digits>:SANDBOX<anything>`; a token of a real bot never looks like that."""
    return _SANDBOX.fullmatch(token) is not None
