"""Does a text say that somebody is in danger? Statements first, then the model; long texts piece by piece. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.safety.context import context
from bot.safety.features import Features, features
from bot.safety.finding import NOTHING, About, Finding, Label
from bot.safety.lexicon import lexicon
from bot.safety.model import Model, model, probability
from bot.safety.normal import normal
from bot.safety.reasons import kind_of
from bot.safety.signals import signals_in
from bot.safety.spelling import Speller
from bot.safety.statements import stated_in

PIECE = 44
STEP = 34
"""Words looked at together, and how far the next piece starts: a statement on a border is seen whole."""

LONGEST_WORD = 60
_SEXUAL = re.compile(r"verkracht|aangerand|misbrui|\brap(?:ed|es)\b|molest|sexual")


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece of a text: the *statements* in it by key, and what its context makes of them."""

    statements: tuple[str, ...]
    negated: bool
    past: bool
    quoted: bool
    light: bool
    found: Features


@dataclass(frozen=True, slots=True)
class Weighed:
    """A piece with its scores in log odds."""

    seen: Seen
    crisis: float
    danger: float


SURER_OF_A_STORY = 1.2
"""How much surer the model has to be of what seems to come from a story or a game: some meet danger in a game."""

_RANK = {"none": 0, "concern": 1, "crisis": 2}


def detect(text: str, trained: Model | None = None) -> Finding:
    """What *text* says about danger. Never raises on any text; *trained* stands for the model of the product."""
    by = trained or model()
    return decide(weigh(text, by), by)


def weigh(text: str, by: Model) -> list[Weighed]:
    """Every piece of *text* with its scores; empty when there are no words in it."""
    weighed = []
    # What somebody repeats is looked at once.
    for tokens in dict.fromkeys(map(tuple, pieces(words_in(text)))):
        if context().alone.fullmatch(" ".join(tokens)):
            continue
        seen = look(tokens, by.speller)
        crisis, danger = by.scores(seen.found)
        weighed.append(Weighed(seen, crisis, danger))
    return weighed


def words_in(text: str) -> list[str]:
    """The words of *text* in their plain form."""
    return [word[:LONGEST_WORD] for word in normal(text).replace("'", "").split()]


def pieces(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    """*tokens* whole when they are few, else in overlapping pieces."""
    for start in range(0, max(1, len(tokens) - (PIECE - STEP)), STEP):
        if tokens[start : start + PIECE]:
            yield tokens[start : start + PIECE]


def look(tokens: Sequence[str], speller: Speller) -> Seen:
    """What can be seen in one piece, before any weight is given to it."""
    surroundings = context()
    meant = [speller.meant(word) for word in tokens]
    typed, plain = " ".join(tokens), " ".join(meant)
    bare = surroundings.mask.sub(" ", plain)
    statements = stated_in(bare)
    if typed != plain:
        statements = tuple(dict.fromkeys(statements + stated_in(surroundings.mask.sub(" ", typed))))
    quoted = surroundings.is_quoted(plain)
    past = surroundings.is_past(plain)
    negated = bool(surroundings.negated.search(plain))
    light = bool(surroundings.light.search(plain))
    marks = [*statements, *signals_in(bare)]
    marks += [
        name
        for name, holds in (("quoted", quoted), ("past", past), ("negated", negated), ("light", light))
        if holds
    ]
    if bare != plain:
        marks.append("masked")
    if statements:
        marks.append("stated" if not (quoted or past or negated or light) else "stated but")
    if "is_hit" in statements and _SEXUAL.search(bare):
        statements = ("is_forced", *(key for key in statements if key != "is_forced"))
    return Seen(statements, negated, past, quoted, light, features(tokens, meant, marks, lexicon()))


def decide(weighed: Sequence[Weighed], by: Model) -> Finding:
    """The heaviest finding of all pieces. The more pieces, the surer the model has to be of one of them."""
    if not weighed:
        return NOTHING
    label, one = heaviest(weighed, by.thresholds)
    if label == "none":
        return Finding("none", score=probability(one.crisis))
    return _explained(label, one, by)


def heaviest(weighed: Sequence[Weighed], thresholds: Mapping[str, float]) -> tuple[Label, Weighed]:
    """The heaviest label by these *thresholds* of pieces, of which there is at least one, and its piece."""
    strict = thresholds["per_piece"] * math.log(len(weighed))
    labelled = [(_label(one, thresholds, strict), one) for one in weighed]
    return max(labelled, key=lambda pair: (_RANK[pair[0]], pair[1].crisis))


def _is_stated(seen: Seen) -> bool:
    return bool(seen.statements) and not seen.negated and not seen.light


def _label(one: Weighed, thresholds: Mapping[str, float], strict: float) -> Label:
    seen = one.seen
    if _is_stated(seen) and not seen.past and not seen.quoted:
        return "crisis"
    modelled = one.crisis >= thresholds["crisis"] + strict + (SURER_OF_A_STORY if seen.quoted else 0.0)
    if modelled and not (seen.statements and (seen.past or seen.light or seen.quoted)):
        return "crisis"
    if _is_stated(seen) or modelled or one.danger >= thresholds["concern"] + strict:
        return "concern"
    return "none"


def _explained(label: Label, one: Weighed, by: Model) -> Finding:
    seen = one.seen
    stated = _is_stated(seen)
    why = [f"statement.{key}" for key in seen.statements] if stated else [f"model.{by.kind(seen.found)}"]
    if seen.quoted:
        why.append("context.quoted")
    if seen.past:
        why.append("context.past")
    kind = kind_of(why)
    about: About = "other" if kind == "friend" else "self"
    return Finding(label, tuple(why), kind, probability(one.crisis), stated, seen.quoted, about)
