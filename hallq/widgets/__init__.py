"""Widgets: they paint what they are given and post what was asked for; they know no hall."""
