"""Telegram: the only part of the program that knows its calls, its updates and its errors."""
