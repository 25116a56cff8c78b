"""The terminal's side of the conversation with its hub: what is sent, what is taken in, what is asked."""
