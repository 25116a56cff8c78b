"""Calls are said one after the other, by one program of a file: real processes speak."""

import os
import shutil
import sys
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.devices import VoiceRule
from hallq.election import Election
from hallq.settings import load_config
from hallq.voice.engines import ESPEAK_VOICES, Engine, SpeechError, engine_here, finish
from hallq.voice.phrases import phrase
from hallq.voice.speaker import Speaker
from tests.builders import TryHall
from tests.rig.waiting import until

PROGRAM = str(Path(__file__).with_name("speaking_program.py"))


class Book:
    """What was said, in order; with a gate each sentence lasts until `let_go`."""

    def __init__(self, folder: Path, gate: str = "") -> None:
        self.path = folder / "book"
        self.gate = folder / gate if gate else None
        if self.gate:
            os.mkfifo(self.gate)

    def engine(self) -> Engine:
        """A program that writes here."""
        gate = (str(self.gate),) if self.gate else ()
        return Engine("test", (sys.executable, PROGRAM, str(self.path), *gate, "--", "{voice}"))

    def lines(self) -> list[str]:
        """Beginnings and ends."""
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []

    def let_go(self) -> None:
        """End the sentence that is being said: opening the gate waits until one is."""
        assert self.gate
        with self.gate.open("wb") as gate:
            gate.write(b".")

    def has(self, count: int) -> None:
        """Wait for so many lines."""
        until(lambda: len(self.lines()) >= count, f"{count} lines")


def a_rule(**changes: object) -> VoiceRule:
    return VoiceRule.model_validate(load_config().voice.model_dump() | {"languages": ["en"]} | changes)


@contextmanager
def a_speaker(
    folder: Path, engine: Engine | None, ring: Callable[[], None] = lambda: None, **rule: object
) -> Iterator[Speaker]:
    speaker = Speaker(a_rule(**rule), Election(folder / "hall.db", "voice"), engine, ring)
    speaker.start()
    try:
        yield speaker
    finally:
        speaker.stop()
        speaker.join(timeout=60)
    assert not speaker.is_alive()


def _calls(hall: TryHall, *counters: int) -> None:
    """A customer each."""
    for counter in counters:
        hall.issues()
        hall.calls(counter)


def test_each_call_is_said_in_each_language_and_again_on_recall(hall: TryHall, tmp_path: Path) -> None:
    book = Book(tmp_path)
    hall.opens(2)
    with a_speaker(tmp_path, book.engine(), languages=["zh", "en"]) as speaker:
        speaker.follow(hall.state, aloud=True)
        hall.issues()
        hall.calls(2)
        speaker.follow(hall.state, aloud=True)
        book.has(4)
        speaker.follow(hall.state, aloud=True)
        hall.does(i.Recall(counter=2))
        speaker.follow(hall.state, aloud=True)
        book.has(8)
    zh, en = "请 B 零 零 一 号，到 二 号窗口办理。", "Please, B 0 0 1, to counter 2."
    assert book.lines() == [f"begin zh {zh}", f"end {zh}", f"begin en {en}", f"end {en}"] * 2


def test_what_was_called_before_the_board_was_switched_on_is_not_said(hall: TryHall, tmp_path: Path) -> None:
    book = Book(tmp_path)
    hall.opens(2, 3)
    hall.issues()
    hall.calls(2)
    with a_speaker(tmp_path, book.engine()) as speaker:
        speaker.follow(hall.state, aloud=True)
        hall.issues()
        hall.calls(3)
        speaker.follow(hall.state, aloud=True)
        book.has(2)
    assert all("B 0 0 2" in line for line in book.lines())


def test_quick_calls_are_said_one_after_the_other(hall: TryHall, tmp_path: Path) -> None:
    book = Book(tmp_path, gate="gate")
    hall.opens(2, 3, 4)
    with a_speaker(tmp_path, book.engine()) as speaker:
        speaker.follow(hall.state, aloud=True)
        _calls(hall, 2, 3, 4)
        speaker.follow(hall.state, aloud=True)
        for said in range(1, 4):
            book.let_go()
            book.has(2 * said)
    assert [line.split()[0] for line in book.lines()] == ["begin", "end"] * 3
    assert [line.split("counter ")[1] for line in book.lines()[::2]] == ["2.", "3.", "4."]


def test_a_customer_who_came_before_the_turn_is_not_called_any_more(hall: TryHall, tmp_path: Path) -> None:
    book = Book(tmp_path, gate="gate")
    hall.opens(2, 3, 4)
    with a_speaker(tmp_path, book.engine()) as speaker:
        speaker.follow(hall.state, aloud=True)
        _calls(hall, 2, 3, 4)
        speaker.follow(hall.state, aloud=True)
        book.has(1)
        hall.does(i.ConfirmArrival(counter=3))
        speaker.follow(hall.state, aloud=True)
        book.let_go()
        book.has(2)
        book.let_go()
        book.has(4)
    assert [line.split("counter ")[1] for line in book.lines()[::2]] == ["2.", "4."]


def test_of_two_programs_of_a_file_one_speaks_and_the_other_takes_over(hall: TryHall, tmp_path: Path) -> None:
    books = [Book(tmp_path), Book(tmp_path / "b")]
    (tmp_path / "b").mkdir()
    hall.opens(2, 3, 4)
    with a_speaker(tmp_path, books[1].engine()) as second:
        second.follow(hall.state, aloud=True)
        with a_speaker(tmp_path, books[0].engine()) as first:
            first.follow(hall.state, aloud=True)
            hall.issues()
            hall.calls(2)
            first.follow(hall.state, aloud=True)
            books[0].has(2)
            second.follow(hall.state, aloud=True)
            hall.issues()
            hall.calls(3)
            first.follow(hall.state, aloud=True)
            second.follow(hall.state, aloud=True)
            books[0].has(4)
        hall.issues()
        hall.calls(4)
        second.follow(hall.state, aloud=True)
        books[1].has(2)
    assert [len(book.lines()) for book in books] == [4, 2]
    assert all("counter 4" in line for line in books[1].lines())


def test_a_terminal_that_is_no_board_says_nothing_and_later_nothing_old(
    hall: TryHall, tmp_path: Path
) -> None:
    book = Book(tmp_path)
    hall.opens(2, 3)
    with a_speaker(tmp_path, book.engine()) as speaker:
        speaker.follow(hall.state, aloud=True)
        hall.issues()
        hall.calls(2)
        speaker.follow(hall.state, aloud=False)
        hall.issues()
        hall.calls(3)
        speaker.follow(hall.state, aloud=True)
        book.has(2)
    assert all("counter 3" in line for line in book.lines())


@pytest.mark.parametrize(
    "engine",
    [
        None,
        Engine("gone", ("/no/such/program",)),
        Engine("broken", (sys.executable, "-c", "raise SystemExit(3)")),
    ],
)
def test_without_speech_the_bell_rings(hall: TryHall, tmp_path: Path, engine: Engine | None) -> None:
    rings: list[str] = []
    hall.opens(2)
    with a_speaker(tmp_path, engine, lambda: rings.append("ring"), times=2) as speaker:
        speaker.follow(hall.state, aloud=True)
        hall.issues()
        hall.calls(2)
        speaker.follow(hall.state, aloud=True)
        until(lambda: rings, "a ring")
    assert rings == ["ring"]


def test_a_hall_that_wants_the_bell_hears_no_speech(hall: TryHall, tmp_path: Path) -> None:
    book, rings = Book(tmp_path), list[str]()
    hall.opens(2)
    with a_speaker(tmp_path, book.engine(), lambda: rings.append("ring"), mode="bell") as speaker:
        speaker.follow(hall.state, aloud=True)
        hall.issues()
        hall.calls(2)
        speaker.follow(hall.state, aloud=True)
        until(lambda: rings, "a ring")
    assert book.lines() == []


def test_the_program_ends_in_the_middle_of_a_sentence(hall: TryHall, tmp_path: Path) -> None:
    book = Book(tmp_path, gate="gate")
    hall.opens(2)
    with a_speaker(tmp_path, book.engine()) as speaker:
        speaker.follow(hall.state, aloud=True)
        hall.issues()
        hall.calls(2)
        speaker.follow(hall.state, aloud=True)
        book.has(1)
    assert len(book.lines()) == 1


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    book = Book(tmp_path, gate="gate")
    process = book.engine().start("en", 100)
    with pytest.raises(SpeechError, match="no end"):
        finish(process, "Please", seconds=0.01)
    assert process.returncode is not None


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_espeak_says_the_whole_call(tmp_path: Path, language: str) -> None:
    engine = engine_here()
    assert engine is not None
    sound = tmp_path / "call.wav"
    written = Engine(engine.name, (*engine.command, "-w", str(sound)), engine.voices)
    finish(written.start(language, 80), phrase("A012", 3, language, a_rule()))
    with wave.open(str(sound)) as heard:
        assert heard.getnframes() / heard.getframerate() > 1.5


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_espeak_reads_chinese_as_chinese(tmp_path: Path) -> None:
    """Its phonemes on standard output: none of them from the English voice, which reads tones as numbers."""
    heard = tmp_path / "heard"
    shell = f'"{shutil.which("espeak-ng")}" -v "$1" -x -q --stdin > "{heard}"'
    spelling = Engine("espeak-ng", ("/bin/sh", "-c", shell, "sh", "{voice}"), ESPEAK_VOICES)
    finish(spelling.start("zh", 100), phrase("A012", 3, "zh", a_rule()))
    assert "(en)" not in heard.read_text(encoding="utf-8")
