"""Bounded: a template's blocks count what they render, and its ranges are never long.

python-liquid's own limits look at loops alone. `{% when a, a %}` renders its block twice, a loop
steps through a range before it is counted, and filters copy one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from liquid import RenderContext
from liquid.ast import BlockNode, Node
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import ResourceLimitError
from liquid.expression import Expression

from hanpan.source.liquid.run import LOOPS_LIMIT, run_of

_NODE = 100  # characters for which a node counts that a block renders


class _CountedBlock(BlockNode):
    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run_of(context).add_work(_NODE * len(self.nodes))
        return super().render_to_output(context, buffer)


class _BoundedRange(RangeLiteral):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> range:
        numbers = super().evaluate(context)
        if numbers.stop - numbers.start > LOOPS_LIMIT:
            message = f"a range has more than {LOOPS_LIMIT} numbers"
            raise ResourceLimitError(message, token=None)
        return numbers


def bound_nodes(nodes: Iterable[Node]) -> None:
    """Make the blocks and ranges below some nodes ours: python-liquid names its own classes."""
    waiting: list[Any] = list(nodes)
    while waiting:
        item = waiting.pop()
        if type(item) is BlockNode:
            item.__class__ = _CountedBlock
        elif type(item) is RangeLiteral:
            item.__class__ = _BoundedRange
        waiting += item.children() if isinstance(item, Expression) else item.expressions()
        if isinstance(item, Node):
            waiting += item.children(None, include_partials=False)  # type: ignore[arg-type]
