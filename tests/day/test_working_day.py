"""The whole of a working day, typed into five terminals, and counted at the end."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.day.terminals import Terminal, Terminals, missing, terminals

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "never")

ADMIN, PASSWORD = "9001", "green tea at nine"
GUIDE, FIRST_CLERK, SECOND_CLERK, MANAGER = "2001", "1001", "1002", "3001"
STAFF = {GUIDE: "guide", FIRST_CLERK: "clerk", SECOND_CLERK: "clerk", MANAGER: "manager"}
SLOTS = ", ".join(
    f"{{ at = {hour}:{minute:02}:00, priority = 1, standard = 0 }}"
    for hour in (11, 12)
    for minute in range(60)
)
LATE_IN_A_MINUTE = 30
CARD, PHONE = "0000111122220001", "10000000421"
VIPS = f"""card,phone,tier,valid_until,surname,form,manager
{CARD},{PHONE},diamond,2099-12-31,Wu,Ms,{MANAGER}
"""


def _late_morning() -> str:
    """A time zone in which it is about eleven, so that the hall is open whenever this runs."""
    ahead_hours = 11 - datetime.datetime.now(datetime.UTC).hour
    return f"Etc/GMT{-ahead_hours:+d}"  # POSIX counts them the other way round


def _own_password(number: str) -> str:
    return f"morning tide {number}"


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Terminals]:
    """A new hall, and terminals in it."""
    with terminals(tmp_path / "hall") as ready:
        ready.says("init")
        toml = ready.folder / "hall.toml"
        settings = toml.read_text(encoding="utf-8")
        settings = settings.replace("Asia/Shanghai", _late_morning())
        toml.write_text(
            re.sub(r"slots = \[.*?\n\]", f"slots = [{SLOTS}]", settings, flags=re.DOTALL), encoding="utf-8"
        )
        yield ready


def _hires(machine: Terminals) -> None:
    """The first start asks for an admin, who puts four people on the list."""
    first = machine.opens("first")
    first.shows("This hall is new")
    first.fills_in(ADMIN, "", PASSWORD, PASSWORD)
    first.shows("put your colleagues on the staff list")
    for number, role in STAFF.items():
        words = ("staff", "add", number, "--role", role, "--as", ADMIN)
        machine.says(*words, lines=(PASSWORD, _own_password(number)))


@dataclass
class Hall:
    """The workplaces of this day, each with somebody signed in."""

    guide: Terminal
    one: Terminal
    two: Terminal
    manager: Terminal
    pad: Terminal


def _signs_in(machine: Terminals, number: str, *words: str) -> Terminal:
    terminal = machine.opens("-".join(words), *words)
    terminal.shows("Staff number")
    terminal.fills_in(number, _own_password(number))
    terminal.shows(f"· {number}")
    return terminal


def _opens(machine: Terminals) -> Hall:
    """Everybody sits down, the manager opens the day, two counters open."""
    hall = Hall(
        _signs_in(machine, GUIDE, "guide"),
        _signs_in(machine, FIRST_CLERK, "counter", "1"),
        _signs_in(machine, SECOND_CLERK, "counter", "2"),
        _signs_in(machine, MANAGER, "manager"),
        machine.opens("pad", "rate", "2"),
    )
    hall.manager.shows("The business day is not open")
    hall.manager.press("Space")
    for counter in (hall.one, hall.two):
        counter.shows("Space  Open counter")
        counter.press("Space")
        counter.shows("Nobody is waiting")
    return hall


def _calls(counter: Terminal, number: str) -> None:
    counter.shows(number, "Space  Call next")
    counter.press("Space")
    counter.shows("Space  Arrived")


def _serves(counter: Terminal, number: str) -> None:
    _calls(counter, number)
    counter.press("Space")
    counter.shows("Space  Finish")


def _finishes(counter: Terminal, served: int) -> None:
    counter.press("Space")
    counter.shows(f"Served here today: {served}")


def _a_vip_has_two_things_done(hall: Hall) -> None:
    """Her card is scanned: lane and tier follow, her manager is told; one slip, two services."""
    hall.guide.shows("Digit: service")
    hall.guide.press("n")
    hall.guide.shows("scan or type")
    hall.guide.types(CARD)
    assert CARD not in hall.guide.screen
    hall.guide.press("Enter")
    hall.guide.shows("◆ Diamond → Priority")
    hall.guide.press("3", "Space")
    hall.guide.shows("next one")
    hall.manager.shows(f"V001: a Diamond customer of {MANAGER} is here.")
    _serves(hall.one, "V001")
    hall.one.press("a")
    hall.one.shows("Which service next?")
    hall.one.types("bill query")
    hall.one.shows("1  Bill query")
    hall.one.press("Enter")
    hall.one.shows("✓ SIM replacement", "▶ Bill query")
    _finishes(hall.one, 1)


def _one_is_sent_on_missed_and_comes_back(hall: Hall) -> None:
    """From counter 2 to counter 1, called three times, missed, back, and served at last."""
    hall.guide.press("1", "Space")
    hall.guide.shows("next one")
    _serves(hall.two, "B001")
    hall.two.press("t")
    hall.two.shows("Where does B001 go?")
    hall.two.types("1")
    hall.two.shows("B001 waits for counter 1.")
    _calls(hall.one, "B001")
    hall.one.press("r")
    hall.one.shows("Called 2 times")
    hall.one.press("r")
    hall.one.shows("Called 3 times")
    hall.one.press("m")
    hall.one.shows("B001 was missed")
    hall.guide.press("r")
    hall.guide.shows("Who came back?")
    hall.guide.press("1")
    hall.guide.shows("B001 waits again")
    _serves(hall.one, "B001")
    hall.one.shows(f"first asked: counter 2 ({SECOND_CLERK})")
    _finishes(hall.one, 2)


def _one_comes_by_appointment(hall: Hall) -> None:
    """Booked for the next slot, checked in early, called when it is time; and not pleased."""
    hall.guide.press("y")
    hall.guide.shows("Appointments ·")
    if datetime.datetime.now(datetime.UTC).second > LATE_IN_A_MINUTE:
        hall.guide.press("Down")  # the next slot would be past before it is agreed on
    hall.guide.press("Space")
    hall.guide.shows("Which service?")
    hall.guide.press("1")
    hall.guide.shows("Which tier?")
    hall.guide.press("2")
    hall.guide.shows("booked 1", "Space  Check in")
    hall.guide.press("Space")
    hall.guide.shows("Appointments: 1 here")
    _serves(hall.two, "Y001")
    _finishes(hall.two, 2)
    hall.pad.shows("Counter 2 · Y001")
    hall.pad.press("2")
    hall.pad.shows("Thank you")
    hall.manager.shows("Y001 rated 2 of 5 at counter 2")


def _one_complains(hall: Hall) -> None:
    """What she says and where to call her is written down; the manager answers."""
    hall.guide.press("9", "Space")
    _serves(hall.one, "C001")
    hall.one.press("i")
    hall.one.shows("What is the complaint about?")
    hall.one.press("1")
    hall.one.shows("What does the customer say?")
    hall.one.types("No signal at home")
    hall.one.press("Enter")
    hall.one.shows("Number to call back")
    hall.one.types(PHONE)
    hall.one.shows("100****0421")
    assert PHONE not in hall.one.screen
    hall.one.press("Enter")
    hall.one.shows("is written down. Answer by")
    _finishes(hall.one, 3)
    hall.manager.press("i")
    hall.manager.shows("Open complaints: 1, overdue: 0", "to be answered")
    hall.manager.press("Enter")
    hall.manager.shows("1  Answered: what was the customer told?")
    hall.manager.press("1")
    hall.manager.shows("Enter goes on")
    hall.manager.types("Somebody comes tomorrow")
    hall.manager.press("Enter", "i")
    hall.manager.shows("to be settled")
    hall.manager.press("Escape")


def _nothing_typed_is_in_the_clear(machine: Terminals) -> None:
    """Neither the card nor the number to call back is in any file of this hall and its people."""
    for path in machine.folder.parent.rglob("*"):
        if path.is_file():
            written = path.read_bytes()
            assert CARD.encode() not in written, path
            assert PHONE.encode() not in written, path


def _hands_over(hall: Hall) -> None:
    """Who is here is told by the roll; what a clerk leaves to the next shift is read by the manager."""
    hall.manager.press("a")
    hall.manager.shows("Roll call", "Here: 5 of 5")
    hall.manager.press("Escape")
    hall.two.press("e")
    hall.two.shows("Nothing is handed over")
    hall.two.press("n")
    hall.two.shows("What is it about?")
    hall.two.press("2")
    hall.two.shows("Hard case", "Enter goes on")
    hall.two.types("An old contract, asked for upstairs")
    hall.two.press("Enter", "Escape")
    hall.manager.press("h")
    hall.manager.shows("An old contract", SECOND_CLERK)
    hall.manager.press("Escape")


COUNTS = """
numbers,,issued,4
numbers,,finished,4
lane,priority,numbers,2
lane,priority,within_target,1
tier,diamond,called,2
appointments,,arrived,1
visits,,finished,4
visits,,one_counter,3
counts,,visits.transferred,1
counts,,calls.missed,1
counts,,calls.returned,1
service,sim_replacement,done,1
service,bill_query,done,1
service,payment,done,2
service,complaint,done,1
work,1/1001,visits,3
work,2/1002,visits,2
rating,,count,1
rating,,low,1
rating,1002,sum,2
complaints,,taken,1
complaints,,answered_within,1
"""
"""What was done, as the table of the day has it: section, item, figure, value."""


def _is_counted(machine: Terminals) -> None:
    told = {line.split(",", 1)[1] for line in machine.says("day", "--csv").splitlines()}
    assert not set(COUNTS.split()) - told, "\n".join(sorted(told))


def _closes(hall: Hall) -> None:
    """The counters close, then the day; its page has what was done."""
    for counter in (hall.one, hall.two):
        counter.press("l")
        counter.shows("Space  Open counter")
    hall.manager.press("d")
    hall.manager.shows("Close the day")
    hall.manager.press("Enter")
    page = hall.manager.shows("Where the numbers went").split()
    assert page[page.index("issued") + 1] == "4"
    assert page[page.index("finished") + 1] == "4"


def test_a_day_from_the_first_start_to_its_close(machine: Terminals) -> None:
    _hires(machine)
    (machine.folder / "vips.csv").write_text(VIPS, encoding="utf-8")
    words = ("vip", "import", str(machine.folder / "vips.csv"), "--as", MANAGER)
    assert "1 new" in machine.says(*words, lines=(_own_password(MANAGER),))
    hall = _opens(machine)
    _a_vip_has_two_things_done(hall)
    _one_is_sent_on_missed_and_comes_back(hall)
    _one_comes_by_appointment(hall)
    _one_complains(hall)
    _hands_over(hall)
    _closes(hall)
    _is_counted(machine)
    machine.says("verify")
    (machine.folder / "vips.csv").unlink()
    _nothing_typed_is_in_the_clear(machine)
