"""The way to python-escpos, which takes a third of a second to load and leaves things behind.

It would send its warnings to the terminal, where the screens are, and leaves a folder with
its table of printers among the temporary files.
"""

import logging
import os
import shutil
from functools import cache
from typing import Any

OWN_FOLDER = "ESCPOS_CAPABILITIES_PICKLE_DIR"


@cache
def escpos() -> Any:
    """The library's printers. Called by the thread that prints, or by a command."""
    logging.getLogger().addHandler(logging.NullHandler())
    from escpos import capabilities, printer

    if OWN_FOLDER not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer
