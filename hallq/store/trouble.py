"""What can be wrong with the file, as codes; the edge puts them into words."""

import errno
from dataclasses import dataclass, field
from enum import StrEnum

import sqlcipher3.dbapi2 as driver


class Trouble(StrEnum):
    """Every way a file or disk lets a hall down; each has a sentence and a remedy."""

    MISSING = "missing"
    NO_FOLDER = "no-folder"
    NO_PERMISSION = "no-permission"
    EMPTY = "empty"
    NOT_A_DATABASE = "not-a-database"
    FOREIGN_DATABASE = "foreign-database"
    NEWER_VERSION = "newer-version"
    DAMAGED = "damaged"
    NETWORK_DISK = "network-disk"
    UNSAFE_SQLITE = "unsafe-sqlite"
    DISK_FULL = "disk-full"
    LOCKED = "locked"
    IO_ERROR = "io-error"
    CONTRADICTION = "contradiction"
    OUTCOME_UNKNOWN = "outcome-unknown"
    ANOTHER_TERMINAL_STUCK = "another-terminal-stuck"
    KEY_LOST = "key-lost"
    FILE_KEY_LOST = "file-key-lost"
    WRONG_KEY = "wrong-key"
    NOT_ENCRYPTED = "not-encrypted"
    KEY_IN_THE_WAY = "key-in-the-way"
    IN_USE = "in-use"
    SAME_FILE = "same-file"
    THERE_ALREADY = "there-already"
    NO_BACKUP = "no-backup"
    NOT_ALONE = "not-alone"
    HUB_SILENT = "hub-silent"


@dataclass
class StoreError(Exception):
    """The file or disk refused. Nothing of the refused intent was kept, but for OUTCOME_UNKNOWN."""

    trouble: Trouble
    facts: dict[str, int | str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.trouble} {self.facts}"


_BY_RESULT_NAME = {
    "SQLITE_FULL": Trouble.DISK_FULL,
    "SQLITE_BUSY": Trouble.LOCKED,
    "SQLITE_LOCKED": Trouble.LOCKED,
    "SQLITE_PERM": Trouble.NO_PERMISSION,
    "SQLITE_READONLY": Trouble.NO_PERMISSION,
    "SQLITE_CANTOPEN": Trouble.NO_PERMISSION,
    "SQLITE_NOTADB": Trouble.NOT_A_DATABASE,
    "SQLITE_CORRUPT": Trouble.DAMAGED,
}

_BY_MESSAGE = (
    ("disk is full", Trouble.DISK_FULL),
    ("locked", Trouble.LOCKED),
    ("readonly", Trouble.NO_PERMISSION),
    ("unable to open", Trouble.NO_PERMISSION),
    ("not a database", Trouble.NOT_A_DATABASE),
    ("malformed", Trouble.DAMAGED),
)


def trouble_of_system(error: OSError) -> Trouble:
    """The trouble behind an error of the operating system."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return Trouble.NO_PERMISSION
    return Trouble.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Trouble.IO_ERROR


def trouble_of(error: driver.Error) -> Trouble:
    """The trouble behind an error of the driver."""
    if isinstance(error, driver.IntegrityError):
        return Trouble.CONTRADICTION
    name = str(getattr(error, "sqlite_errorname", ""))
    for result, trouble in _BY_RESULT_NAME.items():
        if name.startswith(result):
            return trouble
    text = str(error).lower()
    return next((trouble for part, trouble in _BY_MESSAGE if part in text), Trouble.IO_ERROR)
