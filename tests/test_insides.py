"""Patches to other libraries: what they rely on is compared, and each says when it can go."""

from __future__ import annotations

import ast
import hashlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import pydyf
import pytest

from hanpan import insides
from hanpan.editions.pdf import patches as of_weasyprint
from hanpan.insides import PYDYF, WEASYPRINT, KnownPart, check
from hanpan.problems import BuildError
from tests.support.command import ROOT

TABLES = (of_weasyprint,)
PATCHES: list[Any] = [patch for table in TABLES for patch in table.PATCHES]
UPSTREAM = (ROOT / "docs" / "upstream.md").read_text("utf-8")
PACKAGE = ROOT / "pipeline" / "hanpan"
PRINTING = {"weasyprint", "pydyf"}
# what objects of theirs keep to themselves, as far as we have ever looked
PRIVATE = {"_page_box", "_box", "_cache", "_dpi", "_tags", "_build_box_tree", "_html", "_profile"}
FORM = re.compile(
    r"[^\n]+\.\n\nWhat: (?P<what>.+)\nWhy: (?P<why>.+)\nUpstream: (?P<upstream>.+)"
    r"\nKnown: (?P<known>.+)\nDelete when: (?P<until>.+)\.",
    re.DOTALL,
)


def refusal(part: KnownPart) -> str:
    """Return the message of the problem that a part leads to."""
    with pytest.raises(BuildError) as caught:
        check(part)
    problem = caught.value.problem
    assert problem.rule == "library-version"
    assert problem.remedy == f"Install {part.package}."
    return problem.message


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_module_of_a_cabinet_is_in_its_table(table: ModuleType) -> None:
    folder = Path(str(table.__file__)).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {patch.__name__.rpartition(".")[2] for patch in table.PATCHES} == modules


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.__name__)
def test_a_patch_says_what_why_where_and_until_when(patch: Any) -> None:
    said = FORM.fullmatch(inspect.getdoc(patch) or "")
    assert said, f"the docstring of {patch.__name__} lacks a part"
    assert patch.PARTS
    for part in patch.PARTS:
        name, _, known = part.package.partition("==")
        assert f"{name} {known}" in said["known"].lower()
    upstream = " ".join(said["upstream"].split())
    for title in re.findall('"(.+?)"', upstream):
        assert f"\n## {title}\n" in UPSTREAM, title
    assert "docs/upstream.md" in upstream or re.search(r"github\.com/.+/\d+ \(", upstream)


@pytest.mark.parametrize("package", [WEASYPRINT, PYDYF])
def test_the_version_that_patches_know_is_the_one_that_is_pinned(package: str) -> None:
    assert f"\n{package} " in (ROOT / "requirements.txt").read_text("utf-8")
    name, _, known = package.partition("==")
    assert version(name) == known


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.__name__)
def test_another_signature_is_reported(patch: Any) -> None:
    for part in patch.PARTS:
        message = refusal(replace(part, parameters=f"{part.parameters}, more"))
        assert part.name.replace(":", ".") in message and "more" in message
        gone = refusal(replace(part, name=f"{part.name}_of_old"))
        assert "it has no" in gone


def test_insides_of_the_libraries_that_print_are_touched_in_the_cabinets_alone() -> None:
    found: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name != "patches":
            found += [f"{path.relative_to(PACKAGE)}: {name}" for name in touched(path)]
    assert not found


def touched(path: Path) -> Iterator[str]:
    """Yield what a module assigns to in a library that prints, and private names that it reads."""
    tree = ast.parse(path.read_text("utf-8"))
    foreign = {
        item.asname or item.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PRINTING
        for item in node.names
    } | PRINTING
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        root: ast.expr = node
        while isinstance(root, ast.Attribute):
            root = root.value
        is_foreign = isinstance(root, ast.Name) and root.id in foreign
        is_own = isinstance(root, ast.Name) and root.id == "self"
        if (is_foreign and isinstance(node.ctx, ast.Store)) or (
            node.attr in PRIVATE and not is_own
        ):
            yield ast.unparse(node)


def changed(number: int) -> int:
    """Return twice a number."""
    return number * 2


def test_another_way_of_working_is_reported() -> None:
    part = KnownPart(PYDYF, f"{__name__}:changed", "number", insides.source_hash(changed))
    check(part)
    message = refusal(replace(part, source="0123456789abcdef"))
    assert message.startswith("pydyf 0.13.0 is not the version that hanpan patches: ")
    assert message.endswith("changed` works in another way")


@pytest.mark.parametrize("function", [pydyf.PDF.add_page, insides.install, refusal])
def test_the_hash_is_of_the_lines_that_inspect_finds(function: Any) -> None:
    lines = inspect.getsource(function).rstrip().encode()
    assert insides.source_hash(function) == hashlib.sha256(lines).hexdigest()[:16]


def test_nothing_is_patched_where_a_part_differs() -> None:
    class Strange:
        """A patch of a function that has another signature."""

        PARTS = (KnownPart(PYDYF, "pydyf:PDF.add_page", "name"),)

        def install(self) -> None:
            raise AssertionError("installed all the same")

    class Known:
        """A patch that fits."""

        PARTS: tuple[KnownPart, ...] = ()

        def install(self) -> None:
            raise AssertionError("installed although another does not fit")

    with pytest.raises(BuildError):
        insides.install((Known(), Strange()))


def test_weasyprint_of_another_version_is_left_as_it_is() -> None:
    program = (
        "import pydyf; from weasyprint.layout import inline\n"
        "inline.split_text_box = lambda context, box, room: None\n"
        "from hanpan.editions.pdf.libraries import load_weasyprint\n"
        "from hanpan.problems import BuildError\n"
        "try: load_weasyprint()\n"
        "except BuildError as error: problem = error.problem\n"
        "print(problem.message, problem.remedy, sep='\\n')\n"
        "print(pydyf.PDF.write.__module__)"
    )
    command = [sys.executable, "-c", program]
    completed = subprocess.run(command, capture_output=True, text=True, check=True)
    message, remedy, module = completed.stdout.splitlines()
    assert message == (
        "weasyprint 70.0 is not the version that hanpan patches: "
        "`weasyprint.layout.inline.split_text_box` takes (context, box, room) "
        "instead of (context, box, available_width, skip, is_line_start)"
    )
    assert (remedy, module) == ("Install weasyprint==70.0.", "pydyf")
