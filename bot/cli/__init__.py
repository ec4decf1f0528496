"""The command line `companion`: exit codes 0 fine, 1 problems found, 2 wrong usage or configuration.

Every command imports what it needs when it runs, so that `companion --help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from bot.cli import (
    alarms,
    calendar,
    check,
    close,
    commission,
    content,
    database,
    demo,
    drill,
    init,
    invite,
    keys,
    output,
    person,
    run,
    safety,
    seed,
)
from bot.errors import CompanionError

USAGE = 2
INTERRUPTED = 130

app = typer.Typer(
    name="companion",
    help="The companion of Join Us: a Telegram bot for small social steps.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
FAMILIES = (
    init, demo, run, seed, calendar, close, invite, commission, drill, alarms, check, content, safety, database,
    person, keys
)  # fmt: skip
for family in FAMILIES:
    family.register(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. *arguments* are those of the process when left out."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    try:
        outcome = typer.main.get_command(app).main(given, prog_name="companion", standalone_mode=False)
    except typer.TyperException as mistake:
        return _usage(mistake, as_json)
    except CompanionError as error:
        output.failed(error, as_json=as_json)
        return error.exit_code
    except OSError as error:
        # A folder that may not be written, a full disk: the machine's trouble, and the operator can mend it.
        output.wrong(
            f"{error.filename or 'This'}: {error.strerror or error}", kind="OSError", as_json=as_json
        )
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    return outcome if isinstance(outcome, int) else 0


def _usage(mistake: typer.TyperException, as_json: bool) -> int:
    context = getattr(mistake, "ctx", None)
    hint = f"Try '{context.command_path} --help'." if context is not None else ""
    output.wrong(f"{mistake.format_message().strip()} {hint}".strip(), as_json=as_json)
    return USAGE
