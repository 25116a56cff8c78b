"""The directory in the file: whole or not at all, found by number, erased for good, never in the clear."""

import contextlib
import shutil
import sys
from pathlib import Path

import pytest

from hallq.domain.lanes import Tier
from hallq.domain.vip import DirectoryChange, NumberKind, Vip, VipEntry
from hallq.store import Store, StoreError, Trouble, vips
from hallq.store.sealed_file import open_sealed
from hallq.store.vip_keys import DIRECTORY_FILE, KEY_FILE, KEYS_FILE, directory_key, take_away
from tests.builders import new_store

CARD, OTHER_CARD, PHONE = "0000111122220001", "0000111122220002", "10000000421"
ANNA = VipEntry(Tier.GOLD, CARD, PHONE, "2027-01-05", "Quillsworth", "Ms", "3001")
BOB = VipEntry(Tier.SILVER, OTHER_CARD, surname="Underbough")


def found(store: Store, number: str) -> Vip | None:
    """Who has this number, if anybody."""
    return vips.find(store.path.parent, number)


def known(store: Store, number: str) -> Vip:
    """Who has this number."""
    vip = found(store, number)
    assert vip is not None
    return vip


def last_four(store: Store, number: str) -> dict[NumberKind, str]:
    """What a list shows of their numbers."""
    reference = known(store, number).reference
    return next(vip.last_four for vip in vips.load(store.path.parent) if vip.reference == reference)


def name_of(store: Store, number: str) -> tuple[str, str]:
    """The name, as far as there is a key for it."""
    return vips.name(store.path.parent, known(store, number).reference)


def test_a_customer_is_found_by_card_and_by_phone(store: Store) -> None:
    assert vips.put_in(store.path.parent, [ANNA, BOB], whole=False) == DirectoryChange(added=2)
    by_card = found(store, CARD)
    assert by_card == found(store, PHONE)
    assert by_card is not None
    assert (by_card.tier, by_card.manager) == (Tier.GOLD, "3001")
    assert last_four(store, CARD) == {NumberKind.CARD: "0001", NumberKind.PHONE: "0421"}
    assert (by_card.is_valid_on("2027-01-05"), by_card.is_valid_on("2027-01-06")) == (True, False)
    assert found(store, "10000000422") is None
    assert name_of(store, CARD) == ("Quillsworth", "Ms")


def test_a_second_list_changes_who_is_known(store: Store) -> None:
    vips.put_in(store.path.parent, [ANNA, BOB], whole=False)
    before = found(store, CARD)
    promoted = VipEntry(Tier.DIAMOND, CARD, PHONE, surname="Quillsworth")
    assert vips.put_in(store.path.parent, [promoted], whole=False) == DirectoryChange(changed=1)
    after = found(store, PHONE)
    assert before is not None
    assert after is not None
    assert (after.reference, after.tier) == (before.reference, Tier.DIAMOND)
    assert found(store, OTHER_CARD) is not None
    assert vips.put_in(store.path.parent, [promoted], whole=True) == DirectoryChange(changed=1, erased=1)
    assert found(store, OTHER_CARD) is None


def test_a_phone_number_moves_on_to_another_card(store: Store) -> None:
    vips.put_in(store.path.parent, [ANNA], whole=False)
    moved = VipEntry(Tier.SILVER, OTHER_CARD, PHONE)
    assert vips.put_in(store.path.parent, [moved], whole=False) == DirectoryChange(added=1)
    assert known(store, PHONE).tier is Tier.SILVER
    assert last_four(store, CARD) == {NumberKind.CARD: "0001"}


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store) -> None:
    assert vips.put_in(store.path.parent, [ANNA, BOB], whole=False, try_only=True) == DirectoryChange(added=2)
    assert [path.name for path in store.path.parent.iterdir() if path.name.startswith("vip")] == []
    vips.put_in(store.path.parent, [ANNA], whole=False)
    assert vips.put_in(store.path.parent, [BOB], whole=True, try_only=True) == DirectoryChange(
        added=1, erased=1
    )
    assert found(store, CARD) is not None


def test_nothing_is_in_the_clear_in_any_file(store: Store) -> None:
    vips.put_in(store.path.parent, [ANNA, BOB], whole=False)
    written = b"".join(path.read_bytes() for path in store.path.parent.iterdir() if path.is_file())
    for secret in (CARD, OTHER_CARD, PHONE, CARD[:12], "Quillsworth", "Underbough"):
        assert secret.encode() not in written
        assert secret.encode("utf-16-le") not in written
    assert repr(ANNA) == "VipEntry(tier=<Tier.GOLD: 'gold'>, valid_until='2027-01-05', manager='3001')"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_keys_are_for_their_owner_only(store: Store) -> None:
    vips.put_in(store.path.parent, [ANNA], whole=False)
    modes = {
        store.path.with_name(name).stat().st_mode & 0o777 for name in (KEY_FILE, KEYS_FILE, DIRECTORY_FILE)
    }
    assert modes == {0o600}


def test_who_is_erased_cannot_be_read_in_an_older_copy_either(store: Store, tmp_path: Path) -> None:
    vips.put_in(store.path.parent, [ANNA, BOB], whole=False)
    (tmp_path / "copy").mkdir()
    shutil.copy(store.path.with_name(DIRECTORY_FILE), tmp_path / "copy")
    assert vips.erase(store.path.parent, [PHONE]) == DirectoryChange(erased=1)
    assert found(store, CARD) is None
    for name in (KEY_FILE, KEYS_FILE):
        shutil.copy(store.path.with_name(name), tmp_path / "copy")
    older = new_store(tmp_path / "copy" / "hall.db")
    assert (name_of(older, CARD), name_of(older, OTHER_CARD)) == (("", ""), ("Underbough", ""))
    older.close()


@pytest.mark.parametrize("damage", ["missing", "another", "short"])
def test_a_lost_key_is_told_and_a_whole_list_begins_anew(store: Store, damage: str) -> None:
    vips.put_in(store.path.parent, [ANNA, BOB], whole=False)
    path = store.path.with_name(KEY_FILE)
    path.unlink()
    if damage != "missing":
        path.write_bytes(b"x" * (32 if damage == "another" else 5))
    with pytest.raises(StoreError) as fault:
        vips.put_in(store.path.parent, [ANNA], whole=False)
    assert fault.value.trouble is Trouble.KEY_LOST
    assert vips.put_in(store.path.parent, [ANNA], whole=True) == DirectoryChange(added=1)
    assert found(store, CARD) is not None


def test_a_key_on_another_disk_is_taken_away_and_made_there(store: Store, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "north.key"
    elsewhere.parent.mkdir()
    store.path.with_name(KEY_FILE).symlink_to(elsewhere)
    vips.put_in(store.path.parent, [ANNA], whole=True)
    before = elsewhere.read_bytes()
    take_away(store.path.parent)
    assert not elsewhere.exists()
    vips.put_in(store.path.parent, [ANNA], whole=True)
    assert elsewhere.read_bytes() != before
    assert elsewhere.stat().st_mode & 0o777 == 0o600
    assert found(store, CARD) is not None


def test_lost_names_are_names_only(store: Store) -> None:
    vips.put_in(store.path.parent, [ANNA], whole=False)
    store.path.with_name(KEYS_FILE).unlink()
    assert found(store, CARD) is not None
    assert name_of(store, CARD) == ("", "")
    vips.put_in(store.path.parent, [ANNA], whole=False)
    assert name_of(store, CARD) == ("Quillsworth", "Ms")


def test_a_fault_on_the_way_keeps_all_as_it_was(store: Store) -> None:
    vips.put_in(store.path.parent, [ANNA], whole=False)
    with contextlib.closing(
        open_sealed(store.path.with_name(DIRECTORY_FILE), directory_key(store.path.parent))
    ) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON vip_number WHEN NEW.last_four = '0002'"
            " BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    changed = VipEntry(Tier.DIAMOND, CARD, PHONE, surname="Other")
    with pytest.raises(StoreError):
        vips.put_in(store.path.parent, [changed, BOB], whole=True)
    assert known(store, PHONE).tier is Tier.GOLD
    assert name_of(store, CARD) == ("Quillsworth", "Ms")
