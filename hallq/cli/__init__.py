"""The command `hallq`: parse, call, print. One sub-command per file in `commands`.

Nothing slow is imported before a command runs, so that `--help` answers at once.
"""

from hallq.cli.running import main

__all__ = ["main"]
