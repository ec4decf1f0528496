"""Conversations played without a network: people with a phone in hand, on a database of their own."""
