"""The sections of the configuration: which keys exist, their defaults, and what makes a value wrong.

Every message is read after "[section] key:", so it says what the value should be, and never shows it.
"""

import shlex
from collections.abc import Mapping
from datetime import date, time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from bot.schedule.escalation import Escalation, Minutes
from bot.schedule.hours import Span, WorkingHours, parse_span, parse_working_hours

TELEGRAM_API_URL = "https://api.telegram.org"
TELEGRAM_MINIMUM_AGE = 16
_SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def _web_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError('should be an address as in "https://bot.example.org/webhook"')
    return parts


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself, judged by its name only: nothing is looked up."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _working_hours(value: object) -> WorkingHours:
    if isinstance(value, Mapping):
        return value
    return parse_working_hours(_text(value))


def _span(value: object) -> Span:
    if isinstance(value, tuple) and len(value) == 2:
        return value
    return parse_span(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        # pydantic turns a ValueError into a problem with its place, and lets a TypeError pass.
        raise ValueError("should be a text between quotes")  # noqa: TRY004
    return value


def _address(value: str) -> str:
    parts = urlsplit(f"//{value}")
    try:
        port = parts.port
    except ValueError:
        port = None
    if not parts.hostname or port is None or parts.path:
        raise ValueError('should be an address and a port, as in "127.0.0.1:8080"')
    return value


def _wall_time(value: str) -> str:
    try:
        time.fromisoformat(value)
    except ValueError:
        raise ValueError('should be a time of day, as in "09:00"') from None
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        raise ValueError('should be a time zone, as in "Europe/Amsterdam"') from None
    return value


def _command(value: str) -> str:
    try:
        shlex.split(value)
    except ValueError:
        raise ValueError("has a quote that is never closed") from None
    return value


def _database_url(value: str) -> str:
    # The message never shows the value: a PostgreSQL URL holds a password.
    if value.startswith("sqlite:///") and value != "sqlite:///" and ":memory:" not in value:
        return value
    for prefix in ("postgresql+psycopg://", "postgresql://"):
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    raise ValueError('should begin with "sqlite:///" and a path, or with "postgresql://"')


def _minutes(value: object) -> tuple[int, ...]:
    """Growing whole minutes, as in "5, 10, 15"."""
    if isinstance(value, tuple):
        return value
    try:
        found = tuple(int(part) for part in _text(value).split(","))
    except ValueError:
        found = ()
    if len(found) != 3 or found[0] < 1 or sorted(set(found)) != list(found):
        raise ValueError('should be three growing numbers of minutes, as in "5, 10, 15"')
    return found


Hours = Annotated[WorkingHours, PlainValidator(_working_hours)]
ThreeMinutes = Annotated[tuple[int, ...], PlainValidator(_minutes)]
QuietHours = Annotated[Span, PlainValidator(_span)]
Rate = Annotated[float, Field(gt=0, le=30)]


class Section(BaseModel):
    """What every section shares: it cannot change and it knows no other keys."""

    # validate_default: a rule about two keys must also hold when one of them is left out.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)


class Telegram(Section):
    """The bot at Telegram, and from which age Telegram is used."""

    token: SecretStr = SecretStr("")
    api_url: str = TELEGRAM_API_URL
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    poll_timeout: int = Field(default=30, ge=0, le=50)
    real: bool = False
    minimum_age: int = Field(default=TELEGRAM_MINIMUM_AGE, ge=12, le=25)
    minimum_age_decided_by: str = ""

    @field_validator("token")
    @classmethod
    def _shaped_as_by_botfather(cls, token: SecretStr) -> SecretStr:
        number, colon, rest = token.get_secret_value().partition(":")
        if token and not (number.isdecimal() and colon and rest.replace("-", "_").isidentifier()):
            raise ValueError('does not look like a token; BotFather gives one as "123456:ABC-..."')
        return token

    @field_validator("api_url")
    @classmethod
    def _only_the_server(cls, url: str) -> str:
        parts = _web_url(url)
        if "/bot" in parts.path:
            raise ValueError('should name the server only, without "/bot" and without the token')
        if (parts.hostname or "").endswith("telegram.org") and parts.scheme != "https":
            raise ValueError('should begin with "https://": the token must not travel unprotected')
        return url.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _reachable_for_telegram(cls, url: str, info: ValidationInfo) -> str:
        if info.data.get("mode") != "webhook" and not url:
            return url
        if not url:
            raise ValueError('is needed when mode = "webhook"')
        parts = _web_url(url)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise ValueError('should begin with "https://"; Telegram calls nothing else')
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _hard_to_guess(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        text = secret.get_secret_value()
        if not text and info.data.get("mode") == "webhook":
            raise ValueError('is needed when mode = "webhook"')
        # Telegram accepts 1-256 of these characters (setWebhook, secret_token).
        if text and not (32 <= len(text) <= 256 and text.isascii() and set(text) <= _SECRET_CHARACTERS):
            raise ValueError("should be 32 to 256 characters of A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("minimum_age_decided_by")
    @classmethod
    def _named_and_dated(cls, decided_by: str, info: ValidationInfo) -> str:
        # Telegram's terms for the European Union ask for 16; going lower is somebody's decision.
        lower = info.data.get("minimum_age", TELEGRAM_MINIMUM_AGE) < TELEGRAM_MINIMUM_AGE
        if not decided_by and not lower:
            return decided_by
        name, _, day = decided_by.rpartition(",")
        try:
            date.fromisoformat(day.strip())
        except ValueError:
            name = ""
        if not name.strip():
            why = f"is needed for a minimum_age under {TELEGRAM_MINIMUM_AGE}: " if lower else ""
            raise ValueError(f'{why}write who decided and when, as in "Noor Jansen, 2026-03-01"')
        return decided_by


class Database(Section):
    """`url` may hold a password, so no repr shows it."""

    url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite:///var/companion.db", repr=False
    )


class Http(Section):
    """The address of health, readiness, metrics and webhook."""

    listen: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"

    @property
    def host(self) -> str:
        return urlsplit(f"//{self.listen}").hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(f"//{self.listen}").port or 0


class Programme(Section):
    """Where and in which language the programme runs, and when a phone stays silent."""

    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/Amsterdam"
    language: Literal["nl", "en"] = "nl"
    quiet_hours_under18: QuietHours = parse_span("20:30-08:00")
    quiet_hours_18plus: QuietHours = parse_span("22:00-09:00")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Keys(Section):
    """The file that decrypts the database; it is backed up apart from the database."""

    file: Path = Path("secrets/companion.keys")


class Privacy(Section):
    """Who answers questions about personal data, and how long the audit trail is kept."""

    officer: str = Field(default="", max_length=120)
    audit_years: int = Field(default=5, ge=2, le=5)


class Staff(Section):
    """When professionals read; outside these hours only an alert passes. And how fast an alert goes on."""

    working_hours: Hours = parse_working_hours("ma-vr 09:00-17:00")
    digest_at: Annotated[str, AfterValidator(_wall_time)] = "09:00"
    escalate_minutes: ThreeMinutes = (5, 10, 15)
    escalate_again_minutes: int = Field(default=15, ge=1, le=240)
    escalate_p2_minutes: ThreeMinutes = (120, 240, 480)
    acknowledged_minutes: int = Field(default=60, ge=5, le=1440)
    second_reader_hours: int = Field(default=72, ge=1, le=336)

    @property
    def digest_time(self) -> time:
        """The local time at which the digest is made on working days."""
        return time.fromisoformat(self.digest_at)

    @property
    def escalation(self) -> Escalation:
        """How fast an alert goes from one person to the next; p2 counts working hours only."""
        second, third, everybody = self.escalate_minutes
        now = Minutes(second, third, everybody, self.escalate_again_minutes, self.acknowledged_minutes)
        second, third, everybody = self.escalate_p2_minutes
        today = Minutes(second, third, everybody, everybody, Escalation().p2.acknowledged)
        return Escalation(now, today, timedelta(hours=self.second_reader_hours))


class Operator(Section):
    """Who is called when the machine or a person needs it."""

    alarm_command: Annotated[str, AfterValidator(_command)] = ""

    @property
    def alarm_argv(self) -> tuple[str, ...]:
        """The command as the list a process is started with: no shell ever reads it."""
        return tuple(shlex.split(self.alarm_command))


class Smtp(Section):
    """A mail server that alarms go to as well; none while `host` is empty. An extra: the alarm command counts."""

    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str = ""
    to: str = ""
    starttls: bool = True

    @property
    def recipients(self) -> tuple[str, ...]:
        """The addresses in `to`."""
        return tuple(one.strip() for one in self.to.split(",") if one.strip())

    @field_validator("sender", "to")
    @classmethod
    def _addresses(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("host"):
            return value
        found = [one.strip() for one in value.split(",")]
        if not all(one.isprintable() and one.count("@") == 1 and one.strip("@") == one for one in found):
            raise ValueError('should be an address, as in "companion@example.org"')
        if info.field_name == "sender" and len(found) > 1:
            raise ValueError("should be one address")
        return value

    @field_validator("starttls")
    @classmethod
    def _protected(cls, starttls: bool, info: ValidationInfo) -> bool:
        host, port = info.data.get("host", ""), info.data.get("port")
        if info.data.get("password") and not (starttls or port == 465 or is_loopback(host)):
            raise ValueError("should be true: a password must not travel unprotected")
        return starttls


class Log(Section):
    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
    ] = "info"


class Delivery(Section):
    """Messages a second; Telegram's own limits are about 1 in a chat and 30 together."""

    chat_rate: Rate = 1.0
    overall_rate: Rate = 25.0
