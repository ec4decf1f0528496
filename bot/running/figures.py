"""Counts for /metrics: how much, never who or what."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge


class Figures:
    """One registry of its own, so that two companions in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "companion_updates", "Updates handled, by outcome", ["outcome"], registry=self.registry
        )
        self.messages = Counter(
            "companion_messages", "Messages sent or not, by outcome", ["outcome"], registry=self.registry
        )
        self.moments = Counter("companion_moments", "Due moments handled", registry=self.registry)
        self.alarms = Counter(
            "companion_alarms", "Alarms for the operator, by kind", ["kind"], registry=self.registry
        )
        self.silent_rosters = Gauge(
            "companion_rosters_without_alarm",
            "Organisations that are on call while no alarm command is configured",
            registry=self.registry,
        )
        self.heard = Gauge(
            "companion_last_answer_timestamp_seconds",
            "When Telegram last answered a request for updates",
            registry=self.registry,
        )
        self.rows = Gauge(
            "companion_rows", "Rows that wait, by table and state", ["table", "state"], registry=self.registry
        )
        self.cleared = Counter(
            "companion_cleared",
            "Rows and backups cleared because their time was over, by kind",
            ["kind"],
            registry=self.registry,
        )
