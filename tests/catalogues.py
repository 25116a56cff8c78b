"""Message catalogues: what the code shows, what the translators have, and what differs.

`python -m tests.catalogues` fails on texts that are missing, left over or malformed;
`--update` adds the missing ones, empty, for a translator to fill in.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "hallq"
CATALOGUES = {path.parts[-3]: path for path in PACKAGE.glob("locale/*/LC_MESSAGES/hallq.po")}
KEYWORDS = {"_": None, "N_": None, "counted": (1, 2)}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"`[^`]*`|https?://\S+")
_HALF_WIDTH = re.compile(r"[,;:?!](?=\s|$|[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff}])[,;?!]|[()]")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")

Message = str | tuple[str, ...]


def shown_messages() -> dict[Message, str]:
    """Every text marked in the code, with one place where it stands."""
    found: dict[Message, str] = {}
    for name, line, message, _comments, _context in extract_from_dir(str(PACKAGE), keywords=KEYWORDS):
        if message:
            found.setdefault(tuple(message) if isinstance(message, tuple) else message, f"{name}:{line}")
    return found


def faults() -> Iterator[str]:
    """A line for each text that people would see wrong."""
    shown = shown_messages()
    for language, path in CATALOGUES.items():
        with path.open("rb") as file:
            catalogue = read_po(file)
        known: dict[Message, object] = {
            tuple(m.id) if isinstance(m.id, (tuple, list)) else m.id: m.string for m in catalogue if m.id
        }
        for message, place in shown.items():
            if not known.get(message) or not all(_forms(known[message])):
                yield f"{language}: not translated: {message!r} ({place})"
        for message, string in known.items():
            if message not in shown:
                yield f"{language}: shown nowhere: {message!r}"
            if any(_placeholders(form) != _placeholders(message) for form in _forms(string) if form):
                yield f"{language}: other placeholders: {message!r} -> {string!r}"
            if any(is_half_width(form) for form in _forms(string)):
                yield f"{language}: half-width punctuation, wants ，：；？！（）: {string!r}"


def is_half_width(text: str) -> bool:
    """Whether a Chinese text has punctuation of the narrow kind, outside of what is typed as it stands."""
    return bool(_CHINESE.search(text) and _HALF_WIDTH.search(_QUOTED.sub("", text)))


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string),)


def _placeholders(message: Message) -> set[str]:
    return {found for form in _forms(message) for found in _PLACEHOLDER.findall(form)}


def update() -> None:
    """Add what is missing, drop what is shown nowhere; keep every translation that still fits."""
    shown = shown_messages()
    for path in CATALOGUES.values():
        with path.open("rb") as file:
            old = read_po(file)
        new = Catalog(locale=old.locale_identifier, project="hallq", fuzzy=False)
        for message in shown:
            present = old.get(message if isinstance(message, str) else message[0])
            new.add(message, string=present.string if present else None)
        with path.open("wb") as file:
            write_po(file, new, sort_output=True, omit_header=False, width=100, include_previous=False)


def main() -> int:
    """Check, or update with `--update`; the exit code."""
    if "--update" in sys.argv[1:]:
        update()
        return 0
    found = list(faults())
    for fault in found:
        print(fault)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
