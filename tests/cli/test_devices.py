"""`hallq print`, `hallq voice` and what `hallq doctor` says of both."""

import stat
import sys
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from tests.cli.conftest import Shell
from tests.paper.receipt_printer import ReceiptPrinter

PRINTER = '[printer]\nconnection = "network"\naddress = "127.0.0.1:{port}"\ntimeout_seconds = 10\n'
ADDRESS = 'qr_address = "https://example.org/{ticket}"\n'


def settings(hall: Path, text: str) -> None:
    """The hall's settings, the defaults apart."""
    (hall / "hall.toml").write_text(text, encoding="utf-8")


def speaks(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> Path:
    """A program of the name espeak-ng that notes what it hears; the note."""
    folder.mkdir()
    heard, program = folder / "heard", folder / "espeak-ng"
    lines = ("import sys", f'open("{heard}", "ab").write(sys.stdin.buffer.read())', f"sys.exit({code})")
    program.write_text("\n".join((f"#!{sys.executable}", *lines, "")))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))
    return heard


def test_a_test_print_shows_sizes_width_and_code(shell: Shell, hall: Path) -> None:
    with ReceiptPrinter() as printer:
        settings(hall, PRINTER.format(port=printer.port) + ADDRESS)
        said = shell("print", "test", "--dir", hall)
        assert (said.code, said.out) == (Exit.OK, f"printer 127.0.0.1:{printer.port}, 80mm: ready\n")
        printer.has_printed("打印测试".encode("gb18030"))
        assert b"1234567890" * 4 + b"12345678\n" in printer.printed
        assert b"https://example.org/A012" in printer.printed
        assert printer.printed.endswith(b"\x1dV\x01")


def test_a_test_print_without_paper_prints_nothing_and_says_why(shell: Shell, hall: Path) -> None:
    with ReceiptPrinter() as printer:
        printer.no_paper()
        settings(hall, PRINTER.format(port=printer.port))
        said = shell("print", "test", "--dir", hall)
        assert (said.code, said.out) == (
            Exit.FAULTS_FOUND,
            f"printer 127.0.0.1:{printer.port}, 80mm: no paper\n",
        )
        assert not printer.printed


def test_a_printer_that_says_nothing_of_itself_is_tried(shell: Shell, hall: Path) -> None:
    with ReceiptPrinter(answers=False) as printer:
        settings(hall, PRINTER.format(port=printer.port).replace("= 10", "= 0.3"))
        said = shell("print", "test", "--dir", hall)
        assert (said.code, "does not say how it is" in said.out) == (Exit.OK, True)
        printer.has_printed(b"A012\n")


def test_without_a_printer_there_is_no_test_print(shell: Shell, hall: Path) -> None:
    said = shell("print", "test", "--dir", hall)
    assert (said.code, said.out) == (Exit.FAULTS_FOUND, "printer: none configured\n")


def test_doctor_names_printer_and_voice(shell: Shell, hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ReceiptPrinter() as printer:
        settings(hall, PRINTER.format(port=printer.port) + '[voice]\nmode = "bell"\n')
        well = shell("doctor", "--dir", hall)
        assert f"✓ printer 127.0.0.1:{printer.port}, 80mm: ready" in well.out
        assert "✓ voice: the terminal's bell" in well.out
        monkeypatch.setenv("HALLQ_VOICE", "off")
        assert "✓ voice: off" in shell("doctor", "--dir", hall).out
    unwell = shell("doctor", "--dir", hall)
    assert unwell.code == Exit.FAULTS_FOUND
    assert "80mm: off or not connected" in unwell.out
    monkeypatch.setenv("HALLQ_PRINTER", "none")
    assert "✓ printer: none configured" in shell("doctor", "--dir", hall).out


def test_a_terminal_may_have_a_printer_of_its_own(
    shell: Shell, hall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ReceiptPrinter() as here, ReceiptPrinter() as elsewhere:
        settings(hall, PRINTER.format(port=elsewhere.port))
        monkeypatch.setenv("HALLQ_PRINTER", f"127.0.0.1:{here.port}")
        assert shell("print", "test", "--dir", hall).code == Exit.OK
        here.has_printed(b"A012\n")
        assert not elsewhere.printed


def test_a_test_of_the_voice_says_one_call_in_each_language(
    shell: Shell, hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = speaks(tmp_path / "bin", monkeypatch, code=0)
    assert shell("voice", "test", "--dir", hall).code == Exit.OK
    assert heard.read_text(encoding="utf-8").splitlines() == [
        "请 A 零 一 二 号，到 三 号窗口办理。",
        "Please, A 0 1 2, to counter 3.",
    ]
    settings(hall, '[voice]\nmode = "bell"\n')
    assert (
        "The board does not speak here: the voice's mode is bell."
        in shell("voice", "test", "--dir", hall).err
    )


def test_a_voice_that_fails_is_told(
    shell: Shell, hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks(tmp_path / "bin", monkeypatch, code=1)
    said = shell("voice", "test", "--dir", hall)
    assert said.code == Exit.FAULTS_FOUND
    assert "espeak-ng failed" in said.err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "no program here can speak" in shell("voice", "test", "--dir", hall).out
