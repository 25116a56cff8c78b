"""The hub as its commands reach it: on its database, with its key, each way to fail in one line."""

import contextlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.cli.options import Language, chosen_place
from hallq.cli.system_errors import not_the_file
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from hallq.hub import Hub, HubFault

DB_NAME = "hub.db"
KEY_NAME = "hub.key"
_HALL_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")

HubDbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        envvar="HALLQ_HUB_DB",
        show_envvar=False,
        help=N_(
            "PostgreSQL (postgresql://...) or a SQLite file. Without it: HALLQ_HUB_DB, "
            "else hub.db in the hall's folder or your data folder."
        ),
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help=N_("The hub's key, which never lies in its database. Without it: hub.key beside hub.db."),
    ),
]
HallOption = Annotated[
    str, typer.Option("--hall", metavar="HALL", help=N_("The hall's id: letters, digits, . _ -"))
]

_SENTENCES = {
    "busy": N_("the hub's database {db} does not answer. Try again; nothing is lost."),
    "recovering": N_(
        "the hub recovers: nothing is released before the terminals have given back what it lost."
    ),
    "unauthorised": N_("this hub has no such hall. `hallq hub status` names them."),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a hub lies."""

    db: str
    key_path: Path

    @property
    def shown(self) -> str:
        """The database as it may be printed."""
        from hallq.hub.names import shown

        return shown(self.db)

    @property
    def file(self) -> Path | None:
        """The SQLite file, None for PostgreSQL."""
        from hallq.hub.names import is_postgresql

        if is_postgresql(self.db):
            return None
        return Path(self.db.removeprefix("sqlite:///"))

    @property
    def upstream_path(self) -> Path:
        """Where the hub keeps how it reaches the hubs above it."""
        return self.key_path.with_name("hub.upstream")

    def key(self) -> bytes:
        """The hub's key, made at first use. Raises CommandError."""
        from hallq.store.key_files import make_key

        try:
            self.key_path.parent.mkdir(parents=True, exist_ok=True)
            make_key(self.key_path, in_hex=True)
            found = self.key_path.read_text(encoding="ascii", errors="replace").strip()
            others_read = sys.platform != "win32" and self.key_path.stat().st_mode & 0o077
        except OSError as error:
            raise not_the_file(error, self.key_path) from error
        if others_read:
            told = _("{path} can be read by others. Run `chmod 600 {path}`.")
            raise CommandError(Exit.STORE, told.format(path=self.key_path))
        if not re.fullmatch(r"[0-9a-f]{64}", found):
            told = _("{path} is not a key of a hub. Bring back the one from your backup.")
            raise CommandError(Exit.STORE, told.format(path=self.key_path))
        return bytes.fromhex(found)


def chosen_desk(db: str | None, key: Path | None, language: Language | None) -> Desk:
    """The hub that the options and the environment name. Starts the journal."""
    folder = chosen_place(None, language=language).folder
    chosen = db or str(folder / DB_NAME)
    desk = Desk(chosen, key or folder / KEY_NAME)
    if key is None and desk.file is not None:
        return Desk(chosen, desk.file.parent / KEY_NAME)
    return desk


@contextlib.contextmanager
def at_desk(
    db: str | None, key: Path | None, language: Language | None, *, create: bool = False
) -> Iterator["Hub"]:
    """The hub, closed in the end. `create`: also where there was none. Raises CommandError."""
    desk = chosen_desk(db, key, language)
    if desk.file is not None and not desk.file.exists() and not create:
        told = _("There is no hub at {db}. `hallq hub enroll` makes it.")
        raise CommandError(Exit.STORE, told.format(db=desk.shown))
    with in_one_line(desk):
        from hallq.hub.opening import hub_on

        hub, _database = hub_on(desk.db, desk.key(), desk.key_path.parent)
        try:
            yield hub
        finally:
            hub.close()


@contextlib.contextmanager
def in_one_line(desk: Desk) -> Iterator[None]:
    """What goes wrong with a hub, as CommandError."""
    with needing_packages():
        from sqlalchemy.exc import SQLAlchemyError

        from hallq.hub import HubFault
        from hallq.hub.schema import NewerSchemaError
    try:
        with needing_packages():
            yield
    except HubFault as fault:
        raise _no(fault, desk) from fault
    except NewerSchemaError as error:
        told = _("{db} was written by a later hallq. Update this one.")
        raise CommandError(Exit.STORE, told.format(db=desk.shown)) from error
    except SQLAlchemyError as error:
        first = str(getattr(error, "orig", None) or type(error).__name__).partition("\n")[0]
        told = _("the hub's database {db} cannot be used: {detail}")
        raise CommandError(Exit.STORE, told.format(db=desk.shown, detail=first)) from error


@contextlib.contextmanager
def needing_packages() -> Iterator[None]:
    """A missing package, in words that say what to install."""
    try:
        yield
    except ModuleNotFoundError as error:
        told = _('The hub needs more packages ({name} is missing). Install them: pip install "hallq[hub]"')
        raise CommandError(Exit.REFUSED, told.format(name=error.name)) from error


def settings_text(path: Path | None) -> str:
    """The text of a hall.toml that works; hallq's own defaults for None. Raises SettingsError."""
    from hallq.settings import default_text, load_config

    if path is None:
        return default_text()
    load_config(path)
    return path.read_text(encoding="utf-8-sig")


def make_hall(hub: "Hub", hall: str, path: Path | None) -> None:
    """A new hall with these settings. Raises CommandError for an id that cannot be one."""
    from hallq.settings import load_config

    if not _HALL_ID.fullmatch(hall):
        told = _("{hall} cannot be a hall's id: 1 to 64 letters, digits, . _ -")
        raise CommandError(Exit.USAGE, told.format(hall=hall))
    text, section = settings_text(path), load_config(path).hall
    hub.create_hall(hall, section.name.in_language(section.language), text)


def _no(fault: "HubFault", desk: Desk) -> CommandError:
    known = _SENTENCES.get(fault.fault.value)
    if known is None:
        told = _("the hub says no ({fault}): {detail}")
        return CommandError(Exit.REFUSED, told.format(fault=fault.fault.value, detail=fault.detail))
    code = Exit.STORE if fault.fault.value == "busy" else Exit.REFUSED
    return CommandError(code, _(known).format(db=desk.shown))
