"""The terminal's side of the conversation with its hub."""
