"""Dialogs: each is a question with a typed answer; none performs the deed."""
