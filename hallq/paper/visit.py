"""The slip of a visit: everything that was done in it, on one piece of paper."""

from collections.abc import Iterator
from datetime import datetime

from hallq.domain.config import HallConfig
from hallq.domain.transactions import Outcome, Transaction
from hallq.domain.views.visit_bill import VisitBill
from hallq.domain.wall import on_wall
from hallq.domain.words import Words
from hallq.paper.parts import hall_line, middle, said, service_words, to_bring, when
from hallq.paper.slip import Block, Divider, Line, Pair, Slip

KEY_END = "/visit"
"""What the keys of these slips end with."""
TITLE = Words(zh="业务办理清单", en="What was done for you")
COUNT = Words(zh="共 {count} 项", en="Services: {count}")
WHERE = Words(zh="{counter} 号窗口 工号 {clerk}", en="Counter {counter}, clerk {clerk}")
BEGAN = Words(zh="{time} 起", en="{time}")
WHY = Words(zh="原因：{reason}", en="Reason: {reason}")
FIRST = Words(zh="首问：{counter} 号窗口 工号 {clerk}", en="Ask for clerk {clerk}, counter {counter}")
THANKS = Words(zh="感谢光临，请核对以上内容", en="Please check this. Thank you.")
RUNNING = Words(zh="办理中", en="in progress")
OUTCOMES = {
    Outcome.DONE: Words(zh="已办结", en="done"),
    Outcome.SENT_ON: Words(zh="已转办", en="sent on"),
    Outcome.NOT_POSSIBLE: Words(zh="未能办理", en="not possible"),
    Outcome.INTERRUPTED: Words(zh="已挂起", en="on hold"),
}


def visit_slip(config: HallConfig, bill: VisitBill, offset_ms: int, now_ms: int) -> Slip:
    """The slip of a visit as it stands now; `offset_ms` turns the hall's clock into the time on the wall."""
    rule, ticket = config.printer, bill.ticket
    blocks: list[Block] = [
        hall_line(config),
        middle(said(rule, TITLE), bold=True),
        middle(ticket.label, size=2, bold=True),
        Divider(),
    ]
    for transaction in bill.shown:
        blocks += _done(config, transaction, on_wall(transaction.started_ms + offset_ms, config.zone_info))
    blocks += [Divider(), Line(said(rule, COUNT, count=len(bill.shown)))]
    if ticket.first_clerk:
        blocks.append(Line(said(rule, FIRST, counter=ticket.first_counter or 0, clerk=ticket.first_clerk)))
    blocks += [middle(said(rule, THANKS)), middle(when(rule, on_wall(now_ms + offset_ms, config.zone_info)))]
    return Slip(ticket.ticket_id + KEY_END, ticket.label, rule.language, tuple(blocks))


def _done(config: HallConfig, transaction: Transaction, began: datetime) -> Iterator[Block]:
    """One service: how it ended, where and when; what to bring where it was not possible."""
    rule, outcome = config.printer, transaction.outcome
    yield Pair(
        service_words(config, transaction.service), said(rule, OUTCOMES[outcome] if outcome else RUNNING)
    )
    where = said(rule, WHERE, counter=transaction.counter, clerk=transaction.clerk)
    yield Pair(f"- {where}", said(rule, BEGAN, time=f"{began:%H:%M}"))
    if outcome is Outcome.NOT_POSSIBLE:
        reasons = {choice.code: choice.name for choice in config.reasons.not_possible}
        if reason := reasons.get(transaction.end_reason or ""):
            yield Line("- " + said(rule, WHY, reason=reason.in_language(rule.language)))
        yield from (Line(f"- {line}") for line in to_bring(config, transaction.service))
