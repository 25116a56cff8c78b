"""The sub-commands, and the command without one, which opens this machine's terminal."""

import os
from typing import Annotated

import typer

from hallq import __version__
from hallq.cli.commands import board, config, counter, demo, guide, init, manager, replay, verify
from hallq.cli.options import DirOption, LanguageOption, ThemeOption
from hallq.i18n import LANGUAGES, set_language

app = typer.Typer(
    help="Hall queueing for service halls: tickets, priority lanes, counters, a live wait board.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hallq {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def terminal(
    context: typer.Context,
    folder: DirOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which hallq this is.")
    ] = False,
) -> None:
    """Open the terminal of this machine: choose a name and a role, then the role's screen."""
    spoken = language or os.environ.get("HALLQ_LANGUAGE", "")
    if spoken in LANGUAGES:
        set_language(spoken)
    if context.invoked_subcommand is None:
        from hallq.cli.screens import open_screen

        open_screen(None, folder=folder, language=language, theme=theme)
    # Given before a sub-command, an option holds for it as the environment would.
    for name, value in (("DIR", folder), ("LANGUAGE", language), ("THEME", theme)):
        if value is not None:
            os.environ[f"HALLQ_{name}"] = str(value)


app.command("init")(init.init)
app.command("demo")(demo.demo)
app.command("guide")(guide.guide)
app.command("counter")(counter.counter)
app.command("board")(board.board)
app.command("manager")(manager.manager)
app.command("replay")(replay.replay)
app.command("verify")(verify.verify)
app.add_typer(config.app, name="config")
