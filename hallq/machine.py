"""Which machine this is, who is signed in to it, and where on it a hall's file is at home."""

import contextlib
import getpass
import hashlib
import platform
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


def machine_name() -> str:
    """What the machine is called, for people and in events."""
    return platform.node() or "terminal"


def login_name() -> str:
    """Who is signed in to this machine; empty in a container without users."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
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
