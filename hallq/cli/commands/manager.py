"""`hallq manager`."""

from hallq.cli.options import DbOption, DirOption, LanguageOption, NameOption, Role, ThemeOption


def manager(
    name: NameOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """See every counter and every waiting ticket, and what is about to go wrong."""
    from hallq.cli.screens import open_screen

    open_screen(Role.MANAGER, name=name, folder=folder, db=db, language=language, theme=theme)
