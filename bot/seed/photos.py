"""The photos that a seed file names: read from beside it, and made fit to send."""

from __future__ import annotations

from pathlib import Path

from bot.picture.photo import NoPhoto, as_png
from bot.seed.plan import Plan
from bot.seed.problems import SeedProblems

Photos = dict[tuple[str, str], bytes]
"""PNG by (key of the location, "door" or "room")."""


def read_photos(plan: Plan, file: Path) -> Photos:
    """The photos of *plan*, their paths taken from beside *file*; ``SeedProblems`` with all that cannot be used."""
    found: Photos = {}
    wrong: list[tuple[str, str]] = []
    for site in plan.locations:
        for what, path in site.photos:
            try:
                found[site.key, what] = as_png((file.parent / path).read_bytes())
            except OSError as error:
                wrong.append(
                    (f"location.{site.key}.{what}_photo", f'"{path}" cannot be read: {error.strerror}')
                )
            except NoPhoto as problem:
                wrong.append((f"location.{site.key}.{what}_photo", f'"{path}" {problem}'))
    if wrong:
        raise SeedProblems(file, tuple(wrong))
    return found
