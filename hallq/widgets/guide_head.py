"""What the guide has chosen so far, and the groups to choose from."""

from collections.abc import Sequence

from textual.content import Content

from hallq.domain.config import HallConfig
from hallq.domain.views.guide import GroupView, GuideView
from hallq.domain.views.guide_draft import FREQUENT, masked
from hallq.i18n import _, language
from hallq.widgets.cells import left
from hallq.widgets.painted import Painted
from hallq.wording.guide import draft_words, known_words, twin_words
from hallq.wording.states import service_name

LONGEST_NAME, SHORTEST_NAME = 24, 2
"""Cells of a group's name."""


class GuideHead(Painted):
    """Two lines: service or search with what is known of the customer, and the groups."""

    DEFAULT_CSS = """
    GuideHead { height: 2; width: 1fr; }
    """

    def __init__(self) -> None:
        """Nothing chosen yet."""
        super().__init__()
        self._view: GuideView | None = None
        self._config: HallConfig | None = None

    def paint(self, view: GuideView, config: HallConfig) -> None:
        """Show the draft and the groups."""
        self._view, self._config = view, config
        self.changed(view.draft, view.groups, view.parts, view.twin, len(view.lines))

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The draft, the groups."""
        if self._view is None or self._config is None:
            return []
        right = self._customer(self._view, self._config)
        room = max(10, width - right.cell_length - 2)
        first = self._service(self._view, self._config).truncate(room, ellipsis=True, pad=True)
        return [Content.assemble(first, "  ", right), self._groups(self._view, width)]

    @staticmethod
    def _service(view: GuideView, config: HallConfig) -> Content:
        draft = view.draft
        if draft.query is not None:
            hint = _("Enter keeps · Esc back")
            return Content.assemble(
                (_("Search: "), "$quiet"), (draft.query, "bold"), ("▏", "$accent"), (f"  {hint}", "$quiet")
            )
        if draft.service is None:
            return Content.styled(_("Digit: service · letter: group · / or Chinese: search"), "$quiet")
        name = service_name(config, draft.service)
        return Content.assemble((_("Service: "), "$quiet"), (name, "bold"))

    @staticmethod
    def _customer(view: GuideView, config: HallConfig) -> Content:
        draft = view.draft
        parts: list[Content] = []
        if draft.known and draft.known.address:
            parts.append(Content.styled(draft.known.address, "bold $accent"))
        elif draft.number:
            parts.append(Content.assemble((_("No. "), "$quiet"), masked(draft.number)))
        if doubt := known_words(draft.known):
            parts.append(Content.styled(doubt, "bold $soon"))
        if view.twin:
            parts.append(Content.styled(twin_words(view.twin), "bold $soon"))
        parts += [Content.styled(text, "bold $lane-priority") for text in draft_words(draft, config)]
        return Content("  ").join(parts)

    @staticmethod
    def _groups(view: GuideView, width: int) -> Content:
        """All in one line: long names are cut as far as it takes."""
        lines = (_groups_line(view, cells) for cells in range(LONGEST_NAME, SHORTEST_NAME - 1, -1))
        line = next((line for line in lines if line.cell_length <= width), None)
        return line or _groups_line(view, SHORTEST_NAME).truncate(width, ellipsis=True)


def _groups_line(view: GuideView, cells: int) -> Content:
    parts = []
    for group in view.groups:
        style = "bold $background on $accent" if group.current else "$quiet"
        parts.append(Content.assemble((f" {_group_name(group, cells)} ", style)))
    if view.parts > 1 and view.draft.query is None:
        page = _("{part}/{parts}: {key} turns").format(
            part=view.draft.part + 1, parts=view.parts, key=view.draft.group or "0"
        )
        parts.append(Content.styled(page, "$soon"))
    return Content(" ").join(parts)


def _group_name(group: GroupView, cells: int) -> str:
    if group.letter == FREQUENT or group.name is None:
        name = _("Frequent")
        return f"0 {name}"
    return f"{group.letter} {left(group.name.in_language(language()), cells).rstrip()}"
