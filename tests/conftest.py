"""Fixtures for every test."""

from tests.postgres import new_postgres_database

__all__ = ["new_postgres_database"]
