"""`hallq doctor`: what a hall's terminal needs, looked at piece by piece."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import out
from hallq.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from hallq.domain.devices import PrinterRule, VoiceMode
    from hallq.paths import Place
    from hallq.store import Store
    from hallq.sync.checking import Checked
    from hallq.sync.report import Report

LEAST_FREE_MB = 200
MOST_SKEW_MS = 60_000
_BARRED = ("fenced", "outdated")
"""What the hub said last, where it still answers a terminal that it does not work with."""

Finding = tuple[bool, str]
"""Whether it is well, and what was found."""


def doctor(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """One line for each look; the exit code says whether all is well."""
    place = chosen_place(folder, db, language)
    well = True
    for is_well, sentence in findings(place):
        well = well and is_well
        out(f"{'✓' if is_well else '✗'} {sentence}")
    if not well:
        raise typer.Exit(Exit.FAULTS_FOUND)


def findings(place: "Place") -> Iterator[Finding]:
    """Everything that was looked at."""
    from hallq.store import StoreError, open_store
    from hallq.wording.troubles import trouble_sentence

    yield _settings(place)
    yield _disk(place)
    yield from _devices(place)
    try:
        store = open_store(place.db)
    except StoreError as error:
        yield False, trouble_sentence(error)
        return
    try:
        yield from _file(place)
        yield from _vips(place.db.parent)
        yield _sqlite()
        yield from _hub(store)
    finally:
        store.close()


def _settings(place: "Place") -> Finding:
    from hallq.cli.faults import settings_sentence
    from hallq.settings import SettingsError, load_config

    try:
        load_config(place.settings)
    except SettingsError as error:
        return False, settings_sentence(error)
    return True, _("settings: {path}").format(path=place.settings or _("hallq's own defaults"))


def _disk(place: "Place") -> Finding:
    import shutil

    free = shutil.disk_usage(place.folder if place.folder.exists() else ".").free // 1_000_000
    return free >= LEAST_FREE_MB, _("disk: {count} MB free").format(count=free)


def _devices(place: "Place") -> Iterator[Finding]:
    """The printer and the voice; with settings that cannot be read there are none."""
    from hallq.cli.options import terminal_settings
    from hallq.settings import SettingsError, load_config

    try:
        config = load_config(place.settings)
    except SettingsError:
        return
    chosen = terminal_settings()
    yield _printer(config.printer.here(chosen.printer))
    yield True, _voice(config.voice.here(chosen.voice).mode)


def _printer(rule: "PrinterRule") -> Finding:
    from hallq.domain.devices import Connection, PrinterState
    from hallq.paper.once import look_once
    from hallq.wording.printer import printer_found

    if rule.connection is Connection.NONE:
        return True, _("printer: none configured")
    state = look_once(rule)
    return state.prints or state is PrinterState.UNKNOWN, printer_found(rule, state)


def _voice(mode: "VoiceMode") -> str:
    from hallq.domain.devices import VoiceMode
    from hallq.voice.engines import engine_here

    if mode is VoiceMode.OFF:
        return _("voice: off")
    if mode is VoiceMode.BELL:
        return _("voice: the terminal's bell")
    engine = engine_here()
    if engine is None:
        return _("voice: no program here can speak; the terminal's bell rings")
    return _("voice: {program}").format(program=engine.name)


def _file(place: "Place") -> Iterator[Finding]:
    from hallq.store.encrypted import key_path
    from hallq.store.schema import HEAD

    yield True, _("file: {path}, schema {schema}").format(path=place.db, schema=HEAD)
    key = key_path(place.db)
    if key.exists():  # a plain file would not have been opened beside it
        yield _own(key, _("encrypted, key: {path}").format(path=key))


def _vips(folder: "Path") -> Iterator[Finding]:
    """Whether customers are recognised, where there is a directory: without its key they are not."""
    from hallq.store import StoreError
    from hallq.store.vip_file import is_there, opened
    from hallq.store.vip_keys import DIRECTORY_FILE, KEY_FILE
    from hallq.wording.troubles import trouble_sentence

    if not is_there(folder):
        return
    try:
        with opened(folder):
            yield _own(folder / KEY_FILE, _("VIP directory: {path}").format(path=folder / DIRECTORY_FILE))
    except StoreError as error:
        yield False, trouble_sentence(error)


def _sqlite() -> Finding:
    import sqlcipher3.dbapi2 as driver

    return True, _("SQLite {version}").format(version=driver.sqlite_version)


def _hub(store: "Store") -> Iterator[Finding]:
    from hallq.clock import SystemClock
    from hallq.sync.address import token_path
    from hallq.sync.checking import checked
    from hallq.sync.report import report
    from hallq.wording.link import unreadable_line

    found = report(store, SystemClock())
    if found is None:
        yield True, _("hub: none")
        return
    yield _token(token_path(store.path))
    yield _witness(store)
    if standing := _standing(store, found):
        yield False, standing
    told = checked(store, found.joined)
    if told.fault:
        yield False, _("hub: {url}: {fault}").format(url=found.joined.hub_url, fault=_fault(told))
    else:
        line = _("hub: {url} answers in {count} ms, hallq {version}")
        yield True, line.format(url=found.joined.hub_url, count=told.latency_ms, version=told.version)
        clock = _("clock: {seconds} s from the hub's").format(seconds=f"{told.skew_ms / 1_000:+.1f}")
        yield abs(told.skew_ms) <= MOST_SKEW_MS, clock
    if found.status.quarantined:
        yield False, unreadable_line(found.status.quarantined)


def _standing(store: "Store", found: "Report") -> str:
    """Why the hub does not work with this file, as it said last; empty when it does."""
    from hallq.hall.link import Link
    from hallq.sync.address import token_path
    from hallq.sync.opening import is_elsewhere
    from hallq.wording.link import WORDS

    link = found.status.link
    if token_path(store.path).exists() and is_elsewhere(store.path):
        link = Link.FENCED
    elif link is not Link.WAITS:
        link = Link(found.joined.standing) if found.joined.standing in _BARRED else Link.CONNECTED
    return "" if link is Link.CONNECTED else _(WORDS[link])


def _fault(told: "Checked") -> str:
    from hallq.hall.link import Link
    from hallq.protocol import Fault
    from hallq.wording.link import WORDS

    if told.refused is Fault.UNAUTHORISED:
        return _(WORDS[Link.REVOKED])
    if told.refused is not None:
        sentence = _("the hub says no ({fault}): {detail}")
        return sentence.format(fault=told.refused.value, detail=told.fault)
    return told.fault


def _token(place: "Path") -> Finding:
    if not place.exists():
        return False, _("token: {path} is missing. Enrol this terminal anew.").format(path=place)
    return _own(place, _("token: {path}").format(path=place))


def _own(place: "Path", well: str) -> Finding:
    """Whether a secret file is for its owner's eyes only."""
    import sys

    if sys.platform != "win32" and place.stat().st_mode & 0o077:
        return False, _("{path} can be read by others. Run `chmod 600 {path}`.").format(path=place)
    return True, well


def _witness(store: "Store") -> Finding:
    fault = store.witness.fault()
    if fault:
        told = _(
            "witness: {path} cannot be written ({fault}). Restarted while cut off, this terminal "
            "calls nothing of what it had in hand."
        )
        return False, told.format(path=store.witness.place, fault=fault)
    return True, _("witness: {path}").format(path=store.witness.place)
