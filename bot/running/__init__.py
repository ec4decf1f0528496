"""The parts of a running companion: receiving, working, sending, ticking, serving. Thin; they decide nothing."""
