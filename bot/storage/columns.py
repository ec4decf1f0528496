"""Column types that mean the same on SQLite and PostgreSQL.

Tables use ``Text``, ``Integer``, ``BigInteger``, ``SmallInteger``, ``Boolean``, ``LargeBinary`` and the types
below; SQLite's STRICT tables refuse anything else (``DATE``, ``FLOAT``, ``JSON``).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Dialect, LargeBinary, SmallInteger, String, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

from bot.vault import BLOB_VERSION

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
UNSEALED = b""
"""What a sealed column holds from the insert that gives the row its number until the update that seals it."""


@compiles(BigInteger, "sqlite")
@compiles(SmallInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _integer(element: Any, compiler: Any, **options: Any) -> str:
    # The only whole-number name a STRICT table knows, and the only one that makes an id the rowid.
    return "INTEGER"


@compiles(String, "sqlite")
def _text(element: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 and given back in UTC. A naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without a time zone")
        return (value - _EPOCH) // _TICK

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + int(value) * _TICK


class Day(TypeDecorator[date]):
    """A local calendar day, kept as ``2026-11-20``. A datetime is refused: it has no place among days."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        if isinstance(value, datetime):
            raise TypeError("a moment where a day is expected")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Sealed(TypeDecorator[bytes]):
    """Words of or about people, encrypted by ``bot.storage.sealed``. Anything unsealed is refused."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None or value == UNSEALED or value[:1] == bytes([BLOB_VERSION]):
            return value
        raise ValueError("an unsealed value for a sealed column")

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else bytes(value)
