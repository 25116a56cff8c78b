"""The hall's settings flow down from the hub; those that cannot be used stay aside."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from hallq.clock import SystemClock
from hallq.domain import intents as i
from hallq.hub import tables
from hallq.hub.database import Database
from hallq.settings import default_text, load_config
from hallq.sync.file import TerminalFile
from hallq.sync.joining import (
    HasPastError,
    JoinedAlreadyError,
    UnsentError,
    arrived,
    check_file,
    enrolled,
    left,
)
from hallq.sync.line import HubRefused
from hallq.sync.opening import Opened, connector_of, opened
from hallq.sync.settings_down import taken
from hallq.sync.status import Link
from tests.builders import new_store
from tests.sync.network import Streets, address, soon

UNUSABLE = "counters = []\n"


def test_settings_that_work_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    assert taken(path, default_text(), 1)
    assert not taken(path, UNUSABLE, 2)
    assert path.read_text(encoding="utf-8") == default_text()
    assert (tmp_path / "hall.toml.refused").read_text(encoding="utf-8") == UNUSABLE
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hall.toml", "hall.toml.refused"]


@pytest.fixture
def terminal(streets: Streets) -> Opened:
    """A terminal as it is opened by the screens."""
    proxy = streets.proxy()
    store = streets.file("counter", proxy)
    settings = streets.folder / "hall.toml"
    connector = connector_of(store, TerminalFile(store, SystemClock()).joined)
    arrived(store, connector, settings, SystemClock(), "1")
    connector.close()
    return opened(store, load_config(settings), settings)


def _version(terminal: Opened) -> int:
    terminal.hall.refresh()
    return TerminalFile(terminal.hall._store, SystemClock()).joined.settings_version


def test_a_running_terminal_takes_new_settings(streets: Streets, terminal: Opened) -> None:
    settings = streets.folder / "hall.toml"
    terminal.start()
    try:
        soon(lambda: terminal.runner.status().link is Link.CONNECTED)
        changed = default_text() + "\n# a line more\n"
        streets.hub.publish_settings(streets.hall, changed)
        terminal.runner.written()
        soon(lambda: _version(terminal) == 2)
        assert settings.read_text(encoding="utf-8") == changed
    finally:
        terminal.stop()


def test_the_settings_of_a_hub_that_came_back_older_are_taken(streets: Streets, terminal: Opened) -> None:
    settings = streets.folder / "hall.toml"
    hub_file = Database(str(streets.service.log.with_name("hub.db")))
    streets.hub.publish_settings(streets.hall, default_text() + "\n# lost\n")
    terminal.runner._step()
    assert _version(terminal) == 2
    with hub_file.writing() as connection:
        row, kept = tables.hall, tables.setting
        connection.execute(sa.delete(kept).where(kept.c.hall == streets.hall, kept.c.version == 2))
        connection.execute(sa.update(row).where(row.c.hall == streets.hall).values(settings_version=1))
    hub_file.close()
    terminal.runner._step()
    assert settings.read_text(encoding="utf-8") == default_text()
    terminal.stop()


def test_joining_keeps_the_earlier_settings_beside(streets: Streets) -> None:
    store = streets.file("counter", streets.proxy())
    settings = streets.folder / "hall.toml"
    settings.write_text("# mine\n", encoding="utf-8")
    connector = connector_of(store, TerminalFile(store, SystemClock()).joined)
    arrival = arrived(store, connector, settings, SystemClock(), "1")
    connector.close()
    assert arrival.kept_settings == streets.folder / "hall.toml.before-join"
    assert arrival.kept_settings.read_text(encoding="utf-8") == "# mine\n"
    assert settings.read_text(encoding="utf-8") == default_text()
    assert (arrival.status.link, arrival.joined.settings_version) == (Link.CONNECTED, 1)


def test_only_a_new_file_may_join_and_only_once(streets: Streets) -> None:
    guide = streets.opened()
    with pytest.raises(JoinedAlreadyError):
        check_file(guide.store, streets.hall)
    left(guide.store)
    with pytest.raises(HasPastError):
        check_file(guide.store, streets.hall)


def test_leaving_does_not_lose_what_was_not_sent_unless_told_so(streets: Streets) -> None:
    guide = streets.opened()
    guide.does(i.IssueTicket(service="payment"))
    with pytest.raises(UnsentError) as told:
        left(guide.store)
    assert told.value.count == 1
    assert left(guide.store, lose_unsent=True) is not None
    assert left(guide.store) is None


def test_a_code_is_good_once_and_a_refused_join_changes_nothing(streets: Streets) -> None:
    code = streets.hub.invite(streets.hall, "once")
    there = address(streets.hall, streets.service.port)
    first, second = new_store(streets.folder / "one.db"), new_store(streets.folder / "two.db")
    enrolled(first, there, code)
    with pytest.raises(HubRefused):
        enrolled(second, there, code)
    assert check_file(second, streets.hall) is None
    first.close()
    second.close()


@pytest.mark.parametrize("name", ["guide", "another name"])
def test_a_revoked_terminal_is_told_so_and_joins_again_as_its_successor_with_all_it_had(
    streets: Streets, name: str
) -> None:
    guide = streets.opened()
    device = TerminalFile(guide.store, SystemClock()).joined.device
    guide.does(i.IssueTicket(service="payment"))
    streets.hub.revoke(streets.hall, device)
    assert guide.syncs() == "revoked"
    code = streets.hub.invite(streets.hall, name)
    joined = enrolled(guide.store, address(streets.hall, streets.service.port), code)
    assert joined.device != device
    again = streets.again(guide)
    assert again.syncs() == "connected"
    assert again.worker.status.unsent == 0
    assert len(again.hall.state.waiting()) == 1
