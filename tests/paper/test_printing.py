"""The thread that prints, against a listener on a real port: well, without paper, slow, silent, gone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from hallq.domain.devices import PrinterRule, PrinterState
from hallq.paper.desk import MOST_WAITING, Loss, PrintDesk
from hallq.paper.slip import Code, Huge, Line, Slip
from tests.paper.receipt_printer import (
    IMPATIENT,
    ROLL_NEARLY_EMPTY,
    ReceiptPrinter,
    a_printer_that_is_off,
    a_rule,
)
from tests.rig.waiting import until


def a_slip(name: str = "A012") -> Slip:
    return Slip(name, name, "zh", (Huge(name), Line("补(换)卡")))


@contextmanager
def a_desk(
    rule: PrinterRule, losses: list[tuple[str, Loss]] | None = None, **more: float | Callable[[], float]
) -> Iterator[PrintDesk]:
    """A desk that tries again at once."""
    kept = losses if losses is not None else []
    desk = PrintDesk(
        rule,
        on_loss=lambda slip, loss: kept.append((slip.name, loss)),
        retry_seconds=0.01,
        **more,  # type: ignore[arg-type]
    )
    try:
        yield desk
    finally:
        desk.stop()
        if desk.ident is not None:
            desk.join(timeout=60)
    assert not desk.is_alive()


def shows(desk: PrintDesk, state: PrinterState) -> None:
    until(lambda: desk.status().state is state, f"{state}, is {desk.status()}")


def test_a_slip_comes_out_whole_and_once() -> None:
    with ReceiptPrinter() as printer, a_desk(printer.rule()) as desk:
        assert desk.print(a_slip())
        printer.has_printed("补(换)卡".encode("gb18030"))
        printer.has_printed(b"\x1dV\x01")
        shows(desk, PrinterState.READY)
        assert printer.printed.count(b"A012") == 1
        assert not desk.never_left("A012")


def test_slips_come_out_in_order() -> None:
    names = [f"A{number:03d}" for number in range(1, 9)]
    with ReceiptPrinter() as printer, a_desk(printer.rule()) as desk:
        for name in names:
            desk.print(a_slip(name))
        printer.has_printed(b"A008")
        places = [printer.printed.index(name.encode()) for name in names]
        assert places == sorted(places)


def test_without_paper_slips_wait_and_come_out_with_the_new_roll() -> None:
    with ReceiptPrinter() as printer, a_desk(printer.rule()) as desk:
        printer.no_paper()
        desk.print(a_slip("A001"))
        desk.print(a_slip("A002"))
        shows(desk, PrinterState.NO_PAPER)
        assert desk.status().waiting == 2
        assert desk.never_left("A001")
        assert b"A001" not in printer.printed
        printer.new_roll()
        printer.has_printed(b"A002")
        assert printer.printed.count(b"A001") == 1
        shows(desk, PrinterState.READY)


@pytest.mark.parametrize(
    ("general", "offline", "roll", "state"),
    [
        (0x12, 0x12, ROLL_NEARLY_EMPTY, PrinterState.LOW),
        (0x1A, 0x16, 0x12, PrinterState.COVER_OPEN),
        (0x1A, 0x52, 0x12, PrinterState.FAULT),
        (0x1A, 0x12, 0x12, PrinterState.FAULT),
    ],
)
def test_what_the_printer_says_is_shown(general: int, offline: int, roll: int, state: PrinterState) -> None:
    with (
        ReceiptPrinter(general=general, offline=offline, roll=roll) as printer,
        a_desk(printer.rule()) as desk,
    ):
        desk.print(a_slip())
        shows(desk, state)
        until(lambda: (desk.status().waiting == 0) is state.prints, "the slip went, or waits")


def test_a_printer_that_is_off_is_said_to_be_and_the_slip_waits_for_it() -> None:
    with a_printer_that_is_off() as rule, a_desk(rule) as desk:
        desk.print(a_slip())
        shows(desk, PrinterState.OFF)
        assert desk.status().waiting == 1


def test_a_slip_that_waits_is_told_once_and_a_newer_one_takes_its_place() -> None:
    told: list[tuple[str, PrinterState]] = []
    with ReceiptPrinter() as printer:
        printer.no_paper()
        desk = PrintDesk(
            printer.rule(), on_wait=lambda slip, state: told.append((slip.name, state)), retry_seconds=0.01
        )
        desk.print(Slip("k", "A012", "zh", (Line("in progress"),)))
        until(lambda: told, "it is told")
        desk.print(Slip("k", "A012", "zh", (Line("finished"),)))
        looked = printer.connections
        until(lambda: printer.connections > looked + 3, "more looks at the printer")
        printer.new_roll()
        printer.has_printed(b"finished")
        desk.stop()
        desk.join(timeout=60)
        assert told == [("A012", PrinterState.NO_PAPER)]
        assert b"in progress" not in printer.printed


def test_a_slip_that_nobody_took_is_let_go_and_told() -> None:
    losses: list[tuple[str, Loss]] = []
    now = [0.0]
    with a_printer_that_is_off() as rule, a_desk(rule, losses, seconds=lambda: now[0]) as desk:
        desk.print(a_slip())
        shows(desk, PrinterState.OFF)
        now[0] = 121.0
        until(lambda: losses, "the loss is told")
        assert losses == [("A012", Loss.NOT_TAKEN)]
        assert desk.status().waiting == 0
        assert desk.never_left("A012")


def test_a_printer_that_answers_nothing_is_printed_on_all_the_same() -> None:
    with ReceiptPrinter(answers=False) as printer, a_desk(printer.rule(timeout_seconds=IMPATIENT)) as desk:
        desk.print(a_slip("A001"))
        desk.print(a_slip("A002"))
        printer.has_printed(b"A002")
        shows(desk, PrinterState.READY)


def test_a_printer_that_fell_silent_is_slow_and_keeps_slips_waiting() -> None:
    with ReceiptPrinter() as printer, a_desk(printer.rule(timeout_seconds=IMPATIENT)) as desk:
        desk.print(a_slip("A001"))
        printer.has_printed(b"A001")
        printer.answers = False
        desk.print(a_slip("A002"))
        shows(desk, PrinterState.SLOW)
        printer.answers = True
        printer.has_printed(b"A002")
        assert printer.printed.count(b"A001") == printer.printed.count(b"A002") == 1


def test_a_printer_that_takes_nothing_holds_nobody() -> None:
    losses: list[tuple[str, Loss]] = []
    more_than_the_network_holds = tuple(Code("x" * 60_000) for _ in range(200))
    with (
        ReceiptPrinter(reads=False) as printer,
        a_desk(printer.rule(timeout_seconds=IMPATIENT), losses) as desk,
    ):
        desk.print(Slip("A001", "A001", "zh", more_than_the_network_holds))
        shows(desk, PrinterState.SLOW)
        until(lambda: losses, "the loss is told")
        assert losses == [("A001", Loss.BROKEN_OFF)]
        assert not desk.never_left("A001")
        for number in range(2 * MOST_WAITING):
            desk.print(a_slip(f"B{number:03d}"))
        assert desk.status().waiting <= MOST_WAITING
        printer.reads = True


def test_a_printer_that_ends_the_connection_in_the_middle_prints_nothing_twice() -> None:
    losses: list[tuple[str, Loss]] = []
    with ReceiptPrinter(closes_after=10) as printer, a_desk(printer.rule(), losses) as desk:
        desk.print(a_slip("A001"))
        until(lambda: losses, "the loss is told")
        printer.closes_after = None
        desk.print(a_slip("A002"))
        printer.has_printed(b"A002")
        assert losses == [("A001", Loss.BROKEN_OFF)]
        assert printer.printed.count(b"A001") == 1
        assert not desk.never_left("A001")


def test_paper_that_ends_in_the_middle_of_a_slip_loses_none() -> None:
    losses: list[tuple[str, Loss]] = []
    with ReceiptPrinter() as printer, a_desk(printer.rule(timeout_seconds=IMPATIENT), losses) as desk:
        desk.print(a_slip("A001"))
        printer.has_printed(b"A001")
        printer.finishes = False
        desk.print(a_slip("A002"))
        printer.has_printed(b"A002")
        printer.no_paper()
        desk.print(a_slip("A003"))
        shows(desk, PrinterState.NO_PAPER)
        printer.finishes = True
        printer.new_roll()
        printer.has_printed(b"A003")
        assert [printer.printed.count(name) for name in (b"A001", b"A002", b"A003")] == [1, 1, 1]
        assert losses == []


def test_too_many_slips_are_refused_and_one_that_waits_takes_no_second_place() -> None:
    with ReceiptPrinter() as printer, a_desk(printer.rule()) as desk:
        printer.no_paper()
        taken = [desk.print(a_slip(f"A{number:03d}")) for number in range(MOST_WAITING + 1)]
        assert taken == [True] * MOST_WAITING + [False]
        assert desk.never_left(f"A{MOST_WAITING:03d}")
        assert desk.print(a_slip("A000"))
        assert desk.status().waiting == MOST_WAITING


def test_two_programs_share_a_printer() -> None:
    with ReceiptPrinter() as printer, ExitStack() as stack:
        desks = [stack.enter_context(a_desk(printer.rule())) for _ in range(2)]
        for number in range(1, 6):
            for desk, letter in zip(desks, "AB", strict=True):
                desk.print(a_slip(f"{letter}{number:03d}"))
        printer.has_printed(b"A005")
        printer.has_printed(b"B005")
        assert printer.printed.count(b"\x1dV\x01") == 10


def test_a_file_grows_by_each_slip(tmp_path: Path) -> None:
    path = tmp_path / "slips.prn"
    with a_desk(a_rule(connection="file", address=str(path))) as desk:
        desk.print(a_slip("A001"))
        desk.print(a_slip("A002"))
        until(lambda: path.exists() and path.read_bytes().count(b"\x1dV\x01") == 2, "two slips")
    assert path.read_bytes().index(b"A001") < path.read_bytes().index(b"A002")


@pytest.mark.parametrize(
    "rule",
    [
        {"connection": "serial", "address": "/dev/ttyNOWHERE"},
        {"connection": "file", "address": "/dev/shm"},
        {"connection": "network", "address": "no such place"},
    ],
)
def test_a_printer_that_cannot_be_opened_is_off(rule: dict[str, str]) -> None:
    with a_desk(a_rule(**rule)) as desk:
        desk.print(a_slip())
        shows(desk, PrinterState.OFF)
