"""Waiting for what another program or thread does, with an end."""

import time
from collections.abc import Callable

import urllib3

LOOK_EVERY_SECONDS = 0.01


def until(
    happened: Callable[[], object],
    what: str,
    *,
    seconds: float = 60.0,
    every_seconds: float = LOOK_EVERY_SECONDS,
) -> None:
    """Come back as soon as `happened` says so. Raises TimeoutError naming `what`."""
    ends = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > ends:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(every_seconds)


def until_it_answers(url: str) -> None:
    """A service's address is told when it listens; its workers come later, on a busy machine much later."""

    def answers() -> bool:
        try:
            return pool.request("GET", f"{url}/healthz").status == 200
        except urllib3.exceptions.HTTPError:
            return False

    with urllib3.PoolManager(retries=False, timeout=5) as pool:
        until(answers, f"{url} answers")
