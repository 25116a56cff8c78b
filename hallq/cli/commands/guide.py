"""`hallq guide`."""

from hallq.cli.options import DirOption, LanguageOption, NameOption, Role, ThemeOption


def guide(
    name: NameOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Issue tickets at the door: pick the service, recognise the VIP."""
    from hallq.cli.screens import open_screen

    open_screen(Role.GUIDE, name=name, folder=folder, language=language, theme=theme)
