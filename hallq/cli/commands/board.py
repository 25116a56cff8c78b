"""`hallq board`."""

from hallq.cli.options import DbOption, DirOption, LanguageOption, Role, ThemeOption


def board(
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Show the calls and the waits to the hall, readable across the room."""
    from hallq.cli.screens import open_screen

    open_screen(Role.BOARD, folder=folder, db=db, language=language, theme=theme)
