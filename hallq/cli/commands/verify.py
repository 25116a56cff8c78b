"""`hallq verify`."""

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import note, out
from hallq.i18n import N_, _, counted

_COMPARED = {
    "tables": N_("tables"),
    "events": N_("events"),
    "tickets": N_("tickets"),
    "transactions": N_("transactions"),
    "notes": N_("handover entries"),
    "appointments": N_("appointments"),
    "low ratings": N_("low ratings"),
    "complaints": N_("complaints"),
    "figures": N_("figures"),
    "days": N_("days"),
    "counters": N_("counters"),
    "series": N_("series"),
    "quarantined": N_("in quarantine"),
}


def verify(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """Compare what is stored with what happened; the file is only read."""
    from hallq.store.proof import verify_file

    place = chosen_place(folder, db, language)
    verdict = verify_file(place.db)
    for difference in verdict.differences:
        out(difference)
    if verdict.more:
        out(_("... and {count} more").format(count=verdict.more))
    if not verdict.agrees:
        found = len(verdict.differences) + verdict.more
        told = counted(
            "{path}: {count} difference between the events and what is stored",
            "{path}: {count} differences between the events and what is stored",
            found,
            path=place.db,
        )
        note(told)
        raise typer.Exit(Exit.FAULTS_FOUND)
    compared = ", ".join(
        f"{_(_COMPARED.get(name, name))} {count}" for name, count in verdict.compared.items()
    )
    out(_("{path}: events and projections agree ({compared})").format(path=place.db, compared=compared))
