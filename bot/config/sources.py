"""Where settings come from besides the TOML file: the environment and files with one secret each."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.errors import ConfigError

PREFIX = "COMPANION_"
SECRETS = (("telegram", "token"), ("telegram", "webhook_secret"), ("database", "url"), ("smtp", "password"))

Values = dict[str, dict[str, object]]


def from_environment(environ: Mapping[str, str]) -> Values:
    """Every non-empty `COMPANION_<SECTION>__<KEY>`; names that point at a secret file are left out."""
    values: Values = {}
    secret_files = {_secret_file_variable(*secret) for secret in SECRETS}
    for name, text in environ.items():
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and separator and text and name not in secret_files:
            values.setdefault(section, {})[key] = text
    return values


def without_section(environ: Mapping[str, str], known: Iterable[str]) -> list[ConfigError]:
    """The variables with our prefix that lack `__`: nearly always a typing mistake."""
    by_one_underscore = {name.replace("__", "_"): name for name in known}
    problems = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and "__" not in name:
            meant = by_one_underscore.get(name)
            hint = f'did you mean "{meant}"?' if meant else f'write it as "{PREFIX}<SECTION>__<KEY>"'
            problems.append(ConfigError("", name, f"unknown variable; {hint}"))
    return problems


def variable(section: str, key: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{section}__{key}".upper()


def from_secret_files(environ: Mapping[str, str], folder: Path) -> Values:
    """The secrets that lie in a file of their own; a relative path is taken from `folder`.

    Raises ConfigError when a file that is named cannot be read or is empty.
    """
    values: Values = {}
    credentials = environ.get("CREDENTIALS_DIRECTORY")
    for section, key in SECRETS:
        named = environ.get(_secret_file_variable(section, key))
        if named:
            values.setdefault(section, {})[key] = _read(folder / named, section, key)
        elif credentials and (path := Path(credentials, f"{section}_{key}")).is_file():
            values.setdefault(section, {})[key] = _read(path, section, key)
    return values


def _secret_file_variable(section: str, key: str) -> str:
    return f"{variable(section, key)}_FILE"


def _read(path: Path, section: str, key: str) -> str:
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ConfigError(section, key, f"cannot read the secret from {path}: {reason}") from None
    if not secret:
        raise ConfigError(section, key, f"the secret file {path} is empty")
    return secret
