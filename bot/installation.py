"""One installation as its configuration describes it: keys, database, content. What every command opens first."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from bot.config import Config, is_real_telegram
from bot.conversation.shelf import Shelf, open_shelf
from bot.conversation.world import Settings, World
from bot.keys import Keys, load_keys
from bot.schedule.quiet import QuietHours
from bot.storage.database import open_engine
from bot.storage.ledger import ledger_path
from bot.vault import Vault

ROOT = Path(__file__).resolve().parent.parent
DIALOGS = ROOT / "dialogs"
CATALOG = ROOT / "challenge_catalog"


@dataclass(frozen=True, slots=True)
class Installation:
    """Opened keys and database. Close it with ``with``."""

    config: Config
    keys: Keys
    vault: Vault
    engine: Engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def open_installation(config: Config) -> Installation:
    """Open what the configuration names; the errors of ``bot.errors`` say what is missing and who makes it."""
    keys = load_keys(config.keys.file)
    vault = Vault(keys, os.urandom)
    return Installation(config, keys, vault, open_engine(config.database.url, vault))


def content() -> Shelf:
    """The dialogs and challenges that came with this program."""
    return open_shelf(DIALOGS, CATALOG)


def content_of(conn: Connection) -> Shelf:
    """The same, with what was published in this installation."""
    shelf = content()
    shelf.refresh(conn)
    return shelf


def world(config: Config, shelf: Shelf, bot_name: str) -> World:
    """What every turn may use."""
    programme = config.programme
    settings = Settings(
        zone=programme.zone,
        working_hours=config.staff.working_hours,
        quiet=QuietHours(
            programme.quiet_hours_under18, programme.quiet_hours_18plus, programme.school_region
        ),
        minimum_age=config.telegram.minimum_age,
        real=is_real_telegram(config),
        language=programme.language,
        digest_at=config.staff.digest_time,
        bot_name=bot_name,
        escalation=config.staff.escalation,
        ledger=ledger_path(config.keys.file),
        officer=config.privacy.officer,
        audit_years=config.privacy.audit_years,
        rings=bool(config.operator.alarm_argv),
        goal_scaling=programme.goal_scaling,
        second_approver=config.content.second_approver,
    )
    return World(shelf, settings, os.urandom)
