"""The severities that the code gives to each rule, read off its source."""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator

from hanpan.crosspost.lint.rules import RULES
from hanpan.problems import SEVERITIES
from hanpan.transforms.shared.media.pictures import _WORDS as PICTURE_RULES
from tests.support.messages import PACKAGE

_CALLS = ("Problem", "say", "report", "Remark")
# of rules whose calls name no constant: what is beside them
_DYNAMIC = {
    "link-relative": "warning", "site-file": "warning", "no-memory": "error", "too-slow": "error",
    **{words[0]: "warning" for words in PICTURE_RULES.values()},
    **{words[0].replace("image-", "teaser-"): "warning" for words in PICTURE_RULES.values()},
}  # fmt: skip


def severities() -> dict[str, set[str]]:
    """Return the severities of each rule, without what [rules] of site.toml makes of them."""
    found_severities: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for rule, severity in _of_call(node):
                found_severities[rule].add(severity)
    for rule, severity in _DYNAMIC.items():
        found_severities[rule].add(severity)
    for rule, lint in RULES.items():
        in_source = re.findall(r'"(error|warning|info)"', inspect.getsource(lint))
        found_severities[f"crosspost-{rule}"] |= set(in_source)
    return dict(found_severities)


def _of_call(node: ast.AST) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ast.Call) or not node.args:
        return
    called = node.func.id if isinstance(node.func, ast.Name) else ""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else called
    if called in _CALLS and len(node.args) > 1:
        for rule in _constants(node.args[0]):
            yield from ((rule, s) for s in _constants(node.args[1]) & set(SEVERITIES))
    for rule in _constants(node.args[0]):
        if called not in _CALLS and re.fullmatch(r"publish-[a-z-]+", rule):
            yield rule, "error"  # a PublishError


def _constants(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _constants(node.body) | _constants(node.orelse)
    return set()
