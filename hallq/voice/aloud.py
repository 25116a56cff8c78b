"""`python -m hallq.voice.aloud LANGUAGE VOLUME`: says the line on its input through pyttsx3."""

import sys
from collections.abc import Iterable
from typing import Any

CODES = {"zh": ("zh", "cmn", "chinese"), "en": ("en", "english")}


def main() -> None:
    """One sentence, then the end."""
    import pyttsx3

    language, volume = sys.argv[1], int(sys.argv[2])
    engine = pyttsx3.init()
    engine.setProperty("volume", volume / 100)
    voice = fitting(engine.getProperty("voices"), language)
    if voice is not None:
        engine.setProperty("voice", voice)
    engine.say(sys.stdin.buffer.readline().decode())
    engine.runAndWait()


def fitting(voices: Iterable[Any], language: str) -> str | None:
    """The first voice of the language: systems name them by codes or by words."""
    for voice in voices:
        spoken = [_text(each) for each in voice.languages or ()]
        named = " ".join((*spoken, _text(voice.id), _text(voice.name))).lower()
        words = named.replace("-", " ").replace("_", " ").replace(".", " ").split()
        if any(code in words for code in CODES[language]):
            return str(voice.id)
    return None


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    main()
