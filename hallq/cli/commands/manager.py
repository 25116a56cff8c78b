"""`hallq manager`."""

from hallq.cli.options import DirOption, LanguageOption, Role, ThemeOption


def manager(folder: DirOption = None, language: LanguageOption = None, theme: ThemeOption = None) -> None:
    """See every counter and every waiting ticket, and what is about to go wrong."""
    from hallq.cli.screens import open_screen

    open_screen(Role.MANAGER, folder=folder, language=language, theme=theme)
