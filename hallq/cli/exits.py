"""Exit codes: what a script may rely on, and the error that ends a command with one of them."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    """Done; what was looked at is well."""

    FAULTS_FOUND = 1
    """A look found something wrong: `verify`, `config check`, `doctor`, `print test`, `voice test`."""

    USAGE = 2
    """Unknown command, option or counter, or a value that is not allowed there."""

    SETTINGS = 3
    """`hall.toml` or a `HALLQ_` variable cannot be read or used."""

    STORE = 4
    """A database, a key or their disk: missing, not ours, locked, full, damaged, no right to it."""

    INPUT = 5
    """The day of a replay, or the list of VIP customers, cannot be used as it is."""

    REFUSED = 6
    """Not allowed, there already, or not there: by the hall's rules, its staff list or its hub."""

    NO_SCREEN = 7
    """There is no terminal to show a screen on."""

    HUB = 8
    """The hub cannot be reached, or does not answer, and nothing can be done without it."""

    UNEXPECTED = 70
    """A fault of hallq itself; the log has the details."""

    INTERRUPTED = 130
    """Stopped from the keyboard."""


class CommandError(Exception):
    """A command cannot go on: its exit code and its sentence."""

    def __init__(self, code: Exit, sentence: str) -> None:
        """`sentence` says what is the matter and what to do."""
        super().__init__(sentence)
        self.code = code
