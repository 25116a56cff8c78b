"""`hallq replay`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.options import (
    DirOption,
    Language,
    LanguageOption,
    ThemeOption,
    chosen_place,
    terminal_settings,
)
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from hallq.simulation.day_file import RecordedDay
    from hallq.simulation.run import Run


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
        raise typer.BadParameter(_("max or a number above 0 is needed."), param_hint="--speed")
    return speed


Day = Annotated[Path, typer.Argument(metavar="DAY.csv", readable=False, help=N_("The recorded day."))]
Counters = Annotated[int, typer.Option("--counters", metavar="N", min=1, max=999, help=N_("Open counters."))]
VipCounters = Annotated[
    int,
    typer.Option(
        "--vip-counters", metavar="N", min=0, help=N_("So many of them serve the priority lane first.")
    ),
]
PolicyOption = Annotated[Policy | None, typer.Option("--policy", help=N_("Instead of the one in hall.toml."))]
Speed = Annotated[
    str, typer.Option("--speed", metavar="max|X", help=N_("As fast as possible, or X times life."))
]
Db = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="FILE",
        readable=False,
        help=N_("Keep the day in this database; a hall.toml beside it counts."),
    ),
]
Append = Annotated[bool, typer.Option("--append", help=N_("Allow a database that already holds a day."))]
Strict = Annotated[bool, typer.Option("--strict", help=N_("Stop at the first bad row."))]
Json = Annotated[bool, typer.Option("--json", help=N_("Print the figures as one JSON object."))]


def replay(
    day: Day,
    counters: Counters,
    vip_counters: VipCounters = 0,
    policy: PolicyOption = None,
    speed: Speed = "max",
    folder: DirOption = None,
    db: Db = None,
    append: Append = False,
    strict: Strict = False,
    json: Json = False,
    language: LanguageOption = None,
    theme: ThemeOption = None,
) -> None:
    """Drive a recorded day through the real hall."""
    if vip_counters > counters:
        told = _("more than --counters ({counters}).").format(counters=counters)
        raise typer.BadParameter(told, param_hint="--vip-counters")
    pace = _speed(speed)
    from hallq.domain.config import PolicyName
    from hallq.settings import load_config
    from hallq.simulation.day_file import read_day
    from hallq.simulation.run import Setting, replaying

    config = load_config(_settings(folder, db, language))
    recorded = read_day(day, config, strict=strict)
    _name_bad_rows(recorded)
    chosen = PolicyName(policy) if policy else None
    setting = Setting(config, counters, vip_counters, chosen, pace, db, append)
    with replaying(setting, recorded) as run:
        try:
            _as_json(run) if json else _watched(run, language, theme)
        except KeyboardInterrupt:
            from hallq.cli.replay_shown import clear_progress

            clear_progress()
            if db is not None:
                note(_("{path} holds the day up to here.").format(path=db))
            raise


def _settings(folder: Path | None, db: Path | None, language: Language | None) -> Path | None:
    """Of the hall that is named; a database without settings beside it takes those of a start here."""
    place = chosen_place(folder, db, language)
    if place.settings is None and folder is None and db is not None:
        place = chosen_place(None, None, language)
    return place.settings


def _name_bad_rows(day: "RecordedDay") -> None:
    for row in day.bad_rows:
        note(_("{row}; left out").format(row=row.sentence()))


def _as_json(run: "Run") -> None:
    import json
    import threading

    for _step in run.steps(threading.Event()):
        pass
    out(json.dumps(run.outcome()))


def _watched(run: "Run", language: "Language | None", theme: str | None) -> None:
    """The day on the board, or a line that moves where there is no terminal; its figures at the end."""
    import sys
    import threading

    from hallq.cli.replay_shown import figures_table, progress_line
    from hallq.cli.screens import has_terminal

    if sys.stdout.isatty() and has_terminal():
        from hallq.launch import watch_replay

        chosen = terminal_settings()
        watch_replay(run, language=language or chosen.language, theme=theme or chosen.theme)
    else:
        for progress in run.steps(threading.Event()):
            progress_line(progress, run.hall)
    figures_table(run.outcome())
