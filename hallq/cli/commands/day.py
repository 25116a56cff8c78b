"""`hallq day`: the figures of a business day, to read or for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import note, out
from hallq.i18n import N_, _, counted, language

if TYPE_CHECKING:
    from pathlib import Path

    from hallq.domain.config import HallConfig
    from hallq.domain.views.day_page import DayPage
    from hallq.store import Store
    from hallq.store.replica import Replica

DateArgument = Annotated[
    str, typer.Argument(metavar="DATE", help=N_("The business day, for example 2026-11-22; else the last."))
]
CsvOption = Annotated[
    bool, typer.Option("--csv", help=N_("Every figure in a row: `date,section,item,figure,value`."))
]
HalfHoursOption = Annotated[
    bool,
    typer.Option(
        "--half-hours",
        help=N_(
            "As CSV, a row for each half hour: `date,starts,issued,called,counters,busy_minutes,"
            "idle_minutes,paused_minutes,busy_percent`."
        ),
    ),
]


def day(
    date: DateArgument = "",
    as_csv: CsvOption = False,
    by_half_hours: HalfHoursOption = False,
    folder: DirOption = None,
    db: DbOption = None,
    in_language: LanguageOption = None,
) -> None:
    """One business day, and whose it is; nothing is recorded."""
    from hallq.domain.views import day_rows
    from hallq.settings import load_config

    place = chosen_place(folder, db, in_language)
    config = load_config(place.settings)
    page, whose = _page(place.db, config, date)
    if by_half_hours:
        out(_csv(day_rows.HALF_HOUR_COLUMNS, day_rows.half_hour_rows(page)))
    elif as_csv:
        out(_csv(day_rows.COLUMNS, day_rows.day_rows(page)))
    else:
        out("\n".join([*whose, _text(page, config)]))
        return
    for line in whose:
        note(line)


def _page(path: "Path", config: "HallConfig", date: str) -> "tuple[DayPage, list[str]]":
    from hallq.cli.staffing import refuse
    from hallq.clock import SystemClock
    from hallq.domain.views.day_page import day_page
    from hallq.store import open_store
    from hallq.store.past import Past
    from hallq.store.replica import Replica

    store = open_store(path)
    try:
        with store.reading() as connection:
            replica = Replica(connection)
        past = Past(store).day(date or replica.state.business_date)
        if past is None:
            refuse(_("This hall has not worked on that day."))
        page = day_page(replica.state, config, replica.now_ms(SystemClock().read()), past)
        return page, _whose(store, replica, config)
    finally:
        store.close()


def _whose(store: "Store", replica: "Replica", config: "HallConfig") -> list[str]:
    """Whose day it is; of a hall with a hub, how much of it this terminal has."""
    from hallq.store import outbox
    from hallq.wording import times

    joined, moment = replica.joined, replica.base.moment
    if joined is None:
        return [config.hall.name.in_language(language())]
    at_ms = moment.at_ms + replica.state.clock_offset_ms if moment else 0
    told = _("Hall {hall} of the hub {url}, as terminal {name} has it from there, up to {time}.")
    facts = {"hall": joined.hall_name, "url": joined.hub_url, "name": joined.name}
    lines = [told.format(**facts, time=times.clock(at_ms, config.zone_info))]
    with store.reading() as connection:
        unsent = outbox.mark(connection).count
    if unsent:
        lines.append(
            counted(
                "{count} event of this terminal is not at the hub yet.",
                "{count} events of this terminal are not at the hub yet.",
                unsent,
            )
        )
    return lines


def _csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")


def _text(page: "DayPage", config: "HallConfig") -> str:
    """The page as it stands on a screen."""
    from hallq.widgets.tables import lines
    from hallq.wording.day_page import page_tables, page_title

    tables = [line for table in page_tables(page, config) for line in lines(table)]
    return "\n".join([page_title(page, config), "", *(line.plain.rstrip() for line in tables)]).rstrip()
