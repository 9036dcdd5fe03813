"""Insides of other libraries: patches to them, and whether they are what the patches were made for.

A patch replaces a part of a library while hanpan runs, or builds on one that has no promise to
stay. Each is a module with a docstring of one form (What, Why, Upstream, Known, Delete when), a
table of the PARTS that it relies on, and `install()`.
"""

from __future__ import annotations

import hashlib
import inspect
import linecache
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Any, Protocol

from hanpan.problems import BuildError, Problem

WEASYPRINT, PYDYF = "weasyprint==70.0", "pydyf==0.13.0"
_STARS = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A function, method or property of a library, as it was when the patch was written."""

    package: str  # with the version that is known, as pip names it
    name: str  # module:qualified name
    parameters: str  # their names, in order
    source: str = ""  # hash of its lines, where a patch relies on what it does


class Patch(Protocol):
    """A module that patches a library."""

    @property
    def PARTS(self) -> tuple[KnownPart, ...]:
        """Return what the patch relies on."""

    def install(self) -> None:
        """Patch the library; called once in a process."""


def install(patches: Iterable[Patch]) -> None:
    """Install patches, after all the parts that they rely on are found as they are known.

    Raises BuildError where a part differs.
    """
    patches = tuple(patches)
    for patch in patches:
        for part in patch.PARTS:
            check(part)
    for patch in patches:
        patch.install()


def check(part: KnownPart) -> None:
    """Raise BuildError where a part of a library is not as it is known."""
    difference = _difference(part)
    if difference:
        name, _, known = part.package.partition("==")
        message = f"{name} {version(name)} is not the version that hanpan patches: {difference}"
        remedy = f"Install {name}=={known}."
        raise BuildError(Problem("library-version", "error", message, remedy=remedy))


def _difference(part: KnownPart) -> str:
    """Return how a part differs from what is known of it; "" where it does not."""
    shown = part.name.replace(":", ".")
    try:
        function = function_at(part.name)
    except (ImportError, AttributeError):
        return f"it has no `{shown}`"
    parameters = parameters_of(function)
    if parameters != part.parameters:
        return f"`{shown}` takes ({parameters}) instead of ({part.parameters})"
    if part.source and source_hash(function) not in (part.source, ""):
        return f"`{shown}` works in another way"
    return ""


def function_at(name: str) -> Any:
    """Return the function of a name; of a property, what reads it; of a wrapper, what it wraps."""
    module, _, path = name.partition(":")
    item: Any = import_module(module)
    for step in path.split("."):
        item = getattr(item, step)
    if isinstance(item, property):
        item = item.fget
    return inspect.unwrap(item)


def parameters_of(function: Any) -> str:
    """Return the names of a function's parameters, as a KnownPart has them."""
    parameters = inspect.signature(function).parameters.values()
    return ", ".join(_STARS.get(item.kind.name, "") + item.name for item in parameters)


def source_hash(function: Any) -> str:
    """Return a hash of a function's lines; "" where the source is not installed.

    `inspect.getsource` tokenizes them, which takes a hundred times as long.
    """
    code = function.__code__
    lines = iter(linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :])
    head, block = "", []
    for line in lines:  # decorators, and the line of `def`
        head = line
        block.append(line)
        if line.lstrip().startswith("def "):
            break
    for line in lines:
        is_outside = _indentation(line) <= _indentation(head) and not line.lstrip().startswith(")")
        if line.strip() and is_outside:
            break
        block.append(line)
    text = "".join(block).rstrip()
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
