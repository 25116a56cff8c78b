"""`hallq manager`."""

from hallq.cli.options import DirOption, LanguageOption, NameOption, Role, ThemeOption


def manager(
    name: NameOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """See every counter and every waiting ticket, and what is about to go wrong."""
    from hallq.cli.screens import open_screen

    open_screen(Role.MANAGER, name=name, folder=folder, language=language, theme=theme)
