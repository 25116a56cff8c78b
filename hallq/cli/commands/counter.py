"""`hallq counter N`."""

from typing import Annotated

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption, NameOption, Role, ThemeOption
from hallq.i18n import N_


def counter(
    number: Annotated[int, typer.Argument(metavar="N", min=1, max=999, help=N_("The counter's number."))],
    name: NameOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Call, serve and time customers at counter N."""
    from hallq.cli.screens import open_screen

    open_screen(Role.COUNTER, counter=number, name=name, folder=folder, db=db, language=language, theme=theme)
