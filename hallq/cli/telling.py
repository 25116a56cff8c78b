"""What commands say: to whoever reads on, in letters the terminal has."""

import contextlib
import os
import sys


def out(text: object) -> None:
    """A line of the answer. Who no longer reads (`| head`) stops the telling, not the command."""
    try:
        print(text, flush=True)  # noqa: T201
    except BrokenPipeError:
        nobody_reads()


def note(text: object) -> None:
    """A line beside the answer, on stderr."""
    with contextlib.suppress(BrokenPipeError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201


def nobody_reads() -> None:
    """Let what is still to be printed, now and by Python at its end, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def show_every_letter() -> None:
    """A letter that this terminal does not have is shown as its code, and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
