"""`hallq replay`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.options import DirOption, Language, LanguageOption, ThemeOption

if TYPE_CHECKING:
    from hallq.simulation.day_file import RecordedDay
    from hallq.simulation.session import Session


class Policy(StrEnum):
    """The calling policies."""

    ARRIVAL = "arrival"
    STRICT = "strict"
    DEADLINE = "deadline"
    GUARDED = "guarded"


def _speed(text: str) -> float | None:
    if text == "max":
        return None
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 1_000_000:
        raise typer.BadParameter(f"{text!r} is neither max nor a number above 0.", param_hint="--speed")
    return speed


Day = Annotated[Path, typer.Argument(metavar="DAY.csv", help="The recorded day.")]
Counters = Annotated[int, typer.Option("--counters", metavar="N", min=1, max=999, help="Open counters.")]
VipCounters = Annotated[
    int,
    typer.Option("--vip-counters", metavar="N", min=0, help="So many of them serve the priority lane first."),
]
PolicyOption = Annotated[Policy | None, typer.Option("--policy", help="Instead of the one in hall.toml.")]
Speed = Annotated[str, typer.Option("--speed", metavar="max|X", help="As fast as possible, or X times life.")]
Db = Annotated[Path | None, typer.Option("--db", metavar="FILE", help="Keep the day in this database.")]
Append = Annotated[bool, typer.Option("--append", help="Allow a database that already holds a day.")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first bad row.")]
Json = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]


def replay(
    day: Day,
    counters: Counters,
    vip_counters: VipCounters = 0,
    policy: PolicyOption = None,
    speed: Speed = "max",
    db: Db = None,
    append: Append = False,
    strict: Strict = False,
    json: Json = False,
    language: LanguageOption = None,
    theme: ThemeOption = None,
    folder: DirOption = None,
) -> None:
    """Drive a recorded day through the real hall and a real database (temporary without --db).

    Columns of DAY.csv: arrived_at, service, tier, service_seconds, patience_seconds, customer.
    """
    if vip_counters > counters:
        raise typer.BadParameter(f"more than --counters ({counters}).", param_hint="--vip-counters")
    pace = _speed(speed)
    from hallq.cli.options import chosen_place
    from hallq.domain.config import PolicyName
    from hallq.settings import load_config
    from hallq.simulation.day_file import read_day
    from hallq.simulation.session import Setting, session

    config = load_config(chosen_place(folder).settings)
    recorded = read_day(day, config, strict=strict)
    _name_bad_rows(recorded)
    chosen = PolicyName(policy) if policy else None
    setting = Setting(config, counters, vip_counters, chosen, pace, db, append)
    with session(setting, recorded) as run:
        if json:
            _as_json(run)
        else:
            _watched(run, language, theme)


def _name_bad_rows(day: "RecordedDay") -> None:
    for row in day.bad_rows:
        typer.echo(f"line {row.line}: {row.problem}; left out", err=True)


def _as_json(run: "Session") -> None:
    import json
    import threading

    for _ in run.steps(threading.Event()):
        pass
    typer.echo(json.dumps(run.outcome()))


def _watched(run: "Session", language: "Language | None", theme: str | None) -> None:
    """The day on the board, or a line that moves where there is no terminal; its figures at the end."""
    import sys
    import threading

    from hallq.cli.tables import figures_table, progress_line

    if sys.stdout.isatty():
        from hallq.launch import watch_replay

        watch_replay(run, language=language, theme=theme)
    else:
        for progress in run.steps(threading.Event()):
            progress_line(progress, run.hall)
    figures_table(run.outcome())
