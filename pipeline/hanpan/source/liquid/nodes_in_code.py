"""Nodes in code: tags that are rendered where all their names are known, and stay elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from liquid import RenderContext, Token
from liquid.ast import BlockNode, Node
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.output import OutputNode
from liquid.exceptions import LiquidError
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG
from liquid.undefined import Undefined

from hanpan.source.liquid.filters.table import FILTERS
from hanpan.source.liquid.marks import code_mark
from hanpan.source.liquid.run import CountingContext, run_of
from hanpan.source.liquid.template import KNOWN

_ASKED = frozenset(("site", "page", "jekyll"))  # names whose parts are known or not


class _KnownNode(Node):
    """A tag in code, and the number of the source that stays where a name is not known."""

    __slots__ = ("block", "source")

    def __init__(self, token: Token, source: int, block: BlockNode) -> None:
        super().__init__(token)
        self.source = source
        self.block = block
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        if all(_is_known(node, context) for node in self.block.nodes):
            return self.block.render(context, buffer)
        return buffer.write(code_mark(self.source))

    def children(
        self, static_context: RenderContext | None, *, include_partials: bool = True
    ) -> Iterable[Node]:
        return [self.block]


def _is_known(node: Node, context: RenderContext) -> bool:
    """Tell whether the names of a tag are known; those in its block are asked one by one."""
    if isinstance(node, (_KnownNode, BlockNode, OutputNode)):
        return True
    call = getattr(node, "call", None)
    if call is not None:
        run = run_of(context)
        return run.knows_call(run.templates[-1].calls[call])
    if not all(are_known(expression, context) for expression in node.expressions()):
        return False
    parts: Any = node.children(None)  # type: ignore[arg-type]
    return all(_is_known(part, context) for part in parts if not isinstance(part, BlockNode))


def are_known(expression: Expression, context: RenderContext) -> bool:
    """Tell whether all names and filters of an expression are known."""
    waiting: list[Any] = [expression]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Path) and not _is_known_name(item, context):
            return False
        filters = item.filters if isinstance(item, FilteredExpression) else None
        if any(one.name not in FILTERS for one in filters or ()):
            return False
        waiting += item.children()
    return True


def _is_known_name(path: Path, context: RenderContext) -> bool:
    """Tell whether a name stands for something here: of the site or page, the whole name."""
    assert isinstance(context, CountingContext)
    head = path.head()
    if not isinstance(head, str):
        return False
    if context.is_local(head):
        return True
    if head not in _ASKED or len(path.path) < 2:
        return False
    try:
        return not isinstance(path.evaluate(context), Undefined)
    except LiquidError:
        return False


class KnownTag(Tag):
    """`{% known N %} ... {% endknown %}`, which no author writes."""

    name = KNOWN
    end = f"end{KNOWN}"

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        number = int(stream.expect(TOKEN_EXPRESSION).value)
        next(stream)
        return _KnownNode(token, number, get_parser(self.env).parse_block(stream, (self.end,)))
