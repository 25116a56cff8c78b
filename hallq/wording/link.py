"""The link to the hub in words: long for a line of its own, short for a corner of 80 columns."""

from hallq.domain.config import MINUTE_MS
from hallq.hall.link import Link, SyncStatus
from hallq.i18n import N_, _, counted

WORDS: dict[Link, str] = {
    Link.CONNECTED: N_("connected"),
    Link.BEHIND: N_("connected, catching up"),
    Link.CUT_OFF: N_("cut off"),
    Link.FENCED: N_("this is a copy of a terminal, or was moved here: enrol it anew"),
    Link.OUTDATED: N_("this hallq is too old for the hub: update it"),
    Link.RECOVERING: N_("the hub recovers: what was issued here can be called here"),
    Link.REVOKED: N_("the hub does not know this terminal any more: enrol it anew"),
    Link.WAITS: N_(
        "wait a minute: this terminal was heard just now; if this stays, a copy is at work: enrol it anew"
    ),
}
"""The whole sentence for each link; a test holds the two together."""

SHORT: dict[Link, str] = {
    Link.CONNECTED: N_("connected"),
    Link.BEHIND: N_("catching up"),
    Link.CUT_OFF: N_("cut off"),
    Link.FENCED: N_("a copy: enrol it anew"),
    Link.OUTDATED: N_("too old for the hub: update"),
    Link.RECOVERING: N_("hub recovers"),
    Link.REVOKED: N_("unknown at the hub: enrol anew"),
    Link.WAITS: N_("wait a minute: heard elsewhere"),
}

SKEW_MS = MINUTE_MS
"""A computer clock that differs by more from the hub's is worth a word."""

MANY_MINUTES = 120
"""From here on hours are easier to read."""


def _or_behind(words: str, link: SyncStatus) -> str:
    if link.link in (Link.CONNECTED, Link.BEHIND) and link.behind:
        return _("behind by {count}").format(count=link.behind)
    return words


def _counts(link: SyncStatus) -> list[str]:
    """What waits to be sent, and what may be called here all the same."""
    counts = [
        counted("{count} to be sent", "{count} to be sent", link.unsent),
        counted("{count} ticket in hand", "{count} tickets in hand", link.in_hand),
    ]
    if link.doubted:
        told = counted(
            "{count} more may have been called elsewhere and waits for the hub",
            "{count} more may have been called elsewhere and wait for the hub",
            link.doubted,
        )
        counts.append(told)
    return counts


def link_line(link: SyncStatus, since: str) -> str:
    """The whole truth on one line; `since`: the clock when it became so, empty when it does not matter."""
    words = _or_behind(_(WORDS[link.link]), link)
    if link.link is Link.CUT_OFF and since:
        words = _("cut off since {clock}").format(clock=since)
    if link.is_restored and link.link in (Link.CONNECTED, Link.BEHIND):
        words = " · ".join([words, _("its file came back from a backup")])
    if link.link is Link.CONNECTED:
        return words
    return " · ".join([words, *_counts(link)])


def link_short(link: SyncStatus, since: str, room: int) -> str:
    """As much of it as fits into `room` cells, the most important first, with a glyph for its state."""
    from rich.cells import cell_len

    glyph = "●" if link.link is Link.CONNECTED else "▲"
    short = _or_behind(_(SHORT[link.link]), link)
    cut = link.link is Link.CUT_OFF and bool(since)
    words = _("cut off {clock}").format(clock=since) if cut else short
    brief = _("{unsent} unsent, {count} in hand").format(unsent=link.unsent, count=link.in_hand)
    if link.doubted:
        brief = counted("{count} waits for the hub", "{count} wait for the hub", link.doubted)
    forms = [link_line(link, since), words, short]
    if link.is_restored:
        forms.insert(1, " · ".join([words, _("restored")]))
    if link.link is Link.CUT_OFF:
        forms = [
            link_line(link, since),
            f"{words} · {brief}",
            f"{words} · {link.unsent}↑ {link.in_hand}✋",
            words,
        ]
    return next((f"{glyph} {form}" for form in forms if cell_len(form) + 2 <= room), f"{glyph} {forms[-1]}")


def skew_warning(link: SyncStatus) -> str:
    """What is wrong with this computer's clock; empty while it agrees with the hub's."""
    if abs(link.skew_ms) <= SKEW_MS:
        return ""
    minutes = round(abs(link.skew_ms) / MINUTE_MS)
    much = _("{minutes} min").format(minutes=minutes)
    if minutes >= MANY_MINUTES:
        much = _("{hours} h").format(hours=round(minutes / 60))
    told = (
        N_("computer clock is {much} fast: set it")
        if link.skew_ms > 0
        else N_("computer clock is {much} slow: set it")
    )
    return _(told).format(much=much)


def quarantined_line(count: int) -> str:
    """At a hub: what lies aside because nobody can read it."""
    return counted(
        "in quarantine: {count} event that cannot be read",
        "in quarantine: {count} events that cannot be read",
        count,
    )


def unreadable_line(count: int) -> str:
    """At a terminal: what the hub placed and this hallq cannot read."""
    return counted(
        "in quarantine: {count} event that this hallq cannot read: update it",
        "in quarantine: {count} events that this hallq cannot read: update it",
        count,
    )


def contested_line(count: int) -> str:
    """What came too late to change anything."""
    return counted(
        "contested: {count} event that no longer fitted",
        "contested: {count} events that no longer fitted",
        count,
    )
