"""After a morning with VIPs every byte of every file is searched for what was typed and imported."""

from pathlib import Path

from hallq.domain import intents as i
from hallq.hall import Hall
from hallq.settings import load_config
from hallq.store import open_store
from tests.builders import HandClock, TryHall
from tests.cli.conftest import Shell, no_keyboard, shell
from tests.cli.conftest import hall as folder
from tests.screens.hands import press
from tests.screens.test_guide import at_the_door
from tests.screens.test_manager import at_work

__all__ = ["folder", "no_keyboard", "shell"]

CARD, PHONE, NAME, STRANGER = "0000739182643333", "10739520421", "Quillsworth", "10482610987"


def all_bytes(place: Path) -> bytes:
    """Whatever lies in this folder and below."""
    return b"\n".join(path.read_bytes() for path in place.rglob("*") if path.is_file())


async def test_nothing_that_was_typed_or_imported_is_in_any_file(
    shell: Shell, folder: Path, tmp_path: Path
) -> None:
    guests = tmp_path / "guests.csv"
    guests.write_text(f"card,phone,tier,surname\n{CARD},{PHONE},gold,{NAME}\n{CARD}9,x,gold,{NAME}\n")
    said = [shell("vip", "import", guests, *words, "--dir", folder) for words in ((), ("--skip-bad",))]
    guests.unlink()
    said += [shell("vip", *words, "--dir", folder) for words in (("list",), ("export", "--masked"))]
    store, clock = open_store(folder / "hall.db"), HandClock()
    hall = Hall(store, load_config(folder / "hall.toml"), clock=clock)
    trial = TryHall(hall, store, clock)
    trial.does(i.OpenDay(business_date="2026-11-22"))
    async with at_the_door(trial) as pilot:
        for number in (CARD, PHONE, STRANGER):
            await press(pilot, "3", "n", *number, "enter", "space", "space")
    async with at_work(trial):
        pass
    assert len(hall.state.tickets) == 3
    written = all_bytes(tmp_path) + "".join(s.out + s.err for s in said).encode()
    hall.close()
    assert b"****3333" in written  # what may be seen is
    for secret in (CARD, PHONE, NAME, STRANGER, CARD[:12], PHONE[:9], STRANGER[:9]):
        assert secret.encode() not in written
        assert secret.encode("utf-16-le") not in written
