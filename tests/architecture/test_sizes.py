"""Small rooms: how long a module and a function may be, and that each says what it is for."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "hallq").rglob("*.py"))
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40

RELEASED = "hallq/store/migrations/versions/"
"""A released step is a list of columns, and is never written again."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


TEXTS = {_name(path): path.read_text(encoding="utf-8") for path in SOURCES}


@cache
def _trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in TEXTS.items()}


def test_a_module_is_short() -> None:
    lengths = {name: len(text.splitlines()) for name, text in TEXTS.items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def _definitions(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node


def test_functions_are_short() -> None:
    long = [
        f"{name}: {node.name}"
        for name, tree in _trees().items()
        for node in _definitions(tree)
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert [found for found in long if not found.startswith(RELEASED)] == []


def test_modules_classes_and_public_functions_say_what_they_are_for() -> None:
    assert {name: silent for name, tree in _trees().items() if (silent := _silent(tree))} == {}


def _silent(tree: ast.Module) -> list[str]:
    silent = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    for body in (tree.body, *(node.body for node in classes)):
        for node in body:
            if not isinstance(node, Function | ast.ClassDef):
                continue
            # A handler is told by its decorator and its name.
            told = isinstance(node, Function) and bool(node.decorator_list)
            if not node.name.startswith("_") and not told and not ast.get_docstring(node):
                silent.append(node.name)
    return silent


def test_the_only_commit_stands_with_the_connections() -> None:
    commits = {name for name, text in TEXTS.items() if ".commit(" in text}
    assert commits <= {"hallq/store/connections.py", "hallq/hub/database.py"}


def test_chance_and_time_enter_at_the_edge_only() -> None:
    named = {"random", "secrets", "uuid", "time"}
    users = {
        _name(path)
        for path in (ROOT / "hallq" / "domain").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import) and named & {alias.name for alias in node.names}
    }
    assert users == set()


def test_decisions_say_no_without_raising() -> None:
    raising = [
        _name(path)
        for path in (ROOT / "hallq" / "domain" / "decide").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
    ]
    assert raising == ["hallq/domain/decide/dispatch.py"]  # an intent without a rule is a bug
