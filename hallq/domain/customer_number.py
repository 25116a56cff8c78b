"""Card and phone numbers as people type, scan and export them."""

import unicodedata

_COUNTRY = ("0086", "+86")
_MOBILE_DIGITS = 11
LAST = 4
"""So many characters of a number may be kept and shown."""


def normal_form(number: str) -> str:
    """A number however it was typed or scanned: digits and capitals without spaces, dashes, country code."""
    folded = unicodedata.normalize("NFKC", number).upper().strip()
    for prefix in _COUNTRY:
        if folded.startswith(prefix) and len(_bare(folded.removeprefix(prefix))) == _MOBILE_DIGITS:
            folded = folded.removeprefix(prefix)
    return _bare(folded)


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())
