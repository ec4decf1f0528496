"""Sentences and conditions written in Jinja2, compiled once into callables that can do nothing but word things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser

from bot.content.cage import BOLD, CLOSE, OPEN, Cage, Parsed, entered
from dialogs.text import Condition, Rendered, Scope, Span, Style, Text

MAX_OUTPUT = 4000
MAX_SOURCE = 4000
MAX_NESTING = 20

_SENTINELS = re.compile(f"([{BOLD}{OPEN}{CLOSE}])")
_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)
_VALUES = (
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Filter,
    nodes.Call,
    nodes.Keyword,
    nodes.CondExpr,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
    nodes.Neg,
    nodes.Pos,
    nodes.List,
    nodes.Tuple,
)


FAILURES = (
    TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What filling in a gap can end in: a fact of another kind than the sentence expects."""


class Unfit(Exception):
    """A template that is refused: *kind* of problem, *line* within it (from 1) and the *details* of its sentence."""

    def __init__(self, kind: str, line: int = 1, **details: str) -> None:
        super().__init__(kind, line)
        self.kind, self.line, self.details = kind, line, details


def parsed(cage: Cage, source: str) -> Parsed:
    """The tree of a sentence that holds only what a sentence may hold. Raises ``Unfit``."""
    if source not in cage.trees:
        with _reading("template_syntax"):
            cage.trees[source] = _parsed(cage, source)
    return cage.trees[source]


def _parsed(cage: Cage, source: str) -> Parsed:
    _measured(source)
    tree = cage.parse(source)
    _allowed(cage, tree)
    stars = sum(data.data.count(BOLD) for data in tree.find_all(nodes.TemplateData))
    if stars % 2:
        raise Unfit("template_stars")
    names = frozenset(meta.find_undeclared_variables(tree)) - cage.globals.keys()
    return Parsed(tree, names, frozenset(_mentions(tree)) - cage.globals.keys())


def is_fixed(source: str) -> bool:
    """Whether nothing is filled in, so that the sentence is the same for everybody."""
    return "{" not in source


def parsed_condition(cage: Cage, source: str) -> Parsed:
    """The tree of a condition: exactly one expression. Raises ``Unfit``."""
    _measured(source)
    with _reading("condition_syntax"):
        reader = Parser(cage, source, state="variable")
        reader.parse_expression()
        if not reader.stream.eos:
            raise TemplateSyntaxError("more than one expression", reader.stream.current.lineno)
    return parsed(cage, "{{ (" + source + ") }}")


def sentence(cage: Cage, source: str, check: Callable[[Parsed], None] = lambda tree: None) -> Text:
    """*source* as a callable from a scope to spans. *check* may raise ``Unfit`` for what the template names."""
    source = source.rstrip()
    if is_fixed(source):
        _measured(source)
        if _stars(source).count(BOLD) % 2:
            raise Unfit("template_stars")
        ready = spans(_stars(source))
        return lambda scope: ready
    tree = parsed(cage, source)
    check(tree)
    with _reading("template_syntax"):
        template, names = cage.from_string(tree.tree), tree.names

    def render(scope: Scope) -> Rendered:
        try:
            pieces = _bounded(template.generate(_named(scope, names)))
        except FAILURES as broken:
            raise Unfit(_reason(broken)) from None
        return spans(pieces)

    return render


def condition(cage: Cage, source: str, check: Callable[[Parsed], None] = lambda tree: None) -> Condition:
    """*source* as a callable from a scope to true or false; anything else it gives raises ``Unfit``."""
    if source not in cage.conditions:
        tree = parsed_condition(cage, source)
        check(tree)
        cage.conditions[source] = tree, _compiled(cage, source, tree)
    tree, made = cage.conditions[source]
    check(tree)
    return made


def _compiled(cage: Cage, source: str, tree: Parsed) -> Condition:
    with _reading("condition_syntax"):
        expression, names = cage.compile_expression(source, undefined_to_none=False), tree.names

    def holds(scope: Scope) -> bool:
        try:
            value = expression(_named(scope, names))
        except FAILURES as broken:
            raise Unfit(_reason(broken)) from None
        if not isinstance(value, bool):
            raise Unfit("condition_not_bool")
        return value

    return holds


def by_band(texts: Mapping[str, Text]) -> Text:
    """The sentence for the age band of the reader: fact ``band``."""

    def choose(scope: Scope) -> Rendered:
        return texts[scope["band"]](scope)

    return choose


def spans(marked: str) -> Rendered:
    """Text with sentinels as spans: bold between two stars of ours, ``words`` for what a person typed."""
    made: list[Span] = []
    bold = words = False
    for piece in _SENTINELS.split(marked.strip()):
        match piece:
            case "":
                continue
            case _ if piece == BOLD:
                bold = not bold
            case _ if piece == OPEN:
                words = True
            case _ if piece == CLOSE:
                words = False
            case _:
                style: Style = "words" if words else "bold" if bold else "plain"
                made.append(Span(piece, style))
    return tuple(made)


@contextmanager
def _reading(kind: str) -> Iterator[None]:
    """Whatever the parser and Python's compiler say about a template is one of two things: wrong, or too nested."""
    try:
        yield
    except TemplateSyntaxError as broken:
        raise Unfit(kind, broken.lineno, words=broken.message or "") from None
    except (RecursionError, SyntaxError, MemoryError):
        raise Unfit("template_nested") from None
    except FAILURES as broken:  # constants are put together while the template is compiled
        raise Unfit(_reason(broken)) from None


def _stars(source: str) -> str:
    return source.replace("**", BOLD)


def _named(scope: Scope, names: Iterable[str]) -> dict[str, Any]:
    return {name: entered(scope[name]) for name in names if name in scope}


def _bounded(pieces: Iterable[str]) -> str:
    made, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_OUTPUT:
            raise Unfit("template_output", limit=str(MAX_OUTPUT))
        made.append(piece)
    return "".join(made)


def _measured(source: str) -> None:
    if len(source) > MAX_SOURCE:
        raise Unfit("text_too_long", limit=str(MAX_SOURCE))
    if _SENTINELS.search(source):
        raise Unfit("template_sentinel")
    depth = 0
    for character in source:
        depth += (character in "([{") - (character in ")]}")
        if depth > MAX_NESTING:
            raise Unfit("template_nested")


def _allowed(cage: Cage, tree: nodes.Template) -> None:
    for node, loops in _walk(tree, 0):
        match node:
            case nodes.Name(name=name) if name.startswith("_") or name in (
                "self",
                "caller",
                "varargs",
                "kwargs",
            ):
                raise Unfit("template_not_allowed", node.lineno, words=name)
            case nodes.Const(value=str(text)) if _SENTINELS.search(text):
                raise Unfit("template_sentinel", node.lineno)
            case nodes.Call(node=nodes.Name(name=name), dyn_args=None, dyn_kwargs=None) if (
                name in cage.globals
            ):
                continue
            case nodes.Call():
                raise Unfit("template_call", node.lineno, known=", ".join(sorted(cage.globals)))
            case nodes.Filter(name=name) if name not in cage.filters:
                raise Unfit("template_filter", node.lineno, word=name, known=", ".join(sorted(cage.filters)))
            case nodes.Test(name=name) if name not in cage.tests:
                raise Unfit("template_test", node.lineno, word=name, known=", ".join(sorted(cage.tests)))
            case nodes.For(iter=over, recursive=recursive):
                if loops > 1 or recursive or not isinstance(over, nodes.Name | nodes.Getattr):
                    raise Unfit("template_loop", node.lineno)
            case _ if not isinstance(node, _STATEMENTS + _VALUES):
                raise Unfit("template_not_allowed", node.lineno, words=type(node).__name__.lower())


def _walk(node: nodes.Node, loops: int) -> Iterable[tuple[nodes.Node, int]]:
    inner = loops + isinstance(node, nodes.For)
    yield node, inner
    for child in node.iter_child_nodes():
        yield from _walk(child, inner)


def _mentions(node: nodes.Node) -> Iterable[str]:
    dotted = _dotted(node)
    if dotted is not None:
        yield dotted
        return
    for child in node.iter_child_nodes():
        yield from _mentions(child)


def _dotted(node: nodes.Node) -> str | None:
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=attribute):
            before = _dotted(inner)
            return f"{before}.{attribute}" if before else None
        case nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
            before = _dotted(inner)
            return f"{before}.{key}" if before else None
        case _:
            return None


def _reason(broken: Exception) -> str:
    if isinstance(broken, SecurityError):
        return "template_refused"
    return "template_undefined" if isinstance(broken, UndefinedError) else "template_fails"
