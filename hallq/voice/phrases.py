"""A call in spoken words.

Digits of a number are said one by one, as it is read from the paper. In Chinese 1 is "一" by
default: the number of the counter that follows can only be "一", and one digit should not have
two names within a sentence. A loud hall may choose "幺", which nobody mistakes for "七".
"""

from hallq.domain.devices import VoiceRule

_DIGITS = "零一二三四五六七八九"
_DASH = "-"


def phrase(label: str, counter: int, language: str, rule: VoiceRule) -> str:
    """`Please, A 0 1 2, to counter 3.`, or the same in Chinese."""
    if language == "en":
        return f"Please, {_spelled(label)}, to counter {counter}."
    return f"请 {_in_chinese(label, rule.one)} 号，到 {_counted(counter)} 号窗口办理。"


def _spelled(label: str) -> str:
    return " ".join("," if character == _DASH else character for character in label).replace(" ,", ",")


def _in_chinese(label: str, one: str) -> str:
    read = (
        "，" if c == _DASH else (one if c == "1" else _DIGITS[int(c)]) if c.isdecimal() else c for c in label
    )
    return " ".join(read)


def _counted(number: int) -> str:
    """A counter's number as people say it; above ninety-nine digit by digit."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
