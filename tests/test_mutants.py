"""Mutants: the faults that `make mutants` puts into the code, and which tests it runs for them."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import ROOT

MODULE = '''"""A module."""
def work(items: list[int] | None = None) -> int | None:
    """Work."""
    for item in items or ():
        if item < 3 and item not in (1, 2):
            continue
        print(item - 1)
    return len(items)
'''


@pytest.fixture(scope="module")
def tool() -> Any:
    spec = importlib.util.spec_from_file_location("mutants", ROOT / "tools" / "mutants.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    return module


def test_each_fault_changes_what_runs_and_nothing_else(tool: Any, tmp_path: Path) -> None:
    path = tmp_path / "work.py"
    path.write_text(MODULE, "utf-8")
    mutants = list(tool.mutants_of(tmp_path, path))
    changed = {
        line.strip()
        for mutant in mutants
        for line in mutant.diff(tmp_path).splitlines()
        if line.startswith("+")
    }
    assert changed == {
        "+    for item in items and ():",
        "+        if item <= 3 and item not in (1, 2):",
        "+        if item < 4 and item not in (1, 2):",
        "+        if item < 3 or item not in (1, 2):",
        "+        if item < 3 and item in (1, 2):",
        "+        if item < 3 and item not in (2, 2):",
        "+        if item < 3 and item not in (1, 3):",
        "+        if not (item < 3 and item not in (1, 2)):",
        "+            break",
        "+        pass",
        "+        print(item + 1)",
        "+        print(item - 2)",
        "+    return None",
    }
    for mutant in mutants:
        ast.parse(mutant.source(tmp_path))


def test_a_sample_is_the_same_for_the_same_seed(tool: Any) -> None:
    first, second, other = (tool.sample(ROOT, "runner", 5, seed) for seed in (1, 1, 2))
    assert first == second != other and len(first) == 5


def test_the_modules_own_tests_come_first(tool: Any) -> None:
    (mutant, *_) = tool.mutants_of(ROOT, ROOT / "pipeline/hanpan/runner/pool.py")
    turns = tool.tests_for(ROOT, mutant)
    assert turns[0] == ["tests/runner/test_pool.py"]
    assert "tests/runner/test_build.py" in turns[-1]
    assert len({test for turn in turns for test in turn}) == sum(map(len, turns))


def test_what_is_noticed_is_named(tool: Any, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_good(): pass\ndef test_bad(): assert 0\n")
    assert tool.is_noticed(tmp_path, ["test_it.py"], 60) == "test_it.py::test_bad"
    assert tool.is_noticed(tmp_path, ["test_it.py", "-k", "good"], 60) == ""
