"""Every error that reaches the operator, with its exit code.

    CompanionError (1)
    ├── ConfigError (2)            a setting is wrong or missing
    ├── KeyFileMissing (2)         the key file does not exist
    ├── WrongKey (1)               the key file cannot read what the database holds
    ├── DatabaseMissing (2)        there is no database where the configuration points
    ├── DatabaseEmpty (2)          there is a database, but nothing in it
    ├── DatabaseNewer (1)          a later version of the companion made this database
    ├── DatabaseLocked (1)         another program keeps the database busy
    ├── AlreadyRunning (1)         another companion runs on this database
    ├── Refused (1)                `authorize` said no
    ├── ContentRefused (1)         the YAML of conversations or challenges has mistakes
    ├── ContentOutdated (1)        this version cannot play a text that was published here
    └── SeedProblem (1)            a seed file has a mistake

2 means: what was typed or configured is wrong; 1 means: what was found is wrong.
Each class keeps its data as attributes (at most three) and composes its own sentence. None of them
carries a name, an id or words of a participant, because these sentences go to logs.
"""

from pathlib import Path
from typing import ClassVar


class CompanionError(Exception):
    """Something the operator can act upon; anything else that is raised is a defect of the program."""

    exit_code: ClassVar[int] = 1


class ConfigError(CompanionError):
    """`section` is empty when the problem is the file itself or a variable outside every section."""

    exit_code = 2

    def __init__(self, section: str, key: str, problem: str) -> None:
        super().__init__(section, key, problem)
        self.section, self.key, self.problem = section, key, problem

    def __str__(self) -> str:
        place = f"[{self.section}] {self.key}" if self.section else self.key
        return f"{place.strip()}: {self.problem}"


class KeyFileMissing(CompanionError):
    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return (
            f"The key file {self.path} does not exist. For a new installation 'companion init' makes one; "
            "otherwise put back the copy or the printed sheet: without it the database stays unreadable."
        )


class WrongKey(CompanionError):
    """`key_id` is the id of the key the data asks for; it is no secret."""

    def __init__(self, path: Path, key_id: str) -> None:
        super().__init__(path, key_id)
        self.path, self.key_id = path, key_id

    def __str__(self) -> str:
        return (
            f"The key file {self.path} cannot read this database, which asks for key {self.key_id}. "
            "Put back the key file that belongs to it."
        )


class DatabaseMissing(CompanionError):
    """`place` is a path, or a URL without its password."""

    exit_code = 2

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return (
            f"There is no database at {self.place}. 'companion init' starts a new installation, "
            "'companion db upgrade' makes only the database; or put back a copy that 'companion db backup' made."
        )


class DatabaseEmpty(CompanionError):
    """An empty file where data may have been is never filled silently: it may be a lost disk."""

    exit_code = 2

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __str__(self) -> str:
        return (
            f"The database at {self.place} is empty. If it held data, stop here: put back a copy that "
            "'companion db backup' made. If it is new, 'companion init' or 'companion db upgrade' fills it."
        )


class DatabaseNewer(CompanionError):
    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(place, found, known)
        self.place, self.found, self.known = place, found, known

    def __str__(self) -> str:
        return (
            f"The database at {self.place} has version {self.found}; this program knows up to {self.known}. "
            "Install the later program, or restore the copy that was made before the upgrade."
        )


class DatabaseLocked(CompanionError):
    """`holder` says who keeps the lock as far as that is known, for example "process 4711"."""

    def __init__(self, place: str, holder: str = "") -> None:
        super().__init__(place, holder)
        self.place, self.holder = place, holder

    def __str__(self) -> str:
        return f"The database at {self.place} is kept busy by {self.holder or 'another program'}. Try again."


class AlreadyRunning(CompanionError):
    def __init__(self, place: str, holder: str) -> None:
        super().__init__(place, holder)
        self.place, self.holder = place, holder

    def __str__(self) -> str:
        return f"Another companion runs on {self.place}: {self.holder}. Stop it first."


class Refused(CompanionError):
    """Carries the role, the action and the kind of object; never an id or a name."""

    def __init__(self, role: str, action: str, kind: str) -> None:
        super().__init__(role, action, kind)
        self.role, self.action, self.kind = role, action, kind

    def __str__(self) -> str:
        return f"Refused: as {self.role}, {self.action} on {self.kind} is not allowed."


class ContentRefused(CompanionError):
    """`first` is the first problem as `file:line:column: what`."""

    def __init__(self, count: int, first: str) -> None:
        super().__init__(count, first)
        self.count, self.first = count, first

    def __str__(self) -> str:
        if self.count == 1:
            return f"The content has 1 problem: {self.first}"
        return f"The content has {self.count} problems; 'companion content check' lists all: {self.first}"


class ContentOutdated(CompanionError):
    """`named` says which texts, with the first thing this version lacks for each."""

    def __init__(self, named: str) -> None:
        super().__init__(named)
        self.named = named

    def __str__(self) -> str:
        return (
            f"This version cannot play texts that were published here: {self.named}. Mend and publish them with the "
            "version that runs now, or go on with --anyway: the bot then uses the release's texts in their place."
        )


class SeedProblem(CompanionError):
    """`place` is a table and key of the seed file, for example "group.noordwijk-18-25.series"."""

    def __init__(self, path: Path, place: str, problem: str) -> None:
        super().__init__(path, place, problem)
        self.path, self.place, self.problem = path, place, problem

    def __str__(self) -> str:
        return f"{self.path}: {self.place}: {self.problem}"
