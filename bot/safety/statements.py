"""Explicit statements of danger in Dutch and English: the ones that may never be missed. Pure.

These are the first part of the detector; a list like this is known to miss most other wordings (care research 3.5),
which is why help stands under every question and a person stays in the loop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.safety.normal import normal

Label = Literal["crisis", "none"]

_MASKED = re.compile(
    r"\b(?:dood(?:moe|eng|gewoon|normaal|saai|stil|op)|schaam\w* (?:me|mij) (?:echt )?dood|lach\w* (?:me|mij) dood"
    r"|verveel\w* (?:me|mij) dood|dood van het lachen|dying (?:of laughter|to (?:see|know|go))|dead tired)\b"
)
_ME = r"\b(?:ik|k|ikke)\b"
_SOMETIMES = r"(?:\w+ ){0,4}?"

STATEMENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(pattern))
    for why, pattern in (
        ("wants to die", rf"{_ME} {_SOMETIMES}(?:wil|wou|zou willen|will) {_SOMETIMES}(?:dood|sterven)\b"),
        ("wants to die", r"\bwil(?:l)? (?:ik )?(?:gewoon |liever |echt )?dood\b"),
        ("does not want to live", rf"\b(?:ik|k) ?{_SOMETIMES}(?:wil|will|wou) {_SOMETIMES}niet (?:meer|langer) {_SOMETIMES}leve(?:n)?\b"),
        ("does not want to live", r"\bwil (?:echt |gewoon )?niet meer (?:leven|leve|verder leven|wakker worden)\b"),
        ("ends own life", r"\b(?:mezelf|mijzelf|me zelf|mijn leven|men leven) (?:\w+ ){0,3}(?:doden|doodmaken|dood maken|van kant|beeindigen|ombrengen)\b"),
        ("ends own life", r"\b(?:eind|einde) (?:aan|maken aan) (?:mijn|mn|m'n|het) leven\b|\b(?:er )?een eind(?:e)? aan maken\b"),
        ("suicide", rf"{_ME} {_SOMETIMES}(?:zelfmoord|zelfdoding|suicide)\b|\b(?:zelfmoord|zelfdoding) (?:plegen|doen|gedachten?)\b"),
        ("wants to be gone", rf"{_ME} {_SOMETIMES}(?:wil|wou) {_SOMETIMES}(?:er niet meer zijn|niet meer bestaan|nooit geboren)\b"),
        ("hurts self", rf"{_ME} {_SOMETIMES}(?:snij|snijd|snijdt|sneed|kras|pijnig)\w* {_SOMETIMES}(?:mezelf|mijzelf|me zelf|in mijn (?:arm|been|pols))"),
        ("hurts self", r"\b(?:mezelf|mijzelf) (?:weer |gisteren |vaak |gaan )?(?:snijden|gesneden|pijn (?:doen|gedaan))\b"),
        ("is hit", r"\b(?:slaat|schopt|mishandelt|wurgt|bedreigt) (?:me|mij|mn|mijn)\b|\b(?:word|wordt|ben) (?:\w+ ){0,2}(?:geslagen|mishandeld|verkracht|misbruikt|aangerand)\b"),
        ("is forced", r"\b(?:dwingt|dwingen|moet van) (?:me|mij|hem|haar|mn \w+)? ?(?:\w+ ){0,3}(?:seks|sex|uitkleden|nudes?|naaktfoto)\b|\bgedwongen (?:\w+ ){0,3}(?:seks|sex)\b"),
        ("is not safe", r"\bniet veilig (?:thuis|hier)\b|\b(?:thuis|hier) (?:\w+ ){0,2}niet veilig\b|\bdurf (?:\w+ ){0,3}niet (?:\w+ )?naar huis\b|\bdurf (?:\w+ ){0,3}niet thuis te zijn\b"),
        ("wants to die", r"\bi (?:\w+ ){0,3}(?:want|wanna|wish)(?: to| i was| i were)? ?(?:die|dead|be dead)\b"),
        ("does not want to live", r"\b(?:do not|don't|dont|doesn't) want to (?:live|be alive|wake up|be here)(?: anymore| any more)?\b"),
        ("ends own life", r"\b(?:kill|end) (?:myself|my life|it all)\b|\bcommit suicide\b|\bi (?:\w+ ){0,3}suicidal\b"),
        ("hurts self", r"\b(?:cut|cutting|hurt|hurting|harm|harming) myself\b"),
        ("is hit", r"\b(?:hits|beats|hurts|kicks|chokes|rapes|raped|molests) me\b|\bbeing (?:beaten|abused|raped|hit)\b"),
        ("is forced", r"\bforc(?:ed|es|ing)(?: me)? (?:\w+ ){0,3}(?:sex|undress|nudes?)\b|\bforced to have sex\b"),
        ("is not safe", r"\bnot safe at home\b|\bafraid to go home\b"),
    )
)  # fmt: skip

BITE = 600
"""Characters looked at in one piece; pieces overlap so that a statement on the border is seen whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """*why* says in words which kind of statement was found; empty for none."""

    label: Label
    why: str = ""


NOTHING = Finding("none")


def classify(text: str) -> Finding:
    """Whether *text* holds an explicit statement that the writer (or somebody near) is in danger."""
    plain = _MASKED.sub(" ", normal(text))
    for start in range(0, max(1, len(plain)), BITE // 2):
        piece = plain[start : start + BITE]
        for why, pattern in STATEMENTS:
            if pattern.search(piece):
                return Finding("crisis", why)
        if start + BITE >= len(plain):
            break
    return NOTHING
