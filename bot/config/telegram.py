"""[telegram]: the bot at Telegram, and from which age Telegram is used."""

from datetime import date
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.config.section import Section
from bot.config.values import is_loopback, web_url

TELEGRAM_API_URL = "https://api.telegram.org"
TELEGRAM_MINIMUM_AGE = 16
_SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


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
        parts = web_url(url)
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
        parts = web_url(url)
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
