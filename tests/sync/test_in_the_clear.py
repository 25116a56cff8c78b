"""After a busy day every byte that was written is searched for the numbers and names that were typed.

A hub, a printer and a webhook listen; a fault and a crash happen with a number on the screen.
"""

import base64
import hashlib
from contextlib import ExitStack
from pathlib import Path

import pytest

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.events import TicketIssued, VisitFinished
from hallq.domain.lanes import Tier
from hallq.domain.vip import VipEntry
from hallq.hall import Actor
from hallq.screens.dialogs.customer_number import CustomerNumberDialog
from hallq.sync.opening import Opened
from tests.builders import DATE, HandClock, TryHall
from tests.cli.conftest import Said, Shell, no_keyboard, shell
from tests.hub.test_web.conftest import KEY
from tests.paper.receipt_printer import ReceiptPrinter
from tests.rig.waiting import until
from tests.screens.hands import Text, press, settled
from tests.screens.test_counter import at_counter
from tests.sync.network import Streets
from tests.sync.test_vips_down import Office, at_the_hall, tier_of
from tests.vip.listener import Listener, listening

__all__ = ["no_keyboard", "shell"]

CARD, PHONE, SILVER, OLD = "0000482917364411", "10739164822", "0000482917364422", "0000482917364433"
STRANGER, LEFT_TYPED, NAME, FORM = "10582739146", "10961847253", "诸葛", "Quillsworth"
TYPED = (CARD, PHONE, SILVER, OLD, STRANGER, LEFT_TYPED)


def traces(secret: str) -> set[bytes]:
    """How it could lie in a file: in any encoding, packed, or by a hash that anybody can make."""
    plain = {secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "gb18030")}
    packed = {base64.b64encode(text).rstrip(b"=")[:-1] for text in plain}
    hashed = {hashlib.sha256(secret.encode()).hexdigest().encode(), hashlib.sha256(secret.encode()).digest()}
    return plain | packed | hashed


def of_files(*folders: Path) -> bytes:
    """Every byte of every file."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return b"\n".join(path.read_bytes() for path in files)


async def at_the_desk(terminal: Opened) -> None:
    """A VIP by card and by phone, one whose tier ended, two others; then a fault, and a crash."""
    app = HallApp(terminal.hall, Actor("2003", "desk"), role="guide")
    app.attach(terminal.hall.path)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        for number in (CARD, SILVER, OLD, STRANGER):
            await press(pilot, "3", "n", Text(number), "enter", "space")
        await press(pilot, "3", "n", Text(PHONE), "enter", "space", "escape")
        with terminal.hall._store.writing() as connection:
            connection.execute("ALTER TABLE customer RENAME TO customers")
        await press(pilot, "3", "n", Text(LEFT_TYPED), "enter", "space")
        with terminal.hall._store.writing() as connection:
            connection.execute("ALTER TABLE customers RENAME TO customer")
        await press(pilot, "n", Text(LEFT_TYPED))
        assert isinstance(app.screen, CustomerNumberDialog)
        app.call_later(_break, LEFT_TYPED)
        await pilot.pause()


def _break(number: str) -> None:
    raise RuntimeError(len(number))


async def at_the_counter(terminal: Opened) -> None:
    """Everybody is served, the first one by name."""
    work = TryHall(terminal.hall, terminal.hall._store, HandClock(), Actor("1001", "counter 2"))
    work.opens(2)
    async with at_counter(work) as clerk:
        await clerk.presses("space")
        assert NAME in clerk.sees()
    work.does(i.ConfirmArrival(counter=2))
    work.finishes(2)
    for _ in work.state.waiting():
        work.serves(2)
        work.finishes(2)
    terminal.runner.written()


def the_day(streets: Streets, shell: Shell, printer: ReceiptPrinter, listener: Listener) -> list[Said]:
    """The hall's settings, its directory, and what the office sees of it."""
    toml = (
        f'[printer]\nconnection = "network"\naddress = "127.0.0.1:{printer.port}"\n'
        f'[voice]\nmode = "off"\n[vip]\nwebhook = "{listener.url}"\n'
    )
    streets.hub.publish_settings(streets.hall, toml)
    Office(streets).imports(
        VipEntry(Tier.GOLD, CARD, PHONE, surname=NAME, form=FORM, manager="3001"),
        VipEntry(Tier.SILVER, SILVER, surname=NAME),
        VipEntry(Tier.DIAMOND, OLD, valid_until="2020-01-01", form=FORM),
    )
    home = streets.service.log.parent
    key = home / "hub.key"
    key.write_text(KEY.hex(), encoding="ascii")
    key.chmod(0o600)
    where = ("--hall", streets.hall, "--db", home / "hub.db", "--key", key)
    return [shell("hub", "vip", *words, *where) for words in (("list",), ("export", "--masked"))]


async def test_nothing_that_was_typed_or_imported_is_written_anywhere(
    streets: Streets, shell: Shell, tmp_path: Path
) -> None:
    with ExitStack() as end:
        printer, listener = end.enter_context(ReceiptPrinter()), end.enter_context(listening())
        said = the_day(streets, shell, printer, listener)
        terminal = at_the_hall(streets)
        terminal.start()
        end.callback(terminal.hall.close)
        end.callback(terminal.stop)
        until(lambda: tier_of(terminal, CARD) is Tier.GOLD, "the directory is here")
        terminal.hall.perform(i.OpenDay(business_date=DATE), Actor("2003", "desk"))
        with pytest.raises(RuntimeError):
            await at_the_desk(terminal)
        until(lambda: listener.got, "the manager is told")
        printer.has_printed(b"V001")
        await at_the_counter(terminal)
        until(lambda: streets.count(VisitFinished) == 4, "the hub has the whole day")
        assert streets.count(TicketIssued) == 4
    written = of_files(streets.folder, streets.service.log.parent, tmp_path)
    written += "".join(each.out + each.err for each in said).encode()
    written += bytes(printer.printed) + b"".join(listener.got) + "".join(listener.heads).encode()
    for there in (b"****4411", b"V001", b"RuntimeError", b"vip.directory-noted"):
        assert there in written, there
    found = {secret for secret in (*TYPED, NAME, FORM) for trace in traces(secret) if trace in written}
    assert found == set()
