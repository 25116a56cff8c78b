"""The command `hallq`: parse, call, print. One sub-command per file in `commands`.

Nothing slow is imported before a command runs, so that `--help` answers at once.
"""

import sys

_INTERRUPTED = 130  # as Exit.INTERRUPTED, which is not loaded yet

__all__ = ["main"]


def main() -> None:
    """Entry point of the command `hallq`; the keyboard stops it quietly also while it still loads."""
    try:
        from hallq.cli.running import main as running

        running()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
