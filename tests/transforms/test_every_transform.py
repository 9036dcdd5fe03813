"""Every transform of an edition has tests of its own, in the file of its name."""

from __future__ import annotations

import ast
from pathlib import Path

import hanpan

TRANSFORMS = Path(hanpan.__file__).parent / "transforms"
TESTS = Path(__file__).parent
ROOMS = ("", "print", "html", "epub", "book")


def transforms_of(path: Path) -> list[str]:
    """Return the public functions of a module that change the tree below a `root`."""
    return [
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.args.args
        and node.args.args[0].arg == "root"
    ]


def test_each_has_a_file_that_calls_it() -> None:
    untested = []
    for room in ROOMS:
        for path in sorted((TRANSFORMS / room).glob("*.py")):
            names = transforms_of(path) if path.stem != "select" else []
            test = TESTS / room / f"test_{path.stem}.py"
            called = test.read_text("utf-8") if test.is_file() else ""
            untested += [
                f"{room}/{path.stem}: {name}" for name in names if f"{name}(" not in called
            ]
    assert untested == []
