"""The direction of imports, as the contracts in `pyproject.toml` state it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_all_import_contracts_hold(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    told = subprocess.run(
        [*command, "--cache-dir", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_room_is_on_the_page_and_in_the_layers() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    layers = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for path in (ROOT / "hallq").iterdir():
        is_room = path.suffix == ".py" or (path / "__init__.py").exists()
        if is_room and not path.name.startswith("__"):
            assert re.search(rf"[`/]{path.name}[`/]", page), path.name
            assert re.search(rf"hallq\.{path.stem}\b", layers), path.name


def _modules(folder: str) -> list[str]:
    paths = (ROOT / "hallq" / folder).rglob("*.py")
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    return sorted(name.removesuffix(".__init__") for name in names)


def _loaded_with(modules: list[str]) -> set[str]:
    code = "import sys, importlib; [importlib.import_module(m) for m in sys.argv[1:]]; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code, *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return {name.partition(".")[0] for name in told.stdout.split()}


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        (_modules("domain"), {"textual", "rich", "sqlmodel", "sqlalchemy", "sqlcipher3", "structlog"}),
        ([*_modules("store"), "hallq.hall", "hallq.settings", "hallq.clock"], {"textual"}),
    ],
    ids=["domain", "store and hall"],
)
def test_importing_a_lower_room_loads_nothing_of_the_upper(modules: list[str], forbidden: set[str]) -> None:
    without_migrations = [name for name in modules if ".migrations" not in name]
    assert not _loaded_with(without_migrations) & forbidden
