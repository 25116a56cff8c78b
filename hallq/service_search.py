"""Searching the catalogue as a guide types: Chinese, pinyin, its initials, English words.

`bk`, `buka` and `buk` find 补(换)卡, and so do `卡` and `sim`. Reading Chinese aloud takes
a dictionary that takes a while to load: build the index off the screen's thread.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hallq.domain.config import HallConfig, Service

Syllables = tuple[tuple[str, ...], ...]
"""The readings of each character, in lower case without tones, the usual one first."""

_BRACKETS = re.compile(r"\([^)]*\)")
_LONGEST_QUERY = 40

_AT_START, _INSIDE, _WITH_GAPS = 0, 2, 4
_RARE = 1
"""Found by a reading that is not the usual one: after what is found as well by the usual ones."""


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    parts: tuple[str, ...]
    readings: tuple[Syllables, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceIndex:
    """The catalogue, ready to be searched."""

    entries: tuple[_Entry, ...]

    def find(self, query: str) -> tuple[str, ...]:
        """The codes of the services that match, best first; none for an empty query."""
        wanted = _folded(query)[:_LONGEST_QUERY]
        if not _letters(wanted):
            return ()
        ranked = [(rank, place, e.code) for place, e in enumerate(self.entries) for rank in _ranks(e, wanted)]
        best: dict[str, tuple[int, int]] = {}
        for rank, place, code in sorted(ranked):
            best.setdefault(code, (rank, place))
        return tuple(best)


def plain_index(config: HallConfig) -> ServiceIndex:
    """An index of Chinese and English alone, made at once."""
    return _index(config, lambda _: ())


def full_index(config: HallConfig) -> ServiceIndex:
    """An index that also knows how the names sound; the first one loads a dictionary.

    Of that only single characters are asked for. Its many times larger part of phrases would,
    while it loads, hold up every other thread, the screen's too.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    def read(text: str) -> Syllables:
        return tuple(
            tuple(dict.fromkeys(reading.lower() for reading in readings))
            for character in text
            for readings in pinyin(character, style=Style.NORMAL, heteronym=True)
        )

    return _index(config, read)


def _index(config: HallConfig, read: Callable[[str], Syllables]) -> ServiceIndex:
    return ServiceIndex(tuple(_entry(service, read) for service in config.services))


def _entry(service: Service, read: Callable[[str], Syllables]) -> _Entry:
    folded = _folded(service.name.zh)
    spoken = _BRACKETS.sub("", folded)  # people say 补卡 for 补(换)卡
    ways = (folded, spoken, *folded.split("/"))
    parts = tuple(dict.fromkeys(_letters(way) for way in ways))
    words = tuple("".join(c if c.isalnum() else " " for c in _folded(service.name.en)).split())
    return _Entry(service.code, parts, tuple(read(part) for part in parts), words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _ranks(entry: _Entry, wanted: str) -> Iterable[int]:
    """How well an entry matches, in each way that it does."""
    letters = _letters(wanted)
    for part in entry.parts:
        if letters in part:
            yield _AT_START if part.startswith(letters) else _INSIDE
        elif len(letters) > 1 and _in_order(letters, part):
            yield _WITH_GAPS
    for syllables in entry.readings:
        if (rank := _sounds(letters, tuple(readings[:1] for readings in syllables))) is not None:
            yield rank
        if (rank := _sounds(letters, syllables)) is not None:
            yield rank + _RARE
    places = [_word_place(word, entry.words) for word in wanted.split()]
    if all(place is not None for place in places):
        yield _AT_START if places[0] == 0 else _INSIDE


def _in_order(letters: Iterable[str], text: Iterable[str]) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _word_place(word: str, words: Sequence[str]) -> int | None:
    return next((place for place, known in enumerate(words) if known.startswith(word)), None)


def _sounds(letters: str, syllables: Syllables) -> int | None:
    for start in range(len(syllables)):
        if _spells(letters, syllables, start):
            return _AT_START if start == 0 else _INSIDE
    rest = iter(syllables)
    by_initials = len(letters) > 1 and all(any(_begins(s, c) for s in rest) for c in letters)
    return _WITH_GAPS if by_initials else None


def _begins(syllable: tuple[str, ...], letter: str) -> bool:
    return any(reading.startswith(letter) for reading in syllable)


def _spells(letters: str, syllables: Syllables, at: int) -> bool:
    """Whether the syllables from `at` on spell the letters, each whole or shortened to its beginning."""
    if not letters:
        return True
    if at == len(syllables):
        return False
    return any(
        letters.startswith(reading[:taken]) and _spells(letters[taken:], syllables, at + 1)
        for reading in syllables[at]
        for taken in range(min(len(reading), len(letters)), 0, -1)
    )
