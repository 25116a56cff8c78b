"""The page of a day on paper: every figure, on wide and narrow rolls, in both languages."""

import pytest

from hallq.domain import intents as i
from hallq.domain.handover import Topic
from hallq.domain.views.day_page import day_page
from hallq.i18n import set_language
from hallq.paper.composing import composed
from hallq.paper.day import day_slip
from hallq.paper.layout import Row, cells, rows
from hallq.paper.slip import Slip
from hallq.wording.day_page import page_tables, page_title
from tests.builders import DATE, TryHall


def slip_of(hall: TryHall, columns: int) -> Slip:
    """The page as it stands now."""
    past = hall.hall.past.day(DATE)
    assert past is not None
    page = day_page(hall.state, hall.hall.config, hall.hall.now_ms(), past)
    title, tables = page_title(page, hall.hall.config), page_tables(page, hall.hall.config)
    return day_slip(DATE, title, tables, columns)


def worked(hall: TryHall) -> TryHall:
    """Half an hour with a customer, a pause and a word for the next shift."""
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.clock.pass_minutes(6)
    hall.finishes(2)
    hall.does(i.PauseCounter(counter=2, reason="meal"))
    hall.clock.pass_minutes(9)
    hall.does(i.ResumeCounter(counter=2))
    hall.does(i.WriteNote(topic=Topic.EQUIPMENT, text="no paper", at_counter=2))
    return hall


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_fits_and_a_printer_can_draw_it(hall: TryHall, columns: int, language: str) -> None:
    worked(hall)
    set_language(language)
    slip = slip_of(hall, columns)
    told = [row.text for row in rows(slip, columns) if isinstance(row, Row)]
    assert all(cells(line, language) <= columns for line in told)
    assert not {"●", "▲", "✖", "?"} & set("".join(told))
    assert b"?" not in composed(slip, columns)


def test_the_figures_stand_on_it(hall: TryHall) -> None:
    worked(hall)
    set_language("en")
    told = "\n".join(row.text for row in rows(slip_of(hall, 48), 48) if isinstance(row, Row))
    assert "Equipment · Counter 2: no paper" in told
    assert "issued                                         1" in told
    assert "Pauses   reason  times  together" in told
    assert "clerk-2  Meal        1   9.0 min" in told
    assert told.index("together  ") < told.index("finished  ")  # what came, then what became of it
    narrow = [row.text for row in rows(slip_of(hall, 32), 32) if isinstance(row, Row)]
    assert {"Lane: Standard", "Told wait: Standard"} <= set(narrow)  # one lane in two tables
    # Its figures stand in lines of their own, each beside its name: six columns are too many.
    assert narrow[narrow.index("Lane: Standard") + 1 :][:2] == [
        "numbers 1; called 1;",
        "called in time 100 %;",
    ]
