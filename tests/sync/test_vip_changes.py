"""Of a VIP directory only what changed is handed down; afterwards it is the hub's, whatever became of it."""

import dataclasses
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq.domain.lanes import Tier
from hallq.domain.vip import VipEntry
from hallq.hub import Caller
from hallq.hub.vips import newest
from hallq.protocol.vips import PART, VipPart
from hallq.store import vips
from hallq.store.vip_changes import LEAST_KEPT
from hallq.store.vip_handed import Handed, part, version
from hallq.store.vip_keys import Names, directory_key
from hallq.sync.vips_down import VipsDown
from tests.builders import MEMORY_DISK

SEEDS = 6
TIERS = (Tier.GOLD, Tier.SILVER, Tier.DIAMOND)
CALLER = Caller("h1", "t1")


class Way:
    """A line without a network that counts what came over it."""

    def __init__(self, home: Path) -> None:
        """`home`: of the hub's key."""
        self.home = home
        self.folder = home / "vip-h1"
        self.folder.mkdir()
        self.lines = self.parts = 0

    def vips(self, have: int, after: str, since: int) -> VipPart:
        """A part, as it looks after it has travelled."""
        said = newest(self.home, CALLER, have, after, since)
        self.lines, self.parts = self.lines + len(said.lines) + len(said.gone), self.parts + 1
        return VipPart.model_validate_json(said.model_dump_json())

    def reset(self) -> None:
        """Count anew."""
        self.lines = self.parts = 0


@pytest.fixture
def way() -> Iterator[Way]:
    """A hub's folder."""
    with tempfile.TemporaryDirectory(prefix="changes", dir=MEMORY_DISK) as folder:
        yield Way(Path(folder))


def terminal(way: Way, name: str) -> VipsDown:
    """A terminal's side."""
    folder = way.home / name
    folder.mkdir()
    return VipsDown(folder, way)  # type: ignore[arg-type]


def takes_all(down: VipsDown, way: Way) -> None:
    """Until nothing more comes."""
    while down.step(version(way.folder)):
        pass


def everybody(folder: Path) -> list[Handed]:
    """What a directory holds that recognition needs, the keys of the names included."""
    return sorted(part(folder, "", 1_000_000).handed, key=lambda each: each.reference)


def keys_in(folder: Path) -> set[str]:
    """The keys of names that are on the disk."""
    names = Names(folder, directory_key(folder))
    found = set(names.all())
    names.close()
    return found


def crowd(count: int, first: int = 0) -> list[VipEntry]:
    """So many customers, some with a phone and a name."""
    return [
        VipEntry(TIERS[n % 3], f"00003333{n:08d}", f"100{n:08d}" if n % 2 else "", surname=f"N{n}")
        for n in range(first, first + count)
    ]


class Office:
    """Whoever keeps the list, by chance: what changes, and how it is told to the hub."""

    def __init__(self, way: Way, seed: int) -> None:
        """A small directory."""
        self.way, self.chance = way, random.Random(seed)
        self.people = crowd(self.chance.randint(0, 60))
        self.next = 1_000
        self.put(whole=True)

    def put(self, *, whole: bool, entries: list[VipEntry] | None = None) -> None:
        """A list comes in."""
        chosen = self.people if entries is None else entries
        if chosen or whole:
            vips.put_in(self.way.folder, chosen, whole=whole)

    def does_something(self) -> None:
        """One deed."""
        deed = self.chance.choice(["add", "change", "erase", "move", "same", "anew"])
        if deed == "add":
            fresh = crowd(self.chance.randint(1, 20), self.next)
            self.next += 20
            self.people += fresh
            self.put(whole=False, entries=fresh)
        elif deed == "erase" and self.people:
            gone = self.people.pop(self.chance.randrange(len(self.people)))
            vips.erase(self.way.folder, [gone.card])
        elif deed == "change" and self.people:
            place = self.chance.randrange(len(self.people))
            self.people[place] = dataclasses.replace(self.people[place], surname=self.chance.choice("ABC"))
            self.put(whole=self.chance.random() < 0.5)
        elif deed == "move" and len(self.people) > 1:
            one, other = self.chance.sample(range(len(self.people)), 2)
            phone = self.people[one].phone
            self.people[one] = dataclasses.replace(self.people[one], phone="")
            self.people[other] = dataclasses.replace(self.people[other], phone=phone)
            self.put(whole=False, entries=[self.people[other]])
        elif deed == "same":
            self.put(whole=True)
        elif deed == "anew" and self.chance.random() < 0.2:
            shutil.rmtree(self.way.folder)
            self.way.folder.mkdir()
            self.put(whole=True)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_any_history_each_terminal_has_the_hubs_directory(way: Way, seed: int) -> None:
    office, chance = Office(way, seed), random.Random(f"terminals {seed}")
    terminals = [terminal(way, f"t{number}") for number in range(3)]
    for _ in range(25):
        office.does_something()
        for down in terminals:
            if chance.random() < 0.4:
                for _ in range(chance.randint(1, 3)):  # it may be left in the middle
                    down.step(version(way.folder))
    for down in terminals:
        takes_all(down, way)
        assert everybody(down._folder) == everybody(way.folder)
        assert keys_in(down._folder) == keys_in(way.folder)
        assert version(down._folder) == version(way.folder)


def test_one_who_is_erased_of_many_is_all_that_travels(way: Way) -> None:
    many = crowd(3 * PART)
    vips.put_in(way.folder, many, whole=True)
    down = terminal(way, "t")
    takes_all(down, way)
    assert way.lines == 3 * PART
    way.reset()
    vips.erase(way.folder, [many[7].card])
    takes_all(down, way)
    assert (way.lines, way.parts) == (1, 1)
    assert vips.find(down._folder, many[7].card) is None
    assert len(keys_in(down._folder)) == 3 * PART - 1


def test_a_whole_list_that_is_almost_the_same_hands_down_the_difference(way: Way) -> None:
    many = crowd(2 * PART)
    vips.put_in(way.folder, many, whole=True)
    down = terminal(way, "t")
    takes_all(down, way)
    way.reset()
    many[3] = dataclasses.replace(many[3], tier=Tier.SUPREME)
    vips.put_in(way.folder, [*many[:-1], *crowd(1, 5_000)], whole=True)
    takes_all(down, way)
    assert way.lines == 3
    assert everybody(down._folder) == everybody(way.folder)


def test_who_was_away_too_long_is_handed_everything(way: Way) -> None:
    vips.put_in(way.folder, crowd(10), whole=True)
    down = terminal(way, "t")
    takes_all(down, way)
    vips.put_in(way.folder, crowd(LEAST_KEPT + 1, 100), whole=False)
    way.reset()
    takes_all(down, way)
    assert way.lines == LEAST_KEPT + 11
    assert everybody(down._folder) == everybody(way.folder)


def test_changes_of_more_than_one_part_that_change_on_the_way_are_begun_again(way: Way) -> None:
    vips.put_in(way.folder, crowd(4 * PART), whole=True)
    down = terminal(way, "t")
    takes_all(down, way)
    vips.put_in(way.folder, crowd(PART + 50, 9_000), whole=False)
    assert down.step(version(way.folder))
    vips.erase(way.folder, [crowd(1)[0].card])
    way.reset()
    takes_all(down, way)
    assert way.lines < 3 * PART
    assert everybody(down._folder) == everybody(way.folder)


def test_a_number_that_moved_on_is_forgotten_with_its_new_owner(way: Way) -> None:
    one, other = crowd(2, 1)
    vips.put_in(way.folder, [one, dataclasses.replace(other, phone="")], whole=True)
    down = terminal(way, "t")
    takes_all(down, way)
    vips.put_in(way.folder, [dataclasses.replace(other, phone=one.phone)], whole=False)
    vips.erase(way.folder, [other.card])
    takes_all(down, way)
    assert vips.find(down._folder, one.phone) is None
    assert vips.find(down._folder, one.card) is not None
