"""One look at the hub beside the conversation: whether it answers, how soon, and what its clock says."""

import json
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException

from urllib3.exceptions import HTTPError

from hallq.protocol import Fault
from hallq.store import Store
from hallq.store.joined import Joined
from hallq.sync.address import BadAddressError, PlainTextError
from hallq.sync.connecting import Connector
from hallq.sync.http_line import HttpLine
from hallq.sync.line import HubRefused, LineError
from hallq.sync.opening import connector_of

CHECK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `skew_ms`: by how much this clock is ahead.

    `fault`: why not, empty when it answers; `refused`: the hub itself said no.
    """

    fault: str = ""
    refused: Fault | None = None
    latency_ms: int = 0
    version: str = ""
    skew_ms: int = 0


def checked(store: Store, joined: Joined) -> Checked:
    """Ask the hub for its health, and whether it knows this terminal."""
    try:
        connector = connector_of(store, joined)
    except (BadAddressError, PlainTextError) as error:
        return Checked(f"{type(error).__name__}: {error}")
    try:
        found = _health(connector)
        HttpLine(connector).settings()
        return found
    except HubRefused as refused:
        return Checked(refused.detail or refused.fault.value, refused.fault)
    except (LineError, HTTPError, HTTPException, OSError, ValueError) as error:
        return Checked(str(error) or type(error).__name__)
    finally:
        connector.close()


def _health(connector: Connector) -> Checked:
    connection = connector.open()
    begun = time.monotonic()
    try:
        connection.timeout = CHECK_SECONDS
        connection.request("GET", f"{connector.address.prefix}/healthz", preload_content=False)
        answer = connection.getresponse()
        answer.read()
        seconds = time.monotonic() - begun
        told = parsedate_to_datetime(answer.headers["date"]).timestamp()
        connection.request("GET", f"{connector.address.prefix}/openapi.json", preload_content=False)
        version = str(json.loads(connection.getresponse().read())["info"]["version"])
    finally:
        connection.close()
    # The header has whole seconds: half of one is the best guess for the rest.
    skew_ms = round((time.time() - seconds / 2 - told - 0.5) * 1_000)
    return Checked(latency_ms=round(seconds * 1_000), version=version, skew_ms=skew_ms)
