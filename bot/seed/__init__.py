"""The seed file: who runs which groups where. Read as a plan, checked as a whole, applied as often as you like."""
