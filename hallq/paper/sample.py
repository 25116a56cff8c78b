"""A slip that shows what a printer can: sizes, width, Chinese characters, a QR code."""

from datetime import datetime

from hallq.domain.config import HallConfig
from hallq.domain.devices import PrinterRule
from hallq.domain.words import Words
from hallq.paper.slip import Align, Block, Code, Divider, Huge, Line, Pair, Slip

TITLE = Words(zh="打印测试", en="Test print")
WIDTH = Words(zh="下一行应正好占满纸宽：", en="The next line fills the paper:")
RARE = Words(zh="生僻字：喆 镕 䶮 㐀 𠀀", en="Letters: A-Z a-z 0-9 é ü ñ")
ENDS = Words(zh="左 右", en="left right")


def sample_slip(rule: PrinterRule, config: HallConfig, now: datetime) -> Slip:
    """What `hallq print test` prints."""
    language, columns = rule.language, rule.paper.columns
    left, right = ENDS.in_language(language).split()
    blocks: list[Block] = [
        Line(config.hall.name.in_language(language), align=Align.CENTER),
        Huge("A012"),
        Line(TITLE.in_language(language), 2, Align.CENTER, True),
        Line(WIDTH.in_language(language)),
        Line(("1234567890" * 5)[:columns]),
        Pair(left, right),
        Line(RARE.in_language(language)),
        Divider(),
    ]
    if address := rule.qr_content("A012", f"{now:%Y-%m-%d}", config.hall.id):
        blocks.append(Code(address))
    blocks.append(Line(f"{now:%Y-%m-%d %H:%M}", align=Align.CENTER))
    return Slip("test", TITLE.in_language(language), language, tuple(blocks))
