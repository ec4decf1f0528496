"""Fixtures for every test."""

from hypothesis import settings

from tests.postgres import new_postgres_database

__all__ = ["new_postgres_database"]

# Machines are shared: how long an example takes says nothing about the code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
