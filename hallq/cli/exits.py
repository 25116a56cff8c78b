"""Exit codes: what a script may rely on."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    """Done; `verify` found agreement, `config check` found a hall that works."""

    FAULTS_FOUND = 1
    """`verify` found differences, or `config check` found faults."""

    USAGE = 2
    """Unknown command, option or counter, or a value that is not allowed there."""

    SETTINGS = 3
    """`hall.toml` cannot be read or used."""

    STORE = 4
    """The database or its disk: missing, not ours, locked, full, damaged, no right to it."""

    DAY_FILE = 5
    """The day file of a replay cannot be used."""

    REFUSED = 6
    """The hall or the day is there already, or the hall's day does not allow it."""

    NO_SCREEN = 7
    """There is no terminal to show a screen on."""

    HUB = 8
    """The hub cannot be reached, or does not answer."""

    UNEXPECTED = 70
    """A fault of hallq itself; the log has the details."""

    INTERRUPTED = 130
    """Stopped from the keyboard."""
