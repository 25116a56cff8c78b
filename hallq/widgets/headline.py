"""The manager's first rows: what goes wrong next, in words, the most urgent large and bright."""

from collections.abc import Sequence

from textual.content import Content

from hallq.domain.lanes import Pressure
from hallq.i18n import counted
from hallq.widgets.cells import folded, left
from hallq.widgets.painted import Painted

GLYPHS = {Pressure.FINE: "●", Pressure.SOON: "▲", Pressure.OVER: "✖"}
FIRST = {
    Pressure.FINE: "bold $fine",
    Pressure.SOON: "bold $background on $soon",
    Pressure.OVER: "bold $background on $over",
}
NEXT = {Pressure.FINE: "$fine", Pressure.SOON: "$soon", Pressure.OVER: "$over"}

MOST_LINES = 3
"""So many lines the first sentence may take; it is shorter wherever there is width."""

Sentence = tuple[Pressure, str]


class Headline(Painted):
    """The first sentence on up to three lines, the next ones on one line each."""

    DEFAULT_CSS = "Headline { height: 3; }"

    def paint(self, sentences: Sequence[Sentence]) -> None:
        """Show the sentences, most urgent first."""
        self._sentences = tuple(sentences)
        self.changed(self._sentences)

    def lines(self, width: int, height: int) -> list[Content]:
        """As many sentences as there is room for, and how many there are besides."""
        if not self._shown or not self._sentences:
            return []
        (pressure, text), *others = self._sentences
        wrapped = folded(f"{GLYPHS[pressure]} {text}", max(1, width - 2))
        if len(wrapped) > MOST_LINES:
            wrapped = [*wrapped[: MOST_LINES - 1], f"{wrapped[MOST_LINES - 1]} …"]
        lines = [Content.styled(left(f" {line}", width), FIRST[pressure]) for line in wrapped]
        room = height - len(lines)
        shown = others if len(others) <= room else others[: max(0, room - 1)]
        lines += [
            Content.styled(left(f" {GLYPHS[state]} {line}", width), NEXT[state]) for state, line in shown
        ]
        hidden = len(others) - len(shown)
        if hidden and room > 0:
            lines.append(Content.styled(f" {_and_more(hidden)}", "$quiet"))
        return lines


def sentence_list(sentences: Sequence[Sentence]) -> Content:
    """All of them, one below the other, each with its sign."""
    return Content("\n").join(
        Content.assemble((f"{GLYPHS[pressure]} ", NEXT[pressure]), text) for pressure, text in sentences
    )


def _and_more(count: int) -> str:
    return counted("… and {count} more (M)", "… and {count} more (M)", count)
