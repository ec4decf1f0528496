"""Write the words of the bot anew into the scenario files, after its texts were changed: then read the difference.

``python -m tests.scenarios.renew [DIALOG ...]``. What no longer goes as written is named, and stays as it was.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from bot.content.quoting import quoted
from tests.scenarios.scenario import FOLDER, WRITTEN, Player, Scenario, scenarios
from tests.talk.stage import Prepared

LINE = 90


def renewed(prepared: Prepared, scenario: Scenario) -> list[tuple[str, str]]:
    """The lines of *scenario*, with what the bot says now."""
    acts = [line for line in scenario.lines if line[0] != "bot zegt"]
    player = Player(prepared, scenario, WRITTEN)
    lines: list[tuple[str, str]] = []
    for key, said in acts:
        before = len(player.sam.shown)
        player.does(key, said)
        lines.append((key, said))
        words = first_words(player.sam.texts[max(before - 1, 0) :])
        if key.startswith("Sam") and words:
            lines.append(("bot zegt", words))
    if scenario.reaches not in player.reached():
        raise AssertionError("it does not end there any more")
    return lines


def first_words(texts: list[str]) -> str:
    """The first sentences of the last message; never a reference, which differs every time."""
    lines = [line.strip() for text in reversed(texts) for line in text.splitlines()]
    line = next((one for one in lines if one and "A-" not in one), "")
    cut = line[:LINE]
    ends = [found.end() for found in re.finditer(r"[.?!](?= |$)", cut) if found.end() >= 8]
    return cut[: ends[-1]] if ends else (cut if len(line) < LINE else cut[: cut.rfind(" ")])


def write(file: str, lines: dict[str, list[tuple[str, str]]]) -> None:
    """Put the *lines* of every scenario of *file*, by ending, in place of those that are there."""
    path = FOLDER / file
    text = [path.read_text("utf-8").splitlines()[0], "scenario's:"]
    for one in (one for one in scenarios() if one.file == file):
        text += [f"  - naam: {quoted(one.name)}", f"    begin: {one.begins}", f"    einde: {one.reaches[1]}"]
        text += [
            "    gesprek:",
            *(f"      - {key}: {quoted(said)}" for key, said in lines[one.reaches[1]]),
            "",
        ]
    path.write_text("\n".join(text).rstrip() + "\n", "utf-8")


def main(wanted: list[str]) -> int:
    """Renew the files of the dialogs *wanted*, or all; 1 when something does not go as written."""
    stuck = 0
    with tempfile.TemporaryDirectory() as folder:
        prepared = Prepared(Path(folder))
        for file in sorted({one.file for one in scenarios()}):
            if wanted and file.removesuffix(".yaml") not in wanted:
                continue
            lines = {}
            for one in (one for one in scenarios() if one.file == file):
                try:
                    lines[one.reaches[1]] = renewed(prepared, one)
                except (AssertionError, LookupError) as problem:
                    stuck += 1
                    print(f"{one}: {problem}")
                    lines[one.reaches[1]] = list(one.lines)
            write(file, lines)
        prepared.close()
    return 1 if stuck else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
