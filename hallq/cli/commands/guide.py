"""`hallq guide`."""

from hallq.cli.options import DbOption, DirOption, LanguageOption, NameOption, Role, ThemeOption


def guide(
    name: NameOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Issue tickets at the door: pick the service, recognise the VIP."""
    from hallq.cli.screens import open_screen

    open_screen(Role.GUIDE, name=name, folder=folder, db=db, language=language, theme=theme)
