"""[programme], [content] and [privacy]: where the programme runs, its texts, and who answers for personal data."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from bot.config.section import Section
from bot.config.values import QuietHours, timezone_name
from bot.schedule.hours import parse_span


class Programme(Section):
    """Where and in which language the programme runs, and when a phone stays silent."""

    timezone: Annotated[str, AfterValidator(timezone_name)] = "Europe/Amsterdam"
    language: Literal["nl", "en"] = "nl"
    quiet_hours_under18: QuietHours = parse_span("20:30-08:00")
    quiet_hours_18plus: QuietHours = parse_span("22:00-09:00")
    school_region: Literal["noord", "midden", "zuid"] = "midden"
    goal_scaling: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Privacy(Section):
    """Who answers questions about personal data, and how long the audit trail is kept."""

    officer: str = Field(default="", max_length=120)
    audit_years: int = Field(default=5, ge=2, le=5)


class Content(Section):
    """How texts become public: with `second_approver` nobody publishes alone."""

    second_approver: bool = False
