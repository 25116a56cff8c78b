"""hallq: hall queueing for service halls, in the terminal."""

__version__ = "0.1.0"
