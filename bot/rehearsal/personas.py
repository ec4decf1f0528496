"""The made-up youngsters with whom an author tries a text: age, cause of loneliness, character, and their words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, cast

Character = Literal["ordinary", "shy", "silent", "goes_wrong"]
CHARACTERS: tuple[Character, ...] = ("ordinary", "shy", "silent", "goes_wrong")


@dataclass(frozen=True, slots=True)
class Persona:
    """*causes* is as a professional chooses them, comma separated. *about* says in two languages who this is.

    *autism*: reads everything, takes words literally and taps rather than types. *words* are what they type, by
    language. A persona under 16 takes part in practice only.
    """

    key: str
    name: str
    age: int
    causes: str
    character: Character
    about: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    autism: bool = False

    @property
    def practice(self) -> bool:
        return self.age < 16

    @property
    def adult(self) -> bool:
        return self.age >= 18

    def born(self, today: date) -> str:
        """A month of birth (YYYY-MM) that makes them this age today and for some months."""
        months = today.year * 12 + today.month - 1 - self.age * 12 - 6
        return f"{months // 12:04d}-{months % 12 + 1:02d}"


@cache
def personas() -> Mapping[str, Persona]:
    """Every persona by key, in the order of the file."""
    read = tomllib.loads(Path(__file__).with_name("personas.toml").read_text("utf-8"))
    return {key: _persona(key, values, read["words"]) for key, values in read["persona"].items()}


def _persona(key: str, values: Mapping[str, object], words: Mapping[str, Mapping[str, list[str]]]) -> Persona:
    character = cast(Character, values["character"])
    return Persona(
        key=key,
        name=str(values["name"]),
        age=int(str(values["age"])),
        causes=str(values["causes"]),
        character=character,
        about=cast(Mapping[str, str], values["about"]),
        words={language: tuple(said) for language, said in words[character].items()},
        autism=bool(values.get("autism", False)),
    )
