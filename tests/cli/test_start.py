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
from hallq.paths import Place
path = Path(sys.argv[1])
hall, end_sync = hallq.launch.open_hall(Place(path.parent, path, None), load_config())
end_sync()
hall.close()
slow = {"sqlalchemy", "sqlmodel", "alembic", "babel", "structlog", "urllib3", "hallq.sync"}
print(*sorted(slow & set(sys.modules)))
"""


def test_opening_an_existing_hall_loads_no_schema_library(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    open_store(path, create=True).close()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("\n", "")
