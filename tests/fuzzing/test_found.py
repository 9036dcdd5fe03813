"""What the fuzzer has found: each file in found/TARGET is an example, its ending the kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzzing.targets import TARGETS

FOUND = sorted((Path(__file__).parent / "found").rglob("*.*"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_found_breaks_no_law_any_more(path: Path, tmp_path: Path) -> None:
    target = TARGETS[path.parent.name]
    kind, data = path.suffix.removeprefix("."), path.read_bytes()
    target.judge(target.prepare(tmp_path), data if kind == "md" else (kind, data))
