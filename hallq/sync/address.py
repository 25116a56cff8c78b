"""Where a hub is, and what this terminal shows it: its token and the certificate that it trusts.

The token lies in a file of its own beside the database, readable by its owner only. It is never
in the database, whose copies travel, nor in logs and addresses.
"""

import hashlib
import ipaddress
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hallq.machine import home_of
from hallq.whole_file import write_whole

_HALL_PATH = re.compile(r"(?P<prefix>.*?)/v1/halls/(?P<hall>[A-Za-z0-9_.-]{1,64})/?")
_PORTS = {"http": 80, "https": 443}


class BadAddressError(ValueError):
    """Not the address of a hall at a hub."""


class PlainTextError(ValueError):
    """Everybody on the way could read what is said to this address."""


class NoTokenError(Exception):
    """The terminal's token is not where it belongs, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Address:
    """One hall at one hub."""

    scheme: str
    host: str
    port: int
    prefix: str
    hall: str

    @property
    def base(self) -> str:
        """The hub's address without the hall."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.prefix}"

    @property
    def path(self) -> str:
        """Before every route of the hall."""
        return f"{self.prefix}/v1/halls/{self.hall}"

    @property
    def is_plain(self) -> bool:
        """Whether what is said leaves this machine unprotected."""
        return self.scheme == "http" and not _is_loopback(self.host)


def address_of(url: str) -> Address:
    """`https://HUB:8765/v1/halls/HALL` in its parts. Raises BadAddressError."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise BadAddressError(url) from error
    found = _HALL_PATH.fullmatch(parts.path)
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in _PORTS or not parts.hostname or found is None or not plain:
        raise BadAddressError(url)
    return Address(parts.scheme, parts.hostname, port, found["prefix"], found["hall"])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


MOST_PROOFS = 100


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What enrolment gave. `ca`: the only certificate (PEM) to trust, empty for the computer's own.

    `plain_http`: somebody allowed that others can listen. `home`: where the file was then, empty for
    nobody knows. `proofs`: SHA-256 of the tokens that came before this one, by which a file shows who it was.
    """

    token: str
    ca: str = ""
    plain_http: bool = False
    home: str = field(default="", compare=False)
    proofs: tuple[str, ...] = ()

    @property
    def as_proofs(self) -> tuple[str, ...]:
        """What the next ones keep of these; the newest that a hub takes."""
        return (*self.proofs, hashlib.sha256(self.token.encode()).hexdigest())[-MOST_PROOFS:]


def token_path(database: Path) -> Path:
    """Where the token of a terminal's file lies."""
    return database.with_name(database.name + ".token")


def save_credentials(database: Path, credentials: Credentials) -> None:
    """Write the token's file whole or not at all, for its owner only. Raises OSError."""
    told = {"token": credentials.token, "ca": credentials.ca, "plain_http": credentials.plain_http}
    told |= {"home": home_of(database), "proofs": credentials.proofs}
    write_whole(token_path(database), json.dumps(told).encode("ascii"))


def load_credentials(database: Path) -> Credentials:
    """The terminal's token. Raises NoTokenError."""
    path = token_path(database)
    try:
        told = json.loads(path.read_text(encoding="ascii"))
        token, ca = str(told["token"]), str(told["ca"])
        proofs = tuple(map(str, told.get("proofs", ())))
        return Credentials(token, ca, told["plain_http"] is True, str(told.get("home", "")), proofs)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoTokenError(str(path)) from error
