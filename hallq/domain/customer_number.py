"""Card and phone numbers as people type, scan and export them."""

import re
import unicodedata

_COUNTRY = ("0086", "+86")
_MOBILE_DIGITS = 11
LAST = 4
"""So many characters of a number may be kept and shown."""

_A_NUMBER = re.compile(r"\d(?:[\s\-.·/()]{0,2}\d){6,}")
"""Seven digits or more, with what people put between them: a phone, card or identity number, perhaps."""
_A_DATE = re.compile(r"((?<!\d)20\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d))")


def without_numbers(text: str) -> str:
    """A text for colleagues, without what could be a customer's number."""
    parts = _A_DATE.split(text)
    return "".join(part if place % 2 else _A_NUMBER.sub("*******", part) for place, part in enumerate(parts))


def normal_form(number: str) -> str:
    """A number however it was typed or scanned: digits and capitals without spaces, dashes, country code."""
    folded = unicodedata.normalize("NFKC", number).upper().strip()
    for prefix in _COUNTRY:
        if folded.startswith(prefix) and len(_bare(folded.removeprefix(prefix))) == _MOBILE_DIGITS:
            folded = folded.removeprefix(prefix)
    return _bare(folded)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())
