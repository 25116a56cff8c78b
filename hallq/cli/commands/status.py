"""`hallq status`: how this terminal stands with its hub."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import out
from hallq.i18n import _, counted

if TYPE_CHECKING:
    from hallq.paths import Place
    from hallq.sync.report import Report


def status(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """A line for each thing that a person may want to know."""
    from hallq.clock import SystemClock
    from hallq.store import open_store
    from hallq.sync.report import report

    place = chosen_place(folder, db, language)
    store = open_store(place.db)
    try:
        found = report(store, SystemClock())
    finally:
        store.close()
    if found is None:
        out(_("This hall has no hub."))
        return
    for line in status_lines(found, _since(place, found)):
        out(line)


def _since(place: "Place", found: "Report") -> str:
    """The clock when the link became as it is; empty where nobody knows."""
    from hallq.settings import SettingsError, load_config
    from hallq.wording import times

    if found.since_wall_ms is None:
        return ""
    try:
        zone = load_config(place.settings).zone_info
    except SettingsError:
        return ""
    return times.clock(found.since_wall_ms, zone)


def status_lines(found: "Report", since: str = "") -> Iterator[str]:
    """The whole standing; what is not the matter has no line. `since`: the clock when it became so."""
    from hallq.wording.link import link_line

    joined, link = found.joined, found.status
    told = _("{name} · {hall} · {url} · device {device}")
    yield told.format(name=joined.name, hall=joined.hall_name, url=joined.hub_url, device=joined.device)
    yield link_line(link, since) if found.speaks else _("no program of this terminal runs now")
    told = _("position {position} · settings version {version}")
    yield told.format(position=found.position, version=joined.settings_version)
    if found.vip_version:
        yield _("VIP directory {version}").format(version=f"{found.vip_version:x}")
    if found.oldest_ms is not None:
        count = counted("{count} event to be sent", "{count} events to be sent", link.unsent)
        oldest = _("the oldest is {seconds} s old").format(seconds=found.oldest_ms // 1_000)
        yield f"{count} · {oldest}"
    if found.leases:
        leased = ", ".join(f"{label} → {counter}" for label, counter in sorted(found.leases.items()))
        yield _("leased to counters here: {tickets}").format(tickets=leased)
    if link.doubted and found.joined.standing != "fenced":
        yield _(
            "this machine has no memory of the file, or the file is an older one. Without the hub: hallq "
            "vouch, by which you answer for it that no copy is at work"
        )
    if found.open_commands:
        yield _("commands without an answer: {count}").format(count=found.open_commands)
    yield from _wrong(found)


def _wrong(found: "Report") -> Iterator[str]:
    from hallq.wording.link import contested_line, skew_warning, unreadable_line

    link = found.status
    if found.joined.standing == "restored":
        yield _("this file came back from a backup; it took what it lacked from the hub")
    if found.contested:
        yield contested_line(found.contested)
    if link.quarantined:
        yield unreadable_line(link.quarantined)
    if link.settings_refused:
        told = _("settings version {version} of the hub cannot be used; it is in hall.toml.refused")
        yield told.format(version=link.settings_refused)
    if warning := skew_warning(link):
        yield warning
