"""What a professional taps: handles what waits, says who was there, gives a challenge, and closes the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from bot.message import Button
from bot.rehearsal.phone import Shown
from bot.rehearsal.policy import Question
from bot.rehearsal.stage import CODE

FIXED = {
    "digest.opener": "open",
    "alert_item.opener": "kijk",
    "alert_item.who": "gezien",
    "alert_item.words": "terug",
    "alert_item.outcome": "spoken",
    "second_read.course": "akkoord",
    "attendance.saved": "kort",
    "attendance.second": "kort",
    "observation.kept": "volgende",
    "digest.discuss": "overzicht",
    "digest.seen": "overzicht",
    "readiness_staff.opener": "lees",
}
CLOSES = (
    "invullen", "lees", "kijk", "gezien", "spoken", "sturen", "accept", "klaar", "sluiten", "terug", "niets",
)  # fmt: skip
HANDLED = (("gezien", 0.55), ("bespreek", 0.25), ("antwoord", 0.20))
"""What becomes of a message; of a wish to talk two in five are answered, and of the others they talked."""
ALONE = 1 - HANDLED[0][1]
"""How many of what is read together are opened by their number, to be answered or discussed."""
ANSWERED = 0.4
REPLIES = (
    "Fijn dat je dit deelt. Tot dinsdag.",
    "Goed dat je het probeerde.",
    "Ik vraag er dinsdag even naar.",
)
NUMBER = re.compile(r"^(\d+)\. ", re.MULTILINE)
TOGETHER = re.compile(
    r"^(?:Is begonnen|Wil liever een andere uitdaging|Is klaar met de uitdaging, kies samen een nieuwe"
    r"|Wil samen een andere uitdaging kiezen): (.*)$",
    re.MULTILINE,
)
"""Who is given another challenge, when none runs."""
NAMED = re.compile(r"(\d+) ([^,]+)")


@dataclass(slots=True)
class Sitting:
    """What was done already since the phone was picked up."""

    opened: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    observed: set[str] = field(default_factory=set)
    looked: bool = False
    picked: bool = False
    gives: bool = False
    answers: bool = False


def choice(question: Question, shown: Shown, sitting: Sitting, chance: Random) -> str | None:
    """The key of the next button; none to leave it. ``type:`` in front: words to type."""
    keys, name = question.keys, f"{question.script}.{question.step}"
    if set(CODE) <= set(keys):
        return "code"
    match question.script, question.step:
        case "digest", "list":
            return _number(question, shown, sitting)
        case "digest", "shared_words":
            return _together(question, shown, sitting, chance)
        case "digest", "all_seen":
            return "volgende" if "volgende" in keys else "overzicht"
        case "read_item", "item":
            return _handled(keys, chance)
        case "promise", "wish":
            # Whoever wished for somebody at the door hears a name.
            return next((key for key in keys if key not in ("antwoord", "niet_nu")), "antwoord")
        case "digest", "card":
            key = _card(question, sitting, chance)
            sitting.answers = key == "antwoord"
            return key
        case "promise", "promised":
            # The name was sent with the tap before.
            return None
        case "reply_held", _:
            # It goes by itself; whoever came from the overview goes back there.
            sitting.answers, came = False, sitting.answers
            return "overzicht" if came and "overzicht" in keys else None
        case "reply", "write":
            return f"type:{chance.choice(REPLIES)}"
        case "alert_item", "act":
            sitting.looked, looked = True, sitting.looked
            return "klaar" if looked and "klaar" in keys else keys[0]
        case "attendance", "list":
            return _attended(question, sitting, chance)
        case "observation", _ if "klaar" in keys and "volgende" not in keys:
            left = [key for key in keys if key != "klaar" and key not in sitting.observed]
            sitting.observed.update(left[:1])
            return left[0] if left else "klaar"
        case "give_challenge", "given" if "overzicht" in keys:
            return "overzicht"
        case "give_challenge", _:
            return keys[0]
    if name in FIXED and FIXED[name] in keys:
        return FIXED[name]
    quick = [key for key in CLOSES if key in keys]
    return quick[0] if quick else chance.choice(keys) if keys else None


def _number(question: Question, shown: Shown, sitting: Sitting) -> str | None:
    """Every screen is read, and what was shared; then who needs something, one after another; then new challenges."""
    labels = {button.label: key for button, key in _numbers(shown, question.keys)}
    if shown.text not in sitting.read:
        sitting.read.add(shown.text)
        if "verder" in question.keys:
            return "verder"
    if "gedeeld" in question.keys:
        return "gedeeld"
    head, _, body = shown.text.partition("\n\n")
    block = body.split("\n\n")[0] if "vra" in head.split(".")[0] else ""
    for number in NUMBER.findall(block):
        line = next(one for one in block.split("\n") if one.startswith(f"{number}. "))
        if number in labels and line not in sitting.opened:
            sitting.opened.add(line)
            return labels[number]
    for names in TOGETHER.findall(shown.text):
        for number, name in NAMED.findall(names):
            if number in labels and f"{name} together" not in sitting.opened:
                sitting.opened.add(f"{name} together")
                sitting.gives = True
                return labels[number]
    return "klaar" if "klaar" in question.keys else None


def _numbers(shown: Shown, keys: tuple[str, ...]) -> list[tuple[Button, str]]:
    return [(button, key) for button, key in zip(shown.buttons, keys, strict=False) if button.label.isdigit()]


def _card(question: Question, sitting: Sitting, chance: Random) -> str | None:
    keys = question.keys
    if "kijk" in keys:
        return "kijk"
    if sitting.picked and "bespreek" in keys:
        sitting.picked = False
        return chance.choices([name for name, _ in HANDLED[1:]], [weight for _, weight in HANDLED[1:]])[0]
    if "gesproken" in keys or "gezien" in keys:
        return _handled(keys, chance)
    if sitting.gives and "uitdaging" in keys:
        sitting.gives = False
        return "uitdaging"
    return "terug" if "terug" in keys else None


def _handled(keys: tuple[str, ...], chance: Random) -> str:
    if "gesproken" in keys:
        return "antwoord" if chance.random() < ANSWERED else "gesproken"
    wanted = chance.choices([name for name, _ in HANDLED], [weight for _, weight in HANDLED])[0]
    return wanted if wanted in keys else "gezien"


def _together(question: Question, shown: Shown, sitting: Sitting, chance: Random) -> str:
    """What was shared is read; some is opened to be answered or discussed, and the rest is seen."""
    labels = {button.label: key for button, key in _numbers(shown, question.keys)}
    for line in shown.text.split("\n"):
        found = NUMBER.match(line)
        if found and found[1] in labels and line not in sitting.opened:
            # The number moves when others are handled; the name and the day do not.
            known = line.partition(". ")[2]
            if known in sitting.opened:
                continue
            sitting.opened.add(known)
            if chance.random() < ALONE:
                sitting.picked = True
                return labels[found[1]]
    return "alles"


def _attended(question: Question, sitting: Sitting, chance: Random) -> str:
    """The list is filled in from what was said; for one in six it was otherwise."""
    names = [key for key in question.keys if key not in ("klaar", "sluiten")]
    if not sitting.looked:
        sitting.looked = True
        sitting.opened.update(key for key in names if chance.random() > 1 / 6)
    left = [key for key in names if key not in sitting.opened]
    if left and len(sitting.opened) < len(names) + 3:
        sitting.opened.update(names)
        return left[0]
    return "klaar"
