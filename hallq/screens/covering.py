"""Dialogs over screens: what is behind a dialog stays as it is, only the dialog's rows are painted.

The customer's number and the running time stay readable that way, and a dialog costs a few
rows instead of two full paints of the terminal. Whole rows, because a wide character cut by
the edge of the box would stay broken on the terminal.
"""

import asyncio
import math
import time
from typing import Self, TypeVar

from textual import events, messages
from textual.await_complete import AwaitComplete
from textual.geometry import Region
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget

Answer = TypeVar("Answer")

SETTLING_SECONDS = 0.2
"""So long after a dialog came up or went, Textual asks several times for a paint of everything."""


class Coverable(Screen[None]):
    """A screen that dialogs come up over."""

    _keeps_still = False
    """While it is being covered: what it shows stays on the terminal."""
    _uncovered: Region | None = None
    _uncovered_painted = False
    _uncovered_until = 0.0
    _theme_shown = ""

    def keep_still(self, still: bool) -> None:
        """Whether a wish to paint everything is to be ignored: Textual has one on covering."""
        self._keeps_still = still

    def paint_now(self, widget: Widget) -> None:
        """Paint a widget at once: it would otherwise be painted through the dialog, after it."""
        self._compositor.update_widgets({widget})
        widget._repaint_required = False
        self._compositor_refresh()

    async def answer_to(self, dialog: "Dialog[Answer]") -> Answer:
        """Show a dialog and wait for its answer; from a worker of the group `ASKING`."""
        self.keep_still(True)
        try:
            answer = self.app.push_screen(dialog, wait_for_dismiss=True)
        finally:
            self.keep_still(False)
        # Somebody may end the worker; the dialog goes on, and its answer is nobody's then.
        return await asyncio.shield(answer)

    def show(self, dialog: "Dialog[None]") -> None:
        """Show a dialog that has nothing to answer."""
        self.keep_still(True)
        try:
            self.app.push_screen(dialog)
        finally:
            self.keep_still(False)

    def uncover(self, rows: Region) -> None:
        """A dialog goes from these rows: for a moment they are all that there is to paint."""
        self._uncovered = rows
        self._uncovered_painted = False
        self._uncovered_until = time.monotonic() + SETTLING_SECONDS
        self._theme_shown = self.app.theme

    def _set_dirty(self, *regions: Region) -> None:
        """Paint no more than what changed."""
        if not regions:
            if self._keeps_still:
                return
            if self._uncovered is not None and self._is_uncovering():
                if self._uncovered_painted:
                    return
                regions = (self._uncovered,)
        super()._set_dirty(*regions)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """When a dialog goes, Textual asks for a layout of what never moved."""
        layout = layout and (bool(regions) or not self._is_uncovering())
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _on_timer_update(self) -> None:
        """A wish to paint everything makes the wishes of single widgets superfluous.

        Not so where it is kept to the rows of a dialog that went; nor behind a dialog, where
        Textual wishes it after each paint of a widget, for that widget's rows.
        """
        if self._repaint_required and (self._is_uncovering() or self is not self.app.screen):
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        """The rows of a dialog that went are painted once."""
        if self._uncovered in self._compositor._dirty_regions:
            self._uncovered_painted = True
        super()._compositor_refresh()

    def _is_uncovering(self) -> bool:
        return time.monotonic() < self._uncovered_until and self.app.theme == self._theme_shown


class Dialog(ModalScreen[Answer]):
    """A question over a screen; its content is in one container of the class `dialog`."""

    _comes_up_until = math.inf
    _was_painted = False
    _painted_at = 0.0
    _has_size = False

    def __init__(self) -> None:
        """Nothing has changed beneath yet."""
        super().__init__()
        self._changed_beneath: set[Region] = set()

    @property
    def rows(self) -> Region:
        """The rows of the box, over the whole width; empty before the first layout."""
        for box in self.query(".dialog"):
            if box.region:
                return Region(0, box.region.y, self.size.width, box.region.height)
        return Region()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Around the box: the screen beneath, as it is."""
        stack = self.app.screen_stack
        place = stack.index(self) if self in stack else 0
        if place == 0:
            return super().render_lines(crop)
        rows = range(crop.y, crop.bottom)
        region = Region(0, crop.y, self.size.width, crop.height)
        beneath = stack[place - 1]
        if beneath._compositor.size != self._compositor.size:  # The window has another size since.
            beneath._refresh_layout(self._compositor.size)
        chops = beneath._compositor._render_chops(region, rows.__contains__)
        return [Strip.join(chops[y].values()).crop(crop.x, crop.right) for y in rows]

    def _set_dirty(self, *regions: Region) -> None:
        """While it comes up, its first paint is enough. What changes beneath is painted in whole rows."""
        if regions or time.monotonic() > self._comes_up_until:
            super()._set_dirty(*(self._whole_rows(region) for region in regions))

    def _whole_rows(self, region: Region) -> Region:
        return Region(0, region.y, self.size.width, region.height)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """After the first paint Textual reports what was mounted before it: laid out already.

        What changes beneath before it is kept for it: Textual forgets this until a screen is mounted.
        """
        if not self._was_painted:
            self._changed_beneath.update(regions)
        layout = layout and not (self._was_painted and time.monotonic() < self._comes_up_until)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_screen_suspend(self) -> None:
        """Another workplace was shown since: everything is painted when it is on top again."""
        self._comes_up_until = 0.0

    def _compositor_refresh(self) -> None:
        """The first paint is of the box, and of what changed since: the rest is on the terminal already."""
        dirty = self._compositor._dirty_regions
        whole = self.size.region
        if not self._was_painted and whole in dirty:
            dirty.discard(whole)
            if rows := self.rows:
                dirty |= {rows, *map(self._whole_rows, self._changed_beneath)}
                self._was_painted = True
                self._painted_at = time.monotonic()
                self._comes_up_until = self._painted_at + SETTLING_SECONDS
                for widget in (self, *self.walk_children(Widget)):
                    widget._layout_required = widget._repaint_required = False
        super()._compositor_refresh()

    def on_layout(self, message: messages.Layout) -> None:
        """What was mounted before the first paint was laid out for it."""
        self._leave_out_old(message)

    def on_update(self, message: messages.Update) -> None:
        """What had changed before the first paint is in it."""
        self._leave_out_old(message)

    def _leave_out_old(self, message: Message) -> None:
        if message.time < self._painted_at:
            message.stop()
            message.prevent_default()

    def on_resize(self, event: events.Resize) -> None:
        """The first size is laid out already; the screen beneath need not be laid out again for it."""
        if not self._has_size:
            self._has_size = True
            event.prevent_default()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Go, and leave the rows to the screen beneath."""
        stack = self.app.screen_stack
        if len(stack) > 1 and isinstance(beneath := stack[-2], Coverable) and self.rows:
            beneath.uncover(self.rows)
        return super().dismiss(result)
