"""What the documents name is there: pages, headings, files, commands with their options, tables."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from hallq.cli.commands import app
from hallq.hub.limits import allowance

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}

on_each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def _headings(page: Path) -> set[str]:
    """As links name them."""
    lines = [line.lstrip("#").strip() for line in TEXTS[page].splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@on_each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for path, heading in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", TEXTS[page]):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not heading or heading in _headings(target), heading


@on_each_page
def test_every_file_that_is_named_is_there(page: Path) -> None:
    """From the top, or from a room that the page is about."""
    rooms = (ROOT, ROOT / "hallq", ROOT / "hallq" / "domain", ROOT / "tests" / "simulator")
    for name in re.findall(r"`([\w/]+\.py|(?:hallq|tests|benchmarks)/[\w/]+)`", TEXTS[page]):
        assert any((room / name).exists() for room in rooms), name


def _commands(text: str) -> Iterator[list[str]]:
    """The words of each command, from running text and from blocks."""
    for told in re.findall(r"`hallq ([^`]+)`|^ {4,}(?:\w+\$ +)?hallq ([^#\n]+)", text, re.MULTILINE):
        yield "".join(told).split()


@on_each_page
def test_every_command_is_known_with_its_options(page: Path) -> None:
    for words in _commands(TEXTS[page]):
        command = typer.main.get_command(app)
        options = {"--help"}
        for word in words:
            options |= {name for parameter in command.params for name in parameter.opts}
            known = getattr(command, "commands", {})
            assert not known or not re.fullmatch("[a-z]+", word) or word in known, words
            command = known.get(word, command)
        options |= {name for parameter in command.params for name in parameter.opts}
        wanted = {word.rstrip(",;.") for word in words if word.startswith("--")}
        assert wanted <= options, words


def test_the_page_on_deploying_names_every_table_of_a_hub() -> None:
    """Those that are divided by hall; one that is missing would stay whole on one machine."""
    (listed,) = re.findall(r"ARRAY\[([^\]]+)\]", TEXTS[ROOT / "docs" / "deploy.md"])
    assert {"hall", *re.findall(r"'(\w+)'", listed)} == set(allowance.metadata.tables)
