"""The one way a call is refused, in Telegram's own shape."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class ApiError(Exception):
    """A refusal: `code` and `description` as Telegram gives them; `warning` also shows on the page."""

    code: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    warning: str | None = None

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(words: str, warning: str | None = None) -> ApiError:
    """A 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {words}", warning=warning)


def forbidden(words: str) -> ApiError:
    """A 403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {words}")


def conflict(words: str) -> ApiError:
    """A 409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {words}")


def too_many(retry_after: int) -> ApiError:
    """A 429 that says how long to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


@dataclass(slots=True)
class ControlError(Exception):
    """A refusal of the control API (the hand on the phones), not of the Bot API."""

    code: int
    message: str
