"""Engine: python-liquid, as lenient as Jekyll, within limits; it reports where something is wrong.

Importing python-liquid takes some 60 ms, so all that needs it is imported only for posts that hold
Liquid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from liquid import Environment, Mode, RenderContext, Token
from liquid.ast import Node
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.template import BoundTemplate

from hanpan.source.liquid.bounded import bound_nodes
from hanpan.source.liquid.filters.table import FILTERS
from hanpan.source.liquid.items import Call
from hanpan.source.liquid.nodes import NODES
from hanpan.source.liquid.run import (
    DEPTH_LIMIT,
    OUTPUT_LIMIT,
    CountingContext,
    Run,
    TooMuch,
)
from hanpan.source.liquid.template import Template


class Engine(Environment):
    """python-liquid in its lax mode, whose errors are reported all the same."""

    context_depth_limit = 60
    block_nesting_limit = 60
    run: Run | None = None

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for tag in NODES:
            self.add_tag(tag)
        for known in self.tags.values():
            _know_place(known)
        self.filters.clear()
        self.filters.update(FILTERS)

    def error(
        self,
        exc: type[LiquidError] | LiquidError,
        msg: str | None = None,
        token: Token | None = None,
    ) -> None:
        """Report an error, which leaves a gap; exceeding a limit ends the rendering."""
        if isinstance(exc, ResourceLimitError):
            exc.token = exc.token or token
            raise exc
        if self.run is not None:
            own = exc.token if isinstance(exc, LiquidError) else None
            where = own if own and own.start_index >= 0 else token
            reason = str(exc.args[0] if isinstance(exc, LiquidError) and exc.args else msg or "")
            line = self.run.line_of(where)
            remedy = "Fix the tag, or put it in code."
            self.run.say("liquid-syntax", "warning", f"invalid Liquid: {reason}", line, remedy)


def _know_place(tag: Tag) -> None:
    """Make a tag say where it is in errors of expressions that end early."""
    parse = tag.parse

    def parse_here(stream: TokenStream) -> Node:
        start = stream.current
        try:
            return parse(stream)
        except LiquidError as error:
            if not error.token or error.token.start_index < 0:
                error.token = start
            raise

    tag.parse = parse_here  # type: ignore[method-assign]


def _engine_for(template: Template) -> type[Engine]:
    """Return the engine whose output may be as long as the template and some more."""
    limit = OUTPUT_LIMIT + 8 * len(template.text)
    return type("Engine", (Engine,), {"output_stream_limit": limit})


def render_template(template: Template, names: Mapping[str, object], run: Run) -> str:
    """Return a post's template rendered. Raises TooMuch."""
    engine = run.engine = _engine_for(template)(tolerance=Mode.LAX, strict_filters=False)
    engine.run = run
    run.templates.append(template)
    run.lines.append(0)
    try:
        bound = _parse(engine, template)
        context = CountingContext(bound, globals=names)
        context.run = run
        run.context = context
        return _render_bound(bound, context)
    except LiquidError as error:
        reason = str(error.args[0]) if error.args else "it cannot be read"
        raise TooMuch(reason, run.line_of(error.token) if error.token else 0) from None
    except RecursionError:
        raise TooMuch("it is nested too deeply") from None


def render_include(template: Template, names: Mapping[str, object], call: Call, run: Run) -> str:
    """Return an include's template rendered, in the names of what includes it."""
    if len(run.templates) > DEPTH_LIMIT:
        message = f"includes nested more than {DEPTH_LIMIT} deep are not rendered"
        run.say(
            "liquid-limit",
            "warning",
            message,
            run.line_of_call(call),
            "Check for an include that includes itself.",
        )
        return ""
    assert run.context is not None and run.engine is not None
    run.templates.append(template)
    run.lines.append(call.line)
    try:
        bound = _parse(run.engine, template)
        buffer = run.context.get_buffer()
        with run.context.extend(names):
            _render_nodes(bound, run.context, buffer)
        return buffer.getvalue()
    finally:
        run.templates.pop()
        run.lines.pop()


def _parse(engine: Environment, template: Template) -> BoundTemplate:
    bound = engine.from_string(template.text)
    if "{%" in template.text or ".." in template.text:
        bound_nodes(bound.nodes)
    return bound


def _render_bound(bound: BoundTemplate, context: RenderContext) -> str:
    buffer = context.get_buffer()
    _render_nodes(bound, context, buffer)
    return buffer.getvalue()


def _render_nodes(bound: BoundTemplate, context: RenderContext, buffer: TextIO) -> None:
    """Render node after node; an error in one is reported, and the next goes on."""
    for node in bound.nodes:
        try:
            node.render(context, buffer)
        except LiquidInterrupt:
            continue
        except LiquidError as error:
            context.env.error(error, token=node.token)
