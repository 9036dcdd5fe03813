"""What the code says: an example of each message, remedy and reason, read off its source.

An f-string's fields become a sample; a name is what its function, or the module, assigns to it.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.command import ROOT

PACKAGE = ROOT / "pipeline" / "hanpan"
SAMPLE = "«7»"
_MOST = 24  # examples of one expression
# who takes messages, and at which places: message, remedy
_CALLS = {
    "Problem": (2, 5), "report": (2, 4), "say": (2, 4), "Remark": (1, 3), "_refused": (1, 2),
    "_unusable": (1, 2), "PublishError": (1, 2), "RequestRefused": (1, 2), "Unauthorized": (1, 2),
    "ServerUnreachable": (0, 1), "cluster_lost": (0, 1), "_no_cluster": (0, None),
    "HanpanError": (0, None), "BuildError": (0, None), "UsageError": (0, None),
}  # fmt: skip
_REASONS = ("plan/left_out.py", "source/entries.py")  # what they return is shown
_LISTS = ("crosspost/lint/rules.py", "crosspost/lint/markdown.py")  # what they yield
_TABLES = ("publish/clients/", "publish/http.py")  # tables of remedies


def messages() -> Iterator[tuple[str, str]]:
    """Yield where a message is written, and an example of it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _of_module(path)


def _of_module(path: Path) -> Iterator[tuple[str, str]]:
    name = path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(path.read_text("utf-8"))
    names = _assigned(tree.body)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        known = names | _assigned(list(ast.walk(function)))
        for node in ast.walk(function):
            for expression in _told(node, name):
                for text in _examples(expression, known):
                    yield f"{name}:{expression.lineno}", " ".join(text.split())
    if name.startswith(_TABLES):
        documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        for node in constants:
            if id(node) not in documents and re.fullmatch(r"[A-Z].* .*\.", str(node.value)):
                yield f"{name}:{node.lineno}", str(node.value)


def _told(node: ast.AST, module: str) -> Iterator[ast.expr]:
    """Yield the messages and remedies that a node tells."""
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        called = node.func.attr if isinstance(node.func, ast.Attribute) else called
        if called in _CALLS:
            given = {word.arg: word.value for word in node.keywords}
            for place, word in zip(_CALLS[called], ("message", "remedy"), strict=True):
                if place is not None and len(node.args) > place:
                    yield node.args[place]
                elif word in given:
                    yield given[word]
    elif isinstance(node, ast.Return) and module in _REASONS and node.value:
        yield node.value
    elif isinstance(node, ast.Yield) and module in _LISTS and isinstance(node.value, ast.Tuple):
        yield from node.value.elts[1:]


def _assigned(nodes: list[ast.stmt] | list[ast.AST]) -> dict[str, list[ast.expr]]:
    """Return what is assigned to each name; under `name+` what is added to it."""
    values: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            for name, one in pairs:
                if isinstance(name, ast.Name):
                    values.setdefault(name.id, []).append(one)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            values.setdefault(f"{node.target.id}+", []).append(node.value)
    return values


def _examples(node: ast.expr, known: dict[str, list[ast.expr]], depth: int = 0) -> list[str]:
    """Return the texts that an expression may be."""
    if depth > 6:
        return [SAMPLE]
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Constant():
            return ["7"]
        case ast.JoinedStr(values=parts):
            options = [
                _examples(
                    part.value if isinstance(part, ast.FormattedValue) else part, known, depth + 1
                )
                for part in parts
            ]
            return ["".join(one) for one in itertools.islice(itertools.product(*options), _MOST)]
        case ast.IfExp(body=first, orelse=second):
            return _examples(first, known, depth + 1) + _examples(second, known, depth + 1)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            ends = _examples(right, known, depth + 1)
            return [one + end for one in _examples(left, known, depth + 1) for end in ends]
        case ast.Name(id=name) if name in known:
            texts = [text for one in known[name] for text in _examples(one, known, depth + 1)]
            more = [
                text
                for one in known.get(f"{name}+", ())
                for text in _examples(one, known, depth + 1)
            ]
            return [*(text + end for text in texts for end in more), *([] if more else texts)]
    return [SAMPLE]
