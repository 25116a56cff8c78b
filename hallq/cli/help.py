"""The help in the language in use: commands, options and headings, wrapped by what fits on a line.

Loaded only when somebody asks for help. Typer's own would cut the commands' sentences off.
"""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from rich.cells import cell_len
from typer._click.formatting import HelpFormatter

from hallq.i18n import N_, _

HEADINGS = (N_("Arguments"), N_("Options"), N_("Commands"), N_("Show this message and exit."))
"""Typer's own words."""

CLOSING = "。，、；：？！）”"
"""What may not begin a line."""
_FIRST_SENTENCE = re.compile(r"(.*?)(?:[.。](?=\s|$)|。|\n|$)", re.DOTALL)
_EXTRA = re.compile(r"(.*?)\s*\[([^\[\]]*)\]$", re.DOTALL)


def translate(command: Any) -> None:
    """Put a command and its sub-commands into the language in use."""
    command.context_class = _Context
    if command.help:
        command.help = _(inspect.cleandoc(command.help))
        command.short_help = _FIRST_SENTENCE.match(command.help)[1]  # type: ignore[index]  # matches all
    command.options_metavar = command.options_metavar and _("[OPTIONS]")
    for parameter in command.params:
        parameter.help = parameter.help and _(parameter.help)
    for inner in getattr(command, "commands", {}).values():
        translate(inner)


class _Formatter(HelpFormatter):
    """Writes Typer's headings in the language in use, and breaks lines by cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        usage, inner = _("Usage:"), _("COMMAND [ARGS]...")
        self.write(f"{usage} {prog} {args.replace('COMMAND [ARGS]...', inner)}\n")

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + _("{heading}:").format(heading=_(heading)) + "\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            for line in wrapped(" ".join(paragraph.split()), self.width - self.current_indent):
                self.write(f"{indent}{line}\n")
            self.write("\n")
        self.buffer.pop()

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        left = min(max(cell_len(first) for first, _second in rows), col_max) + col_spacing
        for first, second in rows:
            self.write(f"{' ' * self.current_indent}{first}")
            room = left - cell_len(first)
            begun = room >= col_spacing
            lines = list(wrapped(_extras_translated(second), self.width - left - self.current_indent))
            self.write(" " * room + lines.pop(0) if begun and lines else "")
            self.write("\n")
            for line in lines:
                self.write(f"{' ' * (left + self.current_indent)}{line}\n")


class _Context(typer.Context):
    formatter_class = _Formatter


def _extras_translated(text: str) -> str:
    """The help of an option with what Typer adds to it: `[default: 1; required]`."""
    found = _EXTRA.match(text)
    if found is None:
        return _(text) if text in HEADINGS else text
    parts = []
    for part in found[2].split("; "):
        name, colon, value = part.partition(": ")
        words = {"default": _("default"), "required": _("required")}
        told = _("{name}: {value}") if colon else "{name}"
        parts.append(told.format(name=words.get(name, name), value=value))
    between = _("; ")
    return f"{found[1]}  [{between.join(parts)}]"


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` cells: broken at spaces, and between Chinese characters."""
    line = ""
    for piece in re.findall(r"\s*(?:[\x21-\u2e7f]+|[^\s\x21-\u2e7f])", text):
        if line and cell_len(line) + cell_len(piece) > width and piece not in CLOSING:
            yield line
            line = piece.lstrip()
        else:
            line += piece
    if line:
        yield line
