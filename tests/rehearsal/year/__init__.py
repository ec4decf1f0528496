"""A simulated year of one municipality, and rules that check everything that went out unasked."""
