"""What the bot called, in order, for tests and for the curious."""

from collections import deque
from dataclasses import dataclass
from typing import Any

KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call and its outcome; `error` is None when it was accepted."""

    number: int
    method: str
    params: dict[str, Any]
    time: str
    result: Any
    error: dict[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "number": self.number,
            "method": self.method,
            "params": self.params,
            "time": self.time,
            "ok": self.error is None,
            "result": self.result,
            "error": self.error,
        }


class Ledger:
    """The last calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._number = 0

    def add(
        self,
        method: str,
        params: dict[str, Any],
        time: str,
        *,
        result: Any = None,
        error: dict[str, Any] | None = None,
    ) -> None:
        """Write one call down."""
        self._number += 1
        self._calls.append(Call(self._number, method, params, time, result, error))

    def select(
        self, *, method: str | None = None, chat_id: str | None = None, after: int = 0, refused: bool = False
    ) -> list[Call]:
        """Accepted calls (also the refused ones when asked) that match."""
        return [
            call
            for call in self._calls
            if call.number > after
            and (refused or call.error is None)
            and (method is None or call.method == method)
            and (chat_id is None or str(call.params.get("chat_id")) == chat_id)
        ]
