"""The largest thing at the door: the number just given, or the one in the making."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.domain.views.guide import GuideView, IssuedView, Panel
from hallq.i18n import _
from hallq.widgets.big_text import BigText
from hallq.widgets.colours import LANE_STYLES
from hallq.widgets.painted import Painted
from hallq.wording.guide import (
    day_words,
    service_facts,
    standing_words,
    taken_now_words,
    tier_and_lane,
)
from hallq.wording.states import lane_name, service_name

TEXT_CELLS = 24
"""The text beside the number needs so much; the number takes the rest."""


class PanelText(Painted):
    """The lines beside the number."""

    DEFAULT_CSS = """
    PanelText { width: 1fr; height: 1fr; text-wrap: wrap; }
    """

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self._said: tuple[Content, ...] = ()

    def say(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        self._said = tuple(lines)
        self.changed(self._said)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """What is to be said."""
        return self._said


class IssuedTicket(Horizontal):
    """Number and text; which of them depends on what the guide is doing."""

    DEFAULT_CSS = """
    IssuedTicket { height: 1fr; min-height: 4; }
    IssuedTicket BigText { display: none; margin-right: 3; }
    IssuedTicket.-issued BigText { display: block; }
    IssuedTicket.-priority BigText { color: $lane-priority; }
    IssuedTicket.-standard BigText { color: $lane-standard; }
    """

    number = query_one(BigText)
    text = query_one(PanelText)

    def compose(self) -> ComposeResult:
        """The number, the text."""
        yield BigText()
        yield PanelText()

    def paint(self, view: GuideView, config: HallConfig) -> None:
        """Show what the guide is at."""
        issued = view.issued if view.panel is Panel.ISSUED else None
        self.set_class(issued is not None, "-issued")
        for lane in Lane:
            self.set_class(issued is not None and issued.lane is lane, f"-{lane}")
        if issued is not None:
            room = self.content_size
            self.number.show(issued.label, max(12, room.width - TEXT_CELLS), max(1, room.height))
        self.text.say(_lines(view, config))


def _lines(view: GuideView, config: HallConfig) -> list[Content]:
    match view.panel:
        case Panel.WORKING:
            return [Content.styled(_("Writing the number …"), "$quiet")]
        case Panel.DAY:
            return [Content.styled(line, "bold") for line in day_words(view.day)]
        case Panel.DRAFT:
            return _draft_lines(view, config)
        case Panel.ISSUED if view.issued:
            return _issued_lines(view.issued, config)
        case _:
            return [Content.styled(_("Choose a service; the space bar gives the number."), "$quiet")]


def _draft_lines(view: GuideView, config: HallConfig) -> list[Content]:
    draft, lane = view.draft, view.draft.lane(config)
    forecast = next(each for each in view.lanes if each.lane is lane)
    where = Content.assemble(
        (lane_name(lane), LANE_STYLES[lane]),
        "  ",
        taken_now_words(forecast.wait),
    )
    service = config.service_by_code.get(draft.service or "")
    if service is None:
        return [where, Content.styled(_("Choose the service: a digit, or / to search."), "$quiet")]
    lines = [Content.styled(service_name(config, service.code), "bold $accent"), where]
    lines.append(Content(service_facts(service)))
    if view.issued:
        last = _("last number: {ticket}").format(ticket=view.issued.label)
        lines.append(Content.styled(last, "$quiet"))
    return lines


def _issued_lines(issued: IssuedView, config: HallConfig) -> list[Content]:
    service = config.service_by_code.get(issued.service)
    facts = service_facts(service, issued=True) if service else ""
    return [
        Content.styled(tier_and_lane(config, issued.tier, issued.lane), LANE_STYLES[issued.lane]),
        Content.styled(service_name(config, issued.service), "bold"),
        Content.styled(" · ".join(standing_words(issued)), "bold"),
        Content.styled(facts, "$quiet"),
    ]
