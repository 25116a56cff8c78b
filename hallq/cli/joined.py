"""What the commands of a terminal with a hub share: each way to fail in one line."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.cli.exits import CommandError, Exit
from hallq.cli.system_errors import not_the_file
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from hallq.sync.line import HubRefused

_FAULTS = {
    "unauthorised": N_(
        "the hub does not take this code: it is used, wrong or older than ten minutes. Ask for a new one."
    ),
    "too-many": N_("the hub had too many tries from here. Wait ten minutes."),
    "busy": N_("the hub is busy. Try again; nothing is lost."),
    "recovering": N_("the hub is recovering from a loss. Try again later."),
}


def pem_in(path: Path | None) -> str:
    """The certificate in a file, empty for None. Raises CommandError."""
    import ssl

    if path is None:
        return ""
    try:
        pem = path.read_text(encoding="ascii")
        ssl.create_default_context(cadata=pem)
    except (ssl.SSLError, ValueError) as error:
        told = _("{path} has no certificate in PEM form.").format(path=path)
        raise CommandError(Exit.STORE, told) from error
    except OSError as error:
        raise not_the_file(error, path) from error
    return pem


@contextlib.contextmanager
def nobody_speaks(database: Path) -> Iterator[None]:
    """No program of this terminal speaks with the hub meanwhile: it would go on as who it was before.

    Raises CommandError.
    """
    from hallq.election import Election

    election = Election(database)
    if not election.try_take():
        told = _("A program of this terminal is running, with the token of before. Close it first.")
        raise CommandError(Exit.REFUSED, told)
    try:
        yield
    finally:
        election.leave()


@contextlib.contextmanager
def needing_the_hub(url: str) -> Iterator[None]:
    """What goes wrong while joining, as CommandError."""
    from hallq.sync.address import BadAddressError, PlainTextError
    from hallq.sync.joining import HasPastError, JoinedAlreadyError
    from hallq.sync.line import HubRefused, LineDown, OutcomeUnknown

    try:
        yield
    except BadAddressError as error:
        told = _("{url} is not the address of a hall. It looks like https://HUB:8765/v1/halls/HALL.")
        raise CommandError(Exit.USAGE, told.format(url=url)) from error
    except PlainTextError as error:
        told = _("{url} is not encrypted. Use https, or --insecure-http if all may listen.")
        raise CommandError(Exit.USAGE, told.format(url=url)) from error
    except HasPastError as error:
        told = _(
            "this file has a past of its own, and only a new one may join. Choose another --dir or --db."
        )
        raise CommandError(Exit.REFUSED, told) from error
    except JoinedAlreadyError as error:
        told = _("this terminal belongs to hall {hall} already. `hallq leave` ends that.")
        raise CommandError(Exit.REFUSED, told.format(hall=error.joined.hall)) from error
    except LineDown as error:
        raise CommandError(Exit.HUB, _unreachable(url, str(error))) from error
    except OutcomeUnknown as error:
        told = _("the hub at {url} did not answer as a hub does ({detail}). Try again.")
        raise CommandError(Exit.HUB, told.format(url=url, detail=error)) from error
    except HubRefused as refused:
        raise CommandError(Exit.REFUSED, _no(refused)) from refused


def _unreachable(url: str, detail: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in detail:
        told = _("the certificate of {url} is not known here. Copy the hall's CA to this machine: --ca FILE.")
        return told.format(url=url)
    return _("the hub at {url} cannot be reached ({detail}).").format(url=url, detail=detail)


def _no(refused: "HubRefused") -> str:
    known = _FAULTS.get(refused.fault.value)
    if known is not None:
        return _(known)
    told = _("the hub says no ({fault}): {detail}")
    return told.format(fault=refused.fault.value, detail=refused.detail)
