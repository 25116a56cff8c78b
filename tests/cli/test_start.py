"""A terminal starts without loading what only new files, checks and reports need."""

import subprocess
import sys
from pathlib import Path

from hallq.store import open_store

PROBE = """
import sys
from pathlib import Path
import hallq.cli.commands, hallq.cli.screens, hallq.launch
from hallq.screens import board, counter, entry, guide, manager
from hallq.settings import load_config
from hallq.store import open_store
hallq.launch.Hall(open_store(Path(sys.argv[1])), load_config()).close()
print(*sorted({"sqlalchemy", "sqlmodel", "alembic", "babel", "structlog"} & set(sys.modules)))
"""


def test_opening_an_existing_hall_loads_no_schema_library(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    open_store(path, create=True).close()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("\n", "")
