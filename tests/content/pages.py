"""A small good folder to spoil: one dialog, one challenge and the phrases, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.content.check import problems_in
from bot.content.library import Vocabulary
from bot.content.problem import Problem
from bot.content.source import Kind, Source
from dialogs.effects import Option
from dialogs.words import Words

At = tuple[Kind, str, str]
"""Kind, key and language of a page."""
Pages = Mapping[At, str | bytes | None]

LADDER = (Option("nod", "Knik"), Option("hoi", "Zeg hoi"))

VOCABULARY = Vocabulary(
    facts={
        "band": "18plus",
        "name": Words("Sam"),
        "step_title": "Zeg hoi met de naam erbij",
        "ladder": LADDER,
        "nobody": (),
        "days": 3,
    },
    actions={"send_checkin": frozenset({"sent", "later"}), "set_code": frozenset({"set", "different"})},
)

DIALOG = """\
dialog: checkin
about: Na een stap.
for: youth
later: Later
first: done
steps:
  done:
    say: "Hoe ging het met: {{ step_title }}?"
    save: outcome
    choices:
      gedaan: Gedaan
      deels: {say: Deels, goto: happened}
      niet: {say: Niet gedaan, goto: wait}
    columns: 2
    goto: tension
  tension:
    each: ladder
    say: "Hoe spannend is: {{ item.label }}?"
    scale: {low: helemaal niet, high: heel erg}
    save: tension
    skip: Sla over
    goto: happened
  happened:
    say: {under18: Wat gebeurde er op school?, 18plus: Wat gebeurde er?}
    text:
      examples: {mee: Het viel mee, anders: {say: Het ging anders, goto: send}}
    skip: Sla over
    save: happened
    goto: send
  send:
    do: send_checkin
    goto:
      - {if: "result == 'later'", to: wait}
      - {to: bye}
  wait: {say: Ik verstuur het later., goto: bye}
  bye: {say: "Tot dinsdag, **{{ name }}**.", end: done}
"""

WORDS = """\
dialog: checkin
later: Later
steps:
  done:
    say: "How was: {{ step_title }}?"
    choices: {gedaan: Done, deels: Partly, niet: Not done}
  tension:
    say: "How exciting is: {{ item.label }}?"
    scale: {low: not at all, high: very}
    skip: Skip
  happened:
    say: What happened?
    text:
      examples: {mee: It was okay, anders: It went differently}
    skip: Skip
  wait: {say: I send it later.}
  bye: {say: "See you on Tuesday, **{{ name }}**."}
"""

PHRASES = """\
phrases:
  received: Ontvangen.
  line: "Stap: {{ title }}"
"""

PHRASE_WORDS = """\
phrases:
  received: Received.
  line: "Step: {{ title }}"
"""

STEP = """\
  {key}:
    title: {key}
    do: Zeg hoi tegen een bekende.
    predictions: {{weg: Ze kijken weg, stil: Ze zeggen niets}}
    take_to_meeting: Vertel dinsdag bij wie je dit deed.
    tip: Vraag wie het werd.
    where: Op school of bij je sport.
    with_adult: Vertel een volwassene waar je bent.
"""

CHALLENGE = """\
challenge: groet
title: Een groet per dag
about: Kleine groeten.
causes: [skills]
bands: [under18, 18plus]
status: example
steps:
""" + "".join(STEP.format(key=key) for key in ("knik", "hoi", "naam", "zin"))

CHALLENGE_WORDS = """\
challenge: groet
title: One greeting a day
about: Small greetings.
steps:
""" + "".join(
    STEP.format(key=key)
    .replace("Zeg hoi tegen een bekende.", "Say hi to somebody you know.")
    .replace("Ze kijken weg", "They look away")
    .replace("Vertel een volwassene waar je bent.", "Tell an adult where you are.")
    for key in ("knik", "hoi", "naam", "zin")
)

GOOD: dict[At, str] = {
    ("dialog", "checkin", "nl"): DIALOG,
    ("dialog", "checkin", "en"): WORDS,
    ("phrases", "phrases", "nl"): PHRASES,
    ("phrases", "phrases", "en"): PHRASE_WORDS,
    ("challenge", "groet", "nl"): CHALLENGE,
    ("challenge", "groet", "en"): CHALLENGE_WORDS,
}


def file_of(at: At) -> str:
    """Where the page *at* stands."""
    folder = "challenge_catalog" if at[0] == "challenge" else "dialogs"
    return f"{folder}/{at[2]}/{at[1]}.yaml"


def sources(changed: Pages | None = None) -> list[Source]:
    """The good pages with some replaced, added, or left out (``None``)."""
    pages: dict[At, str | bytes | None] = {**GOOD, **(changed or {})}
    made = []
    for (kind, key, language), page in pages.items():
        if page is None:
            continue
        content = page.encode() if isinstance(page, str) else page
        file = file_of((kind, key, language))
        made.append(Source(kind, key, "nl" if language == "nl" else "en", file, content))
    return made


def found(changed: Pages) -> list[Problem]:
    """What the checker says about the good pages with some of them *changed*."""
    return problems_in(sources(changed), VOCABULARY, lambda file, line=1, column=1: None)


def written(folder: Path, changed: Pages | None = None) -> tuple[Path, Path]:
    """The pages as files below *folder*: the folder of the dialogs and that of the catalog."""
    for language in ("nl", "en"):
        for name in ("dialogs", "challenge_catalog"):
            (folder / name / language).mkdir(parents=True)
    for source in sources(changed):
        (folder / source.file).write_bytes(source.content)
    return folder / "dialogs", folder / "challenge_catalog"
