"""What a replay shows without a screen: a moving line, and a table of figures."""

import sys
from typing import Any

import typer

from hallq.domain.counters import CounterState
from hallq.hall import Hall
from hallq.simulation.replay import Progress
from hallq.wording.times import clock

_EVERY_STEPS = 25
_BUSY = (CounterState.CALLING, CounterState.SERVING)


def progress_line(progress: Progress, hall: Hall) -> None:
    """Where the day stands, on one line of a terminal; nothing where stderr is a file."""
    if not sys.stderr.isatty() or hall.state.position % _EVERY_STEPS:
        return
    state = hall.state
    busy = sum(1 for counter in state.counters.values() if counter.state in _BUSY)
    line = (
        f"{clock(progress.at_ms, hall.config.zone_info)}  {progress.arrived}/{progress.expected} arrived, "
        f"{len(state.waiting())} waiting, {busy}/{len(hall.config.counters)} counters busy"
    )
    typer.echo(f"\r{line:<78}", nl=False, err=True)


def figures_table(outcome: dict[str, Any]) -> None:
    """The day's figures for people."""
    from rich.console import Console
    from rich.table import Table

    if sys.stderr.isatty():
        typer.echo("\r" + " " * 78 + "\r", nl=False, err=True)
    table = Table("lane", "tickets", "within target", "wait p50", "wait p90", "longest")
    for lane, figures in outcome["lanes"].items():
        waits = (_minutes(figures[f"wait_{name}_s"]) for name in ("p50", "p90", "max"))
        table.add_row(lane, str(figures["tickets"]), _percent(figures["service_level"]), *waits)
    console = Console(highlight=False)
    console.print(table)
    counts = ("tickets", "served", "missed", "waiting_at_close", "rejected", "contested", "events")
    console.print(", ".join(f"{name.replace('_', ' ')} {outcome[name]}" for name in counts))
    done = outcome["transactions"]
    console.print(
        f"transactions {done['count']}, within limit {_percent(done['service_level'])}, "
        f"p50 {_minutes(done['p50_s'])}, p90 {_minutes(done['p90_s'])}"
    )
    console.print(f"policy {outcome['policy']}, {outcome['counters']} counters, {outcome['wall_seconds']} s")


def _minutes(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds / 60:.1f} min"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f} %"
