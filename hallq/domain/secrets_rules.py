"""Which passwords and PINs are refused: those that others would try first."""

import unicodedata
from enum import StrEnum

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
SHORTEST_PIN = 4
LONGEST_PIN = 8

_FEW_CHARACTERS = 4
_ONLY_DIGITS_FROM = 12
"""Shorter rows of digits are dates and phone numbers."""

_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv")
_WORDS = (
    " admin administrator changeme default dragon guest hall hallq hello iloveyou letmein login manager "
    "master monkey pass passw password passwd passwort princess qwer qwert root secret staff sunshine "
    "superman telecom telekom test user welcome aini huawei mima nihao woaini woaiwojia yidong dianxin "
    "liantong zhongguo beijing shanghai guanliyuan yingyeting "
)
"""Between blanks."""
_LOOKALIKES = str.maketrans("@$10345", "asioeas")


_BESIDE = "0123456789 !@#$%^&*()-_=+.,;:?/"
"""What people put before and after a word."""


class Weakness(StrEnum):
    """Why a password or PIN is refused."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    COMMON = "common"
    OWN_NAME = "own-name"
    ONLY_DIGITS = "only-digits"
    NOT_DIGITS = "not-digits"


def one_form(secret: str) -> str:
    """A secret as it is hashed: the same however a keyboard composed it."""
    return unicodedata.normalize("NFKC", secret)


def password_weakness(password: str, *about: str) -> Weakness | None:
    """Why this password is refused, None for a good one. `about`: the person's number and name."""
    text = one_form(password)
    if len(text) < SHORTEST_PASSWORD:
        return Weakness.TOO_SHORT
    if len(text) > LONGEST_PASSWORD:
        return Weakness.TOO_LONG
    if text.isdigit() and len(text) < _ONLY_DIGITS_FROM:
        return Weakness.ONLY_DIGITS
    bare = "".join(c for c in text.casefold() if c.isalnum())
    names = ["".join(c for c in one_form(name).casefold() if c.isalnum()) for name in about]
    rest = bare
    for name in names:
        rest = rest.replace(name, "") if len(name) > 1 else rest
    if rest != bare and (len(rest) < _FEW_CHARACTERS or _is_a_row(rest)):
        return Weakness.OWN_NAME
    return Weakness.COMMON if _is_common(text.casefold(), bare) else None


def pin_weakness(pin: str) -> Weakness | None:
    """Why this PIN is refused, None for a good one."""
    if not (pin.isascii() and pin.isdigit()):
        return Weakness.NOT_DIGITS
    if len(pin) < SHORTEST_PIN:
        return Weakness.TOO_SHORT
    if len(pin) > LONGEST_PIN:
        return Weakness.TOO_LONG
    return Weakness.COMMON if len(set(pin)) == 1 or _is_a_row(pin) else None


def _is_common(text: str, bare: str) -> bool:
    if len(set(text)) < _FEW_CHARACTERS or _is_a_row(bare):
        return True
    half = bare[: len(bare) // 2]
    if half and half * 2 == bare and _is_a_row(half):
        return True
    core = text.strip(_BESIDE)
    return any(_leaves_little(read) for read in (bare, core.translate(_LOOKALIKES)))


def _is_a_row(text: str) -> bool:
    return any(text in row or text in row[::-1] for row in _ROWS)


def _leaves_little(read: str) -> bool:
    """A well-known word, once or twice, and nothing beside it but digits and signs."""
    letters = "".join(c for c in read if c.isalpha())
    half = letters[: len(letters) // 2]
    return f" {letters} " in _WORDS or (half * 2 == letters and f" {half} " in _WORDS)
