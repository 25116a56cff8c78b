"""`hallq rate N`."""

from typing import Annotated

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption, ThemeOption
from hallq.i18n import N_


def rate(
    number: Annotated[int, typer.Argument(metavar="N", min=1, max=999, help=N_("The counter's number."))],
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Ask customers of counter N how they were served."""
    from hallq.cli.screens import open_pad

    open_pad(number, folder=folder, db=db, language=language, theme=theme)
