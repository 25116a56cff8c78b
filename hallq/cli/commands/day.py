"""`hallq day`: the figures of a business day, to read or for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import out
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from hallq.domain.config import HallConfig
    from hallq.domain.views.day_page import DayPage

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
    language: LanguageOption = None,
) -> None:
    """One business day; the file is only read."""
    from hallq.domain.views import day_rows
    from hallq.settings import load_config

    place = chosen_place(folder, db, language)
    config = load_config(place.settings)
    page = _page(place.db, config, date)
    if by_half_hours:
        out(_csv(day_rows.HALF_HOUR_COLUMNS, day_rows.half_hour_rows(page)))
    elif as_csv:
        out(_csv(day_rows.COLUMNS, day_rows.day_rows(page)))
    else:
        out(_text(page, config))


def _page(path: "Path", config: "HallConfig", date: str) -> "DayPage":
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
        return day_page(replica.state, config, replica.now_ms(SystemClock().read()), past)
    finally:
        store.close()


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
