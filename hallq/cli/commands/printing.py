"""`hallq print`: whether the printer prints as it should."""

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place, terminal_settings
from hallq.cli.telling import out
from hallq.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _print() -> None:
    """The printer at the door."""


@app.command(
    "test",
    help=N_(
        "Print a slip with all that a ticket may have, and say how the printer is.\n\n"
        "Exit code 0: it was sent; 1: the printer could not print it, or there is none."
    ),
)
def print_sample(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """Print a slip."""
    from datetime import datetime

    from hallq.domain.devices import Connection, PrinterState
    from hallq.paper.once import print_once
    from hallq.paper.sample import sample_slip
    from hallq.settings import load_config
    from hallq.wording.printer import printer_found, printer_name

    place = chosen_place(folder, db, language)
    config = load_config(place.settings)
    rule = config.printer.here(terminal_settings().printer)
    if rule.connection is Connection.NONE:
        out(_("printer: none configured"))
        raise typer.Exit(Exit.FAULTS_FOUND)
    state = print_once(rule, sample_slip(rule, config, datetime.now(config.zone_info)))
    if state is PrinterState.UNKNOWN:
        out(_("{name}: sent. This printer does not say how it is.").format(name=printer_name(rule)))
        return
    out(printer_found(rule, state))
    if not state.prints:
        raise typer.Exit(Exit.FAULTS_FOUND)
