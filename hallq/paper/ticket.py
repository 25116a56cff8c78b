"""The slip of a number: what a customer should know until the call."""

from dataclasses import replace
from datetime import datetime

from hallq.domain.config import HallConfig
from hallq.domain.devices import PrinterRule
from hallq.domain.lanes import Lane
from hallq.domain.spoken_waits import spoken_range
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.views.guide import IssuedView, WaitView, issued_view
from hallq.domain.wall import on_wall
from hallq.domain.words import Words
from hallq.paper.slip import Align, Block, Code, Divider, Huge, Line, Slip

LANES = {
    Lane.PRIORITY: Words(zh="优先通道", en="Priority lane"),
    Lane.STANDARD: Words(zh="标准通道", en="Standard lane"),
}
COPY = Words(zh="补打 {time}", en="COPY  {time}")
AGREED = Words(zh="预约 {time}，到点叫号", en="By appointment: called at {time}")
NEXT = Words(zh="您是下一位", en="You are next")
AHEAD = Words(zh="前面还有 {count} 人", en="{count} before you")
ABOUT = Words(zh="预计等候约 {minutes} 分钟", en="Expected wait: about {minutes} min")
WITHIN = Words(zh="预计等候不超过 {minutes} 分钟", en="Expected wait: within {minutes} min")
NO_WAIT = Words(zh="无需等候", en="No wait")
NOBODY_CALLS = Words(zh="暂无窗口叫号", en="No counter is calling yet")
BRING = Words(zh="请备好：{documents}", en="Please have ready: {documents}")
SCAN = Words(zh="扫码查看", en="Scan to look it up")
LISTEN = Words(zh="请留意叫号，过号请找引导员", en="Please listen for your number")
WEEKDAYS = Words(zh="周一 周二 周三 周四 周五 周六 周日", en="Mon Tue Wed Thu Fri Sat Sun")


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
    if rule.qr_address:
        blocks += [Code(qr_address(rule, config, ticket)), middle(said(rule, SCAN))]
    blocks += [middle(said(rule, LISTEN)), middle(when(rule, issued))]
    return Slip(ticket.ticket_id, ticket.label, rule.language, tuple(blocks))


def qr_address(rule: PrinterRule, config: HallConfig, ticket: Ticket) -> str:
    """The address of a ticket's QR code."""
    return rule.qr_address.format(ticket=ticket.label, date=ticket.business_date, hall=config.hall.id)


def _head(config: HallConfig, view: IssuedView, copied_at: str) -> list[Block]:
    rule = config.printer
    service = config.service_by_code.get(view.service)
    name = service.name.in_language(rule.language) if service else view.service
    copy = [middle(said(rule, COPY, time=copied_at), bold=True)] if copied_at else []
    return [
        middle(config.hall.name.in_language(rule.language)),
        *copy,
        Huge(view.label),
        middle(name, size=2),
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
    service = config.service_by_code.get(view.service)
    if service and service.documents:
        lines.append(said(rule, BRING, documents=service.documents.in_language(rule.language)))
    return [middle(line) for line in lines]


def _wait(rule: PrinterRule, wait: WaitView) -> str:
    if wait.high is None or wait.low is None:
        return said(rule, NOBODY_CALLS)
    if wait.high == 0:
        return said(rule, NO_WAIT)
    low, high = spoken_range(wait.low, wait.high)
    if low == 0:
        return said(rule, WITHIN, minutes=high)
    return said(rule, ABOUT, minutes=str(high) if low == high else f"{low}-{high}")


def when(rule: PrinterRule, moment: datetime) -> str:
    """Date, weekday and time."""
    weekday = WEEKDAYS.in_language(rule.language).split()[moment.weekday()]
    return f"{moment:%Y-%m-%d} {weekday} {moment:%H:%M}"


def said(rule: PrinterRule, words: Words, **facts: object) -> str:
    """The words in the language of the slips."""
    return words.in_language(rule.language).format_map(facts)


def middle(text: str, *, size: int = 1, bold: bool = False) -> Line:
    """A line in the middle of the paper."""
    return Line(text, size, Align.CENTER, bold)
