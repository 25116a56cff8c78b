"""`hallq guide`."""

from hallq.cli.options import DirOption, LanguageOption, Role, ThemeOption


def guide(folder: DirOption = None, language: LanguageOption = None, theme: ThemeOption = None) -> None:
    """Issue tickets at the door: pick the service, recognise the VIP."""
    from hallq.cli.screens import open_screen

    open_screen(Role.GUIDE, folder=folder, language=language, theme=theme)
