"""Does a text say that somebody is in danger? Pure; runs before any transaction opens."""
