"""The house: imports run one way, modules say what they are, and the page that draws it is true."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline" / "hanpan"

# A module imports from its own layer's package and from layers above it in this list, never below.
LAYERS = (
    "problems",
    "insides",
    "language",
    "labels",
    "site",
    "files",
    "tree",
    "source_lines",
    "document",
    "assets",
    "source",
    "pandoc",
    "transforms",
    "reading",
    "books",
    "crosspost",
    "editions",
    "plan",
    "runner",
    "reports",
    "builds",
    "vendoring",
    "publish",
    "preview",
    "commands",
    "cli",
    "__main__",
)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def layer_of(name: str) -> str:
    """Return the layer of `hanpan.LAYER.module`."""
    return name.split(".")[1]


def name_of(path: Path) -> str:
    parts = ["hanpan", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path, *, top_level_only: bool = False) -> set[str]:
    """Return the modules of this package that `path` imports, also inside functions."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: write imports in full"
            base = PACKAGE.parent.joinpath(*node.module.split("."))
            for item in node.names:
                inner = base / f"{item.name}.py"
                is_module = inner.is_file() or (base / item.name).is_dir()
                found.add(f"{node.module}.{item.name}" if is_module else node.module)
    return {name for name in found if name.startswith("hanpan.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    here = layer_of(name_of(path))
    assert here in LAYERS, f"{here} has no place in LAYERS: say where it belongs"
    for name in imports_of(path):
        there = layer_of(name)
        assert LAYERS.index(there) <= LAYERS.index(here), f"{path.name} imports {name}"


def test_no_module_imports_itself_in_a_round() -> None:
    graph = {name_of(path): imports_of(path, top_level_only=True) for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name in graph and name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_every_module_says_what_it_is() -> None:
    silent = [path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_no_module_is_a_grab_bag() -> None:
    bad = {"utils", "helpers", "helper", "manager", "common", "misc"}
    assert [path for path in MODULES if path.stem in bad] == []


def test_the_architecture_page_names_every_part() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    parts = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    missing = [name for name in sorted(parts) if not name.startswith("__") and name not in page]
    assert missing == []
