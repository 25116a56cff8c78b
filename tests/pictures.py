"""Exports pictures of the running screens: `python -m tests.pictures FOLDER`.

Each is the real program on a real file, at a moment of `tests.scenes`.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from hallq.app import HallApp
from hallq.hall import Actor
from hallq.i18n import set_language
from tests.scenes import busy_hall

SHOTS = (
    ("counter", "zh", (100, 30), "hall-dark"),
    ("counter", "en", (100, 30), "hall-light"),
    ("guide", "zh", (100, 30), "hall-dark"),
    ("guide", "en", (100, 30), "hall-light"),
    ("board", "zh", (120, 36), "board-night"),
    ("manager", "zh", (160, 50), "hall-dark"),
    ("manager", "en", (160, 50), "hall-light"),
)


async def take(role: str, language: str, size: tuple[int, int], theme: str) -> str:
    """The SVG of one screen."""
    with tempfile.TemporaryDirectory() as folder:
        hall = busy_hall(Path(folder))
        set_language(language)
        app = HallApp(hall.hall, Actor("1003", "t1"), role=role, counter=3, theme=theme)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            svg = app.export_screenshot(title="hallq")
        hall.hall.close()
        return svg


def main() -> None:
    """Write every shot into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for role, language, size, theme in SHOTS:
        svg = asyncio.run(take(role, language, size, theme))
        # The reader's own fixed-width font will do: no picture loads anything from elsewhere.
        alone = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
        (folder / f"{role}-{language}.svg").write_text(alone, encoding="utf-8")


if __name__ == "__main__":
    main()
