"""A disk that fills up during an import: the directory is as it was, and the queue goes on."""

import shutil
from pathlib import Path

import pytest

from hallq.domain.lanes import Tier
from hallq.domain.vip import DirectoryChange, VipEntry
from hallq.store import StoreError, Trouble, open_store, vips
from tests.builders import HandClock, a_hall
from tests.faults.test_disk import small_disk
from tests.vip.test_directory import ANNA, BOB, CARD, known, name_of

__all__ = ["small_disk"]


@pytest.mark.parametrize("others_write", [False, True])
def test_a_list_too_long_for_the_disk_changes_nothing(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, others_write: bool
) -> None:
    if others_write:  # there seemed to be room
        monkeypatch.setattr(vips, "_ROOM_FOR_ONE", 0)
    store = open_store(small_disk / "hall.db", create=True)
    hall = a_hall(store, HandClock())
    vips.put_in(store.path.parent, [ANNA, BOB], whole=False)
    many = [VipEntry(Tier.GOLD, f"00002222{number:08d}", surname="x" * 20) for number in range(4_000)]
    free = shutil.disk_usage(small_disk).free
    with pytest.raises(StoreError) as fault:
        vips.put_in(store.path.parent, [VipEntry(Tier.DIAMOND, CARD), *many], whole=True)
    assert fault.value.trouble is Trouble.DISK_FULL
    assert others_write or shutil.disk_usage(small_disk).free > free - 50_000  # the queue needs it
    assert known(store, CARD).tier is Tier.GOLD
    assert name_of(store, CARD) == ("Quillsworth", "Ms")
    hall.issues()
    assert vips.put_in(store.path.parent, [ANNA], whole=True) == DirectoryChange(changed=1, erased=1)
    assert shutil.disk_usage(small_disk).free > 200_000
    store.close()
