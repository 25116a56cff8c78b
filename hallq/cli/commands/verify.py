"""`hallq verify`."""

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption


def verify(db: DbOption = None, folder: DirOption = None, language: LanguageOption = None) -> None:
    """Rebuild every projection and stored figure from the events, and compare.

    Exit code 0: all agree; 1: differences, each named.
    """
    from hallq.cli.options import chosen_place, speak
    from hallq.store import open_store
    from hallq.store.verify import verify_store

    speak(language)
    place = chosen_place(folder, db)
    store = open_store(place.db)
    try:
        verdict = verify_store(store)
    finally:
        store.close()
    for difference in verdict.differences:
        typer.echo(difference)
    if verdict.more:
        typer.echo(f"... and {verdict.more} more")
    compared = ", ".join(f"{name} {count}" for name, count in verdict.compared.items())
    if not verdict.agrees:
        found = len(verdict.differences) + verdict.more
        typer.echo(f"{place.db}: {found} differences between the events and what is stored", err=True)
        raise typer.Exit(Exit.FAULTS_FOUND)
    typer.echo(f"{place.db}: events and projections agree ({compared})")
