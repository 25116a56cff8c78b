"""Text files that people made with other programs, UTF-8, GB18030 or UTF-16, and their bad rows."""

from dataclasses import dataclass
from pathlib import Path

from hallq.i18n import N_, Sentence


@dataclass
class UnreadableError(Exception):
    """Why a file cannot be read."""

    reason: Sentence


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used."""

    line: int
    problem: Sentence

    def sentence(self) -> Sentence:
        """The problem with its place."""
        return Sentence(N_("line {line}: {problem}"), line=self.line, problem=self.problem)


class RowError(Exception):
    """Why a row cannot be used."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.problem = Sentence(message, **facts)


def read_bytes(path: Path) -> bytes:
    """What the file holds. Raises UnreadableError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(_not_opened(error)) from error


def decoded(raw: bytes) -> str:
    """The text. Raises UnreadableError for something else."""
    utf_16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(Sentence(N_("is neither UTF-8 nor GB18030 text. Save it as UTF-8.")))


def _not_opened(error: OSError) -> Sentence:
    if isinstance(error, FileNotFoundError):
        return Sentence(N_("there is no such file"))
    if isinstance(error, IsADirectoryError):
        return Sentence(N_("is a folder; a CSV file is needed"))
    if isinstance(error, PermissionError):
        return Sentence(N_("may not be read by you. Ask for the right to do so."))
    return Sentence(N_("cannot be read: {detail}"), detail=error.strerror or str(error))
