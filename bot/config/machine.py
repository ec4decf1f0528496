"""[database], [http], [keys], [log] and [delivery]: the machine the companion runs on."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from bot.config.section import Section
from bot.config.values import Rate, address, database_url


class Database(Section):
    """`url` may hold a password, so no repr shows it."""

    url: Annotated[str, AfterValidator(database_url)] = Field(
        default="sqlite:///var/companion.db", repr=False
    )


class Http(Section):
    """The address of health, readiness, metrics and webhook."""

    listen: Annotated[str, AfterValidator(address)] = "127.0.0.1:8080"

    @property
    def host(self) -> str:
        return urlsplit(f"//{self.listen}").hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(f"//{self.listen}").port or 0


class Keys(Section):
    """The file that decrypts the database; it is backed up apart from the database."""

    file: Path = Path("secrets/companion.keys")


class Log(Section):
    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
    ] = "info"


class Delivery(Section):
    """Messages a second; Telegram's own limits are about 1 in a chat and 30 together."""

    chat_rate: Rate = 1.0
    overall_rate: Rate = 25.0
