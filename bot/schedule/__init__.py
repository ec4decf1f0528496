"""Rules of time: pure functions of an aware moment; nothing here reads a clock."""
