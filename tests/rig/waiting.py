"""Waiting for what another program or thread does, with an end."""

import time
from collections.abc import Callable

LOOK_EVERY_SECONDS = 0.01


def until(happened: Callable[[], object], what: str, *, seconds: float = 10.0) -> None:
    """Come back as soon as `happened` says so. Raises TimeoutError naming `what`."""
    ends = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > ends:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(LOOK_EVERY_SECONDS)
