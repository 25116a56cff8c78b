"""The top line: where I am, who I am, business day and clock, connection in words."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from hallq.domain.config import MINUTE_MS
from hallq.hall import Actor, Hall
from hallq.hall.link import Link, SyncStatus
from hallq.i18n import _
from hallq.widgets.steady import Steady
from hallq.wording import times
from hallq.wording.link import link_short, skew_warning

NARROW_CELLS = 64
"""Below that the time has no room for the date beside it."""
CLOCK_JUMP_MS = MINUTE_MS
"""A computer clock that differs by more from the shown time is worth a word."""


class TopLine(Horizontal):
    """One line, the same on every screen."""

    DEFAULT_CSS = """
    TopLine { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    TopLine > Steady { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    TopLine > #top-day { text-align: center; }
    TopLine > #top-link { text-align: right; color: $fine; }
    TopLine > #top-link.-jumped { color: $soon; }
    TopLine.-away > #top-day { width: auto; padding: 0 2; }
    TopLine.-away > #top-link { width: 2fr; }
    """

    def compose(self) -> ComposeResult:
        """Left, middle, right."""
        yield Steady(id="top-place")
        yield Steady(id="top-day")
        yield Steady(id="top-link")

    def paint(self, hall: Hall, place: str, actor: Actor, now_ms: int) -> None:
        """Show the present; `now_ms` on the hall's clock."""
        day = hall.state.day
        offset_ms = day.clock_offset_ms if day else hall.wall_ms() - now_ms
        shown_ms = now_ms + offset_ms
        who = " · ".join(part for part in (place, actor.name) if part)
        date = times.day(day.date) if day and day.is_open else _("day not open")
        link, is_calm = self._link_words(hall, shown_ms, offset_ms)
        self.query_one("#top-place", Steady).say(who)
        clock = times.clock(shown_ms, hall.config.zone_info)
        narrow = self.app.size.width < NARROW_CELLS and day is not None and day.is_open
        self.query_one("#top-day", Steady).say(
            clock if narrow else f"{date}  {clock}", layout=self.has_class("-away")
        )
        self.query_one("#top-link", Steady).say(link)
        self.query_one("#top-link", Steady).set_class(not is_calm, "-jumped")

    def _link_words(self, hall: Hall, shown_ms: int, offset_ms: int) -> tuple[str, bool]:
        """What this terminal stands on, and whether all is well with it."""
        status = hall.link
        away = status is not None and status.link is not Link.CONNECTED
        warning = skew_warning(status) if status is not None else ""
        self.set_class(away or bool(warning), "-away")
        if status is not None and away:
            return self._away_words(hall, status, offset_ms), False
        if hall.settings_changed:
            return _("▲ settings changed: restart here"), False
        if warning:
            return f"▲ {warning}", False
        if abs(hall.wall_ms() - shown_ms) > CLOCK_JUMP_MS:
            return _("▲ computer clock jumped"), False
        return (link_short(status, "", self.size.width // 3) if status else _("● on this machine")), True

    def _away_words(self, hall: Hall, status: SyncStatus, offset_ms: int) -> str:
        since = times.clock(status.since_ms + offset_ms, hall.config.zone_info) if status.since_ms else ""
        return link_short(status, since, self.size.width // 2)
