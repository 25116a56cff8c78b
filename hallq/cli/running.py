"""Runs the command line: every way to fail ends in one line and a documented exit code."""

import sys

from hallq.cli.exits import Exit


def main() -> None:
    """Entry point of the command `hallq`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code; never a traceback."""
    import typer

    from hallq.cli.commands import app

    try:
        code = int(app(arguments, prog_name="hallq", standalone_mode=False) or 0)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None  # nobody reads on: nothing left to flush
        return Exit.OK
    except Exception as error:
        from hallq.cli.faults import told

        code, sentence = told(error)
        _say(sentence)
        return code
    if code == Exit.INTERRUPTED:
        _say("interrupted")
    return code


def _say(sentence: str) -> None:
    print(f"hallq: {sentence}", file=sys.stderr)  # noqa: T201
