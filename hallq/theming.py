"""Themes: each file in `themes/` is a palette with hallq's own variables, turned into a Textual theme."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.theme import Theme

DEFAULT_THEME = "hall-dark"
BOARD_THEME = "board-night"

VARIABLES = (
    "lane-priority",
    "lane-standard",
    "fine",
    "soon",
    "over",
    "quiet",
    "rule",
    "fresh",
    "fresh-text",
)
"""hallq's own variables; every theme file sets all of them."""

VARIABLE_DEFAULTS = {
    "lane-priority": "ansi_yellow",
    "lane-standard": "ansi_cyan",
    "fine": "ansi_green",
    "soon": "ansi_yellow",
    "over": "ansi_bright_red",
    "quiet": "ansi_white",
    "rule": "ansi_bright_black",
    "fresh": "ansi_yellow",
    "fresh-text": "ansi_black",
}
"""What Textual's own themes use for them."""

_COLOURS = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "success",
    "warning",
    "error",
)


@dataclass(frozen=True, slots=True)
class ThemeLoad:
    """The themes that can be used, and a line for each file that can't."""

    themes: tuple[Theme, ...]
    faults: tuple[str, ...]


def themes_folder() -> Path:
    """Where the theme files are: inside the wheel, or beside the package in a checkout."""
    package = Path(str(resources.files("hallq")))
    packed = package / "_themes"
    return packed if packed.is_dir() else package.parent / "themes"


def load_themes(folder: Path | None = None) -> ThemeLoad:
    """Every theme file of the folder; a bad one is reported and left out."""
    themes, faults = [], []
    for path in sorted((folder or themes_folder()).glob("*.toml")):
        try:
            themes.append(_theme(tomllib.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, ColorParseError) as error:
            faults.append(f"{path.name}: {error}")
    return ThemeLoad(tuple(themes), tuple(faults))


def _theme(values: dict[str, object]) -> Theme:
    own = values["variables"]
    if not isinstance(own, dict):
        raise TypeError("[variables] is missing")
    colours = {name: str(values[name]) for name in _COLOURS}
    variables = {name: str(own[name]) for name in VARIABLES}
    for colour in (*colours.values(), *variables.values()):
        Color.parse(colour)
    # Textual mixes its own muted text from the palette; these keep focus and blocks readable.
    variables |= {
        "block-cursor-foreground": colours["background"],
        "block-cursor-background": colours["accent"],
    }
    theme = Theme(
        name=str(values["name"]),
        primary=colours["primary"],
        dark=bool(values["dark"]),
        variables=variables,
    )
    for name, value in colours.items():
        setattr(theme, name, value)
    return theme
