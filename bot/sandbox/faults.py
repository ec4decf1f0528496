"""Faults on order: the next calls of a method go wrong in a chosen way."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.sandbox.errors import ApiError, ControlError, bad_request, forbidden, too_many

KINDS = frozenset({"429", "403", "400", "500", "502html", "404", "cut_before", "cut_after", "hang"})


@dataclass(slots=True)
class Fault:
    """Starting with matching call `nth`, the next `times` matching calls fail (None: until cleared)."""

    number: int
    method: str
    kind: str
    chat_id: int | None
    nth: int
    times: int | None
    retry_after: int
    description: str | None
    seen: int = 0
    used: int = 0

    def matches(self, method: str, params: dict[str, Any]) -> bool:
        """Whether this call is one that counts."""
        if self.method != "*" and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)

    @property
    def spent(self) -> bool:
        """True when it will not strike again."""
        return self.times is not None and self.used >= self.times

    def error(self) -> ApiError | None:
        """The refusal for kinds that are a plain JSON answer."""
        match self.kind:
            case "429":
                return too_many(self.retry_after)
            case "403":
                return forbidden(self.description or "bot was blocked by the user")
            case "400":
                return bad_request(self.description or "chat not found")
            case "500":
                return ApiError(500, f"Internal Server Error: {self.description or 'sandbox fault'}")
            case "404":
                return ApiError(404, "Not Found")
            case _:
                return None

    def as_json(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "number": self.number,
            "method": self.method,
            "kind": self.kind,
            "chat_id": self.chat_id,
            "nth": self.nth,
            "times": self.times,
            "retry_after": self.retry_after,
            "used": self.used,
        }


class Faults:
    """All faults on order, first come first served."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._numbers = count(1)

    def add(self, order: object) -> Fault:
        """One fault from control JSON; raises ControlError 400."""
        if not isinstance(order, dict):
            raise ControlError(400, "a fault is an object")
        unknown = order.keys() - {"method", "chat_id", "nth", "times", "kind", "retry_after", "description"}
        if unknown:
            raise ControlError(400, f"unknown field in a fault: {', '.join(sorted(map(str, unknown)))}")
        kind = str(order.get("kind"))
        if kind not in KINDS:
            raise ControlError(400, f"kind is one of {', '.join(sorted(KINDS))}")
        try:
            fault = Fault(
                number=next(self._numbers),
                method=str(order.get("method") or "*"),
                kind=kind,
                chat_id=None if order.get("chat_id") is None else int(order["chat_id"]),
                nth=int(order.get("nth") or 1),
                times=None if order.get("times", 1) is None else int(order.get("times", 1)),
                retry_after=int(order.get("retry_after") or 1),
                description=order.get("description"),
            )
        except (TypeError, ValueError):
            raise ControlError(400, "chat_id, nth, times and retry_after are numbers") from None
        self._faults.append(fault)
        return fault

    def strike(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault this call meets, counted; None for a healthy call."""
        for fault in self._faults:
            if fault.spent or not fault.matches(method, params):
                continue
            fault.seen += 1
            if fault.seen >= fault.nth:
                fault.used += 1
                return fault
        return None

    def active(self) -> list[Fault]:
        """Those that may still strike."""
        return [fault for fault in self._faults if not fault.spent]

    def remove(self, number: int | None = None) -> None:
        """Take one order back, or all."""
        self._faults = [fault for fault in self._faults if number is not None and fault.number != number]
