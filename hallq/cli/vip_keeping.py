"""What the commands about VIP directories share, wherever one is kept."""

import contextlib
import csv
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.exits import Exit
from hallq.cli.staffing import refuse, secret
from hallq.cli.telling import note, out
from hallq.i18n import N_, _, counted

if TYPE_CHECKING:
    from hallq.domain.config import HallConfig
    from hallq.domain.intents import NoteDirectory
    from hallq.domain.vip import DirectoryChange, DirectoryDeed, NumberKind, Vip, VipEntry
    from hallq.store.vips import Noted

ListArgument = Annotated[
    Path,
    typer.Argument(metavar="FILE", readable=False, help=N_("The list: CSV in UTF-8 or GB18030, or .xlsx.")),
]
WholeOption = Annotated[
    bool, typer.Option("--whole", help=N_("This is everybody: whoever is not in the file is erased."))
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=N_("Only say what would happen; nothing is written."))
]
SkipBadOption = Annotated[
    bool, typer.Option("--skip-bad", help=N_("Take the good rows although others are bad."))
]
MaskedOption = Annotated[
    bool, typer.Option("--masked", help=N_("Needed: whole numbers are not kept, and names do not leave."))
]

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where a directory is kept, and how a deed is put on record with the version that it made.

    `config`: the hall's settings, which name the tiers.
    """

    folder: Path
    record: "Callable[[NoteDirectory, int], None]"
    config: "HallConfig"

    def noted(self, deed: "DirectoryDeed") -> "Noted":
        """Puts a change on record."""
        from hallq.domain.intents import NoteDirectory

        def note_it(change: "DirectoryChange", version: int) -> None:
            counts = {"added": change.added, "changed": change.changed, "erased": change.erased}
            self.record(NoteDirectory(deed=deed, **counts), version)

        return note_it


def import_list(keeper: Keeper, file: Path, *, whole: bool, dry_run: bool, skip_bad: bool) -> None:
    """Every bad row is told by its line; with one of them nothing is imported, unless asked to."""
    from hallq.domain.vip import DirectoryDeed
    from hallq.store.vips import put_in

    entries = _good_rows(file, skip_bad=skip_bad or dry_run)
    with _progress(_("Importing"), len(entries)) as passed:
        change = put_in(
            keeper.folder,
            entries,
            whole=whole,
            try_only=dry_run,
            passed=passed,
            noted=keeper.noted(DirectoryDeed.IMPORTED),
        )
    told = _("Customers: {added} new, {changed} changed, {erased} erased.")
    out(told.format(added=change.added, changed=change.changed, erased=change.erased))
    if dry_run:
        note(_("This was a dry run: nothing was written."))


def _good_rows(file: Path, *, skip_bad: bool) -> "list[VipEntry]":
    """The entries of the list. Raises CommandError for a list that is not to be imported."""
    from hallq.text_file import UnreadableError
    from hallq.vip_list.rows import read_list

    try:
        entries, bad = read_list(file)
    except UnreadableError as error:
        refuse(f"{file}: {error.reason}", Exit.INPUT)
    for row in bad[:_MOST_TOLD]:
        note(row.sentence())
    if len(bad) > _MOST_TOLD:
        rest = len(bad) - _MOST_TOLD
        note(counted("and {count} bad row more", "and {count} bad rows more", rest))
    if bad and not skip_bad:
        told = _("{file} has bad rows: nothing was imported. Mend them, or leave them out with --skip-bad.")
        refuse(told.format(file=file), Exit.INPUT)
    if not entries:
        refuse(_("{file} holds no customers: nothing was imported.").format(file=file), Exit.INPUT)
    return entries


@contextlib.contextmanager
def _progress(text: str, total: int) -> Iterator[Callable[[], None]]:
    """Shows how far it is, where somebody looks on; what is yielded is called for each step done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)


def remove_one(keeper: Keeper) -> None:
    """The number is asked for: on the command line it would stay in the shell's history."""
    from hallq.domain.customer_number import normal_form
    from hallq.domain.vip import DirectoryDeed
    from hallq.store.vips import erase

    number = normal_form(secret(_("Card or phone number:")))
    if not erase(keeper.folder, [number], keeper.noted(DirectoryDeed.REMOVED)).erased:
        refuse(_("Nobody in the VIP directory has this number."))
    note(_("The customer is erased."))


def tell_vips(keeper: Keeper) -> None:
    """A line for each customer, highest tier first."""
    from rich.cells import cell_len, set_cell_size

    from hallq.domain.vip import NumberKind
    from hallq.store import vips
    from hallq.wording.states import tier_name

    everybody = vips.load(keeper.folder)
    names = {vip.tier: tier_name(keeper.config, vip.tier) for vip in everybody}
    width = max(map(cell_len, names.values()), default=0)
    for vip in everybody:
        card, phone = (_masked(vip, kind) for kind in NumberKind)
        tier = set_cell_size(names[vip.tier], width)
        out(f"{tier}  {card:<9} {phone:<9} {vip.valid_until:<10} {vip.manager}".rstrip())
    if not everybody:
        note(_("The VIP directory is empty."))


def only_masked(*, masked: bool) -> None:
    """Raises CommandError where somebody asks for whole numbers."""
    if not masked:
        refuse(_("Whole numbers are not kept: only an export with --masked can be had."), Exit.USAGE)


def export_masked(keeper: Keeper) -> None:
    """CSV to standard output, once the export is on record."""
    from hallq.domain.intents import NoteDirectory
    from hallq.domain.vip import DirectoryDeed, NumberKind
    from hallq.store import vips

    everybody = vips.load(keeper.folder)
    keeper.record(NoteDirectory(deed=DirectoryDeed.EXPORTED, exported=len(everybody)), 0)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("card", "phone", "tier", "valid_until", "manager"))
    for vip in everybody:
        writer.writerow(
            (*(_masked(vip, kind) for kind in NumberKind), vip.tier, vip.valid_until, vip.manager)
        )
    out(text.getvalue().rstrip("\n"))


def _masked(vip: "Vip", kind: "NumberKind") -> str:
    last = vip.last_four.get(kind)
    return f"****{last}" if last else ""
