"""[staff]: when professionals read, and how fast an alert goes from one to the next."""

from datetime import time, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.config.section import Section
from bot.config.values import Hours, ThreeMinutes, wall_time
from bot.schedule.escalation import Escalation, Minutes
from bot.schedule.hours import parse_working_hours


class Staff(Section):
    """When professionals read; outside these hours only an alert passes. And how fast an alert goes on."""

    working_hours: Hours = parse_working_hours("ma-vr 09:00-17:00")
    digest_at: Annotated[str, AfterValidator(wall_time)] = "09:00"
    escalate_minutes: ThreeMinutes = (5, 10, 15)
    escalate_again_minutes: int = Field(default=15, ge=1, le=240)
    escalate_p2_minutes: ThreeMinutes = (120, 240, 480)
    escalate_p2_again_minutes: int = Field(default=480, ge=30, le=4800)
    acknowledged_minutes: int = Field(default=60, ge=5, le=1440)
    acknowledged_p2_minutes: int = Field(default=480, ge=30, le=4800)
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
        today = Minutes(
            second, third, everybody, self.escalate_p2_again_minutes, self.acknowledged_p2_minutes
        )
        return Escalation(now, today, timedelta(hours=self.second_reader_hours))
