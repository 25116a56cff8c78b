"""Runs the command line: every way to fail ends in one line and a documented exit code."""

import os
import sys
import threading

from hallq.cli.exits import Exit
from hallq.cli.telling import nobody_reads, note, show_every_letter
from hallq.i18n import LANGUAGES, _, language_of_this_computer, set_language


def main() -> None:
    """Entry point of the command `hallq`."""
    show_every_letter()
    threading.excepthook = _thread_failed
    sys.exit(run(sys.argv[1:]))


def _thread_failed(fault: threading.ExceptHookArgs) -> None:
    from hallq.logs import thread_failed

    thread_failed(fault)


def run(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code; never a traceback."""
    code: int = Exit.OK
    try:
        set_language(_first_language(arguments))
        code = _carried_out(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        nobody_reads()
    except Exception as error:
        from hallq.cli.faults import told

        code, sentence = told(error)
        note(f"hallq: {sentence}")
        return code
    if code == Exit.INTERRUPTED:
        sentence = _("interrupted")
        note(f"hallq: {sentence}")
    return code


def _carried_out(arguments: list[str]) -> int:
    import typer

    from hallq.cli.commands import app

    command = typer.main.get_command(app)
    if "--help" in arguments:
        from hallq.cli.help import translate

        translate(command)
    try:
        return int(command(arguments, prog_name="hallq", standalone_mode=False) or 0)
    except typer.Abort:
        return Exit.INTERRUPTED
    except SystemExit as left:  # how Typer takes it that nobody reads the help
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        nobody_reads()
        return Exit.OK


def _first_language(arguments: list[str]) -> str:
    """The language until it is known which hall is meant: asked for here, or that of the computer."""
    asked = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        name, equals, value = word.partition("=")
        if name == "--language":
            asked = value if equals else following
    chosen = asked or os.environ.get("HALLQ_LANGUAGE", "")
    return chosen if chosen in LANGUAGES else language_of_this_computer()
