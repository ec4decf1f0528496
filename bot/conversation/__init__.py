"""The use cases: one incoming thing, or one due moment, becomes rows in one transaction. No network, no clock."""
