"""`hallq demo`."""

from typing import Annotated

import typer

from hallq.cli.options import LanguageOption, Role, ThemeOption, terminal_settings
from hallq.i18n import N_

Speed = Annotated[
    float, typer.Option("--speed", metavar="X", min=0.1, max=3600, help=N_("Times as fast as life."))
]
FirstRole = Annotated[Role, typer.Option("--role", help=N_("The screen to begin with; F1 to F4 switch."))]


def demo(
    speed: Speed = 60.0,
    role: FirstRole = Role.COUNTER,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Try a hall that lives."""
    from hallq.cli.screens import check_terminal
    from hallq.logs import start_log

    start_log()
    chosen = terminal_settings()
    check_terminal()
    from hallq.launch import run_demo

    code = run_demo(
        speed=speed,
        role=str(role),
        language=language or chosen.language,
        theme=theme or chosen.theme,
    )
    raise typer.Exit(code)
