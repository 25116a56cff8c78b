"""What slips have in common: their language, the hall and its services in it, dates."""

from datetime import datetime

from hallq.domain.config import HallConfig
from hallq.domain.devices import PrinterRule
from hallq.domain.lanes import Lane
from hallq.domain.words import Words
from hallq.paper.slip import Align, Line

LANES = {
    Lane.PRIORITY: Words(zh="优先通道", en="Priority lane"),
    Lane.STANDARD: Words(zh="标准通道", en="Standard lane"),
}
BRING = Words(zh="请备好：{documents}", en="Please have ready: {documents}")
WEEKDAYS = Words(zh="周一 周二 周三 周四 周五 周六 周日", en="Mon Tue Wed Thu Fri Sat Sun")


def said(rule: PrinterRule, words: Words, **facts: object) -> str:
    """The words in the language of the slips."""
    return words.in_language(rule.language).format_map(facts)


def middle(text: str, *, size: int = 1, bold: bool = False) -> Line:
    """A line in the middle of the paper."""
    return Line(text, size, Align.CENTER, bold)


def hall_line(config: HallConfig) -> Line:
    """The hall's name, above everything."""
    return middle(config.hall.name.in_language(config.printer.language))


def service_words(config: HallConfig, code: str) -> str:
    """A service's name; its code when the catalogue no longer has it."""
    service = config.service_by_code.get(code)
    return service.name.in_language(config.printer.language) if service else code


def to_bring(config: HallConfig, code: str) -> list[str]:
    """The line that says what a service needs, if it needs anything."""
    service, rule = config.service_by_code.get(code), config.printer
    if service is None or service.documents is None:
        return []
    return [said(rule, BRING, documents=service.documents.in_language(rule.language))]


def day_words(rule: PrinterRule, moment: datetime) -> str:
    """Date and weekday."""
    return f"{moment:%Y-%m-%d} {WEEKDAYS.in_language(rule.language).split()[moment.weekday()]}"


def when(rule: PrinterRule, moment: datetime) -> str:
    """Date, weekday and time."""
    return f"{day_words(rule, moment)} {moment:%H:%M}"
