"""All tables together: importing this module makes ``metadata`` complete."""

from bot.storage import (
    schema_access,
    schema_alerts,
    schema_care,
    schema_content,
    schema_exercises,
    schema_flow,
    schema_operation,
    schema_people,
    schema_programme,
    schema_rights,
    schema_talk,
    schema_wishes,
)
from bot.storage.metadata import metadata

__all__ = [
    "metadata",
    "schema_access",
    "schema_alerts",
    "schema_care",
    "schema_content",
    "schema_exercises",
    "schema_flow",
    "schema_operation",
    "schema_people",
    "schema_programme",
    "schema_rights",
    "schema_talk",
    "schema_wishes",
]
