"""`hallq config check`."""

from pathlib import Path
from typing import Annotated

import typer

from hallq.cli.exits import Exit

app = typer.Typer(help="The hall's settings.", rich_markup_mode=None)


@app.callback()
def _config() -> None:
    """The hall's settings."""


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A hall.toml.")],
) -> None:
    """Say what is wrong in a hall.toml: the key, what was found, what is allowed, what cannot work.

    Exit code 0: the hall can work (doubts may be named); 1: it cannot; 3: the file cannot be read.
    """
    from hallq.settings import Weight, check_file

    found = check_file(file)
    for finding in found:
        mark = "doubtful" if finding.weight is Weight.DOUBTFUL else "fault"
        typer.echo(f"{mark}: {finding.sentence}")
    faults = sum(1 for finding in found if finding.weight is not Weight.DOUBTFUL)
    if faults:
        typer.echo(f"{file}: {faults} to correct", err=True)
        raise typer.Exit(Exit.FAULTS_FOUND)
    typer.echo(f"{file}: the hall can work with these settings", err=True)
