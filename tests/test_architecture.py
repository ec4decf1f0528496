"""The rules of docs/architecture.md that a machine can check. Each rule is also shown to be able to fail."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "dialogs", "challenge_catalog")
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

DUTCH_WORDS = frozenset(
    (
        "je",
        "jij",
        "jouw",
        "niet",
        "geen",
        "het",
        "een",
        "dat",
        "deze",
        "voor",
        "naar",
        "ook",
        "maar",
        "wil",
        "ik",
    )
)
OUTSIDE_WORLD = frozenset(
    (
        "telegram",
        "sqlalchemy",
        "apscheduler",
        "yaml",
        "ruamel",
        "jinja2",
        "asyncio",
        "logging",
        "random",
        "bot",
    )
)
DUTCH_IS_MEANT = {
    "dialogs/facts.py": "samples with which content check renders every sentence",
    "dialogs/facts_staff.py": "the same for the sentences of staff",
    "dialogs/facts_programme.py": "the same for the sentences about the programme",
    "bot/content/wording.py": "words of denial, in the patterns of the checker",
    "bot/safety/statements.py": "patterns of what youngsters write; nobody reads them in the bot",
}


def sources(*packages: str) -> Iterator[tuple[str, str]]:
    """Path within the repository and text of every Python file, without the sandbox's own world."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", folder / "pyproject.toml"],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
    )


def imported_modules(text: str) -> set[str]:
    """Every module an import statement names, also inside functions and as `from package import module`."""
    modules = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return modules


def dutch_sentences(text: str) -> list[str]:
    """String literals with two different words that only Dutch has."""
    return [
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(DUTCH_WORDS & set(re.findall(r"[a-z]+", node.value.lower()))) >= 2
    ]


def clock_readings(text: str) -> list[str]:
    return re.findall(r"\b(?:datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)\(", text)


class TestImports:
    def test_the_contracts_are_kept(self):
        outcome = lint_imports(ROOT)

        assert outcome.returncode == 0, outcome.stdout

    @pytest.mark.parametrize(
        "module, planted, contract",
        [
            ("dialogs/engine.py", "import bot.message", "Imports go one way"),
            ("challenge_catalog/model.py", "import dialogs.state", "Imports go one way"),
            ("dialogs/engine.py", "import ruamel.yaml", "Dialogs and the catalog"),
            ("challenge_catalog/model.py", "import asyncio", "Dialogs and the catalog"),
            ("bot/schedule/hours.py", "import apscheduler", "The pure modules"),
            ("bot/storage/__init__.py", "import telegram", "Storage knows"),
            ("bot/telegram/__init__.py", "import bot.storage", "Telegram code knows"),
            ("bot/message.py", "import bot.app", "Only the command line"),
        ],
    )
    def test_a_contract_that_is_broken_is_reported(self, tmp_path, module, planted, contract):
        # Empty modules of the same names: the contracts look at names and imports, not at what is inside.
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        for path, _ in sources(*PACKAGES):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(f"{planted}\n" if path == module else "", "utf-8")

        outcome = lint_imports(tmp_path)

        broken = [line for line in outcome.stdout.splitlines() if line.endswith(" BROKEN")]
        assert outcome.returncode == 1, outcome.stdout
        assert [line.startswith(contract) for line in broken] == [True], outcome.stdout

    def test_dialogs_and_the_catalog_use_the_standard_library_and_each_other_only(self):
        own = {"dialogs", "challenge_catalog"}
        foreign = {
            (path, module)
            for path, text in sources("dialogs", "challenge_catalog")
            for module in imported_modules(text)
            if module.split(".")[0] not in sys.stdlib_module_names | own
        }

        assert foreign == set()

    @pytest.mark.parametrize("module", ["dialogs.engine", "challenge_catalog.model"])
    def test_importing_the_core_loads_nothing_of_the_outside_world(self, module):
        program = f"import {module}, sys; print(*sys.modules)"

        loaded = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True).split()

        assert module in loaded
        assert OUTSIDE_WORLD & set(loaded) == set()

    def test_only_command_line_and_sandbox_import_the_composition_root(self):
        importers = {
            path
            for path, text in sources(*PACKAGES)
            if any(module == "bot.app" or module.startswith("bot.app.") for module in imported_modules(text))
        }

        assert all(path.startswith(("bot/cli", "bot/sandbox/", "bot/app")) for path in importers), importers


class TestBorders:
    def test_telegrams_keyboards_appear_only_where_messages_become_calls(self):
        elsewhere = [
            path
            for path, text in sources(*PACKAGES)
            if "InlineKeyboard" in text and not path.startswith(("bot/telegram/", "bot/sandbox/"))
        ]

        assert elsewhere == []

    def test_dialogs_are_not_played_by_the_telegram_library(self):
        borrowed = re.compile(r"ConversationHandler|JobQueue|PicklePersistence|telegram\.ext")

        assert [path for path, text in sources(*PACKAGES) if borrowed.search(text)] == []

    def test_only_the_composition_root_reads_the_clock(self):
        readers = [
            path
            for path, text in sources(*PACKAGES)
            if clock_readings(text) and not path.startswith(("bot/app", "bot/sandbox/"))
        ]

        assert readers == []

    def test_a_clock_that_is_read_is_noticed(self):
        assert clock_readings("moment = datetime.now(UTC)") == ["datetime.now("]
        assert clock_readings("moment = clock.now()") == []


class TestText:
    def test_what_participants_read_is_content_and_not_code(self):
        dutch = {path: found for path, text in sources("bot", "dialogs") if (found := dutch_sentences(text))}

        assert {path: found for path, found in dutch.items() if path not in DUTCH_IS_MEANT} == {}

    @pytest.mark.parametrize("path", DUTCH_IS_MEANT)
    def test_an_exception_that_is_no_longer_needed_goes(self, path):
        assert dutch_sentences((ROOT / path).read_text("utf-8"))

    def test_dutch_is_told_from_english(self):
        assert dutch_sentences('say("Dat wil ik wel, maar later.")')
        assert not dutch_sentences('say("The bot met a ladder of steps; what is next?")')


class TestSize:
    def test_no_file_outgrows_one_noun(self):
        # A migration is written by the machine, once, and never edited again.
        written = [(path, text) for path, text in sources(*PACKAGES) if "/migrations/versions/" not in path]
        lines = {path: text.count("\n") for path, text in written}

        assert {path: count for path, count in lines.items() if count > 400} == {}

    def test_no_file_is_a_drawer_for_everything(self):
        drawers = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "base.py"}

        assert [path for path, _ in sources(*PACKAGES) if Path(path).name in drawers] == []
