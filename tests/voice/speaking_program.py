"""A program in the place of one that speaks: it writes down what it is to say, and when it ends.

    speaking_program.py BOOK [GATE] -- LANGUAGE

With a gate (a named pipe) each sentence lasts until somebody writes to it. Two that speak at
the same time show in the book: the second one begins before the first one has ended.
"""

import sys
from pathlib import Path


def main() -> None:
    """Read, note the beginning, wait at the gate, note the end."""
    dashes = sys.argv.index("--")
    book, gate = Path(sys.argv[1]), sys.argv[2] if dashes == 3 else ""
    sentence = sys.stdin.buffer.readline().decode().strip()
    note(book, f"begin {sys.argv[dashes + 1]} {sentence}")
    if gate:
        with open(gate, "rb") as waiting:
            waiting.read(1)
    note(book, f"end {sentence}")
    if sentence.startswith("fail"):
        sys.exit(3)


def note(book: Path, line: str) -> None:
    with book.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


if __name__ == "__main__":
    main()
