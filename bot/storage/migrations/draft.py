"""Write a migration from the difference between the tables in the code and the steps that exist.

    python -m bot.storage.migrations.draft 0002 "meeting has a theme"

Read what it wrote, then add the number to ``REVISIONS``. With ``0001`` it writes the first step anew, which is
allowed until the first release only.
"""

from __future__ import annotations

import sys
from typing import Any, Literal

from alembic.autogenerate import api
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.storage.migrations import REVISIONS
from bot.storage.migrations.steps import SHIPPED, run_steps
from bot.storage.schema import metadata

VERSIONS = SHIPPED.folder / "versions"

_TEMPLATE = '''"""{title}"""

import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {before!r}


def upgrade() -> None:
{steps}
'''


def draft(conn: Connection, revision: str, title: str) -> str:
    """The text of the migration that brings the empty database of *conn* from the last step to the code."""
    before = [known for known in REVISIONS if known < revision]
    if before:
        run_steps(conn, SHIPPED, before[-1])
    context = MigrationContext.configure(conn, opts={"compare_type": True, "render_item": _plain_type})
    script = api.produce_migrations(context, metadata)
    if script.upgrade_ops is None:
        raise SystemExit("nothing changed")
    steps = api.render_python_code(
        script.upgrade_ops, render_as_batch=bool(before), render_item=_plain_type, migration_context=context
    )
    steps = "\n".join(line for line in steps.splitlines() if not line.strip().startswith("# ###"))
    return _TEMPLATE.format(
        title=f"{title[0].upper()}{title[1:]}.",
        revision=revision,
        before=before[-1] if before else None,
        steps=steps,
    )


def _plain_type(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Own column types as what they are in the database: a step must not change when the code does."""
    if kind == "type" and isinstance(item, TypeDecorator):
        plain: TypeEngine[Any] = item.impl_instance
        return f"sa.{plain!r}"
    return False


def main(revision: str, title: str) -> None:
    """Write the file (in place of an earlier one of that number) and print its name."""
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        text = draft(conn, revision, title)
    engine.dispose()
    for earlier in VERSIONS.glob(f"{revision}_*.py"):
        earlier.unlink()
    path = VERSIONS / f"{revision}_{title.lower().replace(' ', '_')}.py"
    path.write_text(text, "utf-8")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
