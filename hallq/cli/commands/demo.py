"""`hallq demo`."""

from typing import Annotated

import typer

from hallq.cli.options import LanguageOption, Role, ThemeOption, speak, terminal_settings


def demo(
    speed: Annotated[
        float, typer.Option("--speed", metavar="X", min=0.1, max=3600, help="Times as fast as life.")
    ] = 60.0,
    role: Annotated[Role, typer.Option("--role", help="The screen to begin with; F1 to F4 switch.")] = (
        Role.COUNTER
    ),
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Try a hall that lives: customers come, colleagues serve, you take any role. Leaves nothing behind."""
    from hallq.logs import start_log

    start_log()
    speak(language)
    chosen = terminal_settings()
    from hallq.launch import run_demo

    code = run_demo(
        speed=speed,
        role=str(role),
        language=language or chosen.language,
        theme=theme or chosen.theme,
    )
    raise typer.Exit(code)
