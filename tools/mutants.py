"""Mutants: small faults put into the code one at a time, to see whether the tests notice.

`make mutants` samples the rooms of ROOMS: python tools/mutants.py [--seed N] [--each N] [ROOM ...]

Neither mutmut nor cosmic-ray is used: mutmut wraps every function, so that a test of the source
fails for all of them, and cannot take a sample; cosmic-ray has no operator that takes a statement
out, which is the fault that lived most often. Mutants are written into a copy of the checkout, so
that commands which tests start see them as well.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("runner", "editions/pdf", "publish", "source")
PACKAGE = "pipeline/hanpan"
LIMIT = 1_200.0  # seconds for the tests of one mutant; one that hangs is noticed

_SWAPS: dict[type[ast.AST], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
    ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "+",
    ast.BitOr: "&", ast.BitAnd: "|", ast.And: "or", ast.Or: "and",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: what stands in a module from `start` up to `end` becomes `text`."""

    path: str  # below the checkout
    line: int
    start: int
    end: int
    text: str

    def source(self, root: Path) -> str:
        data = (root / self.path).read_bytes()
        return (data[: self.start] + self.text.encode() + data[self.end :]).decode()

    def diff(self, root: Path) -> str:
        """Return the lines that differ."""
        lines = difflib.unified_diff(
            (root / self.path).read_text("utf-8").splitlines(),
            self.source(root).splitlines(), n=0, lineterm="",
        )  # fmt: skip
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def mutants_of(root: Path, path: Path) -> Iterator[Mutant]:
    """Yield every fault that can be put into a module."""
    data = path.read_bytes()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    name = path.relative_to(root).as_posix()
    for node in _running(ast.parse(data)):
        for start, end, text in _faults(node, data, starts):
            yield Mutant(name, data.count(b"\n", 0, start) + 1, start, end, text)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs: annotations do not."""
    yield node
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _running(child)


def _faults(node: ast.AST, data: bytes, starts: list[int]) -> Iterator[tuple[int, int, str]]:
    def place(part: ast.expr | ast.stmt) -> tuple[int, int]:
        assert part.end_lineno is not None and part.end_col_offset is not None
        return (
            starts[part.lineno - 1] + part.col_offset,
            starts[part.end_lineno - 1] + part.end_col_offset,
        )

    def between(left: ast.expr, right: ast.expr, text: str) -> Iterator[tuple[int, int, str]]:
        start, end = place(left)[1], place(right)[0]
        operator = re.fullmatch(rb"[\s)]*([^\s()]+(?: (?:in|not))?)[\s(]*", data[start:end])
        if operator:
            yield start + operator.start(1), start + operator.end(1), text

    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            yield from between(left, right, _SWAPS[type(operator)])
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SWAPS:
            yield from between(left, right, _SWAPS[type(operator)])
        case ast.BoolOp(op=operator, values=values):
            for left, right in pairwise(values):
                yield from between(left, right, _SWAPS[type(operator)])
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            start, end = place(test)
            yield start, end, f"not ({data[start:end].decode()})"
        case ast.Constant(value=bool() as value):
            yield (*place(node), str(not value))
        case ast.Constant(value=int() | float() as value):
            yield (*place(node), str(value + 1))
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield (*place(value), "None")
        case ast.Break():
            yield (*place(node), "continue")
        case ast.Continue():
            yield (*place(node), "break")
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Raise():
            yield (*place(node), "pass")
        case ast.ExceptHandler(type=ast.expr() as kind):
            yield (*place(kind), "ZeroDivisionError")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def tests_for(root: Path, mutant: Mutant) -> list[list[str]]:
    """Return the tests that should notice: the module's own, those that name it, then the room's.

    Each turn is only run where those before it have noticed nothing.
    """
    inside = Path(mutant.path).relative_to(PACKAGE)
    room = Path("tests") / inside.parts[0]
    every = sorted(path.relative_to(root) for path in (root / "tests").rglob("test_*.py"))
    every = [path for path in every if "conformance" not in path.parts]
    module = ".".join(("hanpan", *inside.with_suffix("").parts)).removesuffix(".__init__")
    face, _, name = module.rpartition(".")
    imported = re.compile(
        rf"\b{re.escape(module)}\b|from {re.escape(face)} import [^\n]*\b{re.escape(name)}\b"
    )
    own = [path for path in every if path.stem == f"test_{inside.stem}" and room in path.parents]
    naming = [path for path in every if imported.search((root / path).read_text("utf-8"))]
    near = [path for path in every if Path("tests") / inside.parent in path.parents]
    rest = [path for path in every if room in path.parents]
    turns: list[list[str]] = []
    seen: set[Path] = set()
    for turn in (own, naming, near, rest):
        turns.append([str(path) for path in turn if path not in seen])
        seen |= set(turn)
    return [turn for turn in turns if turn]


def is_noticed(root: Path, tests: list[str], limit: float) -> str:
    """Return the test that fails first, or ""."""
    options = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not conformance"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    env = {**os.environ, "PYTHONPATH": str(root / "pipeline"), "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTEST_ADDOPTS"] = ""  # its output is read below
    with subprocess.Popen(
        command, cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            out, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return "it hangs"
    if process.returncode in (0, 5):  # 5: all were left out
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", out, re.MULTILINE)
    return failed[1] if failed else out.strip().rpartition("\n")[2] or "no summary"


def copy_of(root: Path, folder: Path) -> Path:
    """Copy what Git knows of a checkout, and link to what was set up in it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    for name in (".venv", "node_modules", "tools/wordpress/node_modules", ".hanpan"):
        if (root / name).exists():
            (folder / name).symlink_to((root / name).resolve())
    return folder


def judge(root: Path, mutant: Mutant, limit: float) -> str:
    """Put a mutant into the copy, run its tests, and take it out; return who noticed, or ""."""
    path = root / mutant.path
    whole = path.read_bytes()
    try:
        path.write_text(mutant.source(root), "utf-8")
        for turn in tests_for(root, mutant):
            noticed = is_noticed(root, turn, limit)
            if noticed:
                return noticed
        return ""
    finally:
        path.write_bytes(whole)


def sample(root: Path, room: str, number: int, seed: int) -> list[Mutant]:
    """Return some of the mutants of a room, the same for the same seed and code."""
    paths = sorted((root / PACKAGE / room).rglob("*.py"))
    found = [mutant for path in paths for mutant in mutants_of(root, path)]
    return random.Random(seed).sample(found, min(number, len(found)))  # noqa: S311


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS, help="folders of the package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=25, help="mutants of each room")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for a mutant's tests")
    options = parser.parse_args()
    lived = 0
    with tempfile.TemporaryDirectory(prefix="hanpan-mutants-") as name:
        root = copy_of(ROOT, Path(name))
        for room in options.rooms:
            mutants = sample(root, room, options.each, options.seed)
            for mutant in mutants:
                start = time.monotonic()
                noticed = judge(root, mutant, options.limit)
                lived += not noticed
                spent = time.monotonic() - start
                verdict = f"killed by {noticed}" if noticed else "SURVIVED"
                print(f"{mutant.path}:{mutant.line}: {verdict} ({spent:.0f} s)")
                print(mutant.diff(root), flush=True)
    print(f"{lived} survived (seed {options.seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
