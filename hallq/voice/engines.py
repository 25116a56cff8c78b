"""Programs that can speak. Each sentence is a process of its own: one that hangs is ended.

espeak-ng is asked for first, then pyttsx3, which speaks through what macOS and Windows bring.
"""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_SECONDS = 20.0
ESPEAK_VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}
"""Its plain Mandarin voice of 1.51 reads the tones of Chinese characters as English numbers."""


class SpeechError(Exception):
    """The program cannot be run, failed or did not end in time."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that says what it reads. `name`: how people know it; `{voice}` and so on are filled in."""

    name: str
    command: tuple[str, ...]
    voices: Mapping[str, str] = field(default_factory=dict)
    loudest: int = 100

    def start(self, language: str, volume_percent: int) -> "subprocess.Popen[bytes]":
        """The program, waiting for its sentence. Raises SpeechError."""
        facts = {
            "voice": self.voices.get(language, language),
            "volume": volume_percent * self.loudest // 100,
        }
        try:
            return subprocess.Popen(
                [part.format(**facts) for part in self.command],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SpeechError(str(error)) from error


def finish(process: "subprocess.Popen[bytes]", sentence: str, seconds: float = LONGEST_SECONDS) -> None:
    """Let it say the sentence, and wait for the end. Raises SpeechError."""
    try:
        process.communicate(f"{sentence}\n".encode(), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise SpeechError("no end") from error
    except OSError as error:  # it ended before it read the sentence
        process.wait()
        raise SpeechError(str(error)) from error
    if process.returncode != 0:
        raise SpeechError(f"exit code {process.returncode}")


def engine_here() -> Engine | None:
    """The program that this computer speaks with."""
    espeak = shutil.which("espeak-ng")
    if espeak:
        return Engine("espeak-ng", (espeak, "-v", "{voice}", "-a", "{volume}", "--stdin"), ESPEAK_VOICES)
    if importlib.util.find_spec("pyttsx3"):
        return Engine("pyttsx3", (sys.executable, "-m", "hallq.voice.aloud", "{voice}", "{volume}"))
    return None
