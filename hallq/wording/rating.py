"""What the rating screen says: to customers, so in both languages at once."""

from hallq.domain.words import Words

WELCOME = Words(zh="欢迎光临", en="Welcome")
QUESTION = Words(zh="请评价本次服务", en="How were you served?")
THANKS = Words(zh="谢谢您的评价", en="Thank you")
LATER = Words(zh="暂时不能评价，谢谢", en="Not possible now, thank you")
SCORES = {
    1: Words(zh="很差", en="bad"),
    2: Words(zh="较差", en="poor"),
    3: Words(zh="一般", en="fair"),
    4: Words(zh="满意", en="good"),
    5: Words(zh="很好", en="great"),
}


def counter_line(counter: int, ticket: str = "") -> str:
    """Where this is, and whose visit is meant."""
    return " · ".join(part for part in (f"{counter} 号窗口 Counter {counter}", ticket) if part)
