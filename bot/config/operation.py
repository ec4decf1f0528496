"""[operator] and [smtp]: who is called when the machine or a person needs it."""

import shlex
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from bot.config.section import Section
from bot.config.values import command, is_loopback


class Operator(Section):
    """Who is called when the machine or a person needs it."""

    alarm_command: Annotated[str, AfterValidator(command)] = ""

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
