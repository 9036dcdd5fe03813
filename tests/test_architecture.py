"""The house: imports run one way, modules say what they are, and the page that draws it is true."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from hanpan.crosspost.platform import platform_names
from hanpan.editions import EDITIONS
from tests.support.imports import imports_in

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline" / "hanpan"

# A module imports from its own layer's package and from layers above it in this list, never below.
LAYERS = (
    "problems",
    "console",
    "budget",
    "orphans",
    "roots",
    "yaml_text",
    "toml_text",
    "environment",
    "insides",
    "language",
    "labels",
    "media_types",
    "messages",
    "site",
    "files",
    "tree",
    "formulas",
    "source_lines",
    "document",
    "network",
    "assets",
    "source",
    "pandoc",
    "transforms",
    "conservation",
    "reading",
    "books",
    "library",
    "crosspost",
    "editions",
    "plan",
    "runner",
    "cache",
    "cluster",
    "reports",
    "builds",
    "hosting",
    "init",
    "vendoring",
    "publish",
    "preview",
    "manual",
    "commands",
    "cli",
    "__main__",
)

# Within a folder, a room imports from those before it in this list, never from itself in a round,
# from those after it, or from those beside it in a group. What is not named is used by all of
# them, and imports none.
ROOMS: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "transforms": ("shared", ("print", "html", "epub", "book")),
    "editions": (("html", "epub", "pdf", "crosspost"), ("book", "index", "site")),
    "conservation": (
        "letters",
        "losses",
        ("authored", "inventory"),
        "shown",
        ("compare", "report"),
        "editions",
    ),
    "source": (
        ("dialect", "exports"),
        "front_matter",
        "liquid",
        "mdx",
        ("published", "references", "translations"),
    ),
    "crosspost": ("lowering", ("fields", "lowerings"), "writers", "paste", "payload", "kept"),
    "publish": ("api", "clients", "run"),
}
LONGEST = 320  # lines of a module
MOST = 20  # modules of a folder
LARGE = {  # folders with more, or so many that one more is welcome, and why
    "commands": "a command a module, each with its row in COMMANDS",
    "crosspost/lowerings": "a lowering a file, each a row of one table",
}
SAME_NAME: dict[str, str] = {}  # classes that share a name, and why
WRITTEN = "_version.py"  # by the build, and nothing of it is kept
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != WRITTEN)
FOLDERS = sorted({path.parent for path in MODULES})


def short(path: Path) -> str:
    """Return a path below the package, as the tests are named."""
    return path.relative_to(PACKAGE).as_posix()


def name_of(path: Path) -> str:
    """Return the name that a module, or a package's face, is imported by."""
    parts = ["hanpan", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(part for part in parts if part != "__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Return the modules of this package that `path` imports.

    Also those within functions, and those that only a type is imported from.
    """
    names: set[str] = set()
    for node in imports_in(path):
        if isinstance(node, ast.Import):
            names |= {item.name for item in node.names}
        elif node.module:
            assert node.level == 0, f"{path}: write imports in full"
            base = PACKAGE.parent.joinpath(*node.module.split("."))
            for item in node.names:
                inner = base / f"{item.name}.py"
                is_module = inner.is_file() or (base / item.name).is_dir()
                names.add(f"{node.module}.{item.name}" if is_module else node.module)
    return frozenset(name for name in names if name.startswith("hanpan."))


def circles(graph: dict[str, set[str]]) -> list[str]:
    """Return the first circle below each node of a graph that has one."""
    seen: set[str] = set()
    bad: list[str] = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            bad.append(" -> ".join((*trail[trail.index(name) :], name)))
        elif name not in seen:
            seen.add(name)
            for other in sorted(graph.get(name, ())):
                visit(other, (*trail, name))

    for name in sorted(graph):
        visit(name, ())
    return bad


def rooms(folder: Path) -> dict[str, set[str]]:
    """Return what the rooms of a folder, and the modules that lie in it, import of each other."""
    inside = name_of(folder / "__init__.py") + "."
    graph: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.rglob("*.py")):
        if path == folder / "__init__.py":
            continue
        here = name_of(path).removeprefix(inside).split(".")[0]
        graph[here] |= {
            name.removeprefix(inside).split(".")[0]
            for name in imports_of(path)
            if name.startswith(inside)
        } - {here}
    return graph


def test_imports_go_one_way() -> None:
    against: list[str] = []
    for path in MODULES:
        if path == PACKAGE / "__init__.py":
            assert imports_of(path) <= {"hanpan._version"}
            continue
        here = name_of(path).split(".")[1]
        assert here in LAYERS, f"{here} has no place in LAYERS: say where it belongs"
        for name in imports_of(path):
            if LAYERS.index(name.split(".")[1]) > LAYERS.index(here):
                against.append(f"{short(path)} imports {name}")
    assert against == []


def test_no_module_imports_itself_in_a_circle() -> None:
    assert circles({name_of(path): set(imports_of(path)) for path in MODULES}) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=short)
def test_no_room_imports_itself_in_a_circle(folder: Path) -> None:
    assert circles(rooms(folder)) == []


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c", "d"}, "c": {"b"}, "d": set()}) == ["b -> c -> b"]


@pytest.mark.parametrize("folder", ROOMS)
def test_rooms_are_in_order(folder: str) -> None:
    order = [(room,) if isinstance(room, str) else room for room in ROOMS[folder]]
    place = {name: number for number, group in enumerate(order, 1) for name in group}
    graph = rooms(PACKAGE / folder)
    assert place.keys() <= graph.keys(), "a room that is named does not exist"
    for here, others in graph.items():
        for there in others:
            later = place.get(there, 0) >= max(place.get(here, 0), 1)
            assert not later, f"{folder}: {here} imports {there}"


def test_nothing_after_source_knows_jekyll() -> None:
    rooms = ("hanpan.source.liquid", "hanpan.source.dialect", "hanpan.source.front_matter.jekyll")
    for path in MODULES:
        if short(path).partition("/")[0] not in ("source", "reading.py"):
            known = [name for name in imports_of(path) if name.startswith(rooms)]
            assert known == [], path.name


def test_every_module_says_what_it_is() -> None:
    assert [short(path) for path in MODULES if not ast.get_docstring(tree_of(path))] == []


def test_no_module_is_long() -> None:
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_folder_is_crowded() -> None:
    counts = {
        short(folder): len([path for path in folder.glob("*.py") if path.stem != "__init__"])
        for folder in FOLDERS
    }
    assert {folder for folder, count in counts.items() if count > MOST} <= LARGE.keys()
    assert all(counts[folder] >= MOST for folder in LARGE)


def test_a_class_has_a_name_of_its_own() -> None:
    places = defaultdict(set)
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].add(short(path))
    shared = {name: sorted(paths) for name, paths in places.items() if len(paths) > 1}
    assert shared.keys() == SAME_NAME.keys(), shared


def test_no_module_is_a_grab_bag() -> None:
    bad = {"utils", "helpers", "helper", "manager", "common", "misc"}
    assert [path for path in MODULES if path.stem in bad] == []


def test_the_architecture_page_names_every_part() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    parts = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    missing = [name for name in sorted(parts) if not name.startswith("__") and name not in page]
    assert missing == []


def names_compared(path: Path) -> set[str]:
    """Return the names of editions and platforms that code compares with, or looks up."""
    known = {*EDITIONS, *platform_names()}
    nodes: list[ast.AST] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Compare):
            nodes += [node.left, *node.comparators]
        elif isinstance(node, ast.Subscript):
            nodes.append(node.slice)
        elif isinstance(node, ast.MatchValue):
            nodes.append(node.value)
    inner = [one for node in nodes for one in (node, *getattr(node, "elts", ()))]
    values = {node.value for node in inner if isinstance(node, ast.Constant)}
    return {value for value in values if isinstance(value, str) and value in known}


# An edition's name is also that of its table in site.toml and of a post's key, and of a writer.
NAMES_OF_OTHER_THINGS = {
    "document.py": {"pdf", "crosspost"},  # fields of Meta
    "crosspost/platform.py": {"html"},  # a writer
    "site/site_toml.py": {"crosspost"},  # tables
    "commands/schema.py": {"site"},  # site.toml's schema
    "source/liquid/body.py": {"site"},  # the name of a template
}


def test_no_name_of_an_edition_or_platform_is_compared_outside_its_room() -> None:
    compared = {short(path): names_compared(path) for path in MODULES}
    outside = {path: names for path, names in compared.items() if names}
    assert outside == NAMES_OF_OTHER_THINGS


def test_no_name_says_only_that_something_was_done() -> None:
    # `found` is a match, a path, an element: the name says which
    bare = {"said", "found", "made", "told"}
    names = [
        f"{short(path)}: {name}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        for name in names_given(node)
        if name.strip("_").lower() in bare
    ]
    assert names == []


def names_given(node: ast.AST) -> list[str]:
    """Return the names that a node gives to something."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
            return [name]
    return []
