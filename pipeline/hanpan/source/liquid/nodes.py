"""Nodes: text, values and tags as python-liquid renders them for us."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from liquid import RenderContext, Token
from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode, Literal
from liquid.builtin.expressions import Path
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.cycle_tag import CycleNode, CycleTag
from liquid.builtin.tags.echo_tag import EchoNode, EchoTag
from liquid.exceptions import LiquidError
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG
from liquid.undefined import Undefined

from hanpan.source.liquid.items import TemplateItem
from hanpan.source.liquid.marks import SITE, STRIP_AFTER, STRIP_BEFORE, code_mark, line_mark
from hanpan.source.liquid.nodes_in_code import KnownTag, are_known
from hanpan.source.liquid.ruby import inspect, written
from hanpan.source.liquid.run import Run, run_of
from hanpan.source.liquid.template import BLOCK, CALL

_STRIPS = (STRIP_BEFORE, STRIP_AFTER)


class _ContentNode(ContentNode):
    """Text of the post, with the mark of its line at each line's start."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = run_of(context)
        run.add_work(len(self.text))
        if not run.in_post:
            return buffer.write(self.text)
        template, offset = run.templates[0], self.token.start_index
        if not template.text.startswith(self.text, offset):
            offset = max(offset, template.text.find(self.text, offset))
        parts = []
        for line in self.text.split("\n"):
            parts.append(line_mark(template.line_of(offset)) + line)
            offset += len(line) + 1
        return buffer.write("\n".join(parts))


class _Content(Literal):
    node_class = _ContentNode


class _OutputNode(OutputNode):
    """A value. An undefined one is reported: it leaves a gap in the text."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = run_of(context)
        item = run.templates[-1].outputs.get(self.token.start_index)
        if item and item.source:
            return buffer.write(self._in_code(item, context, run))
        value = self.expression.evaluate(context)
        run.weigh(value)
        text = written(value)
        if not text and run.in_post:
            text = self._missing(context, run)
        try:
            return buffer.write(text)
        except UnicodeEncodeError:  # half of a pair of surrogates, out of JSON or YAML
            return buffer.write(text.encode("utf-8", "replace").decode())

    def _in_code(self, item: TemplateItem, context: RenderContext, run: Run) -> str:
        """Return a value in code; where its name is not known, what the author typed."""
        if not are_known(self.expression, context):
            run.add_work(len(item.source))
            run.codes.append(item.source)
            return code_mark(len(run.codes) - 1)
        with context.extend(run.names_in_code):
            value = self.expression.evaluate(context)
        run.weigh(value)
        before, after = (mark * on for mark, on in zip(_STRIPS, item.strip, strict=True))
        return f"{before}{written(value).replace(SITE, run.site_url)}{after}"

    def _missing(self, context: RenderContext, run: Run) -> str:
        left: Expression = getattr(self.expression, "left", self.expression)
        filters = getattr(self.expression, "filters", None) or []
        if any(item.name == "default" for item in filters):
            return ""
        if not isinstance(left.evaluate(context), Undefined) or _is_of_nothing(left, context):
            return ""
        item = run.templates[0].outputs.get(self.token.start_index)
        name = str(left)
        remedy = f"Write what it stands for, or show it as code: `` `{{{{ {name} }}}}` ``."
        line = run.line_of(self.token)
        run.say("liquid-undefined", "warning", f"`{name}` is not defined", line, remedy)
        return "" if item is None or item.in_address else run.undefined(item.text)


def _is_of_nothing(name: Expression, context: RenderContext) -> bool:
    """Tell whether a name is a part of what there may be none of, such as `page.next.title`."""
    if not isinstance(name, Path):
        return False
    path = [part.evaluate(context) if isinstance(part, Path) else part for part in name.path]
    shorter = (path[:end] for end in range(1, len(path)))
    return any(context.get(part, token=None, default=False) is None for part in shorter)


class _UnreadableNode(Node):
    """`{{ ... }}` that is no Liquid: it is shown as code."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = run_of(context)
        if not run.in_post:
            return 0
        item = run.templates[0].outputs.get(self.token.start_index)
        if item and item.source:
            run.codes.append(item.source)
            return buffer.write(code_mark(len(run.codes) - 1))
        line = run.line_of(self.token)
        message = f"`{{{{ {item.text if item else ''} }}}}` is not valid Liquid"
        run.say("liquid-syntax", "warning", message, line, "Fix it, or put it in code.")
        return buffer.write("" if item is None or item.in_address else run.undefined(item.text))


class _Output(Output):
    node_class = _OutputNode

    def get_node(self, stream: TokenStream) -> Node:
        token = stream.current
        try:
            return self.parse(stream)
        except LiquidError:
            while stream.current.kind != TOKEN_EXPRESSION and stream.current is token:
                next(stream)
            node = _UnreadableNode(token)
            node.blank = False
            return node


class _EchoNode(EchoNode):
    """A value, by the tag of Shopify."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = self.expression.evaluate(context)
        run_of(context).weigh(value)
        return buffer.write(written(value))


class _Echo(EchoTag):
    node_class = _EchoNode


class _CycleNode(CycleNode):
    """A value of several, each in its turn."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        values = [value.evaluate(context) for value in self.args]
        for value in values:
            run_of(context).weigh(value)
        key: object = written(self.group.evaluate(context)) if self.group else inspect(values)
        if not self.group and any(isinstance(value, Path) for value in self.args):
            key = id(self)  # to Liquid, names of variables are not the same in two tags
        at = context.cycle(key, len(values))
        return buffer.write(written(values[at])) if at < len(values) else 0


class _Cycle(CycleTag):
    node_class = _CycleNode


class _CallNode(Node):
    """A tag that is ours to render."""

    __slots__ = ("block", "call")

    def __init__(self, token: Token, call: int, block: BlockNode | None) -> None:
        super().__init__(token)
        self.call = call
        self.block = block
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = run_of(context)
        call = run.templates[-1].calls[self.call]
        body = None
        if self.block:
            inner = context.get_buffer(buffer)
            self.block.render(context, inner)
            body = inner.getvalue()
        text = run.render_call(call, body, run)
        run.add_work(len(text) + 1)
        return buffer.write(text)

    def children(
        self, static_context: RenderContext | None, *, include_partials: bool = True
    ) -> Iterable[Node]:
        return [self.block] if self.block else []


class _CallTag(Tag):
    name = CALL
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        return _CallNode(token, int(stream.current.value), None)


class _BlockTag(Tag):
    name = BLOCK
    end = f"end{BLOCK}"

    def parse(self, stream: TokenStream) -> Node:
        token = stream.eat(TOKEN_TAG)
        number = int(stream.expect(TOKEN_EXPRESSION).value)
        next(stream)
        block = get_parser(self.env).parse_block(stream, (self.end,))
        return _CallNode(token, number, block)


NODES: tuple[type[Tag], ...] = (_Content, _Output, _Echo, _Cycle, _CallTag, _BlockTag, KnownTag)
