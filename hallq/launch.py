"""From a folder to a running terminal: settings, file, language, app."""

import gc
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.app import HallApp
from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.staff import LONGEST_NAME
from hallq.domain.text import plain
from hallq.hall import Actor, Hall
from hallq.i18n import _, language_of_this_computer, set_language
from hallq.machine import login_name, machine_name
from hallq.paths import SETTINGS_NAME, Place
from hallq.settings import load_config
from hallq.settings.watch import SettingsWatch
from hallq.store import joined as joining
from hallq.store import open_store

if TYPE_CHECKING:  # a real hall's terminals start without them
    from hallq.simulation.colleagues import LivingHall
    from hallq.simulation.run import Run


class NoSuchCounterError(Exception):
    """The hall has no counter of that number; `known` are those it has."""

    def __init__(self, number: int, known: list[int]) -> None:
        """`known`: in order."""
        super().__init__(number)
        self.number = number
        self.known = known


def run_terminal(
    place: Place,
    *,
    role: str | None = None,
    counter: int | None = None,
    name: str | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> int:
    """Open the hall at `place` and show it until the person quits; the exit code.

    `name`: who works here; without it, who is signed in to the computer.
    Raises NoSuchCounterError before anything is drawn.
    """
    config = load_config(place.settings)
    set_language(language or config.hall.language)
    hall, end_sync = open_hall(place, config)
    watch = (
        SettingsWatch(place.settings, config, partial(setattr, hall, "settings_changed"))
        if place.settings
        else None
    )
    actor = Actor(plain(name, LONGEST_NAME) if name else login_name(), machine_name())
    try:
        _check_counter(hall, counter)
        app = HallApp(hall, actor, role=role, counter=counter, theme=theme, sign_in=True)
        app.attach(place.db)
        gc.freeze()  # modules and settings stay: no key press shall wait until they were looked through
        gc.enable()
        if watch:
            watch.start()
        app.run()
        return app.return_code or 0
    finally:
        if watch:
            watch.stop()
        end_sync()
        hall.close()


def run_rating_pad(place: Place, counter: int, *, theme: str | None = None) -> int:
    """Show the rating screen of a counter until somebody ends it; the exit code.

    Raises NoSuchCounterError before anything is drawn.
    """
    from hallq.rating_pad import RatingPad

    hall, end_sync = open_hall(place, load_config(place.settings))
    try:
        _check_counter(hall, counter)
        pad = RatingPad(hall, machine_name(), counter, theme=theme)
        gc.enable()
        pad.run()
        return pad.return_code or 0
    finally:
        end_sync()
        hall.close()


def open_hall(place: Place, config: HallConfig) -> tuple[Hall, Callable[[], None]]:
    """The hall at `place`, in conversation with its hub where it has one, and what ends that."""
    store = open_store(place.db)
    with store.reading() as connection:
        has_hub = joining.load(connection) is not None
    if not has_hub:
        return Hall(store, config), lambda: None
    from hallq.sync.opening import opened

    with_hub = opened(store, config, place.folder / SETTINGS_NAME)
    with_hub.start()
    return with_hub.hall, with_hub.stop


def _check_counter(hall: Hall, number: int | None) -> None:
    """A counter that was taken out of the settings may still have a customer."""
    staffed = {n for n, counter in hall.state.counters.items() if counter.state is not CounterState.CLOSED}
    if number is not None and number not in {*hall.config.counter_by_number, *staffed}:
        raise NoSuchCounterError(number, sorted(hall.config.counter_by_number))


DEMO_COUNTER = 2
"""The counter that the person at a demo takes; colleagues serve at all others."""


def run_demo(
    *, speed: float, role: str = "counter", language: str | None = None, theme: str | None = None
) -> int:
    """A living hall in a temporary folder, `speed` times as fast as life; the exit code."""
    from hallq.simulation.colleagues import open_living_hall

    config = load_config()
    set_language(language or language_of_this_computer())
    with tempfile.TemporaryDirectory(prefix="hallq-demo-") as folder:
        today = datetime.now(config.zone_info).date()
        living = open_living_hall(Path(folder), config, speed=speed, today=today)
        with _living(living):
            app = HallApp(living.hall, Actor(_("you"), "demo"), role=role, counter=DEMO_COUNTER, theme=theme)
            app.call_later(app.notice, _demo_greeting(speed))
            app.run()
            return app.return_code or 0


def watch_replay(run: "Run", *, language: str | None = None, theme: str | None = None) -> None:
    """Show the board of a replayed day while it happens; ends with the day, or when the person quits."""
    set_language(language or run.hall.config.hall.language)
    app = HallApp(run.hall, Actor("", "replay"), role="board", theme=theme)
    stop = threading.Event()
    faults: list[Exception] = []

    def happen() -> None:
        try:
            for _happening in run.steps(stop):
                pass
        except Exception as error:
            faults.append(error)
        finally:
            with suppress(RuntimeError):  # the person quit first
                app.call_from_thread(app.exit)

    day = threading.Thread(target=happen, daemon=True, name="hallq-replay")
    app.call_later(day.start)
    app.run()
    stop.set()
    day.join()
    if faults:
        raise faults[0]


def _demo_greeting(speed: float) -> str:
    sentence = _("A hall at {speed} times life's speed. You are counter {counter}; F1 to F4 switch.")
    return sentence.format(speed=f"{speed:g}", counter=DEMO_COUNTER)


@contextmanager
def _living(living: "LivingHall") -> Iterator[None]:
    """Customers and colleagues live in a thread of their own until the person leaves."""
    stop = threading.Event()

    def live() -> None:
        while not stop.is_set():
            stop.wait(living.step())

    living.take(DEMO_COUNTER)
    life = threading.Thread(target=live, daemon=True, name="hallq-demo")
    life.start()
    try:
        yield
    finally:
        stop.set()
        life.join(timeout=5)
        living.close()
