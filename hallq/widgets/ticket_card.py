"""The ticket in front of the clerk: its number very large, and what to know about it."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.domain.views.counter_shapes import CardView, CounterView, NextView, Phase
from hallq.i18n import _, counted, language
from hallq.widgets.big_text import BigText
from hallq.widgets.colours import LANE_COLOURS
from hallq.widgets.steady import Steady
from hallq.wording import times
from hallq.wording.counter import (
    PHASES,
    calling_hint,
    headline,
    pressure_words,
    tier_words,
    wait_words,
)
from hallq.wording.states import aside, lane_name, reason_name, service_name

NUMBER_CELLS, FACTS_CELLS = 36, 22
"""A card with less room than that gives it to the facts; the number is as small as text then."""
ADDRESS_CELLS = 24
TIMED = (Phase.CALLING, Phase.PAUSED)
"""Phases whose own time runs on the card; a service's time runs on its bar."""


class TicketCard(Horizontal):
    """Number on the left, facts on the right; always of the same height."""

    DEFAULT_CSS = """
    TicketCard { height: 7; }
    TicketCard > #card-number { width: auto; min-width: 36; padding: 1 2 0 0; }
    TicketCard.-narrow > #card-number { min-width: 0; }
    TicketCard > #card-number.-priority { color: $lane-priority; }
    TicketCard > #card-number.-preview { color: $quiet; text-style: none; }
    TicketCard > #card-facts { width: 1fr; height: 100%; padding: 1 0 0 0; }
    """

    big = query_one("#card-number", BigText)
    facts = query_one("#card-facts", Steady)

    def compose(self) -> ComposeResult:
        """Number and facts."""
        yield BigText(id="card-number", max_width=46, max_height=5)
        yield Steady(id="card-facts")

    def say(self, sentence: str) -> None:
        """Show a sentence alone, where there is no counter to show."""
        self.big.display = False
        self.facts.say(Content.styled(sentence, "bold"))

    def paint(
        self, view: CounterView, config: HallConfig, date: str, address: str = "", *, colleague: str = ""
    ) -> None:
        """Show the ticket, or what is the matter without one.

        `date`: the business day to open. `address`: how to greet the customer, where that is known.
        `colleague`: who has this counter, where that is not whoever looks at it.
        """
        rows = max(5, self.size.height - 1)
        narrow = 0 < self.size.width < NUMBER_CELLS + FACTS_CELLS
        self.set_class(narrow, "-narrow")
        room = 0 if narrow else 92 if rows >= 10 else 46
        free = view.phase is Phase.FREE
        upcoming = view.next[0] if view.next and free and not view.kept else None
        kept = view.kept if free else ""
        number = view.card.label if view.card else upcoming.label if upcoming else kept
        self.big.show(number, max_width=room or cell_len(number), max_height=rows)
        self.big.display = bool(number)
        self.big.set_class(view.card is None, "-preview")
        self.big.set_class(view.card is not None and view.card.lane is Lane.PRIORITY, "-priority")
        if view.card:
            cells = self.facts.content_size.width - (cell_len(address) + 3 if address else 0)
            service = service_name(config, view.card.service, max(0, cells) or None)
            lines = _of_ticket(view, view.card, config, _customer(service, address), colleague)
        else:
            lines = _without(view, upcoming, config, _others(colleague) or headline(view, config, date))
        self.facts.say(Content("\n").join(lines))


def _badge(view: CounterView) -> Content:
    """The phase, and its time where that runs."""
    style = "bold $background on $accent" if view.card else "bold $background on $quiet"
    parts: list[tuple[str, str]] = [(f" {_(PHASES[view.phase])} ", style)]
    if view.phase in TIMED:
        parts += [("  ", ""), (times.running(view.phase_ms), "bold")]
    return Content.assemble(*parts)


def _others(colleague: str) -> str:
    """What the space bar does at a counter that a colleague has; empty where nobody else has it."""
    if not colleague:
        return ""
    return _("{clerk}'s counter: Space takes it over.").format(clerk=colleague)


def _of_ticket(
    view: CounterView, card: CardView, config: HallConfig, customer: Content, colleague: str
) -> list[Content]:
    colour = LANE_COLOURS[card.lane]
    why = reason_name(config.reasons.priority, card.priority_reason) if card.priority_reason else None
    who = f"{tier_words(config, card.tier)}   {aside(lane_name(card.lane), why)}"
    pressure = card.wait_pressure
    waited = Content.assemble(
        (pressure_words(pressure), f"${pressure.value} bold"), "   ", (wait_words(card), "$foreground")
    )
    lines = [
        Content.assemble(_badge(view), "   ", (who, f"{colour} bold")),
        customer,
        waited,
    ]
    if colleague:
        lines.append(Content.styled(_others(colleague), "$soon bold"))
    elif view.phase is Phase.CALLING:
        style = "$soon bold" if view.suggests_missed else "$quiet"
        lines.append(Content.styled(calling_hint(card, view.suggests_missed), style))
    lines.append(_facts(card))
    return lines


def _customer(service: str, address: str) -> Content:
    """Whom to greet how, and what for."""
    if not address:
        return Content.styled(service, "bold")
    greeted = Content.styled(address, "bold $accent").truncate(ADDRESS_CELLS, ellipsis=True)
    return Content.assemble(greeted, "   ", (service, "bold"))


def _facts(card: CardView) -> Content:
    """What to bring, who took the customer first, what happened before."""
    facts = []
    if card.first_counter is not None:
        first = _("first asked: counter {counter}").format(counter=card.first_counter)
        facts.append(aside(first, card.first_clerk))
    if card.returns_to is not None:
        facts.append(_("goes back to counter {counter}").format(counter=card.returns_to))
    if card.missed_times:
        facts.append(counted("missed {count} time", "missed {count} times", card.missed_times))
    if card.documents:
        facts.append(_("bring: {documents}").format(documents=card.documents.in_language(language())))
    if card.no_form:
        facts.append(_("no form"))
    return Content.styled(" · ".join(facts), "$quiet")


def _without(
    view: CounterView, upcoming: NextView | None, config: HallConfig, sentence: str
) -> list[Content]:
    lines = [_badge(view), Content.styled(sentence, "bold")]
    if upcoming is not None:
        who = f"{tier_words(config, upcoming.tier)}   {service_name(config, upcoming.service)}"
        lines.append(Content.styled(who, LANE_COLOURS[upcoming.lane]))
    if view.returning:
        held = (
            _("On hold for this counter: {tickets}.")
            if view.phase is Phase.PAUSED
            else _("On hold for this counter: {tickets}. C calls one back.")
        )
        lines.append(Content.styled(held.format(tickets=" ".join(view.returning[:5])), "$quiet"))
    if view.served and view.phase is not Phase.DAY_CLOSED:
        lines.append(Content.styled(_("Served here today: {count}").format(count=view.served), "$quiet"))
    return lines
