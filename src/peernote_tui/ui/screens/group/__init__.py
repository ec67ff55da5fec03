"""A group session: entered once, looked at, and signed as one note per participant."""
