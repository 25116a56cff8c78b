"""The sub-commands, and the command without one, which opens this machine's terminal."""

import os
from typing import Annotated

import typer

from hallq import __version__
from hallq.cli.commands import (
    backup,
    board,
    config,
    counter,
    day,
    demo,
    doctor,
    encrypt,
    guide,
    hub,
    init,
    join,
    manager,
    printing,
    rate,
    replay,
    rotate,
    staff,
    status,
    verify,
    vip,
    voice,
    vouch,
)
from hallq.cli.options import DbOption, DirOption, LanguageOption, ThemeOption
from hallq.cli.telling import out
from hallq.i18n import LANGUAGES, N_, set_language

app = typer.Typer(
    help=N_(
        "Hall queueing for service halls: tickets, priority lanes, counters, a live wait board.\n\n"
        "Without a command: the terminal of this machine; choose a name and a role, then the role's screen."
    ),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        out(f"hallq {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def terminal(
    context: typer.Context,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=N_("Say which hallq this is."))
    ] = False,
) -> None:
    """Open the terminal of this machine."""
    spoken = language or os.environ.get("HALLQ_LANGUAGE", "")
    if spoken in LANGUAGES:
        set_language(spoken)
    if context.invoked_subcommand is None:
        from hallq.cli.screens import open_screen

        open_screen(None, folder=folder, db=db, language=language, theme=theme)
    # Given before a sub-command, an option holds for it as the environment would.
    for name, value in (("DIR", folder), ("DB", db), ("LANGUAGE", language), ("THEME", theme)):
        if value is not None:
            os.environ[f"HALLQ_{name}"] = str(value)


app.command(
    "init",
    help=N_("Make a hall: hall.toml with every default explained, and the database. Overwrites nothing."),
)(init.init)
app.command(
    "demo",
    help=N_(
        "Try a hall that lives: customers come, colleagues serve, you take any role. Leaves nothing behind."
    ),
)(demo.demo)
app.command("guide", help=N_("Issue tickets at the door: pick the service, recognise the VIP."))(guide.guide)
app.command("counter", help=N_("Call, serve and time customers at counter N."))(counter.counter)
app.command("board", help=N_("Show the calls and the waits to the hall, readable across the room."))(
    board.board
)
app.command(
    "rate",
    help=N_(
        "Ask the customers of counter N how they were served, on a small screen in front of them: 1 to 5.\n\n"
        "Ctrl+Q ends it. A numeric keypad or a touch screen is enough."
    ),
)(rate.rate)
app.command("manager", help=N_("See every counter and every waiting ticket, and what is about to go wrong."))(
    manager.manager
)
app.command(
    "day",
    help=N_(
        "Show the figures of a business day, or write them as CSV. Records nothing.\n\n"
        "The manager's S shows and prints the same page."
    ),
)(day.day)
app.command(
    "replay",
    help=N_(
        "Drive a recorded day through the real hall and a real database (temporary without --db).\n\n"
        "Columns of DAY.csv: arrived_at, service, tier, service_seconds, patience_seconds, customer."
    ),
)(replay.replay)
app.command(
    "verify",
    help=N_(
        "Rebuild every projection and stored figure from the events, and compare. Changes nothing.\n\n"
        "Exit code 0: all agree; 1: differences, each named; 4: the file cannot be read."
    ),
)(verify.verify)
app.command(
    "backup",
    help=N_(
        "Copy the hall's file while its programs work: whole, checked, and encrypted if the file is.\n\n"
        "Replaces nothing without --overwrite."
    ),
)(backup.backup)
app.command(
    "encrypt",
    help=N_(
        "Encrypt the hall's file, with all programs of this terminal ended. Its key lies beside it, named "
        "after it: keep a copy of the key in another place.\n\n"
        "`hallq init --encrypted` makes a file that is encrypted from its first byte."
    ),
)(encrypt.encrypt)
app.command(
    "decrypt",
    help=N_("Make an encrypted hall's file plain again. The key is kept for copies from before."),
)(encrypt.decrypt)
app.command(
    "join",
    help=N_(
        "Make this machine a terminal of a hall at a hub, with the one-time code of `hallq hub enroll`.\n\n"
        "Takes the hall's settings and its present state. Only a new file may join."
    ),
)(join.join)
app.command(
    "leave",
    help=N_("Forget the hub. What the hub has of the hall stays there, what is here stays here."),
)(join.leave)
app.command(
    "rotate",
    help=N_("Give this terminal a new token, for example when somebody may have read the old one."),
)(rotate.rotate)
app.command(
    "vouch",
    help=N_(
        "Where this machine has lost its memory of the file and the hub cannot be reached: say that no copy "
        "of this terminal is at work, so that what is in hand can be called.\n\n"
        "Refused for a file that is a copy or came back from a backup."
    ),
)(vouch.vouch)
app.command(
    "status",
    help=N_("Say how this terminal stands with its hub: link, what waits to be sent, what is in hand."),
)(status.status)
app.command(
    "doctor",
    help=N_(
        "Look at what this terminal needs: settings, disk, printer, voice, file, token, hub, clock.\n\n"
        "Exit code 0: all is well; 1: something is wrong."
    ),
)(doctor.doctor)
app.add_typer(printing.app, name="print", help=N_("The printer at the door."))
app.add_typer(voice.app, name="voice", help=N_("The voice of the board."))
app.add_typer(config.app, name="config", help=N_("The hall's settings."))
app.add_typer(staff.app, name="staff", help=N_("Who works in this hall: numbers, roles, passwords."))
app.add_typer(vip.app, name="vip", help=N_("The directory of VIP customers."))
app.add_typer(hub.app, name="hub", help=N_("The central store of many terminals: serve it, look after it."))
