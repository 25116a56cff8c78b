"""The wheel, installed into an empty environment far from the checkout, is the whole program."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DAY = "arrived_at,service,tier,service_seconds,patience_seconds,customer\n" + "".join(
    f"2026-03-02T09:{minute:02d}:00,payment,{'gold' if minute % 5 == 0 else 'none'},120,,\n"
    for minute in range(20)
)


def _run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def bin_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel and the pinned dependencies alone."""
    place = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--disable-pip-version-check", "-q")
    _run(sys.executable, *pip, "wheel", "--no-deps", "--no-build-isolation", "-w", place, ROOT, cwd=place)
    venv.create(place / "empty")
    into = ("--python", place / "empty", "install", "--no-compile")  # what is not loaded is not compiled
    _run(sys.executable, *pip, *into, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=place)
    _run(sys.executable, *pip, *into, "--no-deps", *place.glob("hallq-*.whl"), cwd=place)
    return place / "empty" / ("Scripts" if sys.platform == "win32" else "bin")


def test_the_installed_command_makes_and_verifies_a_hall(bin_folder: Path, tmp_path: Path) -> None:
    _run(bin_folder / "hallq", "init", tmp_path / "hall", cwd=tmp_path)
    assert "zh" in (tmp_path / "hall" / "hall.toml").read_text(encoding="utf-8")
    _run(bin_folder / "hallq", "config", "check", tmp_path / "hall" / "hall.toml", cwd=tmp_path)
    _run(bin_folder / "hallq", "verify", "--db", tmp_path / "hall" / "hall.db", cwd=tmp_path)


def test_the_installed_command_replays_a_day(bin_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(DAY, encoding="utf-8")
    out = _run(bin_folder / "hallq", "replay", "day.csv", "--counters", "3", "--json", cwd=tmp_path)
    assert json.loads(out)["served"] == 20


def test_the_wheel_carries_themes_styles_and_catalogues(bin_folder: Path, tmp_path: Path) -> None:
    asked = (
        "from hallq.theming import load_themes; from hallq.i18n import set_language, _; "
        "from importlib.resources import files; set_language('zh'); "
        "package = files('hallq'); "
        "print(len(load_themes().themes), _('waiting'), (package / 'hallq.tcss').is_file(), "
        "(package / 'locale/zh/LC_MESSAGES/hallq.mo').is_file()); "
        # Compiled with the wheel: beside its source a start would compile it again, or not, as files lie.
        "print((package / 'locale/zh/LC_MESSAGES/hallq.po').is_file())"
    )
    assert _run(bin_folder / "python", "-c", asked, cwd=tmp_path).split() == [
        "4",
        "等候",
        "True",
        "True",
        "False",
    ]
