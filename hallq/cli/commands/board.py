"""`hallq board`."""

from hallq.cli.options import DirOption, LanguageOption, Role, ThemeOption


def board(folder: DirOption = None, language: LanguageOption = None, theme: ThemeOption = None) -> None:
    """Show the calls and the waits to the hall, readable across the room."""
    from hallq.cli.screens import open_screen

    open_screen(Role.BOARD, folder=folder, language=language, theme=theme)
