"""The settings of one installation.

A value is taken from the first of: an override by the caller, the environment
(`COMPANION_<SECTION>__<KEY>`), a secret file (`COMPANION_<SECTION>__<KEY>_FILE`, or
`<section>_<key>` in systemd's `$CREDENTIALS_DIRECTORY`), the TOML file, the default.
An empty variable counts as absent. `config.example.toml` explains every setting.
"""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.config.machine import Database, Delivery, Http, Keys, Log
from bot.config.operation import Operator, Smtp
from bot.config.programme import Content, Privacy, Programme
from bot.config.section import Section
from bot.config.sources import Values, from_environment, from_secret_files, variable, without_section
from bot.config.staff import Staff
from bot.config.telegram import Telegram
from bot.config.values import is_loopback
from bot.errors import ConfigError


class Config(BaseSettings):
    """All settings. Constructing it directly reads neither file nor environment; `load_config` does."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )

    telegram: Telegram = Telegram()
    database: Database = Database()
    http: Http = Http()
    programme: Programme = Programme()
    keys: Keys = Keys()
    staff: Staff = Staff()
    privacy: Privacy = Privacy()
    content: Content = Content()
    operator: Operator = Operator()
    smtp: Smtp = Smtp()
    log: Log = Log()
    delivery: Delivery = Delivery()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def load_config(
    path: Path | None,
    environ: Mapping[str, str],
    *,
    override: Mapping[str, Mapping[str, object]] | None = None,
    needs_token: bool = True,
) -> Config:
    """The settings of the file at `path` (None: no file) and of `environ`; relative paths become absolute.

    `needs_token=False` is for commands that never speak to Telegram. Raises the first ConfigError.
    """
    outcome = read_config(path, environ, override=override, needs_token=needs_token)
    if isinstance(outcome, Config):
        return outcome
    raise outcome[0]


def read_config(
    path: Path | None,
    environ: Mapping[str, str],
    *,
    override: Mapping[str, Mapping[str, object]] | None = None,
    needs_token: bool = True,
) -> Config | tuple[ConfigError, ...]:
    """As `load_config`, but answers with all problems at once instead of raising the first."""
    folder = path.parent.absolute() if path else Path.cwd()
    if path and not path.is_file():
        return (ConfigError("", str(path), "does not exist; 'companion init' writes one"),)
    problems = without_section(environ, (variable(*setting) for setting in setting_names()))
    environment = from_environment(environ)
    overriding: Values = {section: dict(keys) for section, keys in (override or {}).items()}
    try:
        sources = [
            InitSettingsSource(Config, init_kwargs=dict(values))
            for values in (overriding, environment, from_secret_files(environ, folder))
        ]
        if path:
            sources.append(TomlConfigSettingsSource(Config, path))
        # mypy sees only the fields of a settings class, not the arguments BaseSettings adds to them.
        config = Config(_build_sources=(tuple(sources), {}))  # type: ignore[call-arg]
    except ConfigError as problem:
        problems.append(problem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(ConfigError("", str(path), f"is not readable as TOML: {error}"))
    except ValidationError as error:
        problems += [_problem(detail, environment) for detail in error.errors(include_input=False)]
    else:
        if needs_token and not config.telegram.token:
            where = f"set it here, as {variable('telegram', 'token')}, or in a file (see config.example.toml)"
            problems.append(ConfigError("telegram", "token", f"is missing; {where}"))
        if not problems:
            return _with_absolute_paths(config, folder)
    return tuple(problems)


def is_real_telegram(config: Config) -> bool:
    """Whether messages can reach real people: decides the commissioning gate and the approval gate."""
    return config.telegram.real or not is_loopback(urlsplit(config.telegram.api_url).hostname or "")


def setting_names() -> tuple[tuple[str, str], ...]:
    """Every setting as (section, key), in the order of `config.example.toml`."""
    return tuple((section, key) for section in Config.model_fields for key in _keys(section))


def _keys(section: str) -> tuple[str, ...]:
    model = Config.model_fields[section].annotation
    return tuple(model.model_fields) if isinstance(model, type) and issubclass(model, Section) else ()


def _problem(detail: ErrorDetails, environment: Values) -> ConfigError:
    section, key = (*(str(part) for part in detail["loc"][:2]), "")[:2]
    if detail["type"] == "extra_forbidden":
        return _unknown(section, key)
    if not key:
        return ConfigError(section, "", "should be a section with keys")
    text = detail["msg"].removeprefix("Value error, ").replace("Input should", "should", 1)
    origin = f" (from {variable(section, key)})" if key in environment.get(section, {}) else ""
    return ConfigError(section, key, text + origin)


def _unknown(section: str, key: str) -> ConfigError:
    if key:
        return ConfigError(section, key, f"unknown key; {_meant(key, _keys(section))}")
    homes = [home for home, owned in setting_names() if owned == section]
    if homes:
        return ConfigError("", section, f"stands outside a section; put it under [{homes[0]}]")
    return ConfigError(section, "", f"unknown section; {_meant(section, tuple(Config.model_fields))}")


def _meant(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"use one of: {', '.join(known)}"


def _with_absolute_paths(config: Config, folder: Path) -> Config:
    database = config.database
    scheme, separator, place = database.url.partition("sqlite:///")
    if separator and not scheme:
        database = database.model_copy(update={"url": f"sqlite:///{folder / place}"})
    keys = config.keys.model_copy(update={"file": folder / config.keys.file})
    return config.model_copy(update={"database": database, "keys": keys})
