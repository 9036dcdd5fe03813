"""Bounded: a template's blocks count what they render, and its ranges are never long.

python-liquid's own limits look at loops alone. `{% when a, a %}` renders its block twice, a loop
steps through a range before it is counted, and filters copy one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from operator import ge, gt, le, lt
from typing import Any, TextIO

from liquid import RenderContext
from liquid.ast import BlockNode, Node
from liquid.builtin.expressions.logical import (
    GeExpression,
    GtExpression,
    LeExpression,
    LtExpression,
)
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import ResourceLimitError
from liquid.expression import Expression

from hanpan.source.liquid.ruby import compare
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


def _by_date(kind: Any, holds: Callable[[int, int], bool]) -> Any:
    """Return a comparison that knows dates, which python-liquid's own does not."""

    class OfDates(kind):  # type: ignore[misc]
        __slots__ = ()

        def evaluate(self, context: RenderContext) -> object:
            one, two = self.left.evaluate(context), self.right.evaluate(context)
            if isinstance(one, date) and isinstance(two, date):
                return holds(compare(one, two), 0)
            return super().evaluate(context)

    return OfDates


# python-liquid's own -> ours
_OURS: dict[type, type] = {
    BlockNode: _CountedBlock,
    RangeLiteral: _BoundedRange,
    LtExpression: _by_date(LtExpression, lt),
    GtExpression: _by_date(GtExpression, gt),
    LeExpression: _by_date(LeExpression, le),
    GeExpression: _by_date(GeExpression, ge),
}


def bound_expression(expression: Expression) -> None:
    """Make the parts of an expression ours."""
    _make_ours([expression])


def bound_nodes(nodes: Iterable[Node]) -> None:
    """Make the blocks and ranges below some nodes ours: python-liquid names its own classes."""
    _make_ours(nodes)


def _make_ours(items: Iterable[Any]) -> None:
    waiting: list[Any] = list(items)
    while waiting:
        item = waiting.pop()
        if type(item) in _OURS:
            item.__class__ = _OURS[type(item)]
        waiting += item.children() if isinstance(item, Expression) else item.expressions()
        if isinstance(item, Node):
            waiting += item.children(None, include_partials=False)  # type: ignore[arg-type]
