"""The command `hallq`."""


def main() -> None:
    """Entry point."""
