"""Words that were sent and sound heavy stand out for who reads them. It changes nothing for the youngster.

Danger never waits for this: it was asked about when it was typed, and an alert went out at once. What stands out here
is what somebody sent all the same: a bad day, written down.
"""

from __future__ import annotations

from bot.safety.statements import classify

LEVEL = "concern"
"""The level of an item whose words sound heavy; an alert has one of its own."""


def level_of(content: str) -> str | None:
    """``concern`` when a line of what was sent sounds heavy. The label in front of a line is ours and is not read."""
    said = (line.partition(": ")[2] or line for line in content.splitlines())
    return LEVEL if any(_is_heavy(line) for line in said) else None


def _is_heavy(line: str) -> bool:
    return bool(line.strip()) and classify(line).label != "none"
