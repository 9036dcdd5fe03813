"""Engine: python-liquid, lenient as Jekyll is, within limits, telling where something was wrong.

The only module that knows python-liquid; importing it takes some 60 ms, so it is imported only for
posts that hold Liquid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TextIO

from liquid import Environment, Mode, RenderContext, Token
from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode, Literal
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.stringify import to_liquid_string
from liquid.tag import Tag
from liquid.template import BoundTemplate
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG
from liquid.undefined import Undefined

from pipeline.source.liquid.filters import FILTERS
from pipeline.source.liquid.items import Call
from pipeline.source.liquid.marks import line_mark, without_lines
from pipeline.source.liquid.template import BLOCK, CALL, Template

LOOPS_LIMIT = 20_000  # turns of all loops of a post together
OUTPUT_LIMIT = 8_000_000  # bytes, besides those of the post itself
WORK_LIMIT = 60_000_000  # characters and items that go through filters
VARIABLE_LIMIT = 4_000_000  # bytes of all variables
INCLUDE_WORK = 20_000  # what parsing an include counts for
DEPTH_LIMIT = 20  # includes within includes

Render = Callable[[Call, "str | None", "Run"], str]
Tell = Callable[[str, str, int, str], None]


class TooMuch(Exception):
    """A template that would take too long or too much memory."""


class Run:
    """One rendering of a post: what its templates mean, and what there is to tell."""

    def __init__(
        self, render_call: Render, tell: Tell, undefined: Callable[[str], str], codes: list[str]
    ) -> None:
        self.render_call = render_call
        self.codes = codes  # what marks of code stand for
        self.tell = tell
        self.undefined = undefined  # what is written for a name that nothing is known by
        self.templates: list[Template] = []  # of the post and the includes within it
        self.lines: list[int] = []  # of the calls that opened them
        self.work = 0
        self.loops = 0
        self.sizes: dict[str, int] = {}
        self.context: _Context | None = None
        self.engine: _Engine | None = None

    @property
    def in_post(self) -> bool:
        """Tell whether what is rendered is the post's own text."""
        return len(self.templates) == 1

    def line_of(self, token: Token | None) -> int:
        """Return the author's line of a token; within an include, the line of its tag."""
        if len(self.lines) > 1:
            return self.lines[1]
        return self.templates[0].line_of(token.start_index if token else 0)

    def line_of_call(self, call: Call) -> int:
        """Return the author's line of a tag; within an include, the line of the include's."""
        return self.lines[1] if len(self.lines) > 1 else call.line

    def add_work(self, amount: int) -> None:
        self.work += amount
        if self.work > WORK_LIMIT:
            raise ResourceLimitError("it moves too much text", token=None)

    def lookup(self, path: str) -> object:
        """Return what a variable's name stands for, None for nothing."""
        assert self.context is not None
        first, *rest = path.replace("[", ".").replace("]", "").split(".")
        found = self.context.resolve(first, default=None)
        for name in rest:
            try:
                key: object = int(name) if name.isdigit() else name.strip("\"'")
                found = self.context.get_item(found, key)
            except (KeyError, TypeError, IndexError):
                return None
        return None if isinstance(found, Undefined) else found


class _Context(RenderContext):
    """A context that counts: python-liquid looks at each loop and each filter alone."""

    __slots__ = ("run",)
    run: Run

    def assign(self, key: str, val: Any) -> None:
        if isinstance(val, str):
            val = without_lines(val)
        size = len(val) if isinstance(val, (str, list, tuple)) else 8
        if isinstance(val, int):
            size = val.bit_length() // 8
        self.run.sizes[key] = size
        if len(self.run.sizes) > LOOPS_LIMIT or size > VARIABLE_LIMIT:
            raise ResourceLimitError("its variables hold too much", token=None)
        self.locals[key] = val
        self.run.add_work(size)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        self.run.loops += length
        if self.run.loops > LOOPS_LIMIT:
            raise ResourceLimitError(f"its loops take more than {LOOPS_LIMIT} turns", token=None)

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        if name not in self.env.filters:
            line = self.run.line_of(token)
            said = f"nobody knows the filter `{name}`; the value stays as it is"
            self.run.tell("liquid-filter", said, line, "Leave it out, or write the result.")
            return _unchanged
        function = super().filter(name, token)

        def guarded(left: object, *args: object, **kwargs: object) -> object:
            for value in (left, *args):
                self.run.add_work(len(value) if isinstance(value, (str, list, tuple)) else 1)
            try:
                made = function(left, *args, **kwargs)
            except LiquidError:
                raise
            except (ArithmeticError, ValueError, LookupError, AttributeError, TypeError):
                return ""  # Jekyll's filters take what they are given
            self.run.add_work(len(made) if isinstance(made, (str, list)) else 1)
            return made

        return guarded


def _unchanged(left: object, *_args: object, **_kwargs: object) -> object:
    return left


def _run(context: RenderContext) -> Run:
    assert isinstance(context, _Context)
    return context.run


class _ContentNode(ContentNode):
    """Text of the post, with the mark of its line at each line's start."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = _run(context)
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
    """A value. One that nobody knows is told of: what is left is a hole."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = _run(context)
        value = self.expression.evaluate(context)
        said = to_liquid_string(value, False)
        if not said and run.in_post:
            said = self._missing(context, run)
        return buffer.write(said)

    def _missing(self, context: RenderContext, run: Run) -> str:
        left = getattr(self.expression, "left", self.expression)
        filters = getattr(self.expression, "filters", None) or []
        if any(item.name == "default" for item in filters):
            return ""
        if not isinstance(left.evaluate(context), Undefined):
            return ""
        item = run.templates[0].outputs.get(self.token.start_index)
        name = str(left)
        remedy = f"Write what it stands for, or show it as code: `` `{{{{ {name} }}}}` ``."
        line = run.line_of(self.token)
        run.tell("liquid-undefined", f"nothing is known by the name `{name}`", line, remedy)
        return "" if item is None or item.in_address else run.undefined(item.text)


class _UnreadableNode(Node):
    """`{{ ... }}` that is no Liquid: it is shown as code."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = _run(context)
        if not run.in_post:
            return 0
        item = run.templates[0].outputs.get(self.token.start_index)
        line = run.line_of(self.token)
        said = f"`{{{{ {item.text if item else ''} }}}}` is no Liquid that can be read"
        run.tell("liquid-syntax", said, line, "Mend it, or put it in code.")
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


class _CallNode(Node):
    """A tag that is ours to render."""

    __slots__ = ("block", "call")

    def __init__(self, token: Token, call: int, block: BlockNode | None) -> None:
        super().__init__(token)
        self.call = call
        self.block = block
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        run = _run(context)
        call = run.templates[-1].calls[self.call]
        body = None
        if self.block:
            inner = context.get_buffer(buffer)
            self.block.render(context, inner)
            body = inner.getvalue()
        said = run.render_call(call, body, run)
        run.add_work(len(said) + 1)
        return buffer.write(said)


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


class _Engine(Environment):
    """python-liquid in its lax mode, whose errors are told all the same."""

    context_depth_limit = 60
    block_nesting_limit = 60
    run: Run | None = None

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for tag in (_Content, _Output, _CallTag, _BlockTag):
            self.add_tag(tag)
        self.filters.update(FILTERS)

    def error(
        self,
        exc: type[LiquidError] | LiquidError,
        msg: str | None = None,
        token: Token | None = None,
    ) -> None:
        """Tell of an error, which leaves a gap; what goes beyond a limit ends the rendering."""
        if isinstance(exc, ResourceLimitError):
            raise exc
        if self.run is not None:
            place = (exc.token if isinstance(exc, LiquidError) else None) or token
            said = str(exc.args[0] if isinstance(exc, LiquidError) and exc.args else msg or "")
            line = self.run.line_of(place)
            remedy = "Mend the tag, or put it in code."
            self.run.tell("liquid-syntax", f"Liquid cannot be read here: {said}", line, remedy)


def render_template(template: Template, names: Mapping[str, object], run: Run) -> str:
    """Return a post's template rendered. Raises TooMuch."""
    engine = run.engine = _Engine(tolerance=Mode.LAX, strict_filters=False)
    engine.run = run
    engine.output_stream_limit = OUTPUT_LIMIT + 8 * len(template.text)
    run.templates.append(template)
    run.lines.append(0)
    try:
        bound = engine.from_string(template.text)
        context = _Context(bound, globals=names)
        context.run = run
        run.context = context
        return _rendered(bound, context)
    except LiquidError as error:
        raise TooMuch(str(error.args[0]) if error.args else "it cannot be read") from None
    except RecursionError:
        raise TooMuch("it is nested too deeply") from None


def render_include(template: Template, names: Mapping[str, object], call: Call, run: Run) -> str:
    """Return an include's template rendered, in the names of what includes it."""
    run.add_work(INCLUDE_WORK)
    if len(run.templates) > DEPTH_LIMIT:
        said = f"includes within includes, more than {DEPTH_LIMIT} deep, go no further"
        run.tell("liquid-limit", said, run.line_of_call(call), "Is there one that includes itself?")
        return ""
    assert run.context is not None and run.engine is not None
    run.templates.append(template)
    run.lines.append(call.line)
    try:
        bound = run.engine.from_string(template.text)
        buffer = run.context.get_buffer()
        with run.context.extend(names):
            _render_nodes(bound, run.context, buffer)
        return buffer.getvalue()
    finally:
        run.templates.pop()
        run.lines.pop()


def _rendered(bound: BoundTemplate, context: RenderContext) -> str:
    buffer = context.get_buffer()
    _render_nodes(bound, context, buffer)
    return buffer.getvalue()


def _render_nodes(bound: BoundTemplate, context: RenderContext, buffer: TextIO) -> None:
    """Render node after node; what one node gets wrong is told, and the next goes on."""
    for node in bound.nodes:
        try:
            node.render(context, buffer)
        except LiquidInterrupt:
            continue
        except LiquidError as error:
            context.env.error(error, token=node.token)
