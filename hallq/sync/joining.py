"""Joining a hub: identity for a code, the hall's settings and its present state; and leaving it."""

import contextlib
import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path

from hallq.clock import Clock
from hallq.domain.tickets import digit_of
from hallq.machine import home_of
from hallq.protocol import Enrol, Enrolled, Snapshot
from hallq.settings import config_in
from hallq.store import Store, log, numbers, outbox
from hallq.store import joined as joining
from hallq.store.joined import Joined
from hallq.store.vip_handed import forget_handed
from hallq.sync.address import (
    Address,
    Credentials,
    NoTokenError,
    load_credentials,
    save_credentials,
    token_path,
)
from hallq.sync.connecting import Connector
from hallq.sync.enrol_request import forget_request, identified
from hallq.sync.file import TerminalFile
from hallq.sync.http_line import HttpLine
from hallq.sync.line import LineError
from hallq.sync.link_file import link_path
from hallq.sync.opening import random_128
from hallq.sync.settings_down import BEFORE, write_settings
from hallq.sync.staff_down import take_staff
from hallq.sync.status import Link, SyncStatus
from hallq.sync.worker import SyncWorker

MOST_STEPS = 1_000
ENROL_SECONDS = 5.0


class HasPastError(Exception):
    """The file has a past of its own, which another hall cannot take over."""


class JoinedAlreadyError(Exception):
    """The file belongs to a hub already."""

    def __init__(self, joined: Joined) -> None:
        """`joined`: who it is there."""
        super().__init__(joined.hall)
        self.joined = joined


class UnsentError(Exception):
    """Leaving now would lose what the hub does not have yet."""

    def __init__(self, count: int) -> None:
        """`count`: own events."""
        super().__init__(count)
        self.count = count


@dataclass(frozen=True, slots=True)
class Arrival:
    """What joining brought. `kept_settings`: where the earlier settings are now, None without any."""

    joined: Joined
    status: SyncStatus
    position: int
    kept_settings: Path | None


ENDED = ("fenced", "revoked")
"""What the hub last said of a terminal that may join again as its own successor."""


def check_file(store: Store, hall: str) -> Joined | None:
    """Who the terminal was before, None for a new file. One that never spoke as who it is may ask again.

    Raises JoinedAlreadyError, or HasPastError where the file's past is not this hall's.
    """
    with store.reading() as connection:
        before = joining.load(connection)
        has_past = log.read_after(connection, 0) if before is None else ()
        if any(True for _ in has_past):
            raise HasPastError
    is_at_work = (
        before is not None and bool(before.session or before.standing) and before.standing not in ENDED
    )
    if before is not None and (before.hall != hall or is_at_work):
        raise JoinedAlreadyError(before)
    return before


def enrolled(store: Store, address: Address, code: str, *, ca: str = "", plain_http: bool = False) -> Joined:
    """Use the code up: from here on this file is a terminal of the hall. Raises LineError, OSError."""
    before = check_file(store, address.hall)
    stranger = Connector(address, Credentials("", ca, plain_http), ENROL_SECONDS)
    try:
        told = identified(HttpLine(stranger), store.path, asking(store, code, before))
    finally:
        stranger.close()
    past = _credentials(store)
    proofs = past.as_proofs if past else ()
    save_credentials(store.path, Credentials(told.token, told.ca or ca, plain_http, proofs=proofs))
    joined = _identity(address, told, before)
    numbers.begin(store.path)  # none of its new series was given out
    with store.writing() as connection:
        joining.start_anew(connection, joined)
    return joined


def asking(store: Store, code: str, before: Joined | None) -> Enrol:
    """What the file shows to be enrolled: who it was, so that what it has not sent yet is not refused.

    A copy, or a file that does not know which numbers it gave, asks for another digit.
    """
    home = home_of(store.path)
    if before is None:
        return Enrol(code=code, home=home)
    is_copy = before.standing == Link.FENCED.value or not numbers.path_of(store.path).exists()
    past = _credentials(store) or Credentials("")
    with store.reading() as connection:
        highest = max([before.digit, *(digit_of(series) for series in log.every_series(connection))])
    digit = 0 if is_copy else before.digit
    return Enrol(
        code=code,
        devices=before.devices,
        token=past.token,
        proofs=past.proofs,
        digit=digit,
        highest_digit=highest,
        name=before.name,
        home=home,
    )


def _credentials(store: Store) -> Credentials | None:
    """Those of who the file was, if it has them still."""
    with contextlib.suppress(NoTokenError):
        return load_credentials(store.path)
    return None


def _identity(address: Address, told: Enrolled, before: Joined | None) -> Joined:
    """A new identity; the hall's log and the clock's anchor of an earlier one stay good."""
    known = before or Joined("", "", "", "", "", 0)
    return dataclasses.replace(
        known,
        hub_url=address.base,
        hall=told.hall,
        hall_name=told.hall_name,
        device=told.device,
        name=told.name,
        digit=told.digit,
        session="",
        lease_number=0,
        standing="",
    )


def take_settings(line: HttpLine, path: Path) -> tuple[Snapshot, Path | None]:
    """The hall's settings in place of those here; where the earlier ones are kept.

    Raises LineError, SettingsError, OSError.
    """
    snapshot = line.settings()
    config_in(snapshot.body)
    kept = None
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != snapshot.body:
        kept = path.with_name(path.name + BEFORE)
        os.replace(path, kept)
    write_settings(path, snapshot.body)
    return snapshot, kept


def arrived(store: Store, connector: Connector, settings: Path, clock: Clock, version: str) -> Arrival:
    """Take the hall's settings and its present state. Raises LineError, SettingsError, OSError."""
    line = HttpLine(connector)
    snapshot, kept = take_settings(line, settings)
    file = TerminalFile(store, clock)
    file.change(settings_version=snapshot.version)
    worker = SyncWorker(
        file, line, clock=clock, new_random=random_128, version=version, home=home_of(store.path)
    )
    status = worker.step()
    for _ in range(MOST_STEPS):
        if status.link is not Link.BEHIND:
            break
        status = worker.step()
    forget_request(store.path)
    with contextlib.suppress(LineError):  # it comes later, then
        take_staff(store, line, worker.roster_version)
    return Arrival(file.joined, status, file.place.position, kept)


def left(store: Store, *, lose_unsent: bool = False) -> Joined | None:
    """Forget the hub, and the VIPs it handed down; who the terminal was there. Raises UnsentError."""
    with store.writing() as connection:
        joined = joining.load(connection)
        if joined is None:
            return None
        unsent = outbox.mark(connection).count
        if unsent and not lose_unsent:
            raise UnsentError(unsent)
        connection.execute("DELETE FROM outbox")
        joining.leave(connection)
    token_path(store.path).unlink(missing_ok=True)
    link_path(store.path).unlink(missing_ok=True)
    forget_request(store.path)
    forget_handed(store.path.parent)
    return joined
