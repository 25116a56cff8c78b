"""The VIP directory flows down in parts: whole or not at all, and who is erased is erased everywhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq.cli.commands.status import status_lines
from hallq.clock import SystemClock
from hallq.domain.events import DirectoryNoted
from hallq.domain.intents import NoteDirectory
from hallq.domain.lanes import Tier
from hallq.domain.vip import DirectoryChange, DirectoryDeed, Knowledge, VipEntry
from hallq.hub import vips as hub_vips
from hallq.protocol.vips import PART
from hallq.settings import load_config
from hallq.store import StoreError, Trouble, vips
from hallq.store.vip_handed import forget_handed, version
from hallq.store.vip_keys import DIRECTORY_FILE, KEY_FILE, KEYS_FILE
from hallq.sync.file import TerminalFile
from hallq.sync.http_line import HttpLine
from hallq.sync.joining import arrived, enrolled, left
from hallq.sync.line import LineError
from hallq.sync.opening import Opened, connector_of, opened
from hallq.sync.report import report
from hallq.sync.vips_down import VipsDown
from tests.builders import new_store
from tests.rig.proxy import FaultProxy
from tests.rig.waiting import until
from tests.sync.network import Streets, address
from tests.vip.test_directory import ANNA, BOB, CARD, OTHER_CARD, PHONE, name_of

CROWD = [VipEntry(Tier.SILVER, f"00003333{number:08d}") for number in range(2 * PART)]


class Office:
    """Whoever keeps the directory of a hall at its hub."""

    def __init__(self, streets: Streets) -> None:
        """The hall has none yet."""
        self.streets = streets
        self.folder = hub_vips.folder_of(streets.service.log.parent, streets.hall)
        self.folder.mkdir()

    def _note(self, change: DirectoryChange, number: int) -> None:
        deed = NoteDirectory(deed=DirectoryDeed.IMPORTED, added=change.added, erased=change.erased)
        self.streets.hub.note_vips(self.streets.hall, deed, number, "office")

    def imports(self, *entries: VipEntry) -> int:
        """These are all customers; the version."""
        vips.put_in(self.folder, entries, whole=True, noted=self._note)
        return version(self.folder)

    def erases(self, number: str) -> int:
        """One of them; the version."""
        vips.erase(self.folder, [number], self._note)
        return version(self.folder)


@pytest.fixture
def office(streets: Streets) -> Office:
    """A hall's office at the hub."""
    return Office(streets)


def at_the_hall(streets: Streets, proxy: FaultProxy | None = None, name: str = "terminal") -> Opened:
    """A terminal in a folder of its own, that has joined; `proxy`: its way to the hub."""
    proxy = proxy or streets.proxy()
    folder = streets.folder / name
    folder.mkdir()
    store, settings = new_store(folder / "hall.db"), folder / "hall.toml"
    enrolled(store, address(streets.hall, proxy.port), streets.hub.invite(streets.hall, name))
    connector = connector_of(store, TerminalFile(store, SystemClock()).joined)
    arrived(store, connector, settings, SystemClock(), "1")
    connector.close()
    return opened(store, load_config(settings), settings)


@pytest.fixture
def terminal(streets: Streets) -> Iterator[Opened]:
    """A terminal at work."""
    terminal = at_the_hall(streets)
    terminal.start()
    yield terminal
    terminal.stop()
    terminal.hall.close()


def tier_of(terminal: Opened, number: str) -> Tier:
    """What the terminal knows of a number."""
    return terminal.hall.recognise(number).tier


def test_who_is_put_in_at_the_hub_is_recognised_and_who_is_erased_is_forgotten(
    streets: Streets, office: Office, terminal: Opened, tmp_path: Path
) -> None:
    office.imports(ANNA, *CROWD, BOB)
    until(lambda: tier_of(terminal, PHONE) is Tier.GOLD, "the directory is here")
    assert tier_of(terminal, CROWD[-1].card) is Tier.SILVER
    anna, store = terminal.hall.recognise(CARD), terminal.hall._store
    assert terminal.hall.managers_of([anna.customer]) == {anna.customer: "3001"}
    assert name_of(store, CARD) == ("Quillsworth", "Ms")
    shutil.copy(store.path.with_name(DIRECTORY_FILE), tmp_path)
    office.erases(PHONE)
    until(lambda: terminal.hall.recognise(CARD).knowledge is Knowledge.UNKNOWN, "the erasing is here")
    assert tier_of(terminal, OTHER_CARD) is Tier.SILVER
    for name in (KEY_FILE, KEYS_FILE):
        shutil.copy(store.path.with_name(name), tmp_path)
    older = new_store(tmp_path / "hall.db")
    assert (name_of(older, CARD), name_of(older, OTHER_CARD)) == (("", ""), ("Underbough", ""))
    older.close()


def test_the_last_digits_stay_at_the_hub(streets: Streets, office: Office, terminal: Opened) -> None:
    office.imports(ANNA)
    until(lambda: tier_of(terminal, PHONE) is Tier.GOLD, "the directory is here")
    (here,) = vips.load(terminal.hall._store.path.parent)
    assert here.last_four == {}


def test_the_log_counts_customers_and_names_none(streets: Streets, office: Office) -> None:
    office.imports(ANNA, BOB)
    (noted,) = (e.event for e in streets.entries() if e.event.kind == DirectoryNoted.kind)
    assert (noted.actor, DirectoryNoted.model_validate_json(noted.body).added) == ("office", 2)
    assert not any(secret in noted.body for secret in (CARD, PHONE, "Quillsworth", "0421"))


def test_a_lost_key_recognises_nobody_until_the_directory_came_again(
    office: Office, terminal: Opened
) -> None:
    office.imports(ANNA)
    until(lambda: tier_of(terminal, PHONE) is Tier.GOLD, "the directory is here")
    terminal.stop()
    (terminal.hall._store.path.parent / KEY_FILE).unlink()
    assert terminal.hall.recognise(PHONE).knowledge is Knowledge.SILENT
    again = opened(terminal.hall._store, terminal.hall.config, terminal._settings)
    again.start()
    until(lambda: tier_of(again, PHONE) is Tier.GOLD, "the directory came again")
    again.stop()


def test_a_terminal_that_leaves_takes_no_directory_along(
    office: Office, terminal: Opened, tmp_path: Path
) -> None:
    office.imports(ANNA)
    until(lambda: tier_of(terminal, PHONE) is Tier.GOLD, "the directory is here")
    terminal.stop()
    left(terminal.hall._store, lose_unsent=True)
    folder = terminal.hall.path.parent
    assert [name for name in (DIRECTORY_FILE, KEY_FILE, KEYS_FILE) if (folder / name).exists()] == []
    vips.put_in(tmp_path, [BOB], whole=True)
    forget_handed(tmp_path)
    assert vips.find(tmp_path, OTHER_CARD) is not None


def test_a_terminal_that_hears_that_it_was_revoked_erases_the_directory(
    streets: Streets, office: Office, terminal: Opened
) -> None:
    office.imports(ANNA)
    until(lambda: tier_of(terminal, PHONE) is Tier.GOLD, "the directory is here")
    told = report(terminal.hall._store, SystemClock())
    assert told is not None
    assert f"VIP directory {version(office.folder):x}" in list(status_lines(told))
    assert terminal.hall.joined is not None
    streets.hub.revoke(streets.hall, terminal.hall.joined.device)
    terminal.runner.written()
    folder = terminal.hall.path.parent
    until(lambda: not (folder / DIRECTORY_FILE).exists(), "the directory is gone")
    until(lambda: not any((folder / name).exists() for name in (KEY_FILE, KEYS_FILE)), "the keys are gone")
    assert tier_of(terminal, PHONE) is Tier.NONE


# --- a step at a time -------------------------------------------------------------------


@pytest.fixture
def down(streets: Streets) -> Iterator[VipsDown]:
    """What takes parts, driven by hand."""
    terminal = at_the_hall(streets)
    yield VipsDown(terminal.hall._store.path.parent, HttpLine(terminal._connector))
    terminal.stop()
    terminal.hall.close()


def takes_all(down: VipsDown, newest: int) -> int:
    """Step until nothing more comes; how many steps."""
    steps = 1
    while down.step(newest):
        steps += 1
    return steps


def knows(down: VipsDown, number: str) -> bool:
    """Whether this terminal recognises the number."""
    return vips.find(down._folder, number) is not None


def test_the_directory_before_holds_until_the_new_one_is_whole(office: Office, down: VipsDown) -> None:
    takes_all(down, office.imports(ANNA))
    newest = office.imports(BOB, *CROWD)
    assert down.step(newest)
    assert (knows(down, CARD), knows(down, OTHER_CARD)) == (True, False)
    assert takes_all(down, newest) == 2
    assert (knows(down, CARD), knows(down, OTHER_CARD)) == (False, True)
    assert not down.step(newest)


def test_a_list_that_changes_on_the_way_is_begun_again(office: Office, down: VipsDown) -> None:
    first = office.imports(ANNA, *CROWD)
    assert down.step(first)
    newest = office.imports(BOB, *CROWD)
    assert takes_all(down, newest) == 4
    assert (knows(down, CARD), knows(down, OTHER_CARD)) == (False, True)
    assert version(down._folder) == newest


def test_what_a_cut_broke_off_goes_on_where_it_was(streets: Streets, office: Office, down: VipsDown) -> None:
    newest = office.imports(ANNA, *CROWD)
    assert down.step(newest)
    served = streets.service.hub
    streets.service.app.state.hub = None
    with pytest.raises(LineError):
        down.step(newest)
    streets.service.app.state.hub = served
    assert takes_all(down, newest) == 2
    assert knows(down, CROWD[0].card)
    assert knows(down, CROWD[-1].card)


def test_a_version_that_the_hub_does_not_have_yet_is_waited_for(office: Office, down: VipsDown) -> None:
    takes_all(down, office.imports(ANNA))
    assert not down.step(12345)
    assert knows(down, CARD)


def test_a_hub_that_lost_its_key_leaves_the_terminals_what_they_have(office: Office, down: VipsDown) -> None:
    takes_all(down, office.imports(ANNA))
    (office.folder / KEY_FILE).unlink()
    with pytest.raises(LineError):
        down.step(12345)
    assert knows(down, CARD)
    with pytest.raises(StoreError) as fault:
        office.erases(CARD)
    assert fault.value.trouble is Trouble.KEY_LOST
    takes_all(down, office.imports(BOB))
    assert (knows(down, CARD), knows(down, OTHER_CARD)) == (False, True)
