"""The slip of a number: what a customer should know until the call."""

from dataclasses import replace

from hallq.domain.config import HallConfig
from hallq.domain.devices import PrinterRule
from hallq.domain.spoken_waits import spoken_range
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.views.guide import IssuedView, WaitView, issued_view
from hallq.domain.wall import on_wall
from hallq.domain.words import Words
from hallq.paper.parts import LANES, hall_line, middle, said, service_words, to_bring, when
from hallq.paper.slip import Block, Code, Divider, Huge, Slip

COPY = Words(zh="补打 {time}", en="COPY  {time}")
AGREED = Words(zh="预约 {time}，到点叫号", en="By appointment: called at {time}")
NEXT = Words(zh="您是下一位", en="You are next")
AHEAD = Words(zh="前面还有 {count} 人", en="{count} before you")
ABOUT = Words(zh="预计等候约 {minutes} 分钟", en="Expected wait: about {minutes} min")
WITHIN = Words(zh="预计等候不超过 {minutes} 分钟", en="Expected wait: within {minutes} min")
NO_WAIT = Words(zh="无需等候", en="No wait")
NOBODY_CALLS = Words(zh="暂无窗口叫号", en="No counter is calling yet")
SCAN = Words(zh="扫码查看", en="Scan to look it up")
LISTEN = Words(zh="请留意叫号，过号请找引导员", en="Missed your call? See the guide")


def ticket_slip(
    state: HallState, config: HallConfig, ticket: Ticket, now_ms: int, *, is_copy: bool = False
) -> Slip:
    """The slip of a live number, as it stands now; the first one with the wait that was told."""
    rule, view = config.printer, issued_view(state, config, ticket, now_ms)
    if not is_copy and ticket.told_high_minutes is not None:
        # The wait that is counted as told is the one on the paper.
        view = replace(view, wait=WaitView(ticket.told_low_minutes, ticket.told_high_minutes))
    offset_ms = state.clock_offset_ms
    issued = on_wall(ticket.issued_ms + offset_ms, config.zone_info)
    now = on_wall(now_ms + offset_ms, config.zone_info)
    blocks = [*_head(config, view, f"{now:%H:%M}" if is_copy else ""), *_standing(config, view), Divider()]
    if address := rule.qr_content(ticket.label, ticket.business_date, config.hall.id):
        blocks += [Code(address), middle(said(rule, SCAN))]
    blocks += [middle(said(rule, LISTEN)), middle(when(rule, issued))]
    return Slip(ticket.ticket_id, ticket.label, rule.language, tuple(blocks))


def _head(config: HallConfig, view: IssuedView, copied_at: str) -> list[Block]:
    rule = config.printer
    copy = [middle(said(rule, COPY, time=copied_at), bold=True)] if copied_at else []
    return [
        hall_line(config),
        *copy,
        Huge(view.label),
        middle(service_words(config, view.service), size=2),
        middle(said(rule, LANES[view.lane]), bold=True),
    ]


def _standing(config: HallConfig, view: IssuedView) -> list[Block]:
    rule = config.printer
    lines = []
    if view.agreed:
        lines.append(said(rule, AGREED, time=view.agreed))
    elif view.before is not None:
        lines.append(said(rule, AHEAD, count=view.before) if view.before else said(rule, NEXT))
        lines.append(_wait(rule, view.wait))
    return [middle(line) for line in (*lines, *to_bring(config, view.service))]


def _wait(rule: PrinterRule, wait: WaitView) -> str:
    if wait.high is None or wait.low is None:
        return said(rule, NOBODY_CALLS)
    if wait.high == 0:
        return said(rule, NO_WAIT)
    low, high = spoken_range(wait.low, wait.high)
    if low == 0:
        return said(rule, WITHIN, minutes=high)
    return said(rule, ABOUT, minutes=str(high) if low == high else f"{low}-{high}")
