"""`hallq vip ...`: the directory of VIP customers of the hall on this machine."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption
from hallq.cli.staffing import refuse
from hallq.cli.telling import note, out
from hallq.cli.vip_here import directory_here, progress
from hallq.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from hallq.domain.vip import DirectoryChange, NumberKind, Vip, VipEntry

app = typer.Typer(rich_markup_mode=None)

_MOST_TOLD = 20
ByOption = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="NUMBER",
        help=N_("The number of the manager or admin who does this; asked for without."),
    ),
]


@app.callback()
def _vip() -> None:
    """The VIP directory."""


@app.command(
    "import",
    help=N_(
        "Put customers from a list (CSV or Excel) into the directory: all of them or none.\n\n"
        "Columns: card or phone, tier; valid_until, surname, form, manager may follow. "
        "Who is known by the card, or by the phone alone, is changed."
    ),
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", readable=False, help=N_("The list: CSV in UTF-8 or GB18030, or .xlsx.")
        ),
    ],
    whole: Annotated[
        bool, typer.Option("--whole", help=N_("This is everybody: whoever is not in the file is erased."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say what would happen; nothing is written."))
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=N_("Take the good rows although others are bad."))
    ] = False,
    by: ByOption = None,
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """Every bad row is told by its line; with one of them nothing is imported, unless asked to."""
    from hallq.store.vips import put_in

    with directory_here(folder, db, language, by) as store:
        entries = _good_rows(file, skip_bad=skip_bad or dry_run)
        with progress(_("Importing"), len(entries)) as passed:
            change = put_in(store.path, entries, whole=whole, try_only=dry_run, passed=passed)
    _tell_change(change, dry_run=dry_run)


def _good_rows(file: Path, *, skip_bad: bool) -> "list[VipEntry]":
    """The entries of the list. Raises CommandError for a list that is not to be imported."""
    from hallq.text_file import UnreadableError
    from hallq.vip_list.rows import read_list

    try:
        entries, bad = read_list(file)
    except UnreadableError as error:
        refuse(f"{file}: {error.reason}", Exit.DAY_FILE)
    for row in bad[:_MOST_TOLD]:
        note(row.sentence())
    if len(bad) > _MOST_TOLD:
        rest = len(bad) - _MOST_TOLD
        note(ngettext("and {count} bad row more", "and {count} bad rows more", rest).format(count=rest))
    if bad and not skip_bad:
        told = _("{file} has bad rows: nothing was imported. Mend them, or leave them out with --skip-bad.")
        refuse(told.format(file=file), Exit.DAY_FILE)
    if not entries:
        refuse(_("{file} holds no customers: nothing was imported.").format(file=file), Exit.DAY_FILE)
    return entries


def _tell_change(change: "DirectoryChange", *, dry_run: bool) -> None:
    told = _("Customers: {added} new, {changed} changed, {erased} erased.")
    out(told.format(added=change.added, changed=change.changed, erased=change.erased))
    if dry_run:
        note(_("This was a dry run: nothing was written."))


@app.command(
    "remove",
    help=N_(
        "Erase one customer: the numbers, and the key without which no copy can tell the name.\n\n"
        "The card or phone number is typed unseen, or comes in a line from a pipe."
    ),
)
def remove(
    by: ByOption = None, db: DbOption = None, folder: DirOption = None, language: LanguageOption = None
) -> None:
    """The number is asked for: on the command line it would stay in the shell's history."""
    from hallq.cli.staffing import secret
    from hallq.domain.customer_number import normal_form
    from hallq.store.vips import erase

    with directory_here(folder, db, language, by) as store:
        number = normal_form(secret(_("Card or phone number:")))
        if not erase(store.path, [number]):
            refuse(_("Nobody in the VIP directory has this number."))
    note(_("The customer is erased."))


@app.command("list", help=N_("List everybody, with the last four digits of the numbers."))
def list_(
    by: ByOption = None, db: DbOption = None, folder: DirOption = None, language: LanguageOption = None
) -> None:
    """A line for each customer, highest tier first."""
    from hallq.domain.vip import NumberKind
    from hallq.store import vips

    with directory_here(folder, db, language, by) as store:
        everybody = vips.load(store.path)
    for vip in everybody:
        card, phone = (_masked(vip, kind) for kind in NumberKind)
        out(f"{vip.tier:<8} {card:<9} {phone:<9} {vip.valid_until:<10} {vip.manager}".rstrip())
    if not everybody:
        note(_("The VIP directory is empty."))


@app.command("export", help=N_("Write the directory as CSV, with the last four digits of the numbers."))
def export(
    masked: Annotated[
        bool, typer.Option("--masked", help=N_("Needed: whole numbers are not kept, and names do not leave."))
    ] = False,
    by: ByOption = None,
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """To standard output."""
    from hallq.domain.vip import NumberKind
    from hallq.store import vips

    if not masked:
        refuse(_("Whole numbers are not kept: only `hallq vip export --masked` can be had."), Exit.USAGE)
    with directory_here(folder, db, language, by) as store:
        everybody = vips.load(store.path)
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
