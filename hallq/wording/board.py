"""The board's words, always in both languages: a customer chooses no language."""

from datetime import time

from hallq.domain.lanes import Lane
from hallq.domain.spoken_waits import spoken_range
from hallq.domain.views.board import BoardLane, BoardPhase
from hallq.domain.words import Words
from hallq.i18n import language

PLEASE = Words(zh="请", en="Now")
TO = Words(zh="到", en="counter")
COUNTER = Words(zh="号窗口", en="")
WAITING = Words(zh="等候", en="waiting")
APPOINTMENTS = Words(zh="预约", en="Appointments")
AT_THEIR_TIME = Words(zh="到约定时间先叫", en="called at the agreed time")
LANES = {Lane.PRIORITY: Words(zh="优先", en="Priority"), Lane.STANDARD: Words(zh="标准", en="Standard")}

PHASES = {
    BoardPhase.NOT_OPEN: Words(zh="尚未开始营业", en="Not open yet"),
    BoardPhase.OPEN: Words(zh="欢迎光临，请先取号", en="Welcome. Please take a number first"),
    BoardPhase.CLOSED: Words(zh="今日营业已结束", en="Closed for today"),
}


def both(words: Words, between: str = "  ") -> str:
    """The text in the language in use, then in the other one; once when they are the same."""
    first, second = in_both(words)
    return first if first == second else f"{first}{between}{second}"


def in_both(words: Words) -> tuple[str, str]:
    """(the language in use, the other one)."""
    return (words.zh, words.en) if language() == "zh" else (words.en, words.zh)


def opening_hours(opens: time, closes: time) -> Words:
    """From when to when the hall is open."""
    hours = f"{opens:%H:%M}–{closes:%H:%M}"
    return Words(zh=f"营业时间 {hours}", en=f"Open {hours}")


def expected_wait(lane: BoardLane) -> Words:
    """How long somebody who comes now would wait; nothing to say while nobody is called."""
    if lane.low is None or lane.high is None:
        return Words(zh="暂停叫号", en="no calls now")
    if lane.high == 0:
        return Words(zh="无需等候", en="no wait")
    low, high = spoken_range(lane.low, lane.high)
    if low == 0:
        return Words(zh=f"{high} 分钟内", en=f"within {high} min")
    minutes = str(high) if low == high else f"{low}–{high}"
    return Words(zh=f"约 {minutes} 分钟", en=f"about {minutes} min")
