"""`companion check-config` and `companion doctor`: what is wrong, before and while running."""

from __future__ import annotations

import os

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, settings
from bot.cli.output import tell, warn


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(name="check-config")(check_config)
    app.command()(doctor)


def check_config(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Find every mistake in the configuration."""
    from bot.config import Config, is_real_telegram, read_config
    from bot.storage.database import place_of

    outcome = read_config(config, os.environ)
    if not isinstance(outcome, Config):
        problems = [{"section": one.section, "key": one.key, "problem": one.problem} for one in outcome]
        tell([str(one) for one in outcome], {"problems": problems}, as_json=as_json)
        return 2
    facts = {
        "server": outcome.telegram.api_url,
        "real_telegram": is_real_telegram(outcome),
        "mode": outcome.telegram.mode,
        "database": place_of(outcome.database.url),
        "keys": str(outcome.keys.file),
        "listen": outcome.http.listen,
        "minimum_age": outcome.telegram.minimum_age,
    }
    lines = [
        f"{config} is right.",
        *(f"  {name.replace('_', ' ')}: {value}" for name, value in facts.items()),
    ]
    tell(lines, {"problems": [], "settings": facts}, as_json=as_json)
    return 0


def doctor(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Look at keys, database, texts, Telegram and the bot."""
    from bot.cli.doctor import examine

    findings = examine(settings(config))
    problems = sum(one.state == "wrong" for one in findings)
    lines = [f"{one.state:5}  {one.subject:10} {one.detail}" for one in findings]
    data = {"problems": problems, "findings": [one.as_json() for one in findings]}
    tell(lines, data, as_json=as_json)
    if problems and not as_json:
        warn([f"{problems} of {len(findings)} need attention"])
    return int(bool(problems))
