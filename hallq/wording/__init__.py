"""Codes in words: refusals, troubles, states and reasons as sentences for people."""
