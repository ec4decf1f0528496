"""The Jinja2 environment of our sentences: fields of facts, small sums, no methods, nothing that stores or grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import FILTERS
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from bot.content.dates import filters
from dialogs.rules import RULES
from dialogs.text import Condition
from dialogs.words import Words

BOLD, OPEN, CLOSE = "\ue000", "\ue001", "\ue002"
"""Private-use characters that mark styles while a sentence is rendered; taken out of everything that is filled in."""

MAX_TEXT = 4000
MAX_NUMBER = 10**6

_STRIP = {ord(mark): None for mark in (BOLD, OPEN, CLOSE)}
_FILTERS = ("first", "join", "last", "length")
_TESTS = ("defined", "none", "true", "false", "even", "odd")
_LOOP = frozenset({"index", "first", "last", "length"})


class Marked(Words):
    """Words a person typed, on their way through a template: however they are joined, the marks stay round them."""

    __slots__ = ()

    def __str__(self) -> str:
        return OPEN + str.__str__(self) + CLOSE

    def __iter__(self) -> Iterator[str]:
        return map(Marked, super().__iter__())

    def __getitem__(self, key: Any) -> str:
        return Marked(super().__getitem__(key))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a template names: *names* at the top, and every dotted *mention* such as ``answers.outcome``."""

    tree: nodes.Template
    names: frozenset[str]
    mentions: frozenset[str]


class _Stars(Extension):
    """Two stars in our own text are emphasis; two stars in something filled in are two stars."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            yield (
                Token(token.lineno, "data", token.value.replace("**", BOLD))
                if token.type == "data"
                else token
            )


class Cage(ImmutableSandboxedEnvironment):
    """One per language and time zone. Facts are data: mappings give their items, our own data classes their fields."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, language: str, zone: str = "Europe/Amsterdam") -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=_text,
            extensions=[_Stars],
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            cache_size=0,
        )
        ours = filters(language, zone)
        self.globals = {"plural": ours["plural"], **RULES}
        self.filters = {**{name: FILTERS[name] for name in _FILTERS}, **ours}
        self.trees: dict[str, Parsed] = {}
        self.conditions: dict[str, tuple[Parsed, Condition]] = {}
        self.tests = {name: TESTS[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a fact, never a method."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if is_dataclass(obj) and attribute in obj.__dataclass_fields__ and not attribute.startswith("_"):
            return entered(getattr(obj, attribute))
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item by place or key; a name in brackets is as good as one after a point."""
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, str | tuple | list):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the named rules and ``plural``."""
        return any(obj is known for known in self.globals.values())

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums of small numbers, and texts put together; nothing that grows."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            if len(left) + len(right) > MAX_TEXT:
                raise SecurityError("text too long")
            return str(left) + str(right)
        if not all(isinstance(side, int | float) and abs(side) <= MAX_NUMBER for side in (left, right)):
            raise SecurityError("not a small number")
        if operator == "**" and (abs(left) > 100 or not 0 <= right <= 3):
            raise SecurityError("too large a power")
        return super().call_binop(context, operator, left, right)


def entered(value: Any) -> Any:
    """*value* as a template may hold it: words marked, our own marks taken out of every text."""
    match value:
        case Words():
            return Marked(value.translate(_STRIP))
        case str():
            return value.translate(_STRIP)
        case Mapping():
            return {key: entered(inner) for key, inner in value.items()}
        case tuple() | list():
            return tuple(map(entered, value))
        case _:
            return value


def _text(value: Any) -> Any:
    """What may stand in a sentence: text and numbers. A skipped answer leaves nothing."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Undefined):
        raise SecurityError("not text or number")
    return str(value)
