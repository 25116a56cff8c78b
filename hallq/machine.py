"""Which machine this is, and where on it a hall's file is at home."""

import contextlib
import hashlib
import sys
from functools import cache
from pathlib import Path

_LINUX = ("/etc/machine-id", "/var/lib/dbus/machine-id")


@cache
def machine_id() -> str:
    """A name for this installation of the system, empty where it has none."""
    if sys.platform == "win32":
        return _windows_machine_id()
    for path in _LINUX:
        with contextlib.suppress(OSError):
            return Path(path).read_text(encoding="ascii").strip()
    return ""


def home_of(database: Path) -> str:
    """A name for this place on this machine, the same for ever; it tells nobody what the machine is."""
    return hashlib.sha256(f"{machine_id()}\n{database.resolve()}".encode()).hexdigest()


def _windows_machine_id() -> str:
    import winreg

    with (
        contextlib.suppress(OSError),
        winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as opened,  # type: ignore[attr-defined]
    ):
        return str(winreg.QueryValueEx(opened, "MachineGuid")[0])  # type: ignore[attr-defined]
    return ""
