"""What modules import, as their source says: also within functions, and for types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Where a statement has statements; an import is no part of an expression, so those are left out.
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


@cache
def imports_in(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Return the statements of a module that import."""
    return tuple(_imports(ast.parse(path.read_text("utf-8"))))


def _imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield node
    for block in _BLOCKS:
        inner = getattr(node, block, ())
        for child in inner if isinstance(inner, list) else ():  # a lambda's body is an expression
            yield from _imports(child)
