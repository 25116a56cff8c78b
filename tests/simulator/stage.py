"""Where runs take place, one after the other: made once, so that a run costs little but itself."""

import gc
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from hallq.domain.config import HallConfig
from hallq.hub import Hub
from hallq.hub.database import Database
from hallq.protocol import Enrol, Enrolled
from hallq.settings import config_in, default_text
from hallq.store import joined, open_store
from hallq.store.joined import Joined
from tests.hub.lives import KEY, Chance
from tests.simulator.clocks import Machine, Time
from tests.simulator.files import copied, identity

HALL = "north"
MOST_TERMINALS = 4
SLOT_MINUTES = 3


class Stage:
    """One folder and one engine, which a run leaves to the next; and the files that each begins with.

    `beginnings` has databases of hubs with terminals enrolled, a blank one, and the terminals' files.
    """

    def __init__(self, folder: Path) -> None:
        """`folder`: an empty one on a quick disk."""
        self.folder = folder / "run"
        self.beginnings = folder / "beginnings"
        self.folder.mkdir()
        self.beginnings.mkdir()
        self.tokens: dict[str, str] = {}
        self.database = Database(f"sqlite:///{self.hub_path}")
        self._prepare()
        gc.freeze()  # nobody looks through all that is loaded for garbage

    @property
    def hub_path(self) -> Path:
        """The hub's database."""
        return self.folder / "hub.db"

    def _prepare(self) -> None:
        self.database.migrate()
        hub = Hub(self.database, clock=Machine(Time(), "hub"), key=KEY, new_random=Chance("beginnings"))
        hub.create_hall(HALL, "North hall", settings())
        copied(self.hub_path, self.beginnings / "blank.db")
        kinds = self.beginnings / "plain.db", self.beginnings / "encrypted.db"
        for kind in kinds:
            open_store(kind, create=True, encrypted=kind.stem == "encrypted").close()
        for number in range(MOST_TERMINALS):
            name = f"t{number}"
            told = hub.enrol(HALL, Enrol(code=hub.invite(HALL, name)))
            self.tokens[name] = told.token
            _join(kinds[number % 2], self.beginnings / f"{name}.db", told)
            copied(self.hub_path, self.hub_with(number + 1))
        hub.close()

    def hub_with(self, terminals: int) -> Path:
        """The database of a hub with so many terminals, none of which has spoken."""
        return self.beginnings / f"hub-{terminals}.db"

    def begin(self) -> None:
        """The machines of a run have their temporary files here, too."""
        tempfile.tempdir = str(self.folder)

    def clear(self) -> None:
        """An empty folder for the next run."""
        tempfile.tempdir = None
        shutil.rmtree(self.folder)
        self.folder.mkdir()


def _join(blank: Path, path: Path, told: Enrolled) -> None:
    copied(blank, path)
    store = open_store(path)
    with store.writing() as connection:
        joined.start_anew(connection, identity(Joined("", "", "", "", "", 0), told))
    store.close()


@cache
def config() -> HallConfig:
    """The settings of the hall."""
    return config_in(settings())


def settings() -> str:
    """As delivered, but with a time for appointments every few minutes: a run lasts a quarter of an hour."""
    times = [f"{hour:02}:{minute:02}:00" for hour in (9, 10, 11) for minute in range(0, 60, SLOT_MINUTES)]
    slots = ",".join(f"{{ at = {time}, priority = 1, standard = 1 }}" for time in times)
    told = re.sub(r"(?m)^slots = \[.*?^\]", f"slots = [{slots}]", default_text(), flags=re.DOTALL)
    for key, minutes in (("early", 3), ("grace", 2), ("change", 1)):
        told = re.sub(rf"(?m)^{key}_minutes = \d+", f"{key}_minutes = {minutes}", told)
    return told
