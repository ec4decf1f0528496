"""A strict Telegram Bot API server on loopback, with phones side by side."""
