"""docs/commands.md and the program name the same commands and options."""

import re
import subprocess
import sys

import pytest
import typer

from bot.cli import app
from tests.cli.conftest import ROOT

PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")
ROWS = {
    cells[0]: set(cells[2].split(", ")) - {""}
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for cells in [[cell.strip().replace("`", "") for cell in line.strip("|").split("|")]]
}
EVERYWHERE = {"--config", "--json", "--help"}


def commands(group, prefix=""):
    """Every command as it is typed, with its parameters."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))
DOCUMENTED = {re.sub(r"( \[?[A-Z]+\]?(\.\.\.)?)+$", "", typed): options for typed, options in ROWS.items()}


def test_every_command_is_documented_and_every_documented_command_exists():
    assert set(DOCUMENTED) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_its_own_is_documented(name):
    options = {
        option
        for parameter in COMMANDS[name].params
        if parameter.param_type_name == "option"
        # A switch that is on by default is documented by the word that turns it off.
        for option in (parameter.secondary_opts or parameter.opts)
    }

    assert options - EVERYWHERE == DOCUMENTED[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_config_and_json_and_says_what_it_does(name):
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}

    assert options >= {"--config", "--json"}
    assert COMMANDS[name].help


def test_the_examples_use_options_that_exist():
    for line in re.findall(r"^companion (.+?)(?:\s+#.*)?$", PAGE, re.MULTILINE):
        name = next(known for known in COMMANDS if f"{line} ".startswith(f"{known} "))
        options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", line)) <= options, line


def test_help_loads_nothing_heavy():
    program = "import sys; from bot.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert "typer" in loaded
    assert not loaded & {"telegram", "sqlalchemy", "aiohttp", "jinja2", "ruamel", "starlette", "pydantic"}
