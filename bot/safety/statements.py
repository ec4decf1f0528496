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

_SELF = r"(?:mezelf|mijzelf|me zelf|mij zelf|mezelfs|mzelf|mn zelf)"
_LIFE = r"(?:mijn|mn|m'n|men|me|het) leven"
_HURT = r"(?:slaat|slaan|sloeg|sloegen|geslagen|schopt|schoppen|schopte|geschopt|mishandelt|mishandelen|mishandelde|mishandeld|wurgt|wurgde|bedreigt|bedreigen|bedreigde|verkracht|verkrachtte|misbruikt|misbruikte|misbruikt|aangerand)"

STATEMENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (why, re.compile(pattern))
    for why, pattern in (
        ("wants to die", rf"{_ME} {_SOMETIMES}(?:wil|wilde|wou|zou willen|will) {_SOMETIMES}(?:dood|doodgaan|sterven)\b"),
        ("wants to die", r"\bwil(?:l)? (?:ik )?(?:gewoon |liever |echt )?(?:dood|doodgaan)\b"),
        ("wants to die", r"\bikwil(?:echt|gewoon)?(?:dood|sterven|nietmeerleven)\b"),
        ("wants to die", r"\b(?:wou|wilde) ik (?:\w+ ){0,3}dood\b"),
        ("wants to die", r"\bwas ik (?:maar |al |liever )?(?:dood|nooit geboren)\b"),
        ("does not want to live", rf"\b(?:ik|k) ?{_SOMETIMES}(?:wil|will|wou|hoef|hoeft) {_SOMETIMES}niet (?:meer|langer|verder) {_SOMETIMES}(?:te )?leve(?:n)?\b"),
        ("does not want to live", r"\bkwil (?:echt )?nie(?:t)? meer leve(?:n)?\b"),
        ("does not want to live", r"\b(?:wil|hoef) (?:echt |gewoon )?(?:niet|nooit) meer (?:te )?(?:leven|leve|verder leven|wakker (?:te )?worden)\b"),
        ("does not want to live", r"\bgeen (?:zin|reden) meer (?:om (?:nog )?te leven|in (?:het|mijn|mn|dit) leven)\b"),
        ("ends own life", r"\bspring (?:\w+ ){0,2}voor (?:de|een) trein\b|\bpleeg (?:\w+ ){0,2}(?:zelfmoord|zelfdoding)\b"),
        ("ends own life", rf"\b(?:{_SELF}|{_LIFE}) (?:\w+ ){{0,3}}(?:doden|doodmaken|dood maken|van kant|beeindigen|ombrengen|ophangen|verhangen)\b"),
        ("ends own life", rf"\b(?:eind|einde) (?:aan|maken aan) {_LIFE}\b|\ber ?een eind(?:e)? aan(?: maken)?\b"),
        ("ends own life", r"\bvoor (?:de|een) trein (?:\w+ ){0,2}(?:spring|gooi|ga|staan)|\bpillen (?:\w+ ){0,2}(?:ingenomen|geslikt|innemen|slikken)\b|\bafscheidsbrief\b"),
        ("suicide", rf"{_ME} {_SOMETIMES}(?:zelfmoord|zelfdoding|suicide)\b|\b(?:zelfmoord|zelfdoding) (?:plegen|doen|gedachten?)\b|\bdenk (?:\w+ ){{0,6}}(?:aan|over) (?:zelfmoord|zelfdoding|doodgaan)\b"),
        ("wants to be gone", rf"{_ME} {_SOMETIMES}(?:wil|wou) {_SOMETIMES}(?:er niet meer zijn|niet meer bestaan|nooit geboren)\b"),
        ("hurts self", rf"{_ME} {_SOMETIMES}(?:snij|snijd|snijdt|sneed|kras|pijnig)\w* {_SOMETIMES}(?:{_SELF}|in mijn (?:arm|been|pols))"),
        ("hurts self", rf"\b(?:doe|deed) {_SELF} (?:\w+ ){{0,2}}pijn\b"),
        ("hurts self", rf"\b{_SELF} (?:\w+ ){{0,2}}(?:snijden|gesneden|pijn (?:doen|gedaan)|iets aan ?(?:te )?(?:doen|gedaan))\b"),
        ("is hit", rf"\b{_HURT} (?:me|mij|mn|mijn)\b|\b(?:heeft|hebben|had) (?:me|mij) (?:\w+ ){{0,3}}{_HURT}\b|\b(?:word|wordt|werd|ben) (?:\w+ ){{0,3}}{_HURT}\b"),
        ("is forced", r"\b(?:dwingt|dwingen|dwong|moet van) (?:me|mij|hem|haar|mn \w+)? ?(?:\w+ ){0,3}(?:seks|sex|uitkleden|nudes?|naaktfoto)\b|\bgedwongen (?:\w+ ){0,3}(?:seks|sex)\b"),
        ("is not safe", r"\bniet veilig (?:thuis|hier)\b|\b(?:thuis|hier) (?:\w+ ){0,2}niet veilig\b|\bdurf (?:\w+ ){0,3}niet (?:\w+ )?naar huis\b|\bdurf (?:\w+ ){0,3}niet thuis te zijn\b"),
        ("wants to die", r"\b(?:i (?:\w+ ){0,3})?(?:want|wanna|wish)(?: to| i was| i were)? ?(?:die|dead|be dead)\b"),
        ("does not want to live", r"\b(?:do not|don't|dont|doesn't) want to (?:live|be alive|wake up|be here)(?: anymore| any more)?\b"),
        ("ends own life", r"\b(?:kill|end) (?:myself|my life|it all|me)\b|\bcommit suicide\b|\bsuicidal\b|\b(?:took|taken|swallowed) (?:\w+ ){0,3}pills\b"),
        ("hurts self", r"\b(?:cut|cutting|hurt|hurting|harm|harming) myself\b"),
        ("is hit", r"\b(?:hit|hits|beat|beats|hurts|kicks|kicked|chokes|choked|rapes|raped|molests|molested) me\b|\bbeing (?:beaten|abused|raped|hit)\b"),
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


HELP_KINDS = {"is hit": "home", "is not safe": "home", "is forced": "sexual"}
"""Which helplines fit a statement best, beside 112 and 113; the others are for talking."""

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
