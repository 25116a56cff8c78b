"""From the key to the painted screen, and from the start to the first paint, in a real terminal.

500 customers wait and 20 counters serve. Targets: p95 from key to the last byte painted under
50 ms; start at most 1.5 times that of a bare Textual program which also imports sqlmodel.
`python -m benchmarks.screens`
"""

import getpass
import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import DATE, Samples, done, say
from benchmarks.terminal import Terminal
from hallq.domain import intents as i
from hallq.domain.lanes import Tier
from hallq.hall import Hall
from hallq.settings import default_text, load_config
from hallq.store import open_store

WAITING = 500
COUNTERS = 20
PRESSES = 120
STARTS = 7

UP, DOWN = b"\x1b[A", b"\x1b[B"
ESCAPE = b"\x1b[27u"
"""As newer terminals send it: after a bare escape byte Textual waits 100 ms for what may follow."""
CALL, AGAIN, BACK = b" ", b"r", b"b"
"""Each is written to the disk before it is painted."""
WHY = b"?"
OPENS_OR_CLOSES = (WHY, ESCAPE)
PLACES: dict[str, tuple[list[str], str, list[bytes]]] = {
    "manager": (["manager"], "Manager", [DOWN, DOWN, DOWN, UP]),
    "counter": (["counter", "20"], "Counter 20", [CALL, AGAIN, AGAIN, WHY, ESCAPE, BACK]),
    "guide": (["guide"], "Guide", [b"a", b"1", ESCAPE]),
}
"""For each screen: the command, a text of its first paint, the keys that are pressed in turn.

Every key changes the screen: one that does nothing would be timed to the next second's paint.
"""

WITHOUT_SECONDS = """
from hallq.app import HallApp
from hallq.cli import main
HallApp._next_beat = lambda self: None
main()
"""
"""The program whose screen repaints on keys and changes alone, not each second as well.

A paint counts as complete when nothing more came for a while: the repaint of each second, had it
come in that while, would count as the key's.
"""

BARE = """
import sqlmodel
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare-program-ready")
Bare().run()
"""


def crowded_hall(folder: Path) -> None:
    """A hall with many counters at work and a long queue."""
    more = (f'[[counters]]\nnumber = {n}\nzone = "standard"\n' for n in range(9, COUNTERS + 1))
    settings = folder / "hall.toml"
    text = default_text().replace("sign_in = true", "sign_in = false")
    settings.write_text(text + "\n" + "\n".join(more), encoding="utf-8")
    hall = Hall(open_store(folder / "hall.db", create=True), load_config(settings))
    done(hall, i.OpenDay(business_date=DATE))
    for number in range(1, COUNTERS + 1):
        done(
            hall,
            i.OpenCounter(
                counter=number, clerk=f"20{number:02d}" if number < COUNTERS else getpass.getuser()
            ),
        )
    services = itertools.cycle(hall.config.service_by_code)
    for number in range(WAITING + COUNTERS):
        done(hall, i.IssueTicket(service=next(services), tier=Tier.GOLD if number % 5 == 0 else Tier.NONE))
    for number in range(1, COUNTERS):
        done(hall, i.CallNext(counter=number))
        done(hall, i.ConfirmArrival(counter=number))
    hall.close()


def opened(folder: Path, place: str, program: Sequence[str] = ("-m", "hallq")) -> tuple[Terminal, float]:
    """The screen in a terminal of its own, and how many seconds until it was painted."""
    command, text, _ = PLACES[place]
    line = [sys.executable, *program, *command, "--dir", str(folder), "--language", "en"]
    terminal = Terminal(line)
    return terminal, terminal.await_text(text)


def measure_keys(folder: Path, place: str, samples: Samples) -> None:
    """Press the keys of the screen in turn."""
    terminal, _ = opened(folder, place, ("-c", WITHOUT_SECONDS))
    terminal.settle()
    for key in itertools.islice(itertools.cycle(PLACES[place][2]), PRESSES):
        if painted := terminal.press(key):
            samples.add(f"{place}: first byte", painted[0])
            samples.add(f"{place}: complete", painted[1])
            if key in OPENS_OR_CLOSES:
                samples.add(f"{place}: a dialog", painted[1])
    terminal.close()


def measure_starts(folder: Path, samples: Samples) -> None:
    """Start the bare program and the screens in turn."""
    for _ in range(STARTS):
        bare = Terminal([sys.executable, "-c", BARE])
        samples.add("bare Textual + sqlmodel", bare.await_text("bare-program-ready") * 1e3)
        bare.close()
        for place in PLACES:
            terminal, seconds = opened(folder, place)
            samples.add(place, seconds * 1e3)
            terminal.close()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        say(f"making a hall with {WAITING} waiting and {COUNTERS} counters …")
        crowded_hall(folder)
        keys, starts = Samples(), Samples()
        for place in PLACES:
            measure_keys(folder, place, keys)
        keys.show("From key to paint in ms (target: p95 < 50)", floor="manager: complete")
        measure_starts(folder, starts)
        starts.show("From start to first paint in ms (target: ratio <= 1.5)", floor="bare Textual + sqlmodel")


if __name__ == "__main__":
    main()
