"""Whole programs and a real database, killed, cut off, copied and set back while people work."""
