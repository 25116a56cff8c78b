"""Halls without people: a recorded day driven through the real hall, and a hall that lives by itself.

Everything goes through `Hall.perform` on a real database; only clock and customers are made up.
"""
