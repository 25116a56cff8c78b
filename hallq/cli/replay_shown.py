"""What a replay shows without a screen: a moving line, and a table of figures."""

import sys
from typing import Any

from hallq.cli.telling import out
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane
from hallq.hall import Hall
from hallq.i18n import _
from hallq.simulation.replay import Progress
from hallq.wording.states import lane_name
from hallq.wording.times import clock

_EVERY_STEPS = 25
_WIDTH = 78
_BUSY = (CounterState.CALLING, CounterState.SERVING)


def progress_line(progress: Progress, hall: Hall) -> None:
    """Where the day stands, on one line of a terminal; nothing where stderr is a file."""
    from rich.cells import set_cell_size

    if not sys.stderr.isatty() or hall.state.position % _EVERY_STEPS:
        return
    state = hall.state
    busy = sum(1 for counter in state.counters.values() if counter.state in _BUSY)
    told = _("{clock}  {arrived}/{expected} arrived, {waiting} waiting, {busy}/{counters} counters busy")
    line = told.format(
        clock=clock(progress.at_ms, hall.config.zone_info),
        arrived=progress.arrived,
        expected=progress.expected,
        waiting=len(state.waiting()),
        busy=busy,
        counters=len(hall.config.counters),
    )
    print(f"\r{set_cell_size(line, _WIDTH)}", end="", file=sys.stderr, flush=True)  # noqa: T201


def clear_progress() -> None:
    """Take the moving line away, and a ^C behind it, so that the next line stands alone."""
    if sys.stderr.isatty():
        print("\r" + " " * (_WIDTH + 2) + "\r", end="", file=sys.stderr, flush=True)  # noqa: T201


def figures_table(outcome: dict[str, Any]) -> None:
    """The day's figures for people."""
    from rich.console import Console
    from rich.table import Table

    clear_progress()
    heads = (_("lane"), _("tickets"), _("within target"), _("wait p50"), _("wait p90"), _("longest"))
    table = Table(*heads)
    for lane, figures in outcome["lanes"].items():
        waits = (_minutes(figures[f"wait_{name}_s"]) for name in ("p50", "p90", "max"))
        share = _percent(figures["service_level"])
        table.add_row(lane_name(Lane(lane)), str(figures["tickets"]), share, *waits)
    console = Console(highlight=False)
    with console.capture() as drawn:
        console.print(table)
    out(drawn.get().rstrip("\n"))
    for line in _counts(outcome):
        out(line)


def _counts(outcome: dict[str, Any]) -> tuple[str, str, str]:
    done = outcome["transactions"]
    return (
        _(
            "tickets {tickets}, served {served}, missed {missed}, waiting at close {waiting_at_close}, "
            "rows left out {rejected}, contested {contested}, events {events}"
        ).format_map(outcome),
        _("transactions {count}, within limit {share}, p50 {p50}, p90 {p90}").format(
            count=done["count"],
            share=_percent(done["service_level"]),
            p50=_minutes(done["p50_s"]),
            p90=_minutes(done["p90_s"]),
        ),
        _("policy {policy}, {counters} counters, took {wall_seconds} s").format_map(outcome),
    )


def _minutes(seconds: float | None) -> str:
    return "–" if seconds is None else _("{minutes} min").format(minutes=f"{seconds / 60:.1f}")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f} %"
