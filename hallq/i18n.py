"""Languages: English message ids in the code, Chinese in `locale/`, switched while running.

Mark a text with `N_` where it stands in a table, translate it with `_` when it is shown.
Texts of the hall itself (services, phrases, reasons) are bilingual data in `hall.toml`.
"""

import gettext as _gettext
import io
import locale
import os
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

DOMAIN: Final = "hallq"
LANGUAGES: Final = ("zh", "en")
"""The languages there are, each named by its own people in `language_name`."""

_NAMES = {"zh": "中文", "en": "English"}


class _Current:
    """The one language of this program; set by the app and the commands."""

    language = "en"
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(language: str) -> None:
    """Show everything in `language` from now on; unknown ones fall back to English."""
    _Current.language = "zh" if language.startswith("zh") else "en"
    _Current.catalogue = _load(_Current.language)


def language() -> str:
    """The language in use, `zh` or `en`."""
    return _Current.language


def other_language() -> str:
    """The language that the switch leads to."""
    return "en" if _Current.language == "zh" else "zh"


def language_name(code: str) -> str:
    """The language's name in itself."""
    return _NAMES[code]


def _(message: str) -> str:
    """The message in the language in use."""
    return _Current.catalogue.gettext(message) if message else ""


def counted(one: str, many: str, count: int, **facts: object) -> str:
    """The message for a count, with the count and other facts in their places."""
    return _Current.catalogue.ngettext(one, many, count).format(count=count, **facts)


def enumerated(words: Iterable[str]) -> str:
    """Words one after the other, with the comma of the language."""
    return _(", ").join(words)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a message that is translated later."""
    return message


class Sentence:
    """A message with its facts, translated when it is shown: in the language in use then.

    For rooms that say what is the matter and do not know to whom. A fact may be one, too.
    """

    def __init__(self, message: str, **facts: object) -> None:
        """`message` is marked with `N_`; `facts` fill its braces."""
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return _(self.message).format_map(self.facts)

    def __repr__(self) -> str:
        return f"Sentence({self.message!r}, {self.facts!r})"


def language_of_this_computer() -> str:
    """`zh` for a computer that is set up in Chinese, else `en`; for where no hall says it."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    chosen = next(filter(None, names), "") or locale.getlocale(locale.LC_CTYPE)[0] or ""
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


@cache
def _load(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    folder = Path(str(resources.files("hallq"))) / "locale" / code / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if not source.is_file() or _is_newer(compiled, source):
        return _gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    return _compiled_now(source.read_bytes())


def _is_newer(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime


def _compiled_now(source: bytes) -> _gettext.NullTranslations:
    """In a checkout the compiled catalogue may be missing, or older than its source. A wheel has none."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source)))
    return _gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))
