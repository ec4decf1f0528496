"""All tables together: importing this module makes ``metadata`` complete."""

from bot.storage import schema_flow, schema_people, schema_programme, schema_talk
from bot.storage.metadata import metadata

__all__ = ["metadata", "schema_flow", "schema_people", "schema_programme", "schema_talk"]
