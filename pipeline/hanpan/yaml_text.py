"""YAML that anybody may have written, within bounds of depth and of what its aliases repeat.

A few lines of aliases of aliases stand for more than any memory holds, brackets within brackets
exhaust the C stack, and a number of 5,000 digits or the 40th of a month is an error of Python's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

DEPTH = 100  # lists and maps within each other; real sites have six
REPEATED, AT_LEAST = 10, 10_000  # times its own length, or characters, with each alias written out
_DIGITS = 300  # of a number: longer ones are text, as base 60 takes time that grows with the square
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotYaml(ValueError):
    """The text is no YAML; `line` counts from 0 within it."""

    def __init__(self, reason: str, line: int = 0) -> None:
        self.line = line
        super().__init__(reason)


class Loader(_Base):  # type: ignore[misc]
    """YAML's plain types; what is no value of its type is text."""


def load(text: str, loader: Any = Loader, parse: Callable[..., object] = yaml.load) -> object:
    """Return what `parse` makes of YAML by a loader. Raises NotYaml."""
    try:
        _check(text, loader)
        return parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise NotYaml(error.problem or "it is broken", mark.line if mark else 0) from None
    except NotYaml:
        raise
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise NotYaml(str(error)) from None


def _check(text: str, loader: Any) -> None:
    """Raise NotYaml where a text is nested too deeply, or its aliases repeat too much of it."""
    most = AT_LEAST + REPEATED * len(text)
    sizes: dict[str, int] = {}  # of what has an anchor, with all aliases in it written out
    within = [("", 0)]  # anchors and sizes of what is open, the outermost first
    for event in yaml.parse(text, loader):
        anchor = getattr(event, "anchor", None) or ""
        size = 1
        if isinstance(event, yaml.CollectionStartEvent):
            within.append((anchor, 0))
            if len(within) > DEPTH:
                raise NotYaml("it is nested too deeply", _line(event))
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, size = within.pop()
        elif isinstance(event, yaml.ScalarEvent):
            size += len(event.value)
        elif isinstance(event, yaml.AliasEvent):
            if any(anchor == outer for outer, _ in within):
                raise NotYaml(f"`*{anchor}` is part of itself", _line(event))
            size, anchor = sizes.get(anchor, 1), ""
        if anchor:
            sizes[anchor] = size
        outer, before = within[-1]
        within[-1] = outer, before + size
        if before + size > most:
            raise NotYaml("its aliases repeat too much", _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _or_text(construct: Callable[[Any, Any], object], most: int) -> Callable[[Any, Any], object]:
    def value_or_text(loader: Any, node: Any) -> object:
        if not isinstance(node, yaml.ScalarNode) or len(node.value) <= most:
            try:
                return construct(loader, node)
            except (ValueError, ArithmeticError, LookupError, AttributeError):
                pass
        return str(node.value)

    return value_or_text


for _type, _most in (("int", _DIGITS), ("float", _DIGITS), ("bool", 10), ("timestamp", 100)):
    _tag = f"tag:yaml.org,2002:{_type}"
    Loader.add_constructor(_tag, _or_text(_Base.yaml_constructors[_tag], _most))
