"""The rules of the programme: from sign-up to outflow, groups and their places, what is asked of both sides. Pure."""
